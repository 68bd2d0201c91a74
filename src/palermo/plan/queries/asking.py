"""Whom a collection round would ask about what, before it opens."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from palermo.accounts.models import User
from palermo.organisations.models import Organisation
from palermo.plan.models import Plan
from palermo.plan.queries.measures import as_of
from palermo.plan.queries.state import State
from palermo.plan.rules import follow_up
from palermo.plan.rules.collection import Moment, Terms, reason_to_ask

CHOSEN = "chosen"  # asked about because a person added it
CLASS = "class"


@dataclass(frozen=True)
class Proposal:
    """A measure that a round asks about, why, and who is asked in which role; nobody when it has no owner.

    `silent` are classes such as "the ministers concerned" that own it and of which no member is known: nobody
    could answer in their name, so they are not asked.
    """

    state: State
    why: str
    asked: tuple[tuple[Organisation, str], ...]
    silent: tuple[Organisation, ...]


def proposals(
    user: User, plan: Plan, terms: Terms, on: date, *, also: Collection[int] = ()
) -> list[Proposal]:
    """The measures that a round on these terms asks about, as they stand on a day, by reference.

    `also` names further measures by their keys. A constant number of queries.
    """
    found = []
    for state in as_of(user, plan, on):
        why = None
        if state.measure.kind in terms.kinds:
            why = reason_to_ask(moment(state), terms.period_from, terms.period_to)
        if why is None and state.measure.pk in also:
            why = CHOSEN
        if why is not None:
            owners = carriers(state)
            named = tuple((one, role) for one, role in owners if one.kind != CLASS)
            found.append(Proposal(state, why, named, tuple(one for one, _ in owners if one.kind == CLASS)))
    return found


def moment(state: State) -> Moment:
    """A measure's time and status, as a round looks at them."""
    said, recurrence = state.times, state.wording.recurrence or None
    kind = state.wording.timing_kind
    return Moment(kind, said.said_earliest, said.said_latest, recurrence, state.status)


def carriers(state: State) -> tuple[tuple[Organisation, str], ...]:
    """Who owes an answer about a measure, each in the strongest of its roles; classes through their members.

    A class that stands here itself is one of which no member is known.
    """
    by_key = {one.pk: one for owner in state.owners for one in owner.members}
    pairs = [(one.pk, owner.role) for owner in state.owners for one in owner.members]
    return tuple((by_key[key], role) for key, role in follow_up.asked(pairs).items())
