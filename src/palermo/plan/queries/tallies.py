"""How many measures of a plan stand under which heading on a day, without looking at each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, QuerySet

from palermo.accounts.models import User
from palermo.plan.models import Holding, Kind, Plan, Standing, Tally
from palermo.plan.queries.measures import as_of
from palermo.plan.queries.state import State
from palermo.plan.queries.visibility import is_office, visible_to
from palermo.plan.rules.follow_up import INTERNAL, STATUSES
from palermo.plan.rules.spans import Cell, cells, cells_of_holder

Tallies = Counter[tuple[str, Cell]]  # a kind, and under what it is counted
DAYS = ("earliest", "latest", "evaluate_after")
OF_A_SPAN = (*DAYS, "status", "is_finished", "has_no_owner", "has_duty", "is_evaluated")
OF_A_HOLDER = ("organisation_id", "party", "is_named", "owes", "last_on", "is_finished")
SECTIONS = frozenset({"section-open", "section-done"})
HOLDERS = frozenset({"owes", "party-open", "party-done"})
Cells = Callable[[Mapping[str, Any]], Iterator[Cell]]


def tallies(user: User, plan: Plan, on: date, whats: Collection[str]) -> Tallies:
    """What is counted under these headings on a day: the last spans, but for what changed after it.

    Today costs the same for a plan of any size, a day long ago as much as has changed since.
    """
    kept = visible_to(user, Tally).filter(plan=plan, what__in=whats)
    found: Tallies = Counter()
    for kind, what, of, day, number in kept.values_list("kind", "what", "of", "day", "number"):
        found[kind, (what, of, day)] = number
    for key, number in changed_since(user, plan, on, whats):
        found[key] += number
    return found


def changed_since(
    user: User, plan: Plan, on: date, whats: Collection[str]
) -> Iterator[tuple[tuple[str, Cell], int]]:
    """What to add for the spans that were over after a day, and to take away for those that began after it.

    One query, two where owners and measures are wanted.
    """
    known = visible_to(user, Standing).filter(plan=plan)
    later = known.filter(is_last=True, since_on__gt=on)
    over = known.filter(is_last=False, since_on__lte=on, until_on__gte=on)
    ways: list[tuple[QuerySet[Any], QuerySet[Any], str, tuple[str, ...], Cells]] = []
    if not HOLDERS.issuperset(whats):
        fields: tuple[str, ...] = OF_A_SPAN if SECTIONS.isdisjoint(whats) else ("section_id", *OF_A_SPAN)
        ways.append((later, over, "kind", fields, cells))
    if not HOLDERS.isdisjoint(whats):
        held = Holding.objects.order_by()
        both = held.filter(standing__in=later), held.filter(standing__in=over)
        ways.append((*both, "standing__kind", OF_A_HOLDER, cells_of_holder))
    for less, more, kind, names, under in ways:
        minus = less.order_by().values(kind, *names).annotate(times=-Count("pk"))
        plus = more.order_by().values(kind, *names).annotate(times=Count("pk"))
        for row in minus.union(plus, all=True):
            for cell in under(row):
                if cell[0] in whats:
                    yield (row[kind], cell), row["times"]


def status_counts(user: User, plan: Plan, on: date) -> dict[str, Any]:
    """How the measures of a plan stood on a day, in numbers; training and commitments are not counted.

    Those of which who asks is not told how far they are, are counted as "internal" and nowhere else.
    """
    if not is_office(user):
        return counted_as_told(as_of(user, plan, on, kind=Kind.MEASURE), on)
    whats = ("status", "no-owner", "dated", "begins", "ends", "evaluate")
    found = tallies(user, plan, on, whats)
    own = {cell: number for (kind, cell), number in found.items() if kind == Kind.MEASURE}

    def number(what: str, of: str = "", when: Callable[[date], bool] = bool) -> int:
        return sum(n for (w, o, day), n in own.items() if w == what and of in ("", o) and when(day))

    overdue = number("ends", when=lambda day: day < on)
    by_status = {status: number("status", status) for status in STATUSES}
    return {
        "on": on.isoformat(),
        "measures": sum(by_status.values()),
        "by_status": by_status,
        "due": number("dated") - number("begins", when=lambda day: day > on) - overdue,
        "overdue": overdue,
        "no_owner": number("no-owner"),
        "evaluation_due": number("evaluate", when=lambda day: day < on),
    }


def counted_as_told(found: Collection[State], on: date) -> dict[str, Any]:
    """The same numbers of measures as they are told to somebody."""
    counted = Counter(one.status for one in found)
    told = [*STATUSES, INTERNAL] if counted[INTERNAL] else STATUSES
    return {
        "on": on.isoformat(),
        "measures": len(found),
        "by_status": {status: counted[status] for status in told},
        "due": sum(one.is_due for one in found),
        "overdue": sum(one.is_overdue for one in found),
        "no_owner": sum(one.has_no_owner for one in found),
        "evaluation_due": sum(one.is_evaluation_due for one in found),
    }
