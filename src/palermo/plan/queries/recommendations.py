"""How recommendations stand on a day: by mechanism and round, with their line, measures and replies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from palermo.accounts.models import User
from palermo.plan.models import (
    Decision,
    Measure,
    Plan,
    ReadRecommendation,
    Recommendation,
    RecommendationLine,
    Reply,
    Report,
    Tie,
    Wording,
)
from palermo.plan.queries.state import State, states, wordings
from palermo.plan.queries.visibility import visible_to
from palermo.plan.rules.likeness import candidates
from palermo.plan.rules.mechanisms import Mechanism, mechanisms

WEAKEST = 99  # what was not read stands after what was


@dataclass(frozen=True)
class Tied:
    """A measure that answers a recommendation, with its state; no state where it was withdrawn."""

    tie: Tie
    state: State | None


@dataclass(frozen=True)
class Asked:
    """A recommendation as it stood on a day."""

    recommendation: Recommendation
    line: tuple[Recommendation, ...]  # those of earlier rounds that it takes up, the latest first
    later: tuple[Recommendation, ...]  # those of later rounds that take it up
    tied: tuple[Tied, ...]
    replies: tuple[Reply, ...]  # the latest first

    @property
    def mechanism(self) -> Mechanism:
        """Who recommends it."""
        return mechanisms()[self.recommendation.report.mechanism]

    @property
    def state(self) -> str:
        """open, partly or done, as the latest reply says; without a reply it is open."""
        return self.replies[0].state if self.replies else "open"

    @property
    def is_standing(self) -> bool:
        """Whether no later round takes it up: the later one is followed in its place."""
        return not self.later

    @property
    def has_no_measure(self) -> bool:
        """No measure answers it."""
        return not self.tied

    @property
    def order(self) -> tuple[int, int]:
        """The strongest first, within it in the report's order."""
        return self.recommendation.rank or WEAKEST, self.recommendation.pk


@dataclass(frozen=True)
class Account:
    """What a mechanism has asked and how it stands; what a later round took up is counted there alone."""

    mechanism: Mechanism
    asked: tuple[Asked, ...]
    waiting: int  # rows that wait for review; the Bureau's alone

    @property
    def standing(self) -> list[Asked]:
        """What is followed: recommendations that no later round takes up."""
        return [one for one in self.asked if one.is_standing]

    @property
    def counts(self) -> dict[str, int]:
        """How many are open, partly done, done, and without a measure though not done."""
        found = {
            state: sum(one.state == state for one in self.standing) for state in ("open", "partly", "done")
        }
        bare = sum(one.has_no_measure and one.state != "done" for one in self.standing)
        return {**found, "without-measure": bare}


def accounts(user: User, on: date) -> list[Account]:
    """Every mechanism with what it asked up to a day. A constant number of queries for each plan tied."""
    by_code: dict[str, list[Asked]] = defaultdict(list)
    for one in asked(user, known(user, on), on):
        by_code[one.recommendation.report.mechanism].append(one)
    waiting: dict[str, int] = defaultdict(int)
    rows = visible_to(user, ReadRecommendation).filter(decision=Decision.WAITING, document__on__lte=on)
    for code in rows.values_list("document__report__mechanism", flat=True):
        waiting[code] += 1
    return [Account(one, tuple(by_code[code]), waiting[code]) for code, one in mechanisms().items()]


def account(user: User, mechanism: Mechanism, on: date) -> Account:
    """One mechanism with what it asked up to a day."""
    return next(one for one in accounts(user, on) if one.mechanism.code == mechanism.code)


def reports(user: User, mechanism: Mechanism, on: date) -> QuerySet[Report]:
    """The reports of a mechanism that were published up to a day, the latest first."""
    found = visible_to(user, Report).filter(mechanism=mechanism.code, published_on__lte=on)
    return found.order_by("-published_on", "-pk")


def known(user: User, on: date) -> QuerySet[Recommendation]:
    """The recommendations known on a day."""
    return visible_to(user, Recommendation).filter(on__lte=on)


def asked(user: User, chosen: QuerySet[Recommendation], on: date) -> list[Asked]:
    """These recommendations as they stood on a day, by report and strength."""
    rows = list(chosen.select_related("report", "by"))
    every = {one.pk: one for one in known(user, on).select_related("report")}
    back = earlier_on(user, on)
    later: dict[int, list[Recommendation]] = defaultdict(list)
    for key, before in back.items():
        if key in every:
            later[before].append(every[key])
    keys = [one.pk for one in rows]
    tied, replies = tied_on(user, keys, on), replies_on(user, keys, on)
    found = [
        Asked(
            one,
            line_of(one.pk, back, every),
            tuple(later[one.pk]),
            tuple(tied[one.pk]),
            tuple(replies[one.pk]),
        )
        for one in rows
    ]
    return sorted(found, key=lambda one: (-one.recommendation.report.published_on.toordinal(), *one.order))


