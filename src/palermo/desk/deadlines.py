"""The deadlines of one person, across rooms: what their calendar shows.

A calendar is read by others. Each title says a reference and what is expected, nothing of what it is about.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Count, Max, Q
from django.urls import reverse
from django.utils.translation import gettext as _

from palermo.accounts.models import User
from palermo.organisations.models import Organisation
from palermo.plan.models import Contact, Contribution, Plan, Round, Signature, Verdict
from palermo.plan.queries import (
    State,
    Waiting,
    answers_for,
    is_office,
    reports_owed,
    signs_for,
    visible_to,
    waiting_for,
    works_on,
)
from palermo.plan.queries.owing import owned_states
from palermo.plan.rules.works import OPEN

NAMED = 8  # references in one title
EXPECTED = {"answer": "answers", "answer-again": "answers", "sign": "signatures"}


@dataclass(frozen=True)
class Deadline:
    """One day by which something is expected."""

    key: str  # stays the same while the deadline does, whatever becomes of its day and title
    on: date
    title: str
    path: str
    changed_at: datetime
    version: int  # grows with every change


def deadlines(user: User, on: date) -> list[Deadline]:
    """Everything that a person's calendar shows on a day, the earliest first; what is done is gone."""
    found = [*expected(user, on), *owned(user, on), *reports(user, on), *written(user, on)]
    if is_office(user):
        found += [*conducted(user, on), *contacts(user, on)]
    return sorted(found, key=lambda one: (one.on, one.key))


def expected(user: User, on: date) -> Iterator[Deadline]:
    """Answers and signatures that wait for this person, one deadline for each round."""
    waiting: dict[tuple[Round, str], list[Waiting]] = defaultdict(list)
    for one in waiting_for(user, on):
        if one.what in EXPECTED:
            waiting[one.record.question.round, EXPECTED[one.what]].append(one)
    for (collected, what), every in waiting.items():
        references = named(dict.fromkeys(one.record.question.measure.reference for one in every))
        said = _("%(names)s: answer expected") if what == "answers" else _("%(names)s: signature expected")
        changed_at, version = happened(user, collected)
        place = reverse("plan:round", args=[collected.plan.code, collected.number])
        key = f"{what}-{collected.pk}-{user.pk}"
        yield Deadline(key, collected.deadline_on, said % {"names": references}, place, changed_at, version)


def happened(user: User, collected: Round) -> tuple[datetime, int]:
    """When something last happened in a round that this person may see, and how much did."""
    last, many = collected.at, 0
    for model, path in ((Contribution, ""), (Signature, "contribution__"), (Verdict, "contribution__")):
        own = visible_to(user, model).filter(**{f"{path}question__round": collected})
        told = own.aggregate(many=Count("pk"), last=Max("at"))
        last, many = max(last, told["last"] or last), many + told["many"]
    return last, many


def named(references: Iterable[str]) -> str:
    """References as a title names them."""
    every = list(references)
    return ", ".join(every[:NAMED]) + (" …" if len(every) > NAMED else "")


def owned(user: User, on: date) -> Iterator[Deadline]:
    """The last days of the measures for which this person answers or signs, and evaluations that are due."""
    standing = answers_for(user) | signs_for(user)
    known: dict[int, State] = {}
    for plan in visible_to(user, Plan):
        for organisation in Organisation.objects.filter(pk__in=standing):
            known |= {one.measure.pk: one for one in owned_states(user, plan, organisation, on)}
    for state in known.values():
        yield from of_measure(state)


def of_measure(state: State) -> Iterator[Deadline]:
    """The last day of a measure that is not finished, and the evaluation that it owes."""
    wording, measure = state.wording, state.measure
    place = reverse("plan:measure", args=[measure.plan.code, state.reference])
    told = {"reference": state.reference}
    if state.latest and not state.is_finished:
        title = _("%(reference)s: its time ends") % told
        yield Deadline(f"measure-{measure.pk}", state.latest, title, place, wording.at, wording.version)
    if state.is_evaluation_due and state.times.evaluate_by:
        title = _("%(reference)s: evaluation due") % told
        yield Deadline(
            f"evaluation-{measure.pk}", state.times.evaluate_by, title, place, wording.at, wording.version
        )


def reports(user: User, on: date) -> Iterator[Deadline]:
    """The reports that come back and that this person owes: late, due, and the next."""
    for one in reports_owed(user, on):
        place = reverse("plan:recurring-reports", args=[one.duty.plan.code])
        key = f"report-{one.duty.pk}-{one.cycle.latest.isoformat()}"
        title = _("%(reference)s: report due") % {"reference": one.duty.reference}
        yield Deadline(key, one.cycle.latest, title, place, one.duty.at, 0)


def written(user: User, on: date) -> Iterator[Deadline]:
    """The last days of the notes and studies that are expected of those for whom this person answers."""
    wanted = Q(owner__in=answers_for(user), latest__isnull=False)
    for one in works_on(user, on, wanted, state=OPEN):
        if one.terms.latest is not None:
            title = _("%(reference)s: a version is due") % {"reference": one.work.reference}
            place = reverse("plan:work", args=[one.work.plan.code, one.work.number])
            changes = one.terms.version + len(one.versions) + len(one.decisions)
            yield Deadline(f"work-{one.work.pk}", one.terms.latest, title, place, one.changed_at, changes)


def conducted(user: User, on: date) -> Iterator[Deadline]:
    """The deadlines of the rounds that the Bureau has not closed."""
    for one in visible_to(user, Round).filter(closed_on=None, opened_on__lte=on).select_related("plan"):
        title = _("Round %(number)s: answers are due") % {"number": one.number}
        place = reverse("plan:round", args=[one.plan.code, one.number])
        yield Deadline(f"round-{one.pk}", one.deadline_on, title, place, one.at, 0)


def contacts(user: User, on: date) -> Iterator[Deadline]:
    """The Bureau's next contacts, with whom is not said."""
    noted = visible_to(user, Contact).filter(on__lte=on).select_related("plan").order_by("on", "pk")
    for one in {(one.plan_id, one.organisation_id): one for one in noted}.values():
        if one.next_on:
            place = reverse("plan:owners", args=[one.plan.code])
            key = f"contact-{one.plan_id}-{one.organisation_id}"
            yield Deadline(key, one.next_on, _("Next contact"), place, one.at, one.pk)
