"""How a person stands in the procedure, and what each event changes."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from dateutil.relativedelta import relativedelta

from palermo.law.value import Law
from palermo.referral.rules.case import HOME, Event, Person

REFLECTION, PROVISIONAL, EXTENDED = "reflection", "provisional", "provisional-extended"
DETECTED, TEMPORARY, UNLIMITED, ENDED = "detected", "temporary", "unlimited", "ended"
NOT_NEEDED, NOT_ELIGIBLE = "residence-not-needed", "not-eligible"
STAGE_OF = {  # the stage that a document opens
    "order-to-leave-45": REFLECTION,
    "annex-15": REFLECTION,
    "provisional": PROVISIONAL,
    "temporary": TEMPORARY,
    "unlimited": UNLIMITED,
}


@dataclass(frozen=True, slots=True)
class Document:
    """A document that a person holds; both its days count."""

    kind: str
    issued_on: date
    expires_on: date | None  # None: it does not expire
    counted_from: date  # its months are counted from here: the day of issue, or the end of a shortened one
    months: int = 0  # that were given since then


@dataclass(frozen=True, slots=True)
class State:
    """How a person stands after some events. Nothing here follows from a day that merely passed."""

    stage: str = ""  # before anybody detected the person
    since: date | None = None
    document: Document | None = None
    detected_on: date | None = None
    has_centre: bool = False
    statement_on: date | None = None  # the first
    is_asked: bool = False
    answer: Mapping[str, str] | None = None  # the prosecutor's latest
    is_favoured: bool = False  # by the labour prosecutor's latest opinion
    is_danger: bool = False  # by the latest assessment
    standing: frozenset[str] = frozenset()  # of the events that a later move may need
    ended_by: str = ""
    ended_from: str = ""  # the stage in which it ended


STANDING = ("contact_renewed", "cooperation_stopped", "proceedings_ended", "charge_kept", "convicted")
# What each event that moves nothing says of the person.
SAYS: dict[str, Callable[[State, Event], dict[str, Any]]] = {
    "detected": lambda state, event: (
        {} if state.stage else {"stage": DETECTED, "since": event.on, "detected_on": event.on}
    ),
    "centre_accepted": lambda _state, _event: {"has_centre": True},
    "statement_made": lambda state, event: {"statement_on": state.statement_on or event.on},
    "prosecutor_answered": lambda _state, event: {"answer": event.said},
    "labour_prosecutor_opinion": lambda _state, event: {"is_favoured": event.said["favourable"] == "yes"},
    "danger_assessed": lambda _state, event: {"is_danger": event.said["danger"] == "yes"},
    **dict.fromkeys(STANDING, lambda state, event: {"standing": state.standing | {event.type}}),
}


def told(state: State, event: Event) -> State:
    """A state after an event that says something of the person and moves nothing."""
    if state.stage == ENDED or event.type not in SAYS:
        return state
    return replace(state, **SAYS[event.type](state, event))


def moved(state: State, event: Event, law: Law) -> State:
    """A state after an event that moves it and was allowed. The law of its day says for how long."""
    match event.type:
        case "prosecutor_asked":
            return replace(state, is_asked=True)
        case "ended":
            return replace(
                state,
                stage=ENDED,
                since=event.on,
                document=None,
                ended_by=event.said["ground"],
                ended_from=state.stage,
            )
        case "humanitarian_requested":
            return state
    document = granted(state, event, law)
    stage = EXTENDED if event.type == "document_extended" else STAGE_OF[document.kind]
    since = state.since if stage == state.stage else event.on
    return replace(state, stage=stage, since=since, document=shortened(document, event))


def granted(state: State, event: Event, law: Law) -> Document:
    """The document of an event with the longest time that the law of its day allows."""
    if event.type == "document_issued":
        return issued(event.said["kind"], event.on, law)
    held = state.document
    assert held is not None  # noqa: S101 - only a stage with a document is extended or renewed
    number = law.on(f"{held.kind}-period", event.on).value
    months = held.months + number
    return replace(held, months=months, expires_on=held.counted_from + relativedelta(months=months))


def issued(kind: str, on: date, law: Law) -> Document:
    """A new document."""
    if kind == "unlimited":
        return Document(kind, on, None, on)
    if STAGE_OF[kind] == REFLECTION:
        return Document(kind, on, on + timedelta(days=law.on("reflection-period", on).value), on)
    months = law.on(f"{kind}-period", on).value
    return Document(kind, on, on + relativedelta(months=months), on, months)


def shortened(document: Document, event: Event) -> Document:
    """A document whose last day was set before the one that the law allows: from there the next one runs."""
    if event.until is None or event.until == document.expires_on:
        return document
    return replace(document, expires_on=event.until, counted_from=event.until, months=0)


def is_unaccompanied_minor(person: Person, state: State) -> bool:
    """Whether the person came without a responsible adult, and was under eighteen when detected."""
    return person.unaccompanied_minor and state.detected_on is not None and person.is_minor(state.detected_on)


def track(person: Person, state: State, union: Law, day: date) -> str:
    """The track on which nobody needs, or nobody gets, a document; empty on the ordinary one.

    The membership of the day governs.
    """
    if is_citizen(person, union, day):
        return NOT_NEEDED
    if person.ground == "smuggling-77quater-1" and not is_unaccompanied_minor(person, state):
        return NOT_ELIGIBLE
    return NOT_ELIGIBLE if is_exploited_abroad(person) else ""


def is_citizen(person: Person, union: Law, day: date) -> bool:
    """Whether the person is a citizen of the country, or of a member of the European Union on a day."""
    for code in person.citizenship:
        if code == HOME or ((known := union.values.get(code)) and (one := known.on(day)) and one.value):
            return True
    return False


def is_exploited_abroad(person: Person) -> bool:
    """Whether the person was exploited abroad alone, and no proceedings take place here."""
    return HOME not in person.exploited_in and not person.belgian_proceedings
