"""What waits for a person in this room, in order of date: the plan's part of Today."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Exists, Min, OuterRef, Q, QuerySet, Subquery

from palermo.accounts.models import User
from palermo.plan.models import (
    Contact,
    Contribution,
    Decision,
    ImportedRow,
    Plan,
    Question,
    ReadRecommendation,
    Report,
    Round,
    Verdict,
)
from palermo.plan.queries.board import Asked, questions_on, reminders_due
from palermo.plan.queries.recurring import OWED, reports_owed
from palermo.plan.queries.standing import answers_for, signs_for
from palermo.plan.queries.visibility import is_office, visible_to
from palermo.plan.queries.works import LATE, WorkOn, works_on
from palermo.plan.rules.works import OPEN


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person, the day to do it by, and the record that it is about.

    `what`: answer, answer-again (the Bureau asked), sign, judge, review (`count` rows), review-report
    (`count` recommendations), remind (`count` organisations), close (the deadline has passed), contact,
    report-due (a report that comes back), write (a note or a study is due), late-work (another's is late).
    """

    what: str
    by_on: date
    record: Any
    count: int = 1
    is_more: bool = False  # there is more of this sort in the round that is the record


MOST = 50  # of one sort
IN_ORDER = ("round_id", "measure_id", "organisation_id")  # as an index has them


def waiting_for(user: User, on: date) -> list[Waiting]:
    """What waits in this room for somebody on a day, the earliest first. No plan is left out.

    Of each sort the first are told, and in which round there are more. A constant number of queries.
    """
    found = [*to_answer(user, on), *to_sign(user, on), *to_report(user, on), *to_write(user, on)]
    if is_office(user):
        found += [
            *to_judge(user, on),
            *to_review(user, on),
            *to_review_reports(user, on),
            *to_conduct(user, on),
            *to_contact(user, on),
            *late_works(user, on),
        ]
    return sorted(found, key=lambda one: (one.by_on, one.what, one.is_more))


def to_answer(user: User, on: date) -> list[Waiting]:
    """Questions to those for whom this person answers."""
    own = answers_for(user)
    first = told_of("answer", first_of(user, own, on, "waiting"), by_deadline)
    return first + told_of("answer-again", first_of(user, own, on, "asked"), by_deadline)


def to_sign(user: User, on: date) -> list[Waiting]:
    """Answers that wait for this person's signature."""
    return told_of("sign", first_of(user, signs_for(user), on, "awaiting-signature"), by_deadline)


def to_report(user: User, on: date) -> list[Waiting]:
    """Reports that come back and whose time has come."""
    owed = [one for one in reports_owed(user, on) if one.cycle.state in OWED]
    return [Waiting("report-due", one.cycle.latest, one) for one in owed]


def to_judge(user: User, on: date) -> list[Waiting]:
    """Answers that the Bureau has neither accepted nor asked about, from the day on which they came."""
    return told_of(
        "judge", first_of(user, None, on, "told"), lambda one: max(t.on for t in one.contributions)
    )


def by_deadline(one: Asked) -> date:
    """The day by which a question is to be answered."""
    return one.question.round.deadline_on


def told_of(what: str, found: list[Asked], by_on: Callable[[Asked], date]) -> list[Waiting]:
    """What waits of one sort, and the round in which there is more than is told."""
    waits = [Waiting(what, by_on(one), one) for one in found[:MOST]]
    if len(found) > MOST:
        waits.append(Waiting(what, max(one.by_on for one in waits), found[MOST].question.round, is_more=True))
    return waits


def first_of(user: User, organisations: Collection[int] | None, on: date, state: str) -> list[Asked]:
    """The first questions of open rounds that stand so on a day, and one more than are told.

    To these organisations, or to all.
    """
    if organisations is not None and not organisations:
        return []
    still = Q(closed_on=None) | Q(closed_on__gt=on)
    rounds = list(visible_to(user, Round).filter(still, opened_on__lte=on).values_list("pk", flat=True))
    asked = visible_to(user, Question).filter(round__in=rounds)
    if organisations is not None:
        asked = asked.filter(organisation__in=organisations)
    keys = list(standing_so(asked, on, state).order_by(*IN_ORDER).values_list("pk", flat=True)[: MOST + 1])
    return questions_on(user, visible_to(user, Question).filter(pk__in=keys), on) if keys else []


