"""The directory's data file: read, checked, refused with the file and the key at fault."""

from __future__ import annotations

import tomllib
from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

from palermo.errors import Refused, words
from palermo.organisations.directory.text import fold, words_of
from palermo.organisations.directory.value import Contact, Directory, Member, Name, Party, key

DATA = Path(__file__).parent.parent / "data"
LANGUAGES = ("en", "fr", "nl", "de")
TONES = ("duty", "invitation", "information")
CONFIDENCES = ("verified", "to verify")
CONTACTS = ("web", "email", "phone")
ROLES = ("member", "chair", "secretariat", "observer")
# In the order in which a directory is read: who coordinates, who answers, who helps, and the classes last.
SORTS = (
    *("body", "minister", "service", "inspectorate", "police", "judiciary", "centre", "federated-entity"),
    *("association", "class"),
)
KEYS = frozenset(
    (
        *("sort", "names", "aliases", "common", "alone", "words", "forms", "bare", "tone"),
        *("since", "until", "source", "confidence", "contacts", "recognised", "members"),
    )
)
MEMBER_KEYS = frozenset(("code", "since", "until", "source", "confidence", "role"))


@cache
def load(country: str = "be") -> Directory:
    """The directory of a country, from its data file, read once. Raises Refused."""
    return read(DATA / f"{country}.toml")


def read(path: Path) -> Directory:
    """A directory from a data file. Raises Refused where it is missing, broken or contradicts itself."""
    raw = parsed(path)
    country = f"{path.stem}/"
    parties = {}
    for code, told in raw.get("party", {}).items():
        if not code.startswith(country):
            refuse(path, code, f"its code does not begin with {country}")
        parties[code] = party(path, code, told)
    for one in parties.values():
        known_members(path, one, parties)
    names = named(path, parties, raw)
    starts: dict[str, int] = {}
    for told in names:
        starts[told[0]] = max(starts.get(told[0], 0), len(told))
    home = frozenset(fold(word) for word in raw.get("home", ()))
    abroad = {name: frozenset(map(fold, each)) for name, each in raw.get("abroad", {}).items()}
    foreign = frozenset(fold(word) for word in raw.get("foreign", ())).union(*abroad.values())
    return Directory(parties, names, starts, foreign, home, abroad)


def parsed(path: Path) -> dict[str, Any]:
    """The file's tables."""
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except FileNotFoundError as reason:
        raise Refused(
            "no-directory",
            words("There is no directory of bodies for the country “{country}”."),
            words("Name a country whose data file exists, such as be."),
            country=path.stem,
        ) from reason
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as reason:
        refuse(path, "the file", f"it cannot be read: {reason}")


def party(path: Path, code: str, told: Mapping[str, Any]) -> Party:
    """One party from its table."""
    for needed in ("sort", "names", "tone", "source"):
        if not told.get(needed):
            refuse(path, code, f"it has no {needed}")
    if unknown := set(told) - KEYS:
        refuse(path, code, f"the key {min(unknown)} means nothing")
    if set(told["names"]) != set(LANGUAGES) or not all(told["names"].values()):
        refuse(path, code, "it needs one name in each of en, fr, nl, de")
    one_of(path, code, "tone", told["tone"], TONES)
    one_of(path, code, "sort", told["sort"], SORTS)
    since, until, confidence = dated(path, code, told)
    return Party(
        code=code,
        kind="class" if told["sort"] == "class" else "party",
        sort=told["sort"],
        names=told["names"],
        aliases=(*told.get("aliases", ()), *told.get("common", ()), *told.get("alone", ())),
        tone=told["tone"],
        since=since,
        until=until,
        source=told["source"],
        confidence=confidence,
        contacts=tuple(contacts(path, code, told.get("contacts", ()))),
        recognised=periods(path, code, [{"code": code, **one} for one in told.get("recognised", ())]),
        members=periods(path, code, told.get("members", ())),
    )


def dated(
    path: Path, code: str, told: Mapping[str, Any], about: str = "it"
) -> tuple[date | None, date | None, str]:
    """The first day, the last day and the confidence of a fact."""
    since, until = told.get("since"), told.get("until")
    for day in (since, until):
        if day is not None and type(day) is not date:
            refuse(path, code, f"{about} has a day that is no date: {day}")
    if since and until and until < since:
        refuse(path, code, f"{about} ends before it begins")
    confidence = told.get("confidence", "verified")
    one_of(path, code, "confidence", confidence, CONFIDENCES)
    return since, until, confidence


