"""Who owes what, for somebody who is told how far some measures are and of others nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date

from palermo.accounts.models import User
from palermo.organisations.models import Organisation
from palermo.plan.models import Plan
from palermo.plan.queries.measures import as_of
from palermo.plan.queries.state import State
from palermo.plan.rules.follow_up import ASKED_ROLES, is_finished

OwedBy = dict[int | str, list[tuple[State, str]]]


def told_states(user: User, plan: Plan, on: date, kinds: Collection[str]) -> list[State]:
    """The measures of these kinds as they are told to somebody, by reference."""
    return [one for one in as_of(user, plan, on) if one.measure.kind in kinds]


def open_states(followed: Iterable[State]) -> list[State]:
    """Those that are not finished, as far as somebody is told."""
    return [one for one in followed if not is_finished(one.status) and not one.is_internal]


def owners_in(states: Iterable[State]) -> dict[int, Organisation]:
    """Everybody for whom an owner of these measures stands, by key."""
    return {one.pk: one for state in states for owner in state.owners for one in owner.members}


def by_owner(open_now: Iterable[State]) -> OwedBy:
    """What each owner owes and in which role, the longest late first.

    An organisation by its key, one that the directory does not know by its words.
    """
    found: OwedBy = defaultdict(list)
    for state in sorted(open_now, key=lateness):
        for key, role in state.organisations.items():
            if role in ASKED_ROLES:
                found[key].append((state, role))
        for owner in state.owners:
            if not owner.members and owner.kind != "undecided" and owner.role in ASKED_ROLES:
                found[owner.ownership.text].append((state, owner.role))
    return found


def lateness(state: State) -> tuple[date, date, str]:
    """The longest late first, then what comes first."""
    return state.late_since or date.max, state.latest or date.max, state.reference
