"""A case as it is told: who the person is, and what happened on which day."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, NoReturn

from palermo.errors import Refused, words
from palermo.law.calendar import of_age_on

HOME = "BE"  # the country whose procedure these rules are
GROUNDS = ("trafficking", *(f"smuggling-77quater-{number}" for number in range(1, 6)))
DOCUMENTS = ("order-to-leave-45", "annex-15", "provisional", "temporary", "unlimited")
ENDINGS = (
    *("no-statement", "contact-renewed", "danger", "cooperation-stopped", "proceedings-ended"),
    *("fraud", "voluntary-return", "other"),
)
TERNARY, BINARY = ("yes", "no", "unknown"), ("yes", "no")
QUESTIONS = ("still_victim", "proceedings_ongoing", "willing", "ties_broken")
LENT = ("document_issued", "document_extended", "document_renewed")
# Every event, and what it says beside its day.
EVENTS: Mapping[str, Mapping[str, tuple[str, ...]]] = {
    **{
        name: {}
        for name in (
            *("detected", "immigration_informed", "person_informed", "centre_contacted", "centre_accepted"),
            *("guardianship_notified", "guardian_appointed", "statement_made", "document_extended"),
            *("document_renewed", "prosecutor_asked", "contact_renewed", "cooperation_stopped"),
            *("proceedings_ended", "charge_kept", "convicted", "humanitarian_requested"),
        )
    },
    "document_issued": {"kind": DOCUMENTS},
    "prosecutor_answered": dict.fromkeys(QUESTIONS, TERNARY),
    "labour_prosecutor_opinion": {"favourable": BINARY},
    "danger_assessed": {"danger": BINARY},
    "ended": {"ground": ENDINGS},
}
CASE, PERSON = ("country", "as_of", "person", "events"), ("citizenship", "born_on", "ground")
FLAGS = ("unaccompanied_minor", "diplomatic_household", "belgian_proceedings")
YEARS = range(1900, 2200)
LONGEST = 40  # signs of a name that is told back


@dataclass(frozen=True)
class Person:
    """Who the person is, as far as the procedure asks."""

    citizenship: tuple[str, ...]  # ISO 3166-1 alpha-2
    born_on: date | None = None
    unaccompanied_minor: bool = False
    diplomatic_household: bool = False
    ground: str = "trafficking"
    exploited_in: tuple[str, ...] = (HOME,)
    belgian_proceedings: bool = True

    def is_minor(self, on: date) -> bool:
        """Whether the person is under eighteen on a day; who is of unknown age is presumed to be."""
        return self.born_on is None or on < of_age_on(self.born_on)


@dataclass(frozen=True)
class Event:
    """Something that happened on a day; `number` is its place in the case as it was told."""

    number: int
    on: date
    type: str
    said: Mapping[str, str] = field(default_factory=dict)
    until: date | None = None  # the last day of a document that was given for less than the law allows


@dataclass(frozen=True)
class Case:
    """A person, what happened, and the day as of which it is asked."""

    person: Person
    events: tuple[Event, ...]
    as_of: date
    country: str = HOME.lower()


def read(told: Any) -> Case:
    """A case from JSON. Raises Refused with the place of what is missing, unknown or no value of its kind."""
    if not isinstance(told, dict):
        refuse("the case", "is no object")
    known(told, "the case", {*CASE}, {*CASE} - {"country"})
    if not isinstance(told["events"], list):
        refuse("events", "is no array")
    return Case(
        person=person(told["person"]),
        events=tuple(event(number, one) for number, one in enumerate(told["events"])),
        as_of=day(told["as_of"], "as_of"),
        country=chosen(told.get("country", HOME.lower()), "country", (HOME.lower(),)),
    )


def person(told: Any) -> Person:
    """The person of a case."""
    if not isinstance(told, dict):
        refuse("person", "is no object")
    known(told, "person", {*PERSON, *FLAGS, "exploited_in"}, {"citizenship", "ground"})
    born = told.get("born_on")
    return Person(
        citizenship=countries(told["citizenship"], "person.citizenship"),
        born_on=None if born is None else day(born, "person.born_on"),
        ground=chosen(told["ground"], "person.ground", GROUNDS),
        exploited_in=countries(told.get("exploited_in", [HOME]), "person.exploited_in"),
        **{name: truth(told.get(name, name == "belgian_proceedings"), f"person.{name}") for name in FLAGS},
    )


def event(number: int, told: Any) -> Event:
    """One event of a case."""
    place = f"events[{number}]"
    if not isinstance(told, dict):
        refuse(place, "is no object")
    kind = chosen(told.get("type"), f"{place}.type", tuple(EVENTS))
    says = EVENTS[kind]
    may = {"until"} if kind in LENT else set()
    known(told, place, {"on", "type", *says, *may}, {"on", *says})
    on = day(told["on"], f"{place}.on")
    until = day(told["until"], f"{place}.until") if told.get("until") is not None else None
    if until and until < on:
        refuse(f"{place}.until", "lies before the day of the event")
    said = {name: chosen(told[name], f"{place}.{name}", values) for name, values in says.items()}
    return Event(number, on, kind, said, until)


def known(told: Mapping[str, Any], place: str, may: set[str], must: set[str]) -> None:
    """Refuse an object that lacks something or says something that means nothing."""
    if missing := must - set(told):
        refuse(place, f"has no {min(missing)}")
    if unknown := set(told) - may:
        refuse(place, f"says {shown(min(unknown))}, which means nothing here")


def shown(name: str) -> str:
    """A name that nobody knows, short enough and of signs that can be written."""
    return name[:LONGEST].encode(errors="backslashreplace").decode()


def day(told: Any, place: str) -> date:
    """A day in ISO 8601, near enough that days before and after it can be told."""
    try:
        found = date.fromisoformat(told) if re.fullmatch(r"[0-9-]{10}", told) else None
    except (TypeError, ValueError):
        found = None
    if found is None or found.year not in YEARS:
        refuse(place, f"is no date such as 2018-03-01, from {YEARS[0]} to {YEARS[-1]}")
    return found


def chosen(told: Any, place: str, values: tuple[str, ...]) -> str:
    """One of some words."""
    if not isinstance(told, str) or told not in values:
        refuse(place, f"is none of {', '.join(values)}")
    return told


def countries(told: Any, place: str) -> tuple[str, ...]:
    """Some countries."""
    if not isinstance(told, list) or not told or not all(map(is_country, told)):
        refuse(place, "is no list of countries such as BE (ISO 3166-1 alpha-2)")
    return tuple(told)


def is_country(code: object) -> bool:
    """Whether it has the form of a country's code."""
    return isinstance(code, str) and re.fullmatch("[A-Z]{2}", code) is not None


def truth(told: Any, place: str) -> bool:
    """True or false."""
    return told if isinstance(told, bool) else refuse(place, "is neither true nor false")


def refuse(place: str, fault: str) -> NoReturn:
    """Refuse a case."""
    raise Refused(
        "case",
        words("This case cannot be traced: {place} {fault}."),
        words("Mend it and ask again."),
        place=place,
        fault=fault,
    )
