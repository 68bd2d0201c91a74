"""Who stands for which organisation on the office's day."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef, Q

from palermo.accounts.day import today
from palermo.accounts.models import RoleKind, User
from palermo.accounts.queries import holders
from palermo.organisations.models import Membership
from palermo.organisations.queries import held_on
from palermo.plan.models import Measure, Ownership, WorkTerms

CONTENT = (RoleKind.CONTACT_POINT, RoleKind.VALIDATING_AUTHORITY, RoleKind.SECRETARY, RoleKind.READER)
BODY = "body"  # the Cell, its Bureau: their members do not speak for them


def answers_for(user: User) -> set[int]:
    """The organisations in whose name somebody may answer: as contact point, or as secretary."""
    return stands_for(user, RoleKind.CONTACT_POINT, RoleKind.SECRETARY)


def signs_for(user: User) -> set[int]:
    """The organisations in whose name somebody may sign."""
    return stands_for(user, RoleKind.VALIDATING_AUTHORITY)


def belongs_to(user: User) -> set[int]:
    """The organisations from which somebody reads content, in whatever role."""
    return stands_for(user, *CONTENT)


def owned_on(day: date) -> Q:
    """The ownerships that hold on a day, as far as the office knew that day."""
    still = Q(ended_on=None) | Q(ended_on__gte=day) | Q(end_known_on__gt=day)
    return Q(on__lte=day, since_on__lte=day) & still


def terms_on(day: date) -> Q:
    """The terms of works that hold on a day: of each work the latest version known by then."""
    later = WorkTerms.objects.filter(work=OuterRef("work"), on__lte=day, version__gt=OuterRef("version"))
    return Q(~Exists(later), on__lte=day)


def stands_for(user: User, *kinds: RoleKind) -> set[int]:
    """The organisations in which a role is held, and those to which these belong; read once a request."""
    known: dict[str, Any] = user.__dict__.setdefault("_stands_for", {})
    key = " ".join(kinds)
    if key not in known:
        own = user.organisations_as(*kinds)
        bodies = Membership.objects.filter(held_on(today()), member__in=own).exclude(body__sort=BODY)
        known[key] = own | set(bodies.values_list("body", flat=True)) if own else own
    found: set[int] = known[key]
    return found


def owners_now(measure: Measure) -> set[int]:
    """The organisations that own a measure today, classes with those who belong to them."""
    day = today()
    own = set(
        Ownership.objects.filter(measure=measure, organisation__isnull=False, since_on__lte=day)
        .exclude(ended_on__lt=day)
        .values_list("organisation_id", flat=True)
    )
    members = Membership.objects.filter(held_on(day), body__in=own, body__kind="class")
    return own | set(members.values_list("member", flat=True))


def speakers(organisations: set[int], kind: RoleKind, on: date) -> dict[int, list[User]]:
    """Who holds a role for each organisation on a day: in it, or in one that belongs to it. Two queries."""
    belonging = Membership.objects.filter(held_on(on), body__in=organisations).exclude(body__sort=BODY)
    stands: dict[int, set[int]] = {}
    for body, member in belonging.values_list("body", "member"):
        stands.setdefault(member, set()).add(body)
    found: dict[int, list[User]] = {one: [] for one in organisations}
    kinds: list[RoleKind] = [kind]
    if kind == RoleKind.CONTACT_POINT:
        kinds.append(RoleKind.SECRETARY)
    for role in holders(organisations | stands.keys(), kinds, on):
        for organisation in stands.get(role.organisation_id, set()) | {role.organisation_id}:
            if organisation in found and role.user not in found[organisation]:
                found[organisation].append(role.user)
    return found
