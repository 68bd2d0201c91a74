"""What waits for a person in this room, in order of date: the plan's part of Today."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Min, Q

from palermo.accounts.models import User
from palermo.plan.models import (
    Contact,
    Decision,
    ImportedRow,
    Plan,
    Question,
    ReadRecommendation,
    Report,
    Round,
)
from palermo.plan.queries.board import Asked, questions_on, reminders_due
from palermo.plan.queries.standing import answers_for, signs_for
from palermo.plan.queries.visibility import is_office, visible_to


@dataclass(frozen=True)
class Waiting:
    """Something that waits for a person, the day to do it by, and the record that it is about.

    `what`: answer, answer-again (the Bureau asked), sign, judge, review (`count` rows), review-report
    (`count` recommendations), remind (`count` organisations), close (the deadline has passed), contact.
    """

    what: str
    by_on: date
    record: Any
    count: int = 1


def waiting_for(user: User, on: date) -> list[Waiting]:
    """Everything of this room that waits for somebody on a day, the earliest first. No plan is left out."""
    asked = open_questions(user, on)
    found = [*to_answer(user, asked), *to_sign(user, asked)]
    if is_office(user):
        found += [
            *to_judge(asked),
            *to_review(user, on),
            *to_review_reports(user, on),
            *to_conduct(user, on),
            *to_contact(user, on),
        ]
    return sorted(found, key=lambda one: (one.by_on, one.what))


def open_questions(user: User, on: date) -> list[Asked]:
    """The questions of open rounds that this person may see."""
    still = Q(round__closed_on=None) | Q(round__closed_on__gt=on)
    return questions_on(user, visible_to(user, Question).filter(still), on)


def to_answer(user: User, asked: list[Asked]) -> list[Waiting]:
    """Questions to those for whom this person answers."""
    own = answers_for(user)
    what = {"waiting": "answer", "asked": "answer-again"}
    return [
        Waiting(what[one.state], one.question.round.deadline_on, one)
        for one in asked
        if one.question.organisation_id in own and one.state in what
    ]


def to_sign(user: User, asked: list[Asked]) -> list[Waiting]:
    """Answers that wait for this person's signature."""
    own = signs_for(user)
    return [
        Waiting("sign", one.question.round.deadline_on, one)
        for one in asked
        if one.question.organisation_id in own and one.state == "awaiting-signature"
    ]


def to_judge(asked: list[Asked]) -> list[Waiting]:
    """Answers that the Bureau has neither accepted nor asked about, from the day on which they came."""
    return [
        Waiting("judge", one.contribution.on, one)
        for one in asked
        if one.state == "told" and one.contribution
    ]


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
