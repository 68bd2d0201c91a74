"""Where one owner stands, on one page for its minister."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from palermo.accounts.models import User
from palermo.organisations.models import Organisation
from palermo.plan.models import Contact, Contribution, Plan, Question, Round
from palermo.plan.queries.board import Asked, questions_on
from palermo.plan.queries.measures import Listed, listed
from palermo.plan.queries.owing import (
    BY_END,
    MANY,
    first_of,
    latest_answers,
    next_contacts,
    spans_on,
    spoken,
)
from palermo.plan.queries.tallies import owed_on
from palermo.plan.queries.visibility import held_by, visible_to
from palermo.plan.queries.waiting import standing_so
from palermo.plan.queries.writings import Writing, writings_owed
from palermo.plan.rules.spans import FOREVER, GROUPS, figures_of_holder

# What an owner owes is chosen so, of each group; rules.spans says the same of one measure.
CHOSEN: dict[str, Callable[[date], Q]] = {
    "late": lambda on: Q(owed="open", late_on__lt=on),
    "due": lambda on: Q(owed="open", late_on__gte=on, first_on__lte=on, last_on__gte=on),
    "coming": lambda on: (
        Q(owed="open", late_on__gte=on, first_on__lt=FOREVER) & (Q(first_on__gt=on) | Q(last_on__lt=on))
    ),
    "undated": lambda _on: Q(owed="open", late_on=FOREVER, first_on=FOREVER),
    "finished": lambda _on: Q(owed="finished"),
    "internal": lambda _on: Q(owed="internal"),
    "to_evaluate": lambda on: Q(owed__in=["open", "finished", "internal"], evaluate_on__lt=on),
}


@dataclass(frozen=True)
class Brief:
    """One page about one owner: how many of its measures stand where, and the first of them."""

    plan: Plan
    organisation: Organisation
    on: date
    numbers: Mapping[str, int]  # of each group; internal: how far they are is not told to who asks
    rows: Mapping[str, tuple[Listed, ...]]
    to_evaluate: tuple[Listed, ...]
    writings: tuple[Writing, ...]  # reports, notes and studies that it has not handed in
    unanswered: tuple[Asked, ...]
    latest_answer: Contribution | None
    next_contact: Contact | None

    @property
    def measures(self) -> int:
        """How many measures it owns."""
        return sum(self.numbers.values())


def brief(user: User, plan: Plan, organisation: Organisation, on: date) -> Brief:
    """Where an owner stands on a day: what it leads or helps to carry out, and what it has not answered."""
    numbers = owed_on(user, plan, on, [organisation.pk])[f"{organisation.pk}"]
    rows = first_of_each(user, plan, organisation, on, [one for one in CHOSEN if numbers[one]])
    spoke = spoken(user, plan, [organisation.pk], on)
    return Brief(
        plan=plan,
        organisation=organisation,
        on=on,
        numbers={one: numbers[one] for one in GROUPS},
        rows={name: tuple(rows[name][:MANY]) for name in GROUPS},
        to_evaluate=tuple(rows["to_evaluate"][:MANY]),
        writings=tuple(one for one in writings_owed(user, plan, on) if one.owner == organisation),
        unanswered=unanswered_by(user, plan, organisation, on),
        latest_answer=latest_answers(user, spoke, on).get(organisation.pk),
        next_contact=next_contacts(user, plan, [organisation.pk], on).get(organisation.pk),
    )


def first_of_each(
    user: User, plan: Plan, organisation: Organisation, on: date, groups: Iterable[str]
) -> dict[str, list[Listed]]:
    """The first of what an owner owes in each of these groups, what ends first before the others."""
    held = held_by(user, organisation.pk).filter(plan=plan)
    each = (held.filter(CHOSEN[one](on)).order_by(*BY_END) for one in groups)
    chosen = first_of(each, spans_on(plan, on), MANY).order_by(*BY_END)
    found = list(chosen.select_related("standing__measure", "standing__wording"))
    rows: dict[str, list[Listed]] = defaultdict(list)
    for one in listed(plan, on, [one.standing for one in found]):
        for what, since, until in figures_of_holder(vars(one.span)):
            if since <= on <= until:
                rows[what].append(one)
    return rows


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
