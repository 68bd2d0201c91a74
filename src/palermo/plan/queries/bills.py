"""The bills of a plan, and how far on its road each is, as it is told to who asks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from palermo.accounts.models import User
from palermo.plan.models import BillMark, Measure, Plan, Step
from palermo.plan.queries.measures import BY_REFERENCE, Filters, narrowed
from palermo.plan.queries.releasing import told_to
from palermo.plan.queries.state import State, states, wordings
from palermo.plan.queries.visibility import visible_on, visible_to
from palermo.plan.rules import bills as rules


@dataclass(frozen=True)
class Station:
    """A step of the road, and each time that the bill reached it.

    `looks`: reached, skipped, ahead; unknown, where what is not published is not told to who asks.
    """

    kind: str
    reached: tuple[Step, ...]
    looks: str
    is_last: bool  # the bill is here


@dataclass(frozen=True)
class Bill:
    """A measure that is a bill, on a day."""

    state: State
    mark: BillMark | None  # what the Bureau said; nothing: its words speak of a bill
    steps: tuple[Step, ...]  # by the day on which they were reached
    is_told: bool  # all of its road is told to who asks

    @property
    def last(self) -> Step | None:
        """Where it is."""
        kind = rules.furthest((one.kind, one.reached_on) for one in self.steps)
        return next((one for one in reversed(self.steps) if one.kind == kind), None)

    @property
    def stations(self) -> tuple[Station, ...]:
        """Its road, from the draft on."""
        reached: dict[str, list[Step]] = defaultdict(list)
        for one in self.steps:
            reached[one.kind].append(one)
        here = self.last.kind if self.last else ""
        return tuple(
            Station(kind, tuple(reached.get(kind, ())), self.looks(kind, reached), kind == here)
            for kind in rules.STEPS
        )

    def looks(self, kind: str, reached: Collection[str]) -> str:
        """How a station looks to who asks: that a bill was not published is as public as that it was."""
        found = rules.station(kind, reached)
        is_open = self.is_told or found == "reached" or kind == rules.PUBLISHED
        return found if is_open else "unknown"


def is_bill_on(measure: Measure, on: date) -> bool:
    """Whether a measure is known as a bill on a day: the Bureau's word, else its own words."""
    mark = latest_marks(BillMark.objects.filter(measure=measure), on).get(measure.pk)
    if mark is not None:
        return mark.is_bill
    standing = wordings(measure.plan, on).filter(measure=measure).first()
    return standing is not None and rules.is_bill(standing.text)


def latest_marks(marks: QuerySet[BillMark], on: date) -> dict[int, BillMark]:
    """What the Bureau said last of each measure, up to a day."""
    return {one.measure_id: one for one in marks.filter(on__lte=on).select_related("by").order_by("on", "pk")}


def bills(user: User, plan: Plan, on: date) -> list[Bill]:
    """Every bill of a plan as it stood on a day, by reference. A constant number of queries."""
    marks = latest_marks(visible_to(user, BillMark).filter(measure__plan=plan), on)
    given = []
    for one in narrowed(user, plan, on, Filters()).order_by(*BY_REFERENCE):
        mark = marks.get(one.measure_id)
        if mark.is_bill if mark else rules.is_bill(one.text):
            given.append(one)
    return of_states(user, states(user, plan, on, given), marks, on)


def bills_among(user: User, plan: Plan, found: Iterable[State], on: date) -> dict[int, Bill]:
    """Those of these measures that are bills, by their keys."""
    given = list(found)
    marks = latest_marks(visible_to(user, BillMark).filter(measure__plan=plan), on)
    chosen = [
        one
        for one in given
        if (mark.is_bill if (mark := marks.get(one.measure.pk)) else rules.is_bill(one.wording.text))
    ]
    return {one.state.measure.pk: one for one in of_states(user, chosen, marks, on)}


def bill_of(user: User, state: State, on: date) -> Bill | None:
    """The bill that a measure is on a day; None where it is none."""
    return bills_among(user, state.measure.plan, [state], on).get(state.measure.pk)


def of_states(user: User, found: Collection[State], marks: dict[int, BillMark], on: date) -> list[Bill]:
    """These measures with their roads, as they are told to who asks."""
    keys = [one.measure.pk for one in found]
    steps = steps_on(user, keys, on)
    told = told_to(user, keys, on)
    return [
        Bill(
            state=one,
            mark=marks.get(one.measure.pk),
            steps=tuple(steps[one.measure.pk]),
            is_told=told.whole is None or one.measure.pk in told.whole,
        )
        for one in found
    ]


def steps_on(user: User, measures: Collection[int], on: date) -> dict[int, list[Step]]:
    """The steps of these measures that hold on a day and are told to who asks, by the day reached."""
    held = visible_on(user, Step, on).filter(measure__in=measures, on__lte=on)
    held = held.filter(Q(withdrawal=None) | Q(withdrawal__on__gt=on)).select_related("by", "measure")
    found: dict[int, list[Step]] = defaultdict(list)
    for one in held.order_by("reached_on", "pk"):
        found[one.measure_id].append(one)
    return found
