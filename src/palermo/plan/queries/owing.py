"""Who owes the Bureau what: by owner, late since when, last words, next contact, what changed this week."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from palermo.accounts.models import User
from palermo.organisations.models import Organisation
from palermo.plan.models import (
    Contact,
    Contribution,
    Holding,
    Kind,
    Measure,
    Plan,
    Spoken,
)
from palermo.plan.queries.happened import Happened
from palermo.plan.queries.history import changes
from palermo.plan.queries.measures import Filters, Listed, listed, narrowed
from palermo.plan.queries.standing import answers_for, signs_for
from palermo.plan.queries.state import State, states
from palermo.plan.queries.tallies import tallies
from palermo.plan.queries.visibility import held_for, is_office, spans_for, visible_on, visible_to
from palermo.plan.rules.follow_up import ASKED_ROLES
from palermo.plan.rules.spans import FIRST
from palermo.ui.alphabet import alphabetical

WEEK = timedelta(days=6)  # with the day itself, seven days
FOLLOWED: tuple[str, ...] = (Kind.MEASURE, Kind.TRAINING)
WHOLE = 300  # with more measures that are owed, each owner's first are named
FEW, MANY = 10, 50  # of each owner; of what changed


@dataclass(frozen=True)
class Owed:
    """A measure that an owner has not finished, and the role in which it owes it."""

    state: Listed
    role: str


@dataclass(frozen=True)
class OwnerAccount:
    """What one owner owes on a day. The organisation is None where only the plan's words are known."""

    organisation: Organisation | None
    name: str
    late: int  # how many of its measures are late
    open: int  # how many it has not finished
    owed: tuple[Owed, ...]  # the longest late first; of a large plan the first of them
    latest_answer: Contribution | None
    next_contact: Contact | None
    changed: tuple[Happened, ...]

    @property
    def late_since(self) -> date | None:
        """Since when it has been late with anything."""
        return min((one.state.late_since for one in self.owed if one.state.late_since), default=None)

    @property
    def more(self) -> int:
        """How many it has not finished beside those that are named."""
        return self.open - len(self.owed)


@dataclass(frozen=True)
class Owing:
    """Everything that is owed on a day, and what nobody owns."""

    plan: Plan
    on: date
    owners: tuple[OwnerAccount, ...]  # the longest late first
    nobody: int  # how many measures that are not finished have no owner
    without_owner: tuple[Listed, ...]  # of a large plan the first of them
    changed: tuple[Happened, ...]  # in the plan in these seven days, the latest first; of many the latest
    references: Mapping[int, str]  # of every measure that changed, by its key
    internal: int = 0  # measures of which who asks is not told how far they are

    @property
    def is_cut(self) -> bool:
        """More may have changed than is told."""
        return len(self.changed) == MANY

    @property
    def more(self) -> int:
        """How many have no owner beside those that are named."""
        return self.nobody - len(self.without_owner)


def who_owes_me(
    user: User, plan: Plan, on: date, kinds: Collection[str] = FOLLOWED, *, whole: bool = False
) -> Owing:
    """What is owed on a day, by owner: who leads or carries out with a lead.

    A large plan names the first measures of each owner and counts the rest, unless the `whole` is asked for;
    it asks one question for each owner, any other plan a constant number.
    """
    open_now, late, nobody, internal = owed_in_numbers(user, plan, on, kinds)
    few = open_now.total() + nobody <= WHOLE
    first = None if whole or few else FEW
    changed = changes(user, plan, kinds, on - WEEK, on, first and MANY)
    own = [int(key) for key in open_now if not key.startswith("=")]
    spoke = spoken(user, plan, own, on)
    organisations = {one.pk: one for one in spoke}
    words = latest_answers(user, plan, spoke, on, few=few)
    contacts = next_contacts(user, plan, organisations, on)
    named = owed_by(user, plan, on, kinds, open_now, first)
    accounts = []
    for key, number in open_now.items():
        organisation = organisations[int(key)] if not key.startswith("=") else None
        owner = organisation.pk if organisation else key[1:]
        accounts.append(
            OwnerAccount(
                organisation=organisation,
                name=organisation.name if organisation else key[1:],
                late=late[key],
                open=number,
                owed=tuple(named[key]),
                latest_answer=words.get(owner),
                next_contact=contacts.get(owner),
                changed=tuple(concerning(owner, named[key], changed)),
            )
        )
    unowned = spans_for(user, on).filter(plan=plan, since_on__lte=on, until_on__gte=on, kind__in=kinds)
    unowned = unowned.filter(is_finished=False, has_no_owner=True).order_by("position")
    keys = {one.measure_id for one in changed}
    return Owing(
        plan=plan,
        on=on,
        owners=in_order(accounts),
        nobody=nobody,
        without_owner=tuple(listed(plan, on, unowned.select_related("measure", "wording")[:first])),
        changed=tuple(reversed(changed)),
        references={one.pk: one.reference for one in visible_to(user, Measure).filter(pk__in=keys)},
        internal=internal,
    )


def in_order(accounts: Iterable[OwnerAccount]) -> tuple[OwnerAccount, ...]:
    """The longest late first, then by name."""
    return tuple(sorted(accounts, key=lambda one: (one.late_since or date.max, alphabetical(one.name))))


