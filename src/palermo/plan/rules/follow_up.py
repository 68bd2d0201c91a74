"""How far a measure is, and what it asks for, on a day. Days in, codes out; no clock, no database."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta

TELLABLE = ("not-started", "limited", "substantial", "completed", "abandoned", "replaced")
NO_ANSWER = "no-answer"
INTERNAL = "internal"  # how far it is, is not told to who asks: neither due, late nor to be evaluated
STATUSES = (*TELLABLE, NO_ANSWER)
FINISHED = frozenset({"completed", "abandoned", "replaced"})
NEEDS_DECISION = frozenset({"abandoned", "replaced"})
# From the least to the most advanced. What goes on always stands before what has ended, so that a measure is
# finished only when everybody who leads it says so; giving up is less than being done.
ADVANCE = ("not-started", "limited", "substantial", "abandoned", "replaced", "completed")

FOLLOWED = ("measure", "training")  # the Bureau follows them up owner by owner; commitments it does not
LEAD = "lead"
ROLES = ("lead", "with", "consulted", "follow-up")
ASKED_ROLES = ("lead", "with")  # who carries a measure out; the others are heard or watch


@dataclass(frozen=True)
class Told:
    """What one organisation told about a measure; only what counts: signed where a signature is needed."""

    owner: int
    role: str
    status: str
    order: int  # the later of two from the same organisation has the higher number


def status(told: Iterable[Told], leads: Collection[int]) -> str:
    """The status of a measure from what was told up to a day, and who leads it on that day.

    The latest word of each lead counts; where leads differ, the least advanced stands. A lead that has not
    told says nothing. Where no present lead has told, the last word of the leads before them stands. A
    measure that nobody leads counts everybody's words. Nobody told: "no-answer".
    """
    latest: dict[int, Told] = {}
    for one in sorted(told, key=lambda one: one.order):
        if one.role == LEAD or one.owner in leads or not leads:
            latest[one.owner] = one
    standing = [one for owner, one in latest.items() if owner in leads] or list(latest.values())
    if not standing:
        return NO_ANSWER
    return min((one.status for one in standing), key=ADVANCE.index)


def is_finished(status: str) -> bool:
    """Nothing more is expected: completed, abandoned or replaced."""
    return status in FINISHED


def is_due(earliest: date | None, latest: date | None, status: str, on: date) -> bool:
    """The day lies in the measure's time and it is not finished; "by" a day has no beginning of its own."""
    if is_finished(status) or status == INTERNAL or (earliest is None and latest is None):
        return False
    return (earliest is None or earliest <= on) and (latest is None or on <= latest)


def is_overdue(latest: date | None, status: str, on: date) -> bool:
    """The last day of the measure's time has passed and it is not finished."""
    return latest is not None and latest < on and status != INTERNAL and not is_finished(status)


def late_since(latest: date | None, status: str, on: date) -> date | None:
    """The first day on which the measure was late, while it is late."""
    return latest + timedelta(days=1) if latest is not None and is_overdue(latest, status, on) else None


def has_no_owner(kinds: Iterable[str]) -> bool:
    """No owner, or only undecided ones ("to be discussed"); `kinds` are those of the owners on the day."""
    return all(kind == "undecided" for kind in kinds)


def is_evaluation_due(*, has_duty: bool, latest: date | None, evaluated: bool, on: date) -> bool:
    """A duty to evaluate, the measure's time over, and no evaluation on record."""
    return has_duty and latest is not None and latest < on and not evaluated


def tone(own: str, role: str) -> str:
    """How an organisation is asked: in its own tone when it leads; beside a lead a duty is an invitation."""
    return "invitation" if own == "duty" and role != LEAD else own


def strongest(roles: Iterable[str]) -> str:
    """The role in which an organisation is asked that owns a measure in several ways."""
    return min(roles, key=ROLES.index)


def asked(owners: Iterable[tuple[int, str]]) -> dict[int, str]:
    """Whom to ask about a measure and in which role, from (organisation, role) of its owners on the day.

    Those who lead or carry it out with a lead; where there is none, whoever is named.
    """
    roles: dict[int, list[str]] = {}
    for owner, role in owners:
        roles.setdefault(owner, []).append(role)
    everybody = {owner: strongest(own) for owner, own in roles.items()}
    carriers = {owner: role for owner, role in everybody.items() if role in ASKED_ROLES}
    return carriers or everybody