def standing_so(asked: QuerySet[Question], on: date, state: str) -> QuerySet[Question]:
    """Those of these questions that stand so on a day, as `rules.collection.question_state` says of one."""
    told = Contribution.objects.filter(question=OuterRef("pk"), on__lte=on)
    if state == "waiting":
        return asked.filter(~Exists(told))
    if state == "asked":  # few were ever asked again: the search begins with them
        again = Verdict.objects.filter(outcome="asked").values("contribution__question")
        asked = Question.objects.filter(Exists(asked.filter(pk=OuterRef("pk"))), pk__in=again)
    asked = asked.annotate(last=Subquery(told.order_by("-version").values("pk")[:1]))
    last = Contribution.objects.filter(pk=OuterRef("last"))
    signed = Exists(last.filter(Q(needs_signature=False) | Q(signature__on__lte=on)))
    if state == "awaiting-signature":
        return asked.filter(~signed, last__isnull=False)
    judged = Verdict.objects.filter(contribution=OuterRef("last"), on__lte=on)
    if state == "told":
        return asked.filter(signed, ~Exists(judged))
    outcome = Subquery(judged.order_by("-pk").values("outcome")[:1])
    return asked.filter(signed).annotate(outcome=outcome).filter(outcome="asked")


def to_review(user: User, on: date) -> list[Waiting]:
    """Plans with rows that wait for a decision."""
    rows = visible_to(user, ImportedRow).filter(decision=Decision.WAITING, imported__on__lte=on)
    counted = rows.values("imported__plan").annotate(count=Count("pk"), since=Min("imported__on"))
    plans = Plan.objects.in_bulk([one["imported__plan"] for one in counted])
    return [Waiting("review", one["since"], plans[one["imported__plan"]], one["count"]) for one in counted]


def to_review_reports(user: User, on: date) -> list[Waiting]:
    """Reports of mechanisms with recommendations that wait for a decision."""
    rows = visible_to(user, ReadRecommendation).filter(decision=Decision.WAITING, document__on__lte=on)
    counted = rows.values("document__report").annotate(count=Count("pk"), since=Min("document__on"))
    reports = Report.objects.in_bulk([one["document__report"] for one in counted])
    return [
        Waiting("review-report", one["since"], reports[one["document__report"]], one["count"])
        for one in counted
    ]


def to_conduct(user: User, on: date) -> list[Waiting]:
    """Open rounds in which reminders are due, or whose deadline has passed."""
    found = []
    rounds = visible_to(user, Round).filter(closed_on=None, opened_on__lte=on).select_related("plan")
    for one in rounds:
        if reminded := reminders_due(one, on):
            found.append(Waiting("remind", on, one, len(reminded)))
        if one.deadline_on < on:
            found.append(Waiting("close", one.deadline_on, one))
    return found


def to_contact(user: User, on: date) -> list[Waiting]:
    """Owners whom the Bureau meant to speak to by now."""
    noted = visible_to(user, Contact).filter(on__lte=on).select_related("organisation", "plan")
    latest = {(one.plan_id, one.organisation_id): one for one in noted.order_by("on", "pk")}
    return [
        Waiting("contact", one.next_on, one) for one in latest.values() if one.next_on and one.next_on <= on
    ]


def to_write(user: User, on: date) -> list[Waiting]:
    """Notes and studies that are due from those for whom this person answers."""
    own = answers_for(user)
    if not own:
        return []
    due = [one for one in works_on(user, on, Q(owner__in=own), state=OPEN) if one.is_due]
    return of_works("write", due)


def late_works(user: User, on: date) -> list[Waiting]:
    """Notes and studies of others that are late."""
    others = ~Q(owner__in=answers_for(user)) & Q(latest__lt=on)
    return of_works("late-work", works_on(user, on, others, state=LATE))


def of_works(what: str, found: list[WorkOn]) -> list[Waiting]:
    """What waits of one sort, the earliest first, and the plan in which there is more than is told."""
    rows = sorted(found, key=lambda one: one.terms.latest or date.max)
    # what has no last day stands under the day on which it is asked about
    waits = [Waiting(what, one.terms.latest or one.on, one) for one in rows[:MOST]]
    if len(rows) > MOST:
        waits.append(Waiting(what, waits[-1].by_on, rows[MOST].work.plan, is_more=True))
    return waits
