"""How often: the words of a recurrence and the ISO 8601 period they stand for."""

from __future__ import annotations

import re
from dataclasses import dataclass

from palermo.timing.vocabulary import LONGEST, fold

NUMBERS = {
    **dict.fromkeys(("one", "un", "une", "een", "eine", "ein", "einem", "elk", "chaque"), 1),
    **dict.fromkeys(("two", "deux", "twee", "zwei", "other", "second", "andere", "tweede"), 2),
    **dict.fromkeys(("three", "trois", "drie", "drei", "third"), 3),
    **dict.fromkeys(("four", "quatre", "vier"), 4),
    **dict.fromkeys(("five", "cinq", "vijf", "funf"), 5),
    **dict.fromkeys(("six", "zes", "sechs"), 6),
    **dict.fromkeys(("ten", "dix", "tien", "zehn"), 10),
}
UNITS = {
    "Y": r"years?|ans?|annees?|jaar|jaren|jahre?n?",
    "M": r"months?|mois|maand(?:en)?|monate?n?",
    "W": r"weeks?|semaines?|weken|week|wochen?",
}
UNIT = "|".join(UNITS.values())
NUMBER = r"\d{1,2}|" + "|".join(NUMBERS)
EVERY = r"every|each|once every|tou(?:s|tes) les|chaque|om de|elke?|ieder|iedere|alle|jede[nrs]?"
OR = r" ?(?:or|/|-|to|ou|a|of|tot|oder|bis|and|et|en|und) ?"

# Words that are a whole frequency by themselves, with their period.
WHOLE = (
    (r"half-?yearly|semi-?annual(?:ly)?|biannual(?:ly)?|semestriel(?:le)?(?:ment)?", "P6M"),
    (r"halfjaarlijkse?|halbjahrlich", "P6M"),
    (r"biennial(?:ly)?|bisannuel(?:le)?|biennal(?:e)?|tweejaarlijkse?|zweijahrlich", "P2Y"),
    (r"triennial(?:ly)?|triennal(?:e)?|driejaarlijkse?|dreijahrlich", "P3Y"),
    (r"yearly|annual(?:ly)?|per year|a year|per annum|annuel(?:le)?(?:ment)?|par an", "P1Y"),
    (r"jaarlijkse?|per jaar|jahrlich(?:e[rsn]?)?|pro jahr", "P1Y"),
    (r"quarterly|trimestriel(?:le)?(?:ment)?|driemaandelijks|vierteljahrlich", "P3M"),
    (r"monthly|mensuel(?:le)?(?:ment)?|maandelijkse?|monatlich", "P1M"),
)
TIMES = (
    (r"twice|two times|2 times|2 ?x|deux fois|2 fois|twee ?keer|tweemaal|2 ?keer|2 ?maal|zweimal|2 ?mal", 2),
    (r"three times|3 times|3 ?x|trois fois|3 fois|drie keer|driemaal|3 ?keer|dreimal|3 ?mal", 3),
    (r"four times|4 times|4 ?x|quatre fois|4 fois|vier keer|viermaal|4 ?keer|viermal|4 ?mal", 4),
    (r"once|one time|1 time|1 ?x|une fois|1 fois|eenmaal|een keer|een maal|1 ?keer|einmal|1 ?mal", 1),
)
PER_YEAR = (
    r"(?:a|per|each|every|par|elk|pro|im|in het|chaque|/)? ?(?:year|annum|an|annee|jaar|jahr)"
    r"|yearly|annually|jaarlijks|jahrlich|annuellement|l'an"
)
AT_LEAST = (
    r"(?:at least|minimum|min\.|not less than|au moins|au minimum|minstens|ten minste|minimaal|mindestens)"
)
SHARE = {1: "P1Y", 2: "P6M", 3: "P4M", 4: "P3M"}


@dataclass(frozen=True)
class Period:
    """A frequency found in a text: one period, or the shortest and the longest that the words allow."""

    said: str
    iso: str | None = None
    at_least: str | None = None
    at_most: str | None = None


@dataclass(frozen=True)
class Frequency:
    """How often something comes back. `at_least` and `at_most` bound the time between two occurrences."""

    text: str
    recurrence: str | None = None
    at_least: str | None = None
    at_most: str | None = None


RANGE = re.compile(
    rf"\b(?:{EVERY}) (?:(?P<one>{NUMBER}) )?(?:(?P<unit_one>{UNIT}))?{OR}(?:(?:{EVERY}) )?"
    rf"(?P<two>{NUMBER}) (?P<unit_two>{UNIT})\b"
)
EACH = re.compile(rf"\b(?:{EVERY}) (?:(?P<number>{NUMBER}) )?(?P<unit>{UNIT})\b")
COUNT = "|".join(f"(?P<t{count}>{names})" for names, count in TIMES)
TIMES_A_YEAR = re.compile(rf"(?P<least>{AT_LEAST} )?\b(?:{COUNT}) ?(?:{PER_YEAR})\b")
WHOLE_WORD = [(re.compile(rf"(?P<least>{AT_LEAST} )?\b(?:{names})\b"), iso) for names, iso in WHOLE]


def read_frequency(text: str, language: str | None = None) -> Frequency:  # noqa: ARG001 - no word is shared
    """Read a cell that says how often; "as needed" and what is not known give no period."""
    said = fold(text) if len(text) <= LONGEST else ""
    period = period_in(said)
    if period is None:
        return Frequency(text)
    anchor = re.search(r"(?<!\d)((?:19|20)\d\d)(?!\d)", said)
    start = f"R/{anchor[1]}/" if anchor else "R/"
    return Frequency(text, period.iso and start + period.iso, period.at_least, period.at_most)


def period_in(said: str) -> Period | None:
    """The frequency that a folded text names, or None."""
    if match := RANGE.search(said):
        one = iso(match["one"], match["unit_one"] or match["unit_two"])
        two = iso(match["two"], match["unit_two"])
        return Period(match[0], at_least=one, at_most=two) if one != two else Period(match[0], one)
    if match := TIMES_A_YEAR.search(said):
        count = next(count for _, count in TIMES if match[f"t{count}"])
        return bounded(match, SHARE[count])
    if match := EACH.search(said):
        return Period(match[0], iso(match["number"], match["unit"]))
    for pattern, known in WHOLE_WORD:
        if match := pattern.search(said):
            return bounded(match, known)
    return None


def bounded(match: re.Match[str], known: str) -> Period:
    """A period, or the longest allowed where the words say "at least"."""
    return Period(match[0], at_most=known) if match["least"] else Period(match[0], known)


def iso(number: str | None, unit: str) -> str:
    """A number and a unit as an ISO 8601 period."""
    count = 1 if number is None else NUMBERS.get(number) or int(number)
    code = next(code for code, names in UNITS.items() if re.fullmatch(names, unit))
    return f"P{count}{code}"
