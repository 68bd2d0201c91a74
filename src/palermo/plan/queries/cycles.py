"""The occurrences of a measure that comes back, as they stand on a day and are told to who asks."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from palermo.accounts.models import User
from palermo.plan.models import Measure, Occurrence, Wording
from palermo.plan.queries.state import State, wordings
from palermo.plan.queries.timed import dones, known_by
from palermo.plan.queries.visibility import visible_on
from palermo.plan.rules.cycles import Cycle, Done, cycles


@dataclass(frozen=True)
class Happening:
    """One occurrence of a measure, and the record that it was done."""

    cycle: Cycle
    record: Occurrence | None


def happenings(user: User, state: State) -> list[Happening]:
    """The occurrences of a measure until the next to come; once it is finished, those that were done.

    Who is not told how far it is, is not told of them either.
    """
    if state.is_internal:
        return []
    held = visible_on(user, Occurrence, state.on).filter(measure=state.measure, on__lte=state.told_until)
    held = held.filter(Q(withdrawal=None) | Q(withdrawal__on__gt=state.told_until))
    records = {one.pk: one for one in held.select_related("by", "evaluation", "contribution__question")}
    known = [Done((one.earliest, one.latest), one.done_on, one.pk) for one in records.values()]
    found = [
        Happening(one, records[one.done.key] if one.done else None)
        for one in of_wording(state.wording, known, state.told_until)
    ]
    return [one for one in found if one.record or not state.is_finished]


def cycles_on(measure: Measure, on: date) -> list[Cycle]:
    """The occurrences of a measure as they stand on a day, whoever asks; none where it happens once."""
    standing = wordings(measure.plan, on).filter(measure=measure).first()
    done = known_by(dones([measure.pk])[measure.pk], on)
    return of_wording(standing, done, on) if standing else []


def of_wording(wording: Wording, done: Iterable[Done], on: date) -> list[Cycle]:
    """The occurrences that a wording's words stand for."""
    if not wording.recurrence or wording.earliest is None or wording.latest is None:
        return []
    return cycles((wording.earliest, wording.latest), wording.recurrence, done, on)