def periods(path: Path, code: str, told: Iterable[Mapping[str, Any]]) -> tuple[Member, ...]:
    """Dated memberships or recognitions; those of one member stand in order and never overlap."""
    found = [period(path, code, one) for one in told]
    for member in {one.code for one in found}:
        for earlier, later in pairwise(one for one in found if one.code == member):
            if (earlier.until or date.max) >= (later.since or date.min):
                refuse(path, code, f"the periods of {member} overlap or stand out of order")
    return tuple(found)


def period(path: Path, code: str, told: Mapping[str, Any]) -> Member:
    """One dated membership or recognition."""
    member = told.get("code")
    if not member or not told.get("source"):
        refuse(path, code, f"{member or 'a member'} has no {'source' if member else 'code'}")
    if unknown := set(told) - MEMBER_KEYS:
        refuse(path, code, f"the key {min(unknown)} of {member} means nothing")
    since, until, confidence = dated(path, code, told, member)
    role = told.get("role", "member")
    one_of(path, code, "role", role, ROLES)
    return Member(member, since, until, told["source"], confidence, role)


def contacts(path: Path, code: str, told: Iterable[Mapping[str, Any]]) -> Iterator[Contact]:
    """The published ways to reach a party."""
    for one in told:
        if not one.get("value") or not one.get("source"):
            refuse(path, code, "a contact has no value or no source")
        one_of(path, code, "contact kind", one.get("kind"), CONTACTS)
        confidence = one.get("confidence", "verified")
        one_of(path, code, "confidence", confidence, CONFIDENCES)
        yield Contact(one["kind"], one["value"], one["source"], confidence)


def known_members(path: Path, one: Party, parties: Mapping[str, Party]) -> None:
    """Refuse members that the file does not know, and a class that would hold itself."""
    for member in one.members:
        if member.code not in parties:
            refuse(path, one.code, f"its member {member.code} is not in the file")
        if member.code == one.code:
            refuse(path, one.code, "it is a member of itself")


def named(path: Path, parties: Mapping[str, Party], raw: Mapping[str, Any]) -> dict[tuple[str, ...], Name]:
    """Every name of every party by its telling words; a name that two parties claim is refused."""
    names: dict[tuple[str, ...], Name] = {}
    for code, one in parties.items():
        for text, flags in spoken(path, code, raw["party"][code], raw.get("forms", {})):
            told, breaks = key(words_of(text))
            if not told:
                refuse(path, code, f"its name “{text}” has no telling word")
            capital = len(told) == 1 and text.lstrip()[0].isupper()
            new = Name(one, breaks, capital=capital, **flags)
            old = names.get(told)
            if old and old.party is not one:
                refuse(path, code, f"its name “{text}” is also a name of {old.party.code}")
            names[told] = merged(old, new) if old else new
    return names


def merged(one: Name, other: Name) -> Name:
    """Two spellings of the same name: what either allows is allowed."""
    return Name(
        one.party,
        one.breaks | other.breaks,
        bare=one.bare and other.bare,
        common=one.common and other.common,
        capital=one.capital and other.capital,
    )


def spoken(
    path: Path, code: str, told: Mapping[str, Any], forms: Mapping[str, Any]
) -> Iterator[tuple[str, dict[str, bool]]]:
    """Every way in which texts speak of a party, and what is special about it."""
    yield from ((text, {}) for text in (*told["names"].values(), *told.get("aliases", ())))
    yield from ((text, {"common": True}) for text in told.get("common", ()))
    yield from ((text, {"bare": True}) for text in told.get("alone", ()))
    for language, portfolio in told.get("words", {}).items():
        if told.get("bare"):
            yield from ((text, {"bare": True}) for text in portfolio)
        for form in told.get("forms", ()):
            if form not in forms:
                refuse(path, code, f"the form {form} is not in the file")
            patterns = forms[form].get(language, ())
            yield from ((one.replace("…", text), {}) for one in patterns for text in portfolio)


def one_of(path: Path, code: str, what: str, value: object, allowed: Collection[str]) -> None:
    """Refuse a value that is not one of those allowed."""
    if value not in allowed:
        refuse(path, code, f"its {what} is “{value}”, not one of {', '.join(sorted(allowed))}")


def refuse(path: Path, code: str, why: str) -> NoReturn:
    """Refuse a data file."""
    raise Refused(
        "directory-broken",
        words("{file}, {party}: {why}."),
        words("Mend the data file and load it again."),
        file=path.name,
        party=code,
        why=why,
    )
