"""Who owns a measure, decided and dated."""

from __future__ import annotations

from datetime import date

from palermo.accounts.models import User
from palermo.errors import Refused, words
from palermo.organisations.models import Organisation
from palermo.plan.facts import add_owners, end_owners
from palermo.plan.models import Measure, Ownership
from palermo.plan.queries.standing import owned_on
from palermo.plan.rules.follow_up import ROLES
from palermo.plan.rules.said import OwnerSaid
from palermo.plan.standings import action


@action("plan.assign_owner", permission="plan.assign", about="measure")
def assign_owner(
    *,
    by: User,
    measure: Measure,
    organisation: Organisation,
    role: str,
    on: date,
    reason: str = "",
    instead_of: Ownership | None = None,
) -> Ownership:
    """Give a measure an owner from this day on, `instead_of` another, such as an undecided one.

    Raises Refused ("unknown-role", "owns-already", "ownership-ended").
    """
    if role not in ROLES:
        raise Refused(
            "unknown-role",
            words("“{role}” is no role that an owner can have."),
            words("Choose lead, with, consulted or follow-up."),
            role=role,
        )
    held = Ownership.objects.filter(owned_on(on), measure=measure, organisation=organisation, role=role)
    if held.exists():
        raise Refused(
            "owns-already",
            words("{name} has this role for measure {reference} already."),
            words("Choose another role or another organisation."),
            name=organisation.name,
            reference=measure.reference,
        )
    if instead_of is not None:
        close(instead_of, measure, last=on, by=by, on=on, reason=reason)
    said = OwnerSaid(organisation.name, organisation.code, role, organisation.kind, "decided")
    return add_owners(measure, [said], by=by, on=on)[0]


@action("plan.end_ownership", permission="plan.assign", about="ownership")
def end_ownership(*, by: User, ownership: Ownership, last: date, reason: str, on: date) -> Ownership:
    """End an ownership; `last` is its last day, learned on the day `on`.

    Raises Refused ("ownership-ended").
    """
    return close(ownership, ownership.measure, last=last, by=by, on=on, reason=reason)


def close(
    ownership: Ownership, measure: Measure, *, last: date, by: User, on: date, reason: str
) -> Ownership:
    """Write an end that nobody has written yet."""
    held = Ownership.objects.select_for_update().get(pk=ownership.pk, measure=measure)
    if held.ended_on is not None:
        raise Refused(
            "ownership-ended",
            words("{name} ended its part in measure {reference} on {ended_on} already."),
            words("Look at the measure's history; nothing more is needed."),
            name=held.text,
            reference=measure.reference,
            ended_on=held.ended_on,
        )
    end_owners([held], by=by, last=last, on=on, reason=reason)
    held.refresh_from_db()
    return held
