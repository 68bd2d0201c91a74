"""How many measures of a plan stand under which heading on a day, without looking at each.

A figure of a plan says the same to all who read content, but for the Bureau: what was released. What an
owner owes stands as it is to the Bureau and to who belongs to the owner, else as it was released.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Q, QuerySet, Sum

from palermo.accounts.models import User
from palermo.organisations.models import Organisation
from palermo.plan.models import Holding, Plan, Standing, Tally, TallyStep
from palermo.plan.queries.standing import CONTENT
from palermo.plan.queries.visibility import counted_for, is_office, owed_for
from palermo.plan.rules.follow_up import INTERNAL, STATUSES
from palermo.plan.rules.spans import GROUPS, Cell, cells, cells_of_holder, periods

Tallies = Counter[tuple[str, Cell]]  # a kind, and under what it is counted
OF_A_SPAN = ("section_id", "is_finished", "last_on", "told_until")
OF_A_HOLDER = ("organisation_id", "party", "is_named", "last_on", "is_finished")
Cells = Callable[[Mapping[str, Any]], Iterator[Cell]]
Counting = tuple[QuerySet[Standing], int]  # spans, and how often each counts: once more, or once less


def tallies(user: User, plan: Plan, on: date, what: str) -> Tallies:
    """How many measures end on which day, by "section" or "party".

    Today costs the same for a plan of any size, a day long ago as much as has changed since.
    """
    kept = counted_for(user, Tally).filter(plan=plan, what__startswith=f"{what}-")
    found: Tallies = Counter()
    for kind, heading, of, day, number in kept.values_list("kind", "what", "of", "day", "number"):
        found[kind, (heading, of, day)] = number
    for key, number in counted(changed_since(user, plan, on), what):
        found[key] += number
    return found


def changed_since(user: User, plan: Plan, on: date) -> list[Counting]:
    """The spans that were over after a day, and those that began after it."""
    known = Standing.objects.filter(plan=plan, in_part=not is_office(user))
    later = known.filter(is_last=True, since_on__gt=on)
    over = known.filter(is_last=False, since_on__lte=on, until_on__gte=on)
    return [(later, -1), (over, +1)]


def counted(changes: Collection[Counting], what: str) -> Iterator[tuple[tuple[str, Cell], int]]:
    """Under what these spans are counted. One query."""
    if what == "section":
        rows = [
            one.order_by().values("kind", *OF_A_SPAN).annotate(times=times * Count("pk"))
            for one, times in changes
        ]
        return under(cells, rows)
    rows = [
        Holding.objects.order_by()
        .filter(standing__in=one)
        .annotate(kind=F("standing__kind"), told_until=F("standing__told_until"))
        .values("kind", "told_until", *OF_A_HOLDER)
        .annotate(times=times * Count("pk"))
        for one, times in changes
    ]
    return under(cells_of_holder, rows)


def under(headings: Cells, rows: list[Any]) -> Iterator[tuple[tuple[str, Cell], int]]:
    """How often grouped rows are counted under their headings."""
    for row in rows[0].union(*rows[1:], all=True):
        for cell in headings(row):
            yield (row["kind"], cell), row["times"]


def steps_until(plan: Plan, on: date) -> Q:
    """The steps of which the figures of a day are the sum."""
    (_, year), (_, month), _ = periods(on)
    reached = Q(period="year", on__lt=year) | Q(period="month", on__gte=year, on__lt=month)
    return Q(reached | Q(period="day", on__gte=month, on__lte=on), plan=plan)


def figures_on(user: User, plan: Plan, on: date) -> Counter[str]:
    """The figures of a plan on a day. One query, as many rows for any plan and day."""
    steps = counted_for(user, TallyStep).filter(steps_until(plan, on), of="").order_by()
    return Counter(dict(steps.values_list("what").annotate(number=Sum("number"))))


def owed_on(
    user: User, plan: Plan, on: date, owners: Collection[int] | None = None
) -> dict[str, Counter[str]]:
    """How many measures each owner owes, or each of these, by their groups on a day. One query."""
    steps = owed_for(user, TallyStep, "of").filter(steps_until(plan, on)).order_by()
    steps = steps.exclude(of="") if owners is None else steps.filter(of__in=[f"{one}" for one in owners])
    found: dict[str, Counter[str]] = defaultdict(Counter)
    for of, what, number in steps.values_list("of", "what").annotate(number=Sum("number")):
        found[of][what] = number
    return found


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


@dataclass(frozen=True)
class OwnNumbers:
    """How many measures an organisation owes, by the groups in which they stand on a day."""

    organisation: Organisation
    numbers: Mapping[str, int]

    @property
    def measures(self) -> int:
        """How many it owes."""
        return sum(self.numbers[one] for one in GROUPS)


def own_numbers(user: User, plan: Plan, on: date) -> list[OwnNumbers]:
    """What the organisations of somebody outside the Bureau owe on a day, without those that owe nothing."""
    if is_office(user):
        return []
    own = user.organisations_as(*CONTENT)
    owed = owed_on(user, plan, on, own)
    known = Organisation.objects.filter(pk__in=own).order_by("code")
    found = [OwnNumbers(one, owed[f"{one.pk}"]) for one in known]
    return [one for one in found if one.measures]
