"""Time that counts from an event: "within one or two years after the adoption". No day is ever made up."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from palermo.plan.rules.cycles import Window
from palermo.timing.edtf import shifted
from palermo.timing.frequency import NUMBER, OR, UNIT, iso, length
from palermo.timing.vocabulary import fold

MEASURE, EVALUATION = "measure", "evaluation"
COUNT = rf"{NUMBER}|an?"
SPAN = re.compile(rf"\b(?:(?P<one>{COUNT}){OR})?(?P<number>{COUNT}) (?P<unit>{UNIT})\b")
WITHIN = re.compile(
    r"\b(?:within|at the latest|no later than|dans|endeans|au plus tard|binnen|uiterlijk|ten laatste"
    r"|innerhalb|spatestens)\b"
)


@dataclass(frozen=True)
class Span:
    """How long after an event: ISO 8601 periods; without a shortest one it begins with the event."""

    shortest: str
    longest: str


@dataclass(frozen=True)
class Wait:
    """What a measure, or its evaluation, waits for, as it was said on a day; the latest stands."""

    what: str
    since: date
    order: int
    span: Span
    happened_on: date | None  # the day of the event, where it was told
    event: int | None  # the measure whose publication is the event
    is_off: bool  # it waits for nothing any more


@dataclass(frozen=True)
class Awaited:
    """What follows on a day: the windows that are known, and whether an evaluation waits for its event."""

    measure: Window | None = None
    evaluation: Window | None = None
    evaluation_waits: bool = False


def read_span(words: str) -> Span | None:
    """How long after an event, by the words; None where they do not name one length of time."""
    said = fold(words)
    found = list(SPAN.finditer(said))
    if len(found) != 1:
        return None
    match = found[0]
    longest = period(match["number"], match["unit"])
    if match["one"]:
        shorter, longer = sorted((period(match["one"], match["unit"]), longest), key=length)
        return Span(shorter, longer)
    return Span("" if WITHIN.search(said) else longest, longest)


def period(number: str, unit: str) -> str:
    """A number and a unit as an ISO 8601 period; "a year" is one."""
    return iso(None if number in {"a", "an"} else number, unit)


def window(day: date, span: Span) -> Window:
    """The days that a length of time after a day stands for."""
    return after(day, span.shortest), after(day, span.longest)


def after(day: date, period: str) -> date:
    """The day some time later; none: the day itself."""
    return shifted(day, int(period[1:-1]), period[-1]) if period else day


def standing(waits: Iterable[Wait], what: str, day: date) -> Wait | None:
    """What is waited for on a day; None for nothing."""
    known = [one for one in waits if one.what == what and one.since <= day]
    latest = max(known, key=lambda one: one.order, default=None)
    return None if latest is None or latest.is_off else latest


def event_day(wait: Wait, published: Sequence[date]) -> date | None:
    """The day of the event: as it was told, else the first publication of the measure it waits for."""
    return wait.happened_on or (min(published, default=None) if wait.event else None)


def awaited(waits: Sequence[Wait], published: dict[int, list[date]], day: date) -> Awaited:
    """What follows from what is waited for; `published`: by measure, as it was known on the day."""
    windows: dict[str, Window] = {}
    for what in (MEASURE, EVALUATION):
        wait = standing(waits, what, day)
        happened = wait and event_day(wait, published.get(wait.event or 0, []))
        if wait and happened:
            windows[what] = window(happened, wait.span)
    waiting = standing(waits, EVALUATION, day) is not None
    return Awaited(windows.get(MEASURE), windows.get(EVALUATION), waiting)