def owed_in_numbers(
    user: User, plan: Plan, on: date, kinds: Collection[str]
) -> tuple[Counter[str], Counter[str], int, int]:
    """How many measures each owner has not finished, and how many of them are late; how many nobody owns.

    Last, of how many it is not told how far they are.
    """
    open_now, late, rest = Counter[str](), Counter[str](), Counter[str]()
    headings = ("owes", "open-no-owner", "internal")
    for (kind, (what, of, day)), number in tallies(user, plan, on, headings).items():
        if kind in kinds and what == "owes":
            open_now[of] += number
            late[of] += number if day < on else 0
        elif kind in kinds:
            rest[what] += number
    return +open_now, late, rest["open-no-owner"], rest["internal"]


def owed_by(
    user: User, plan: Plan, on: date, kinds: Collection[str], owners: Iterable[str], first: int | None
) -> dict[str, list[Owed]]:
    """What these owners have not finished, the longest late first; the `first` of each."""
    held = held_for(user, on).filter(plan=plan, owes=True, is_finished=False, standing__kind__in=kinds)
    held = held.filter(standing__since_on__lte=on, standing__until_on__gte=on)
    held = held.filter(standing__told_until__gt=FIRST)
    if first is not None:
        some = [held.filter(owner_named(key)).order_by("last_on", "position") for key in owners]
        each = [Holding.objects.filter(pk__in=one.values("pk")[:first]).values_list("pk") for one in some]
        keys = each[0].union(*each[1:], all=True) if each else []
        held = held_for(user, on).filter(pk__in=[key for (key,) in keys])
    found = list(
        held.select_related("standing__measure", "standing__wording").order_by("last_on", "position")
    )
    rows = listed(plan, on, [one.standing for one in found])
    pairs = sorted(zip(found, rows, strict=True), key=lambda one: one[1].late_since or date.max)
    owed: dict[str, list[Owed]] = defaultdict(list)
    for one, row in pairs:
        owed[f"{one.organisation_id}" if one.organisation_id else f"={one.party}"].append(Owed(row, one.role))
    return owed


def owner_named(key: str) -> Q:
    """What an owner holds, by the key under which it is counted."""
    return Q(organisation=None, party=key[1:]) if key.startswith("=") else Q(organisation=int(key))


def concerning(key: int | str, owed: Iterable[Owed], changed: Iterable[Happened]) -> list[Happened]:
    """What changed about an owner: what names it, and what happened to its measures and names nobody."""
    own = {one.state.measure.pk for one in owed}
    return [
        one
        for one in changed
        if one.organisation_id == key or (one.organisation_id is None and one.measure_id in own)
    ]


def spoken(user: User, plan: Plan, organisations: Collection[int], on: date) -> list[Any]:
    """These organisations with what each told last up to a day: to who asks (`last`), to all (`released`)."""
    days = Spoken.objects.filter(plan=plan, organisation=OuterRef("pk"), on__lte=on)
    counting = days.filter(round__release__on__lte=on, counting__isnull=False)
    known = Organisation.objects.filter(pk__in=organisations).annotate(
        last=Subquery(days.filter(whole_said(user)).order_by("-on", "-latest").values("latest")[:1]),
        released=Subquery(counting.order_by("-on", "-counting").values("counting")[:1]),
    )
    return list(known)


def latest_answers(
    user: User, plan: Plan, spoke: Collection[Any], on: date, *, few: bool
) -> dict[int | str, Contribution]:
    """The last contribution of each of these organisations, as far as it is told to somebody.

    Of a large plan, what counts of a round that is not released yet, and is told to who owns its measure,
    is looked for among the latest contributions of all plans.
    """
    told = visible_on(user, Contribution, on).filter(on__lte=on)
    told = told.select_related("question__measure", "question__organisation", "by")
    own = Q(question__round__plan=plan, question__organisation__in=[one.pk for one in spoke])
    if few and not is_office(user):
        return last_of(told.filter(own))
    keys = {key for one in spoke for key in (one.last, one.released) if key}
    if not is_office(user):
        some = Contribution.objects.filter(on__lte=on).order_by("-on", "-at").values("pk")[: 20 * MANY]
        keys |= {one.pk for one in last_of(told.filter(own, pk__in=some)).values()}
    return last_of(told.filter(pk__in=keys))


def whole_said(user: User) -> Q:
    """Whose answers somebody is told whether they count or not."""
    return Q() if is_office(user) else Q(organisation__in=answers_for(user) | signs_for(user))


def last_of(told: QuerySet[Contribution]) -> dict[int | str, Contribution]:
    """The last of these contributions of each organisation."""
    return {one.question.organisation_id: one for one in told.order_by("on", "pk")}


def next_contacts(
    user: User, plan: Plan, organisations: Collection[int], on: date
) -> dict[int | str, Contact]:
    """The standing note of the Bureau on each organisation, while it plans a further contact."""
    noted = visible_to(user, Contact).filter(plan=plan, organisation__in=organisations, on__lte=on)
    latest = {one.organisation_id: one for one in noted.select_related("by").order_by("on", "pk")}
    return {key: one for key, one in latest.items() if one.next_on is not None}


def owned_states(user: User, plan: Plan, organisation: Organisation, on: date) -> list[State]:
    """The measures that an organisation leads or helps to carry out on a day, by reference."""
    chosen = narrowed(user, plan, on, Filters(party=organisation.code)).filter(measure__kind__in=FOLLOWED)
    found = states(user, plan, on, chosen.order_by("measure__rank", "measure__number"))
    return [one for one in found if one.organisations.get(organisation.pk) in ASKED_ROLES]
