"""What a measure and its evaluation wait for on a day, with the days that follow."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from palermo.accounts.models import User
from palermo.plan.models import Wait
from palermo.plan.queries.state import State
from palermo.plan.queries.timed import awaits, publications, published_by
from palermo.plan.queries.visibility import visible_to
from palermo.plan.rules.awaited import EVALUATION, MEASURE, event_day, standing, window


@dataclass(frozen=True)
class WaitFor:
    """Something that waits for an event, or counts from it."""

    wait: Wait
    happened_on: date | None
    earliest: date | None
    latest: date | None


def waits_of(user: User, state: State) -> list[WaitFor]:
    """What a measure and its evaluation wait for on a day, or count from."""
    known = awaits([state.measure.pk])[state.measure.pk]
    rows = visible_to(user, Wait).filter(measure=state.measure).select_related("event_measure", "by")
    by_key = {one.pk: one for one in rows}
    published = publications(one.event for one in known if one.event)
    found = []
    for what in (MEASURE, EVALUATION):
        wait = standing(known, what, state.on)
        if wait is None:
            continue
        happened = event_day(wait, published_by(published, state.on).get(wait.event or 0, []))
        days = window(happened, wait.span) if happened else (None, None)
        found.append(WaitFor(by_key[wait.order], happened, *days))
    return found
