"""What became of the measures of the plan before: known from somebody, or disappeared."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from palermo.accounts.models import User
from palermo.plan.models import (
    Kind,
    Measure,
    Outcome,
    OutcomeKind,
    Plan,
    Succession,
    Withdrawal,
    Wording,
)
from palermo.plan.queries.measures import as_of, state_of
from palermo.plan.queries.state import State, wordings
from palermo.plan.queries.visibility import visible_to
from palermo.plan.rules.likeness import candidates

DISAPPEARED = "disappeared"
INTERNAL = "internal"  # how far it came was not released to who asks
GROUPS = (
    DISAPPEARED,
    OutcomeKind.CONTINUED.value,
    OutcomeKind.REPLACED.value,
    OutcomeKind.ENDED.value,
    OutcomeKind.FINISHED.value,
    INTERNAL,
)  # what nobody knows of stands first
BY_STATUS = {
    "completed": OutcomeKind.FINISHED.value,
    "abandoned": OutcomeKind.ENDED.value,
    "replaced": OutcomeKind.REPLACED.value,
}


@dataclass(frozen=True)
class Carried:
    """A measure of the plan before, what became of it, and how that is known.

    `outcomes` are what a person put on record; `state` is its last state, from which the rest is known;
    `withdrawal` where it was taken out of its plan.
    """

    wording: Wording
    outcomes: tuple[Outcome, ...] = ()
    state: State | None = None
    withdrawal: Withdrawal | None = None

    @property
    def measure(self) -> Measure:
        """The measure."""
        return self.wording.measure

    @property
    def kind(self) -> str:
        """continued, replaced, ended, finished, internal, or disappeared: nothing is known."""
        said = {one.kind for one in self.outcomes}
        known = next((kind for kind in GROUPS if kind in said), None)
        if known:
            return known
        if self.withdrawal:
            return OutcomeKind.ENDED.value
        if self.state and self.state.is_internal:
            return INTERNAL
        return BY_STATUS.get(self.state.status, DISAPPEARED) if self.state else DISAPPEARED

    @property
    def is_told(self) -> bool:
        """Whether it is known from what its owner told and from nothing else."""
        return not self.outcomes and not self.withdrawal and self.kind not in {DISAPPEARED, INTERNAL}


@dataclass(frozen=True)
class CarryOver:
    """The measures of the plan before, those that disappeared first."""

    plan: Plan
    before: Plan
    rows: tuple[Carried, ...]
    gaps: tuple[int, ...]  # numbers of measures that nobody has entered here

    @property
    def groups(self) -> list[tuple[str, list[Carried]]]:
        """The measures by what became of them, empty groups left out."""
        found = [(kind, [one for one in self.rows if one.kind == kind]) for kind in GROUPS]
        return [one for one in found if one[1] or (one[0] == DISAPPEARED and self.gaps)]

    @property
    def counts(self) -> dict[str, int]:
        """How many measures are in each group; a number of which not even the words are known disappeared."""
        found = {kind: sum(one.kind == kind for one in self.rows) for kind in GROUPS}
        told = {kind: number for kind, number in found.items() if number or kind != INTERNAL}
        return {**told, DISAPPEARED: found[DISAPPEARED] + len(self.gaps)}


def plan_before(plan: Plan, on: date) -> Plan | None:
    """The plan that a plan follows, as known on a day."""
    found = Succession.objects.filter(plan=plan, on__lte=on).select_related("follows").order_by("-on", "-pk")
    latest = found.first()
    return latest.follows if latest else None


def carry_over(user: User, plan: Plan, on: date) -> CarryOver | None:
    """What became of the measures of the plan before; None where no plan before is known or seen."""
    before = plan_before(plan, on)
    if before is None or not visible_to(user, Plan).filter(pk=before.pk).exists():
        return None
    known = as_of(user, before, on)
    said = standing_outcomes([one.measure.pk for one in known], on)
    rows = [Carried(one.wording, tuple(said[one.measure.pk]), one) for one in known]
    rows += withdrawn(user, before, on)
    numbers = {one.measure.number for one in rows if one.measure.kind == Kind.MEASURE}
    gaps = tuple(sorted(set(range(1, max(numbers, default=0))) - numbers))
    return CarryOver(plan, before, tuple(rows), gaps)


def withdrawn(user: User, plan: Plan, on: date) -> list[Carried]:
    """The measures that were taken out of a plan, with their last words."""
    gone = visible_to(user, Withdrawal).filter(measure__plan=plan, on__lte=on).select_related("measure__plan")
    words = {
        one.measure_id: one
        for one in visible_to(user, Wording)
        .filter(measure__in=[one.measure_id for one in gone])
        .select_related("measure__plan", "section")
        .order_by("version")
    }
    said = standing_outcomes(list(words), on)
    return [Carried(words[one.measure_id], tuple(said[one.measure_id]), None, one) for one in gone]


def standing_outcomes(measures: Collection[int], on: date) -> dict[int, list[Outcome]]:
    """What is on record about these measures on a day and was not taken back, oldest first."""
    found: dict[int, list[Outcome]] = defaultdict(list)
    known = Outcome.objects.filter(measure__in=measures, on__lte=on).exclude(withdrawal__on__lte=on)
    for one in known.select_related("measure__plan", "successor__plan", "by").order_by("on", "pk"):
        found[one.measure_id].append(one)
    return found


def carried(user: User, measure: Measure, on: date) -> Carried | None:
    """What became of one measure; None where it is not known on that day."""
    wording = wordings(measure.plan, on).filter(measure=measure).order_by().first()
    if wording is None or not visible_to(user, Measure).filter(pk=measure.pk).exists():
        return None
    said = standing_outcomes([measure.pk], on)[measure.pk]
    return Carried(wording, tuple(said), state_of(user, measure, on))


def came_from(user: User, measure: Measure, on: date) -> list[Outcome]:
    """The measures of the plan before that a measure continues or replaces."""
    found = visible_to(user, Outcome).filter(successor=measure, on__lte=on).exclude(withdrawal__on__lte=on)
    return list(found.select_related("measure__plan").order_by("measure__number"))


def successors_like(user: User, measure: Measure, plan: Plan, on: date) -> list[tuple[Wording, int]]:
    """The measures of the next plan whose words are likest, with their likeness; nothing is decided by it."""
    own = wordings(measure.plan, on).filter(measure=measure).order_by().first()
    if own is None:
        return []
    known = wordings(plan, on).filter(measure__in=visible_to(user, Measure))
    return candidates(own.text, [(one, one.text) for one in known])
