"""How what is counted of a plan follows its standings. Only `standings` uses it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, timedelta
from typing import Any, TypeVar

from django.db.models import F

from palermo.plan.models import Holding, Standing, Tally, TallyStep
from palermo.plan.rules.spans import (
    FOREVER,
    Cell,
    Counted,
    cells,
    cells_of_holder,
    figures,
    figures_of_holder,
    owner_key,
    periods,
)

K = TypeVar("K", Tally, TallyStep)
T = TypeVar("T")
DAY = timedelta(days=1)
BATCH = 500
Counts = Counter[tuple[int, bool, str, Cell]]  # a plan, whether in part, a kind, under what it is counted
Steps = Counter[tuple[int, bool, str, date, str, str]]  # a plan, whether in part, a period, of whom, a figure
OF_A_SPAN = (
    "kind",
    "earliest",
    "latest",
    "evaluate_after",
    "has_duty",
    "is_evaluated",
    "status",
    "told_until",
)


def slices(everything: Sequence[T]) -> Iterator[Sequence[T]]:
    """Some at a time."""
    return (everything[start : start + BATCH] for start in range(0, len(everything), BATCH))


def add(counts: Counts) -> None:
    """Bring the tallies up to date with what was counted more and less."""
    flat = {(*key[:3], *key[3]): number for key, number in counts.items()}
    raised(Tally, ("plan_id", "in_part", "kind", "what", "of", "day"), flat)


def climb(steps: Steps) -> None:
    """Bring the steps of a plan's figures up to date with what they gained and lost."""
    raised(TallyStep, ("plan_id", "in_part", "period", "on", "of", "what"), steps)


def raised(kept: type[K], names: Sequence[str], more: Mapping[tuple[Any, ...], int]) -> None:
    """Add to the numbers of these rows, named by these fields; nobody else writes meanwhile."""
    different = sorted((key, number) for key, number in more.items() if number)
    for some in slices(different):
        near = {f"{name}__in": {key[place] for key, _more in some} for place, name in enumerate(names)}
        rows = kept._default_manager.filter(**near).values_list(*names, "number")
        known = {tuple(key): number for *key, number in rows}
        kept._default_manager.bulk_create(
            [
                kept(**dict(zip(names, key, strict=True)), number=known.get(key, 0) + number)
                for key, number in some
            ],
            update_conflicts=True,
            update_fields=["number"],
            unique_fields=names,
        )


def counted(measures: Sequence[int]) -> Counts:
    """Under what these measures are counted as they stand last."""
    found: Counts = Counter()
    last = Standing.objects.filter(measure__in=measures, is_last=True)
    for one in last.values():
        found.update((one["plan_id"], one["in_part"], one["kind"], cell) for cell in cells(one))
    held = Holding.objects.filter(standing__in=last).annotate(
        kind=F("standing__kind"), told_until=F("standing__told_until")
    )
    for own in held.values():
        found.update((own["plan_id"], own["in_part"], own["kind"], cell) for cell in cells_of_holder(own))
    return found


def stepped(measures: Sequence[int]) -> Steps:
    """In which periods the figures of their plans, and of who owes them, change through these measures."""
    found: Steps = Counter()
    for one in Standing.objects.filter(measure__in=measures).values():
        step(found, one, "", figures(one))
    held = Holding.objects.filter(standing__measure__in=measures).exclude(owed="")
    for own in held.annotate(**{name: F(f"standing__{name}") for name in OF_A_SPAN}).values():
        step(found, own, owner_key(own), figures_of_holder(own))
    return found


def step(found: Steps, stored: Mapping[str, Any], of: str, counts: Iterator[Counted]) -> None:
    """Add in which periods figures rise and fall through what is stored of a span."""
    plan, in_part = stored["plan_id"], stored["in_part"]
    for what, since, until in counts:
        for period, on in periods(since):
            found[plan, in_part, period, on, of, what] += 1
        for period, on in periods(until + DAY) if until < FOREVER else ():
            found[plan, in_part, period, on, of, what] -= 1
