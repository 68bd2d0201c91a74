"""What moves the days of measures, whatever the day: occurrences that were done, events that are awaited."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from datetime import date, timedelta

from palermo.plan.models import Occurrence, Step
from palermo.plan.models import Wait as Row
from palermo.plan.rules.awaited import Span, Wait
from palermo.plan.rules.bills import PUBLISHED
from palermo.plan.rules.cycles import Done
from palermo.plan.rules.spans import FOREVER, Period

DAY = timedelta(days=1)
Dones = list[tuple[Done, Period]]  # each with the days on which it was known
Publications = Mapping[
    int, list[tuple[date, Period]]
]  # of measures, each with the days on which it was known


def dones(measures: Collection[int]) -> dict[int, Dones]:
    """The occurrences of these measures that were done. One query."""
    found: dict[int, Dones] = defaultdict(list)
    rows = Occurrence.objects.filter(measure__in=measures).order_by("on", "pk")
    fields = ("measure", "pk", "earliest", "latest", "done_on", "on", "withdrawal__on")
    for measure, key, earliest, latest, done_on, on, over in rows.values_list(*fields):
        found[measure].append((Done((earliest, latest), done_on, key), known_from(on, over)))
    return found


def known_by(held: Iterable[tuple[Done, Period]], day: date) -> list[Done]:
    """Those that were known on a day."""
    return [done for done, period in held if day in period]


def awaits(measures: Collection[int]) -> dict[int, list[Wait]]:
    """What was said that these measures wait for, the oldest first. One query."""
    found: dict[int, list[Wait]] = defaultdict(list)
    for one in Row.objects.filter(measure__in=measures).order_by("pk"):
        span = Span(one.shortest, one.longest)
        wait = Wait(one.what, one.on, one.pk, span, one.happened_on, one.event_measure_id, one.is_off)
        found[one.measure_id].append(wait)
    return found


def publications(events: Iterable[int]) -> Publications:
    """When these measures were published. One query, none for no measure."""
    found: dict[int, list[tuple[date, Period]]] = defaultdict(list)
    rows = Step.objects.filter(measure__in=set(events), kind=PUBLISHED).order_by("pk")
    for measure, reached_on, on, over in rows.values_list("measure", "reached_on", "on", "withdrawal__on"):
        found[measure].append((reached_on, known_from(on, over)))
    return found


def published_by(published: Publications, day: date) -> dict[int, list[date]]:
    """The publications that were known on a day."""
    return {
        key: [reached_on for reached_on, period in known if day in period] for key, known in published.items()
    }


def known_from(on: date, over: date | None) -> Period:
    """The days on which a fact was known: until the day before it was taken back."""
    return Period(on, max(on, over) - DAY if over else FOREVER)
