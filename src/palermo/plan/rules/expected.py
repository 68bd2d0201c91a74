"""Within which days a measure is expected, as it follows from its words and from what happened since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from palermo.plan.rules.awaited import Awaited
from palermo.plan.rules.cycles import Done, first_open

DAY = timedelta(days=1)
NOTHING = Awaited()


@dataclass(frozen=True)
class Times:
    """The days of a measure as they stand on a day.

    `said`: those that its words stand for, of what comes back the first; what counts from an event has them
    once the event has its day. `earliest`, `latest`: those in which it is expected next, of what comes back
    the first occurrence that was not done. `evaluate`: after and by which day it is to be evaluated.
    """

    said_earliest: date | None
    said_latest: date | None
    earliest: date | None
    latest: date | None
    evaluate_after: date | None
    evaluate_by: date | None


def times(
    earliest: date | None,
    latest: date | None,
    recurrence: str,
    done: Iterable[Done] = (),
    awaited: Awaited = NOTHING,
) -> Times:
    """The days of a measure from what its words say, the occurrences that were done, and what it awaits."""
    if earliest is None and latest is None and awaited.measure:
        earliest, latest = awaited.measure
    said = earliest, latest
    if recurrence and earliest and latest:
        earliest, latest = first_open((earliest, latest), recurrence, done) or (None, None)
    if not awaited.evaluation_waits:
        return Times(*said, earliest, latest, latest, latest)
    first, last = awaited.evaluation or (None, None)
    return Times(*said, earliest, latest, first - DAY if first else None, last)
