"""A traced case as a picture: the stages through which it went and its clocks, along one line of time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date

from palermo.errors import Refused
from palermo.law.value import Law
from palermo.referral.rules.case import Case, Person
from palermo.referral.rules.state import NOT_ELIGIBLE, NOT_NEEDED, is_exploited_abroad
from palermo.referral.rules.trace import Clock, Trace, trace

WHOLE = 100  # how long the line is


@dataclass(frozen=True)
class Span:
    """A stage from a day on, drawn until the next one begins."""

    stage: str
    since: date
    start: float
    width: float


@dataclass(frozen=True)
class Mark:
    """A day on the line, with the clock that is due on it."""

    clock: Clock
    at: float


@dataclass(frozen=True)
class Track:
    """The line: its spans and marks, where the day stands as of which it is asked, its first and last day."""

    spans: tuple[Span, ...]
    marks: tuple[Mark, ...]
    day: float
    first: date
    last: date


def reached(case: Case, law: Law, union: Law) -> Iterator[tuple[str, date]]:
    """Each stage in which a case was, and since when, in order."""
    now: tuple[str, date] | None = None
    for day in sorted({*(event.on for event in case.events if event.on <= case.as_of), case.as_of}):
        try:
            found = trace(replace(case, as_of=day), law, union)
        except Refused:  # not detected by then
            continue
        if now != (now := (found.stage, found.since)):
            yield now


def track_of(person: Person, stage: str) -> str:
    """The special track of a person in a stage, by its code; empty on the ordinary road."""
    if stage == NOT_NEEDED:
        return "citizen"
    if stage != NOT_ELIGIBLE:
        return ""
    return "exploited-abroad" if is_exploited_abroad(person) else "smuggling"


def track(case: Case, found: Trace, law: Law, union: Law) -> Track:
    """The line of a case, as long as what runs in it."""
    stages = [*reached(case, law, union)]
    first = stages[0][1]
    last = max([case.as_of, *(clock.due_on for clock in found.clocks)])
    length = max((last - first).days, 1)

    def at(day: date) -> float:
        return WHOLE * (day - first).days / length

    ends = [*(since for _stage, since in stages[1:]), case.as_of]
    return Track(
        spans=tuple(
            Span(stage, since, at(since), at(end) - at(since))
            for (stage, since), end in zip(stages, ends, strict=True)
        ),
        marks=tuple(Mark(clock, at(clock.due_on)) for clock in found.clocks),
        day=at(case.as_of),
        first=first,
        last=last,
    )
