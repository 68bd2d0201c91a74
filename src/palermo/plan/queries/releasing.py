"""How far measures are, as it is told to who asks: internal until the Cell releases it (decision 0020)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from palermo.accounts.models import User
from palermo.plan.models import Contribution, Measure, Question
from palermo.plan.queries.standing import belongs_to
from palermo.plan.queries.visibility import is_office, told_whole


@dataclass(frozen=True)
class Told:
    """What somebody is told of the progress of measures on a day.

    `whole`: the measures of which they see all; None: of every one. `until`: for the others the day on which
    the latest released round about them was closed. `rounds`: those that were released.
    """

    on: date
    whole: frozenset[int] | None
    until: Mapping[int, date]
    rounds: frozenset[int]

    def day(self, measure: int) -> date | None:
        """Up to which day its progress is told; None where none of it is."""
        if self.whole is None or measure in self.whole:
            return self.on
        closed = self.until.get(measure)
        return closed and min(closed, self.on)

    def of(self, measure: int, told: Sequence[Contribution]) -> list[Contribution]:
        """Those of its answers that are told."""
        if self.whole is None or measure in self.whole:
            return list(told)
        return [one for one in told if one.question.round_id in self.rounds]


def told_to(user: User, measures: Collection[int], on: date) -> Told:
    """What somebody is told of the progress of these measures on a day. Two queries, for the Bureau none."""
    if is_office(user):
        return Told(on, None, {}, frozenset())
    own = Measure.objects.filter(told_whole(belongs_to(user), on, "pk"), pk__in=measures)
    whole = frozenset(own.values_list("pk", flat=True))
    released = Question.objects.filter(measure__in=measures, round__release__on__lte=on)
    found = list(released.values_list("measure", "round", "round__closed_on").order_by("round__closed_on"))
    return Told(
        on,
        whole,
        {measure: closed for measure, _round, closed in found if closed},
        frozenset(one for _measure, one, _closed in found),
    )
