"""Questions about organisations."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Prefetch, Q, QuerySet

from palermo.audit.action import Actor
from palermo.organisations.directory import SORTS
from palermo.organisations.directory.text import words_of
from palermo.organisations.models import Membership, Organisation

RECOGNISED = "recognised"


@dataclass(frozen=True)
class Change:
    """Who joined a body or class on a day, and who left it the day before."""

    on: date
    joined: tuple[Membership, ...]
    left: tuple[Membership, ...]


def visible_to(user: Actor) -> QuerySet[Organisation]:
    """The directory: what is public about bodies is open to everybody who signed in with a role."""
    return Organisation.objects.all() if user.may("organisations.read") else Organisation.objects.none()


def sought(organisations: QuerySet[Organisation], words: str = "", sort: str = "") -> list[Organisation]:
    """The organisations of a sort in whose names, aliases or code the words stand; by sort, then by name."""
    wanted = compared(words)
    known = organisations.filter(sort=sort) if sort in SORTS else organisations
    found = [one for one in known if any(wanted in compared(said) for said in spoken(one))]
    return sorted(found, key=lambda one: (SORTS.index(one.sort), compared(one.name)))


def spoken(organisation: Organisation) -> Iterable[str]:
    """All that an organisation is called."""
    return (*organisation.names.values(), *organisation.aliases, organisation.code)


def compared(text: str) -> str:
    """A text without case, accents, punctuation and articles, as names are compared."""
    return " ".join(word.text for word in words_of(text) if not word.filler)


def held_on(day: date) -> Q:
    """The memberships that hold on a day; the last day counts."""
    return (Q(since_on=None) | Q(since_on__lte=day)) & (Q(until_on=None) | Q(until_on__gte=day))


def members_on(body: Organisation, day: date) -> list[Membership]:
    """Who belongs to a body or a class on a day, in the order of the data."""
    found = Membership.objects.filter(held_on(day), body=body).exclude(role=RECOGNISED)
    return list(found.select_related("member").order_by("pk"))


def belongs_on(member: Organisation, day: date) -> list[Membership]:
    """The bodies and classes to which an organisation belongs on a day."""
    found = Membership.objects.filter(held_on(day), member=member).exclude(role=RECOGNISED)
    return list(found.select_related("body").order_by("body__sort", "body__code"))


def changes(body: Organisation) -> list[Change]:
    """Each day on which the membership of a body or class changed, oldest first."""
    found = Membership.objects.filter(body=body).exclude(role=RECOGNISED).select_related("member")
    known = list(found.order_by("pk"))
    days = {one.since_on for one in known} | {after(one) for one in known}
    return [
        Change(
            day,
            tuple(one for one in known if one.since_on == day),
            tuple(one for one in known if after(one) == day),
        )
        for day in sorted(day for day in days if day)
    ]


def after(membership: Membership) -> date | None:
    """The first day after a membership."""
    return membership.until_on + timedelta(days=1) if membership.until_on else None


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
