"""Within which days a measure is expected, as it follows from its words and from what was done since."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from palermo.plan.rules.cycles import Done, first_open


@dataclass(frozen=True)
class Times:
    """The days of a measure as they stand on a day.

    `said`: those that its words stand for, of what comes back the first. `earliest`, `latest`: those
    in which it is expected next: of what comes back, the first occurrence that was not done.
    """

    said_earliest: date | None
    said_latest: date | None
    earliest: date | None
    latest: date | None


def times(earliest: date | None, latest: date | None, recurrence: str, done: Iterable[Done]) -> Times:
    """The days of a measure from what its words say and from the occurrences that were done."""
    if not recurrence or earliest is None or latest is None:
        return Times(earliest, latest, earliest, latest)
    window = first_open((earliest, latest), recurrence, done)
    return Times(earliest, latest, *(window or (None, None)))
