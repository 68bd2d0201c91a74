"""Questions about organisations."""

from __future__ import annotations

from datetime import date

from django.db.models import Prefetch, Q, QuerySet

from palermo.audit.doing import Actor
from palermo.organisations.models import Membership, Organisation

RECOGNISED = "recognised"


def visible_to(user: Actor) -> QuerySet[Organisation]:
    """The directory: what is public about bodies is open to everybody who signed in."""
    return Organisation.objects.all() if user.may("organisations.read") else Organisation.objects.none()


def held_on(day: date) -> Q:
    """The memberships that hold on a day; the last day counts."""
    return (Q(since_on=None) | Q(since_on__lte=day)) & (Q(until_on=None) | Q(until_on__gte=day))


def members_on(body: Organisation, day: date) -> list[Membership]:
    """Who belongs to a body or a class on a day, in the order of the data."""
    found = Membership.objects.filter(held_on(day), body=body).exclude(role=RECOGNISED)
    return list(found.select_related("member").order_by("pk"))


def expanded(organisations: QuerySet[Organisation], day: date) -> dict[int, list[Organisation]]:
    """For each organisation, who answers in its name on a day: a class's members, else itself.

    A class whose members the sources do not name answers for itself: nobody is guessed. Two queries.
    """
    members = Membership.objects.filter(held_on(day)).select_related("member").order_by("pk")
    known = organisations.prefetch_related(Prefetch("memberships", queryset=members, to_attr="held"))
    return {
        one.pk: [held.member for held in one.held] if one.kind == "class" and one.held else [one]
        for one in known
    }


def recognitions(organisation: Organisation) -> QuerySet[Membership]:
    """When and by what a centre was recognised, oldest first."""
    return Membership.objects.filter(body=organisation, role=RECOGNISED).order_by("since_on")
