"""Countries by their ISO code and never in free text, each under one spelling (rule R6)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from functools import cache

from babel import Locale
from babel.core import get_global

from palermo.statistics.checks.finding import WARNING, Finding
from palermo.statistics.checks.roles import Roles, bare, called, speaks_of
from palermo.statistics.checks.table import Table
from palermo.statistics.sheets import Sheet

LANGUAGES = ("en", "fr", "nl", "de", "es")
# Unicode's lists hold these two-letter codes beside those of ISO 3166-1 (checked against the list of 2024).
NO_COUNTRY = {"AC", "CP", "CQ", "DG", "EA", "EU", "EZ", "IC", "QO", "TA", "UN", "XA", "XB", "ZZ"}
# Three-letter codes of countries that are no more point to their successors there.
PAST = {
    "ANT",
    "ASC",
    "BUR",
    "CPT",
    "DDR",
    "DGA",
    "FXX",
    "NTZ",
    "SCG",
    "SUN",
    "TAA",
    "TMP",
    "YMD",
    "YUG",
    "ZAR",
}
EUROSTAT = {"EL": "GR", "UK": "GB", "XKX": "XK"}
BRACKETS = re.compile(r"\([^()]*\)")
AGGREGATE = re.compile(r"(?:EU|EA)[0-9]{2}(?:_[0-9]{4})?")  # Eurostat's sums of countries
SHORTEST, LONGEST = 5, 60  # letters that a misspelt name has if it is recognised
MOST = 8  # labels that a sentence names


@cache
def codes() -> dict[str, str]:
    """Every code of a country, of two letters or three, with that of two letters."""
    two = {one: one for one in map(str, Locale("en").territories) if len(one) == 2 and one.isalpha()}
    every = {**two, **three_letters(), **EUROSTAT}
    return {one: new for one, new in every.items() if new not in NO_COUNTRY}


def three_letters() -> dict[str, str]:
    """Codes of three letters with those of two, from the aliases that Unicode keeps."""
    aliases = {str(one): [*map(str, new)] for one, new in get_global("territory_aliases").items()}
    return {
        one: new[0]
        for one, new in aliases.items()
        if len(one) == 3 and one.isalpha() and len(new) == 1 and one not in PAST and not private(one)
    }


def private(code: str) -> bool:
    """Whether a code of three letters is left to its users."""
    return code in {"AAA", "ZZZ"} or "QMM" <= code <= "QZZ" or "XAA" <= code <= "XZZ"


@cache
def names() -> dict[str, str]:
    """The names of countries in five languages, bare, with their codes."""
    valid = {*codes().values()}
    return {
        plain(name): str(code)
        for language in LANGUAGES
        for code, name in Locale(language).territories.items()
        if code in valid
    }


def plain(name: str) -> str:
    """A name without what stands in brackets, in bare letters."""
    return bare(BRACKETS.sub("", name))


@cache
def near() -> dict[str, set[str]]:
    """Codes by every way to leave a letter out of a name: two words that share one differ by a letter."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, code in names().items():
        for one in (name, *shortened(name)):
            found[one].add(code)
    return found


@cache
def stems() -> dict[str, set[str]]:
    """Codes by the beginning of a name from which words for its people are made."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for name, code in names().items():
        found[name[: max(len(name) - 1, 4)]].add(code)
    return found


def shortened(name: str) -> set[str]:
    """A word without each of its letters."""
    return {name[:at] + name[at + 1 :] for at in range(len(name))} if len(name) > SHORTEST else set()


@cache
def country_of(label: str) -> str:
    """The country of a label, or nothing: a name, one with a wrong letter, or a word made from it."""
    word = plain(label)
    if word in names():
        return names()[word]
    if not SHORTEST <= len(word) <= LONGEST:
        return ""
    beginnings = (stems().get(word[: len(word) - cut], set()) for cut in range(1, 5))
    close = set().union(*(near().get(one, set()) for one in (word, *shortened(word))))
    return next((min(one) for one in (*beginnings, close) if len(one) == 1), "")


def countries(table: Table, known: Roles) -> Iterator[Finding]:
    """Codes of a country's column that are none, and one country under two of them."""
    if known.country is None:
        return
    name = table.specification.groups[known.country]
    rows: defaultdict[str, int] = defaultdict(int)
    for group, cells in table.groups.items():
        rows[group[known.country]] += sum(len(one.rows) for one in cells.values())
    for text, number in rows.items():
        if text not in codes() and not AGGREGATE.fullmatch(text):
            params = {"text": text[:80], "number": number, **meant(text)}
            yield Finding("R6", "name-for-code" if meant(text) else "no-country", {name: text}, params)
    yield from spelled(((codes().get(one, ""), one) for one in rows), name)


def meant(text: str) -> dict[str, object]:
    """The code that a text probably means."""
    code = codes().get(text.strip().upper()) or country_of(text)
    return {"code": code} if code else {}


def labels(table: Table, known: Roles) -> Iterator[Finding]:
    """Citizenships in free text: how many labels, and each country that stands under several."""
    if known.form is None or known.kind is None:
        return
    name = table.specification.groups[known.form]
    used = {
        group[known.form] for group in table.groups
        if speaks_of(group[known.kind], "citizenship") and not called(group[known.form], "residual")
    }  # fmt: skip
    free = sorted(one for one in used if one not in codes())
    if free:
        strange = [one for one in free if not country_of(one)]
        params = {"number": len(free), "unknown": len(strange), "examples": listed(strange or free)}
        yield Finding("R6", "free-text", {}, {"column": name, **params}, WARNING)
    yield from spelled(((codes().get(one) or country_of(one), one) for one in used), name)


def beside(sheet: Sheet, table: Table, known: Roles) -> Iterator[Finding]:
    """A country whose code stands beside several labels."""
    if known.country is None or known.label is None:
        return
    at, label = sheet.columns.index(table.specification.groups[known.country]), known.label
    pairs = {(row[at], row[label]) for _line, row in sheet.rows}
    yield from spelled(pairs, sheet.columns[label])


def spelled(pairs: Iterable[tuple[str, str]], column: str) -> Iterator[Finding]:
    """A finding for each country that stands under several labels in a column."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for code, label in pairs:
        found[code].add(label)
    for code, every in found.items():
        if code and len(every) > 1:
            params = {"code": code, "column": column, "number": len(every), "labels": listed(sorted(every))}
            yield Finding("R6", "several-spellings", {column: min(every)}, params, WARNING)


def listed(every: list[str]) -> str:
    """Some labels in a row."""
    return ", ".join(one[:40] for one in every[:MOST]) + (", …" if len(every) > MOST else "")
