"""What moves the days of measures, whatever the day: the occurrences that were done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date, timedelta

from palermo.plan.models import Occurrence
from palermo.plan.rules.cycles import Done
from palermo.plan.rules.spans import FOREVER, Period

DAY = timedelta(days=1)
Dones = list[tuple[Done, Period]]  # each with the days on which it was known


def dones(measures: Collection[int]) -> dict[int, Dones]:
    """The occurrences of these measures that were done. One query."""
    found: dict[int, Dones] = defaultdict(list)
    rows = Occurrence.objects.filter(measure__in=measures).order_by("on", "pk")
    fields = ("measure", "pk", "earliest", "latest", "done_on", "on", "withdrawal__on")
    for measure, key, earliest, latest, done_on, on, over in rows.values_list(*fields):
        done = Done((earliest, latest), done_on, key)
        found[measure].append((done, Period(on, max(on, over) - DAY if over else FOREVER)))
    return found


def known_by(held: Iterable[tuple[Done, Period]], day: date) -> list[Done]:
    """Those that were known on a day."""
    return [done for done, period in held if day in period]
