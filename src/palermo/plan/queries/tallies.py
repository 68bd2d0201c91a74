"""How many measures of a plan stand under which heading on a day, without looking at each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import date
from typing import Any

from django.db.models import Count, F, QuerySet, Sum

from palermo.accounts.models import User
from palermo.plan.models import Holding, Plan, Standing, Tally, TallyStep
from palermo.plan.queries.standing import belongs_to
from palermo.plan.queries.visibility import counted_for, is_office, whole_of
from palermo.plan.rules.follow_up import INTERNAL, STATUSES
from palermo.plan.rules.spans import Cell, cells, cells_of_holder, figures

Tallies = Counter[tuple[str, Cell]]  # a kind, and under what it is counted
OF_A_SPAN = ("status", "is_finished", "has_no_owner", "last_on", "told_until")
OF_A_HOLDER = ("organisation_id", "party", "is_named", "owes", "last_on", "is_finished")
OF_A_FIGURE = (
    *OF_A_SPAN,
    "kind",
    "since_on",
    "until_on",
    "earliest",
    "latest",
    "evaluate_after",
    "has_duty",
    "is_evaluated",
)
SECTIONS = frozenset({"section-open", "section-ahead", "section-done"})
HOLDERS = frozenset({"owes", "party-open", "party-ahead", "party-done"})
Cells = Callable[[Mapping[str, Any]], Iterator[Cell]]
Counting = tuple[QuerySet[Standing], int]  # spans, and how often each counts: once more, or once less


def tallies(user: User, plan: Plan, on: date, whats: Collection[str]) -> Tallies:
    """What is counted under these headings on a day: the last spans, but for what changed after it.

    Today costs the same for a plan of any size, a day long ago as much as has changed since; what is told to
    somebody beyond what was released costs as much as there is of that.
    """
    kept = counted_for(user, Tally).filter(plan=plan, what__in=whats)
    found: Tallies = Counter()
    for kind, what, of, day, number in kept.values_list("kind", "what", "of", "day", "number"):
        found[kind, (what, of, day)] = number
    for key, number in counted(changed_since(user, plan, on) + told_beyond(user, plan, on), whats):
        found[key] += number
    return found


def changed_since(user: User, plan: Plan, on: date) -> list[Counting]:
    """The spans that were over after a day, and those that began after it."""
    known = Standing.objects.filter(plan=plan, in_part=not is_office(user))
    later = known.filter(is_last=True, since_on__gt=on)
    over = known.filter(is_last=False, since_on__lte=on, until_on__gte=on)
    return [(later, -1), (over, +1)]


def told_beyond(user: User, plan: Plan, on: date) -> list[Counting]:
    """The spans of the measures of which somebody is told all, in place of what everybody is told."""
    if is_office(user) or not belongs_to(user):
        return []
    own = Standing.objects.filter(plan=plan, since_on__lte=on, until_on__gte=on)
    own = own.filter(measure__in=whole_of(user, plan, on).values("pk"))
    return [(own.filter(in_part=True), -1), (own.filter(in_part=False), +1)]


def counted(changes: Collection[Counting], whats: Collection[str]) -> Iterator[tuple[tuple[str, Cell], int]]:
    """Under what these spans are counted. One query, two where owners and measures are wanted."""
    if not changes:
        return
    if not HOLDERS.issuperset(whats):
        fields: tuple[str, ...] = OF_A_SPAN if SECTIONS.isdisjoint(whats) else ("section_id", *OF_A_SPAN)
        rows = [
            one.order_by().values("kind", *fields).annotate(times=times * Count("pk"))
            for one, times in changes
        ]
        yield from under(cells, rows, whats)
    if not HOLDERS.isdisjoint(whats):
        rows = [
            Holding.objects.order_by()
            .filter(standing__in=one)
            .annotate(kind=F("standing__kind"), told_until=F("standing__told_until"))
            .values("kind", "told_until", *OF_A_HOLDER)
            .annotate(times=times * Count("pk"))
            for one, times in changes
        ]
        yield from under(cells_of_holder, rows, whats)


def under(headings: Cells, rows: list[Any], whats: Collection[str]) -> Iterator[tuple[tuple[str, Cell], int]]:
    """How often grouped rows are counted under the headings that are wanted."""
    for row in rows[0].union(*rows[1:], all=True):
        for cell in headings(row):
            if cell[0] in whats:
                yield (row["kind"], cell), row["times"]


def figures_on(user: User, plan: Plan, on: date) -> Counter[str]:
    """The figures of a plan on a day, as they are told to somebody."""
    steps = counted_for(user, TallyStep).filter(plan=plan, on__lte=on).order_by()
    number = Counter(dict(steps.values_list("what").annotate(number=Sum("number"))))
    for spans, times in told_beyond(user, plan, on):
        rows = spans.order_by().values(*OF_A_FIGURE).annotate(times=Count("pk"))
        for row in rows:
            for what, since, until in figures(row):
                number[what] += times * row["times"] * (since <= on <= until)
    return number


def duties(user: User, plan: Plan, on: date) -> dict[str, int]:
    """How many measures of all kinds must be evaluated on a day (`bound`), and how many are `due`.

    Of these, how many stand in the plan's tables (`measures`); of how many it is not told how far they are.
    """
    number = figures_on(user, plan, on)
    return {
        "bound": number["duty"],
        "due": number["duty_due"],
        "measures": number["evaluation_due"],
        "internal": number["duty_internal"],
    }


def status_counts(user: User, plan: Plan, on: date) -> dict[str, Any]:
    """How the measures of a plan stood on a day, in numbers; training and commitments are not counted.

    Those of which who asks is not told how far they are, are counted as "internal" and nowhere else. Any day
    costs the same.
    """
    number = figures_on(user, plan, on)
    told = [*STATUSES, INTERNAL] if number[INTERNAL] else STATUSES
    by_status = {status: number[status] for status in told}
    return {
        "on": on.isoformat(),
        "measures": sum(by_status.values()),
        "by_status": by_status,
        **{what: number[what] for what in ("due", "overdue", "no_owner", "evaluation_due")},
    }