def asked_one(user: User, recommendation: Recommendation, on: date) -> Asked | None:
    """One recommendation as it stood on a day; None before it was known."""
    return next(iter(asked(user, known(user, on).filter(pk=recommendation.pk), on)), None)


def earlier_on(user: User, on: date) -> dict[int, int]:
    """For each recommendation the one that it takes up, as the latest line up to a day says."""
    lines = visible_to(user, RecommendationLine).filter(on__lte=on).order_by("on", "pk")
    latest = dict(lines.values_list("recommendation", "earlier"))
    return {key: earlier for key, earlier in latest.items() if earlier is not None}


def line_of(key: int, back: dict[int, int], every: dict[int, Recommendation]) -> tuple[Recommendation, ...]:
    """The recommendations that one takes up, from round to round."""
    found = []
    while (key := back.get(key, 0)) in every:
        found.append(every[key])
    return tuple(found)


def tied_on(user: User, keys: Collection[int], on: date) -> dict[int, list[Tied]]:
    """The measures that answer each of these on a day, with how they stand."""
    ties = list(
        visible_to(user, Tie)
        .filter(recommendation__in=keys, on__lte=on)
        .exclude(end__on__lte=on)
        .select_related("measure__plan")
        .order_by("measure__plan__since_on", "measure__rank", "measure__number")
    )
    standing = states_of(user, [one.measure for one in ties], on)
    found: dict[int, list[Tied]] = defaultdict(list)
    for one in ties:
        found[one.recommendation_id].append(Tied(one, standing.get(one.measure_id)))
    return found


def states_of(user: User, measures: Sequence[Measure], on: date) -> dict[int, State]:
    """How measures of several plans stood on a day."""
    plans: dict[Plan, set[int]] = defaultdict(set)
    for one in measures:
        plans[one.plan].add(one.pk)
    found = [
        state
        for plan, keys in plans.items()
        for state in states(user, plan, on, wordings(plan, on).filter(measure__in=keys))
    ]
    return {one.measure.pk: one for one in found}


def replies_on(user: User, keys: Collection[int], on: date) -> dict[int, list[Reply]]:
    """The replies to each of these up to a day, the latest first."""
    found: dict[int, list[Reply]] = defaultdict(list)
    rows = visible_to(user, Reply).filter(recommendation__in=keys, on__lte=on)
    for one in rows.select_related("by").order_by("-on", "-pk"):
        found[one.recommendation_id].append(one)
    return found


def answered_by(user: User, measure: Measure, on: date) -> list[Asked]:
    """The recommendations that a measure answers on a day."""
    ties = visible_to(user, Tie).filter(measure=measure, on__lte=on).exclude(end__on__lte=on)
    return asked(user, known(user, on).filter(pk__in=ties.values("recommendation")), on)


def measures_like(user: User, recommendation: Recommendation, on: date) -> list[tuple[Wording, int]]:
    """The measures whose words are likest and that do not answer it yet, with their likeness."""
    tied = visible_to(user, Tie).filter(recommendation=recommendation, end=None).values_list("measure")
    found = [
        (one, one.text)
        for plan in visible_to(user, Plan)
        for one in wordings(plan, on).exclude(measure__in=tied)
        if one.language == recommendation.report.language
    ]
    return candidates(recommendation.text, found)


def earlier_ones(user: User, recommendation: Recommendation, on: date) -> QuerySet[Recommendation]:
    """The recommendations of earlier reports of the same mechanism."""
    own = recommendation.report
    return (
        known(user, on)
        .filter(report__mechanism=own.mechanism, report__published_on__lt=own.published_on)
        .select_related("report")
        .order_by("-report__published_on", "rank", "pk")
    )


def earlier_like(user: User, recommendation: Recommendation, on: date) -> list[tuple[Recommendation, int]]:
    """Those of earlier rounds whose words are likest, with their likeness; nothing is decided by it."""
    return candidates(
        recommendation.text, [(one, one.text) for one in earlier_ones(user, recommendation, on)]
    )


def rows_read(user: User, report: Report) -> QuerySet[ReadRecommendation]:
    """What was read in a report and waits, in its order."""
    rows = visible_to(user, ReadRecommendation).filter(document__report=report, decision=Decision.WAITING)
    return rows.select_related("document__report").order_by("document", "position")
