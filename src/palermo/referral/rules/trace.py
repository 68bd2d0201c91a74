"""A case replayed: where it stands on its day, what runs, may be done, must be done, was refused."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from palermo.errors import Refused, words
from palermo.law.value import Law, Version
from palermo.referral.rules.case import HOME, Case, Event
from palermo.referral.rules.moves import (
    Asked,
    blocked_by,
    event_blocked_by,
    is_stated_in_time,
    move_of,
    source_name,
    told_moves,
)
from palermo.referral.rules.state import (
    ENDED,
    EXTENDED,
    NOT_NEEDED,
    PROVISIONAL,
    REFLECTION,
    TEMPORARY,
    Document,
    State,
    is_citizen,
    is_exploited_abroad,
    moved,
    told,
    track,
)

DUTIES = {
    "inform-immigration-office": "immigration_informed",
    "inform-person": "person_informed",
    "contact-centre": "centre_contacted",
    "notify-guardianship-service": "guardianship_notified",
}
# What runs, each with the value that says where it stands.
CLOCKS = {
    "reflection-ends": "reflection-period",
    "provisional-ends": "provisional-period",
    "ask-prosecutor-before": "ask-prosecutor",
    "temporary-ends": "temporary-period",
    "renewal-opens": "renewal-opens",
    "renewal-closes": "renewal-closes",
}
NO_ENTRY_BAN, BENELUX = "no-entry-ban", "benelux-referral"


@dataclass(frozen=True, slots=True)
class Clock:
    """Something that is due on a day: running through it, then overdue, or met."""

    name: str
    due_on: date
    state: str
    cited: Version


@dataclass(frozen=True, slots=True)
class Move:
    """A move with what blocks it; possible where nothing does."""

    name: str
    why: tuple[str, ...]
    cited: Version


@dataclass(frozen=True, slots=True)
class Duty:
    """What whoever finds a person must do, and on which day it was done."""

    name: str
    done_on: date | None
    cited: Version


@dataclass(frozen=True, slots=True)
class RefusedEvent:
    """An event that the law did not allow on its day: kept, and without effect."""

    event: int
    why: tuple[str, ...]
    cited: Version


@dataclass(frozen=True, slots=True)
class Trace:
    """How a case stands on its day."""

    stage: str
    since: date
    document: Document | None
    clocks: tuple[Clock, ...]
    moves: tuple[Move, ...]
    duties: tuple[Duty, ...]
    refused: tuple[RefusedEvent, ...]
    flags: tuple[str, ...]


def trace(case: Case, law: Law, union: Law) -> Trace:
    """How a case stands on its day.

    Events are taken by day, those of one day in the order in which they were told; later ones are left
    aside. The law of its own day governs each event, that of the day as of which it is asked all else. Time
    alone changes no stage. Raises Refused where the person was not detected by then, or the law does not
    reach back so far.
    """
    events = sorted((one for one in case.events if one.on <= case.as_of), key=lambda one: one.on)
    state, refused = replayed(case, events, law, union)
    if state.since is None:
        raise Refused(
            "not-detected",
            words("By {day} nobody had detected this person."),
            words("Tell on which day the person was detected, or ask for a later day."),
            day=case.as_of,
        )
    on_track = "" if state.stage == ENDED else track(case.person, state, union, case.as_of)
    asked = Asked(case.person, state, case.as_of, law, union)
    return Trace(
        stage=on_track or state.stage,
        since=state.since if not on_track else track_since(case, state, union, on_track),
        document=None if on_track else state.document,
        clocks=() if on_track else tuple(clocks(state, case.as_of, law)),
        moves=tuple(
            Move(move, blocked_by(move, asked, on_track), source_of(move, state, case.as_of, law))
            for move in told_moves(state, on_track)
        ),
        duties=tuple(duties(case, events, state, law, union)),
        refused=refused,
        flags=tuple(flags(case, state, law)),
    )


def replayed(case: Case, events: list[Event], law: Law, union: Law) -> tuple[State, tuple[RefusedEvent, ...]]:
    """The state after these events, and those that were refused."""
    state, refused = State(), []
    for event in events:
        why = event_blocked_by(event, Asked(case.person, state, event.on, law, union))
        if why:
            cited = source_of(move_of(event) or "ask-prosecutor", state, event.on, law)
            refused.append(RefusedEvent(event.number, why, cited))
        elif move_of(event):
            state = moved(state, event, law)
        else:
            state = told(state, event)
    return state, tuple(refused)


def source_of(move: str, state: State, day: date, law: Law) -> Version:
    """Where a move stands, on a day; the first version where the law that is known does not reach back."""
    value = law.values[source_name(move, state.stage)]
    return value.on(day) or value.versions[0]


def track_since(case: Case, state: State, union: Law, on_track: str) -> date:
    """Since when a person is on a track: the detection, or the accession of their state."""
    assert state.detected_on is not None  # noqa: S101 - trace refuses a case without it
    if on_track != NOT_NEEDED or HOME in case.person.citizenship:
        return state.detected_on
    joined = [
        version.since
        for code in case.person.citizenship
        if (value := union.values.get(code)) and (version := value.on(case.as_of)) and version.value
    ]
    return max(state.detected_on, min(joined))


def clocks(state: State, day: date, law: Law) -> Iterator[Clock]:
    """What runs in a stage, for the document that is held."""
    document = state.document
    if document is None or document.expires_on is None:
        return
    last = document.expires_on
    if state.stage == REFLECTION:
        yield clock("reflection-ends", last, day, law, met=is_stated_in_time(state))
    elif state.stage in (PROVISIONAL, EXTENDED):
        yield clock("provisional-ends", last, day, law)
        yield clock("ask-prosecutor-before", last, day, law, met=state.is_asked)
    elif state.stage == TEMPORARY:
        yield clock("temporary-ends", last, day, law)
        for name in ("renewal-opens", "renewal-closes"):
            before = law.on(name, day).value
            yield clock(name, last - timedelta(days=before), day, law)


def clock(name: str, due_on: date, day: date, law: Law, *, met: bool = False) -> Clock:
    """A clock as it stands on a day."""
    state = "met" if met else "running" if day <= due_on else "overdue"
    return Clock(name, due_on, state, law.on(CLOCKS[name], day))


def duties(case: Case, events: list[Event], state: State, law: Law, union: Law) -> Iterator[Duty]:
    """What must be done for whoever is found: for citizens nobody tells the Immigration Office."""
    done: dict[str, date] = {}
    for event in events:
        done.setdefault(event.type, event.on)
    for name, event_type in DUTIES.items():
        if name == "inform-immigration-office" and is_citizen(case.person, union, case.as_of):
            continue
        if name == "notify-guardianship-service" and not case.person.is_minor(
            state.detected_on or case.as_of
        ):
            continue
        yield Duty(name, done.get(event_type), law.on(f"duty-{name}", case.as_of))


def flags(case: Case, state: State, law: Law) -> Iterator[str]:
    """What whoever decides should not overlook."""
    lent = state.ended_from in (PROVISIONAL, EXTENDED, TEMPORARY)
    if lent and not state.is_danger and state.since and law.on("no-entry-ban", state.since).value:
        yield NO_ENTRY_BAN
    if is_exploited_abroad(case.person) and {"NL", "LU"} & {*case.person.exploited_in}:
        yield BENELUX


def as_json(found: Trace) -> dict[str, Any]:
    """A trace as the contract writes it."""
    document = found.document
    return {
        "stage": found.stage,
        "since": found.since.isoformat(),
        "document": document
        and {
            "kind": document.kind,
            "issued_on": document.issued_on.isoformat(),
            "expires_on": document.expires_on.isoformat() if document.expires_on else None,
        },
        "clocks": [
            {
                "name": one.name,
                "due_on": one.due_on.isoformat(),
                "state": one.state,
                "source": one.cited.source,
            }
            for one in found.clocks
        ],
        "possible": [{"move": one.name, "source": one.cited.source} for one in found.moves if not one.why],
        "blocked": [
            {"move": one.name, "why": list(one.why), "source": one.cited.source}
            for one in found.moves
            if one.why
        ],
        "duties": [
            {"name": one.name, "done_on": one.done_on and one.done_on.isoformat(), "source": one.cited.source}
            for one in found.duties
        ],
        "refused": [
            {"event": one.event, "why": list(one.why), "source": one.cited.source} for one in found.refused
        ],
        "flags": list(found.flags),
    }
