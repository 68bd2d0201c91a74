"""Where one owner stands, on one page for its minister."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Case, Count, Q, QuerySet, Value, When

from palermo.accounts.models import User
from palermo.organisations.models import Organisation
from palermo.plan.models import Contact, Contribution, Plan, Question, Round, Standing
from palermo.plan.queries.board import Asked, questions_on
from palermo.plan.queries.measures import STANDS, Listed, listed
from palermo.plan.queries.owing import FOLLOWED, MANY, latest_answers, next_contacts, spoken
from palermo.plan.queries.visibility import spans_for, visible_to
from palermo.plan.queries.waiting import standing_so
from palermo.plan.rules.follow_up import INTERNAL

GROUPS = ("late", "due", "coming", "undated", "finished", "internal")


@dataclass(frozen=True)
class Brief:
    """One page about one owner: how many of its measures stand where, and the first of them."""

    plan: Plan
    organisation: Organisation
    on: date
    numbers: Mapping[str, int]  # of each group; internal: how far they are is not told to who asks
    rows: Mapping[str, tuple[Listed, ...]]
    to_evaluate: tuple[Listed, ...]
    unanswered: tuple[Asked, ...]
    latest_answer: Contribution | None
    next_contact: Contact | None

    @property
    def measures(self) -> int:
        """How many measures it owns."""
        return sum(self.numbers.values())


def brief(user: User, plan: Plan, organisation: Organisation, on: date) -> Brief:
    """Where an owner stands on a day: what it leads or helps to carry out, and what it has not answered."""
    owned = owned_on(user, plan, organisation, on)
    numbers = dict(owned.order_by().values_list("group").annotate(number=Count("pk")))
    rows = first_of_each(plan, owned, on)
    spoke = spoken(user, plan, [organisation.pk], on)
    return Brief(
        plan=plan,
        organisation=organisation,
        on=on,
        numbers={one: numbers.get(one, 0) for one in GROUPS},
        rows={name: tuple(one for group, one in rows if group == name)[:MANY] for name in GROUPS},
        to_evaluate=tuple(one for _group, one in rows if one.is_evaluation_due)[:MANY],
        unanswered=unanswered_by(user, plan, organisation, on),
        latest_answer=latest_answers(user, plan, spoke, on, few=True).get(organisation.pk),
        next_contact=next_contacts(user, plan, [organisation.pk], on).get(organisation.pk),
    )


def first_of_each(plan: Plan, owned: QuerySet[Any], on: date) -> list[tuple[str, Listed]]:
    """The first measures of each group and of those to evaluate, with their group, by reference."""
    chosen = [*(Q(group=one) for one in GROUPS), STANDS["evaluation-due"](on)]
    some = [owned.filter(one).order_by("holdings__position").values("pk")[:MANY] for one in chosen]
    each = [Standing.objects.filter(pk__in=one).order_by().values_list("pk") for one in some]
    keys = [key for (key,) in each[0].union(*each[1:])]
    spans = owned.filter(pk__in=keys).order_by("position").select_related("measure", "wording")
    found = list(spans)
    return [(one.group, row) for one, row in zip(found, listed(plan, on, found), strict=True)]


def owned_on(user: User, plan: Plan, organisation: Organisation, on: date) -> QuerySet[Any]:
    """The spans of what an organisation leads or helps to carry out on a day, each with its group."""
    spans = spans_for(user, on).filter(plan=plan, since_on__lte=on, until_on__gte=on, kind__in=FOLLOWED)
    dated = Q(earliest__isnull=False) | Q(latest__isnull=False)
    return spans.filter(holdings__organisation=organisation, holdings__owes=True).annotate(
        group=Case(
            When(status=INTERNAL, then=Value("internal")),
            When(is_finished=True, then=Value("finished")),
            When(STANDS["overdue"](on), then=Value("late")),
            When(STANDS["due"](on), then=Value("due")),
            When(dated, then=Value("coming")),
            default=Value("undated"),
        )
    )


def unanswered_by(user: User, plan: Plan, organisation: Organisation, on: date) -> tuple[Asked, ...]:
    """The first questions that an organisation has not answered while it can, or was asked again."""
    asked = visible_to(user, Question).filter(round__plan=plan, round__opened_on__lte=on)
    asked = asked.filter(organisation=organisation)
    open_now = Round.objects.filter(Q(closed_on=None) | Q(closed_on__gt=on), plan=plan)
    still = asked.filter(round__in=list(open_now.values_list("pk", flat=True)))
    some = (
        standing_so(still, on, "waiting"),
        standing_so(still, on, "awaiting-signature"),
        standing_so(asked, on, "asked"),
    )
    keys = [key for one in some for key in one.values_list("pk", flat=True)[:MANY]]
    return tuple(questions_on(user, visible_to(user, Question).filter(pk__in=keys), on))
