"""What a report may say: the contributions that the Bureau accepted, as they stood on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.db.models import Q

from palermo.accounts.models import User
from palermo.plan.models import Contribution, Evidence, Plan, Question, Round, Step, Translation, Verdict
from palermo.plan.queries.bills import bills_among
from palermo.plan.queries.board import closed, unanswered
from palermo.plan.queries.measures import as_of
from palermo.plan.queries.state import State, status_of
from palermo.plan.queries.visibility import counting, visible_to


@dataclass(frozen=True)
class Accepted:
    """A contribution that was accepted for the report, with the Bureau's remark beside it."""

    contribution: Contribution
    verdict: Verdict
    evidence: tuple[Evidence, ...]
    translations: Mapping[str, Translation]  # the latest confirmed one of each language


@dataclass(frozen=True)
class Reported:
    """A measure as a report tells it; no answers means that none was accepted in its period.

    The status follows from accepted contributions alone, those of earlier rounds among them.
    """

    state: State
    answers: tuple[Accepted, ...]
    steps: tuple[Step, ...] = ()  # of a bill, by the day on which they were reached


@dataclass(frozen=True)
class RoundCounts:
    """A round of the period: how many questions it asked and how many have an answer that counts."""

    round: Round
    asked: int
    answered: int
    is_open: bool


@dataclass(frozen=True)
class Snapshot:
    """What was known and accepted about a plan on a day, for the rounds that meet a period."""

    plan: Plan
    period_from: date
    period_to: date
    on: date
    measures: tuple[Reported, ...]  # by reference; none is left out
    rounds: tuple[RoundCounts, ...]


def snapshot(user: User, plan: Plan, period_from: date, period_to: date, on: date) -> Snapshot:
    """What a report about a period may say on a day; the same at any later time."""
    every = list(visible_to(user, Round).filter(plan=plan, opened_on__lte=on).order_by("number"))
    chosen = [one for one in every if one.period_from <= period_to and one.period_to >= period_from]
    answers = accepted(user, every, on)
    found = as_of(user, plan, on)
    bills = bills_among(user, plan, found, on)
    return Snapshot(
        plan=plan,
        period_from=period_from,
        period_to=period_to,
        on=on,
        measures=tuple(
            replace(
                reported(one, answers[one.measure.pk], {each.pk for each in chosen}),
                steps=bills[one.measure.pk].steps if one.measure.pk in bills else (),
            )
            for one in found
        ),
        rounds=tuple(counted(one, on) for one in chosen),
    )


def reported(state: State, answers: list[Accepted], rounds: set[int]) -> Reported:
    """A measure with the accepted answers of these rounds, and with the status that all of them give it."""
    told = tuple(one.contribution for one in answers)
    standing = replace(state, told=told, status=status_of(state.owners, told))
    return Reported(standing, tuple(one for one in answers if one.contribution.question.round_id in rounds))


def accepted(user: User, rounds: list[Round], on: date) -> dict[int, list[Accepted]]:
    """The latest accepted contribution to each question of these rounds, by measure, oldest first.

    A contribution is accepted while the latest verdict on it accepts it; a later contribution that nobody
    accepted yet does not take its place.
    """
    judged = (
        visible_to(user, Verdict)
        .filter(on__lte=on, contribution__question__round__in=rounds, contribution__on__lte=on)
        .filter(Q(contribution__needs_signature=False) | Q(contribution__signature__on__lte=on))
        .filter(counting("contribution__"))
        .select_related(
            "contribution__question__organisation", "contribution__by", "contribution__replaced_by"
        )
        .prefetch_related("contribution__evidence")
        .order_by("contribution__version", "on", "pk")
    )
    latest = {one.contribution_id: one for one in judged}
    by_question = {one.contribution.question_id: one for one in latest.values() if one.outcome == "accepted"}
    worded = translated(user, [one.contribution_id for one in by_question.values()], on)
    found: dict[int, list[Accepted]] = defaultdict(list)
    for one in sorted(by_question.values(), key=lambda one: (one.contribution.on, one.contribution_id)):
        told = one.contribution
        found[told.question.measure_id].append(
            Accepted(told, one, tuple(told.evidence.all()), worded[told.pk])
        )
    return found


def translated(user: User, contributions: list[int], on: date) -> dict[int, dict[str, Translation]]:
    """The latest translation of each contribution into each language that was confirmed by a day."""
    known = visible_to(user, Translation).filter(contribution__in=contributions, confirmation__on__lte=on)
    found: dict[int, dict[str, Translation]] = defaultdict(dict)
    for one in known.select_related("by", "confirmation").order_by("version"):
        found[one.contribution_id][one.language] = one
    return found


def counted(round: Round, on: date) -> RoundCounts:
    """A round in numbers on a day."""
    asked = Question.objects.filter(round=round).count()
    return RoundCounts(round, asked, asked - unanswered(round, on).count(), is_open=not closed(round, on))
