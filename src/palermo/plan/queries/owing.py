"""Who owes the Bureau what: by owner, late since when, last words, next contact, what changed this week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from palermo.accounts.models import User
from palermo.organisations.models import Organisation
from palermo.plan.models import (
    Contact,
    Contribution,
    Holding,
    Measure,
    Plan,
    Spoken,
    Standing,
)
from palermo.plan.queries.happened import Happened
from palermo.plan.queries.history import changes
from palermo.plan.queries.measures import Filters, Listed, listed, narrowed
from palermo.plan.queries.standing import answers_for, belongs_to, signs_for
from palermo.plan.queries.state import State, states
from palermo.plan.queries.tallies import figures_on, owed_on
from palermo.plan.queries.visibility import counted_for, held_by, is_office, owed_for, visible_on, visible_to
from palermo.plan.queries.writings import Writing, writings_owed
from palermo.plan.rules.follow_up import ASKED_ROLES, FOLLOWED
from palermo.plan.rules.spans import owner_key
from palermo.ui.alphabet import alphabetical

WEEK = timedelta(days=6)  # with the day itself, seven days
OPEN = ("late", "due", "coming", "undated")  # the groups of what an owner has not finished
BY_END = ("late_on", "position")
WHOLE = 300  # with more measures that are owed, each owner's first are named
FEW, MANY = 10, 50  # of each owner; of what changed
PARTS = 100  # of one subquery: a database takes so many


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
    late: int  # how many of its measures and writings are late
    open: int  # how many it has not finished
    owed: tuple[Owed, ...]  # the longest late first; of a large plan the first of them
    writings: tuple[Writing, ...]
    latest_answer: Contribution | None
    next_contact: Contact | None
    changed: tuple[Happened, ...]

    @property
    def late_since(self) -> date | None:
        """Since when it has been late with anything."""
        since = [*(one.state.late_since for one in self.owed), *(one.late_since for one in self.writings)]
        return min((one for one in since if one), default=None)

    @property
    def more(self) -> int:
        """How many it has not finished beside those that are named."""
        return self.open - len(self.owed) - len(self.writings)


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


def who_owes_me(user: User, plan: Plan, on: date, *, whole: bool = False) -> Owing:
    """What is owed on a day, by owner: who leads or carries out with a lead.

    A large plan names the first measures of each owner and counts the rest, unless the `whole` is asked for.
    A constant number of queries.
    """
    numbers = owed_on(user, plan, on)
    counted = {of: sum(each[one] for one in OPEN) for of, each in numbers.items()}
    open_now = {of: number for of, number in counted.items() if number}
    rest = figures_on(user, plan, on)
    few = sum(open_now.values()) + rest["open_no_owner"] <= WHOLE
    first = None if whole or few else FEW
    changed = changes(user, plan, FOLLOWED, on - WEEK, on, first and MANY)
    written: dict[str, list[Writing]] = defaultdict(list)
    for one in writings_owed(user, plan, on):
        written[str(one.owner.pk)].append(one)
    keys = list(dict.fromkeys([*open_now, *written]))
    own = [int(key) for key in keys if not key.startswith("=")]
    spoke = spoken(user, plan, own, on)
    organisations = {one.pk: one for one in spoke}
    words = latest_answers(user, spoke, on)
    contacts = next_contacts(user, plan, organisations, on)
    held = not_finished(user, plan, on, open_now, first)
    unowned = counted_for(user, Standing).filter(plan=plan, since_on__lte=on, until_on__gte=on)
    unowned = unowned.filter(kind__in=FOLLOWED, is_finished=False, has_no_owner=True).order_by("position")
    rows = listed(
        plan, on, [*(one.standing for one in held), *unowned.select_related("measure", "wording")[:first]]
    )
    named = by_owner(held, rows[: len(held)], first)
    accounts = []
    for key in keys:
        organisation = organisations[int(key)] if not key.startswith("=") else None
        owner = organisation.pk if organisation else key[1:]
        accounts.append(
            OwnerAccount(
                organisation=organisation,
                name=organisation.name if organisation else key[1:],
                late=numbers[key]["late"] + sum(one.late_since is not None for one in written[key]),
                open=open_now.get(key, 0) + len(written[key]),
                owed=tuple(named.get(key, ())),
                writings=tuple(written[key]),
                latest_answer=words.get(owner),
                next_contact=contacts.get(owner),
                changed=tuple(concerning(owner, named.get(key, ()), changed)),
            )
        )
    about = {one.measure_id for one in changed}
    return Owing(
        plan=plan,
        on=on,
        owners=in_order(accounts),
        nobody=rest["open_no_owner"],
        without_owner=tuple(rows[len(held) :]),
        changed=tuple(reversed(changed)),
        references={one.pk: one.reference for one in visible_to(user, Measure).filter(pk__in=about)},
        internal=rest["followed_internal"],
    )


def in_order(accounts: Iterable[OwnerAccount]) -> tuple[OwnerAccount, ...]:
    """The longest late first, then by name."""
    return tuple(sorted(accounts, key=lambda one: (one.late_since or date.max, alphabetical(one.name))))


def not_finished(user: User, plan: Plan, on: date, owners: Iterable[str], first: int | None) -> list[Holding]:
    """What these owners have not finished, the longest late first; the `first` of each, and some more."""
    spans = spans_on(plan, on)
    if first is None:
        held = owed_for(user, Holding, "organisation").filter(plan=plan, owed="open")
        chosen = held.filter(reduce(or_, spans))
    else:
        each = (holdings_of(user, key).filter(plan=plan, owed="open").order_by(*BY_END) for key in owners)
        chosen = first_of(each, spans, first)
    return list(chosen.select_related("standing__measure", "standing__wording").order_by(*BY_END))


def by_owner(held: Iterable[Holding], rows: Iterable[Listed], first: int | None) -> dict[str, list[Owed]]:
    """What each owner holds, by the key under which an owner is counted; the `first` of it."""
    owed: dict[str, list[Owed]] = defaultdict(list)
    for one, row in zip(held, rows, strict=True):
        owed[owner_key(vars(one))].append(Owed(row, one.role))
    return {key: own[:first] for key, own in owed.items()}


def holdings_of(user: User, key: str) -> QuerySet[Holding]:
    """What an owner holds, by the key under which it is counted."""
    return held_by(user, None).filter(party=key[1:]) if key.startswith("=") else held_by(user, int(key))


def spans_on(plan: Plan, on: date) -> list[Q]:
    """Which spans held a day: what stands last and, where anything changed since, what stood before."""
    ended = Standing.objects.filter(plan=plan, is_last=False, in_part__in=(False, True), until_on__gte=on)
    last, before = Q(is_last=True, since_on__lte=on), Q(is_last=False, since_on__lte=on, until_on__gte=on)
    return [last, before] if ended.exists() else [last]


def first_of(each: Iterable[QuerySet[Holding]], spans: Collection[Q], number: int) -> QuerySet[Holding]:
    """The first of each of these among each sort of spans."""
    parts = [
        Holding.objects.filter(pk__in=one.filter(which).values("pk")[:number]).order_by().values_list("pk")
        for one in each
        for which in spans
    ]
    chosen = Q(pk__in=[])
    for start in range(0, len(parts), PARTS):
        first, *others = parts[start : start + PARTS]
        chosen |= Q(pk__in=first.union(*others, all=True))
    return Holding.objects.filter(chosen)


def concerning(key: int | str, owed: Iterable[Owed], changed: Iterable[Happened]) -> list[Happened]:
    """What changed about an owner: what names it, and what happened to its measures and names nobody."""
    own = {one.state.measure.pk for one in owed}
    return [
        one
        for one in changed
        if one.organisation_id == key or (one.organisation_id is None and one.measure_id in own)
    ]


def spoken(user: User, plan: Plan, organisations: Collection[int], on: date) -> list[Any]:
    """These organisations with what each told last up to a day, as far as it is told to somebody.

    Of those for whom they speak or sign, anything (`last`); of those to which they belong, what counts
    (`counted`); of all what was released (`released`).
    """
    days = Spoken.objects.filter(plan=plan, organisation=OuterRef("pk"), on__lte=on)
    counting = days.filter(counting__isnull=False)
    signed = Q(counting__needs_signature=False) | Q(counting__signature__on__lte=on)
    whole, own = answers_for(user) | signs_for(user), belongs_to(user)
    anything = days if is_office(user) else days.filter(organisation__in=whole)
    latest = {
        "last": anything.order_by("-on", "-latest").values("latest"),
        "counted": counting.filter(signed, organisation__in=own)
        .order_by("-on", "-counting")
        .values("counting"),
        "released": counting.filter(round__release__on__lte=on)
        .order_by("-on", "-counting")
        .values("counting"),
    }
    known = Organisation.objects.filter(pk__in=organisations)
    return list(known.annotate(**{name: Subquery(rows[:1]) for name, rows in latest.items()}))


def latest_answers(user: User, spoke: Collection[Any], on: date) -> dict[int | str, Contribution]:
    """The last contribution of each of these organisations, as far as it is told to somebody."""
    told = visible_on(user, Contribution, on).filter(
        pk__in={key for one in spoke for key in (one.last, one.counted, one.released) if key}
    )
    told = told.select_related("question__measure", "question__organisation", "by")
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
