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
    Question,
    Spoken,
    Standing,
)
from palermo.plan.queries.board import Asked, questions_on
from palermo.plan.queries.happened import Happened
from palermo.plan.queries.history import changes
from palermo.plan.queries.measures import Filters, Listed, listed, narrowed
from palermo.plan.queries.owed_in_part import by_owner, open_states, owners_in, told_states
from palermo.plan.queries.state import State, states
from palermo.plan.queries.tallies import tallies
from palermo.plan.queries.visibility import is_office, visible_on, visible_to
from palermo.plan.rules.follow_up import ASKED_ROLES, is_finished
from palermo.ui.alphabet import alphabetical

WEEK = timedelta(days=6)  # with the day itself, seven days
FOLLOWED: tuple[str, ...] = (Kind.MEASURE, Kind.TRAINING)
WHOLE = 300  # with more measures that are owed, each owner's first are named
FIRST, MANY = 10, 50  # of each owner; of what changed


@dataclass(frozen=True)
class Owed:
    """A measure that an owner has not finished, and the role in which it owes it."""

    state: Listed | State
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
    without_owner: tuple[Listed | State, ...]  # of a large plan the first of them
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
    if not is_office(user):
        return owed_as_told(user, plan, on, kinds)
    open_now, late, nobody = owed_in_numbers(user, plan, on, kinds)
    first = None if whole or open_now.total() + nobody <= WHOLE else FIRST
    changed = changes(user, plan, kinds, on - WEEK, on, first and MANY)
    own = [int(key) for key in open_now if not key.startswith("=")]
    spoke = spoken(user, plan, own, on)
    organisations = {one.pk: one for one in spoke}
    words = latest_answers(user, spoke)
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
    unowned = unfinished(user, plan, on, kinds).filter(has_no_owner=True).order_by("position")
    keys = {one.measure_id for one in changed}
    return Owing(
        plan=plan,
        on=on,
        owners=in_order(accounts),
        nobody=nobody,
        without_owner=tuple(listed(plan, on, unowned.select_related("measure", "wording")[:first])),
        changed=tuple(reversed(changed)),
        references={one.pk: one.reference for one in visible_to(user, Measure).filter(pk__in=keys)},
    )


def owed_as_told(user: User, plan: Plan, on: date, kinds: Collection[str]) -> Owing:
    """The same for somebody who is told how far some measures are: measure by measure, as each is told."""
    followed = told_states(user, plan, on, kinds)
    open_now = open_states(followed)
    changed = changes(user, plan, kinds, on - WEEK, on, None)
    organisations = owners_in(open_now)
    words = answers_told(user, plan, organisations, on)
    accounts = []
    for key, pairs in by_owner(open_now).items():
        owed = tuple(Owed(state, role) for state, role in pairs)
        organisation = organisations[key] if isinstance(key, int) else None
        accounts.append(
            OwnerAccount(
                organisation=organisation,
                name=organisation.name if organisation else str(key),
                late=sum(one.state.is_overdue for one in owed),
                open=len(owed),
                owed=owed,
                latest_answer=words.get(key),
                next_contact=None,
                changed=tuple(concerning(key, owed, changed)),
            )
        )
    unowned = tuple(one for one in followed if not one.is_finished and one.has_no_owner)
    return Owing(
        plan=plan,
        on=on,
        owners=in_order(accounts),
        nobody=len(unowned),
        without_owner=unowned,
        changed=tuple(reversed(changed)),
        references={one.measure.pk: one.reference for one in followed},
        internal=sum(one.is_internal for one in followed),
    )


def in_order(accounts: Iterable[OwnerAccount]) -> tuple[OwnerAccount, ...]:
    """The longest late first, then by name."""
    return tuple(sorted(accounts, key=lambda one: (one.late_since or date.max, alphabetical(one.name))))


def owed_in_numbers(
    user: User, plan: Plan, on: date, kinds: Collection[str]
) -> tuple[Counter[str], Counter[str], int]:
    """How many measures each owner has not finished, how many of them are late, and how many nobody owns."""
    open_now, late, nobody = Counter[str](), Counter[str](), 0
    for (kind, (what, of, day)), number in tallies(user, plan, on, ("owes", "open-no-owner")).items():
        if kind in kinds and what == "owes":
            open_now[of] += number
            late[of] += number if day < on else 0
        elif kind in kinds:
            nobody += number
    return +open_now, late, nobody


def unfinished(user: User, plan: Plan, on: date, kinds: Collection[str]) -> QuerySet[Standing]:
    """The spans of measures that are not finished on a day."""
    known = visible_to(user, Standing).filter(plan=plan, since_on__lte=on, until_on__gte=on)
    return known.filter(is_finished=False, kind__in=kinds)


def owed_by(
    user: User, plan: Plan, on: date, kinds: Collection[str], owners: Iterable[str], first: int | None
) -> dict[str, list[Owed]]:
    """What these owners have not finished, the longest late first; the `first` of each."""
    held = visible_to(user, Holding).filter(plan=plan, owes=True, is_finished=False, standing__kind__in=kinds)
    held = held.filter(standing__since_on__lte=on, standing__until_on__gte=on)
    if first is not None:
        some = [held.filter(owner_named(key)).order_by("last_on", "position") for key in owners]
        each = [Holding.objects.filter(pk__in=one.values("pk")[:first]).values_list("pk") for one in some]
        keys = each[0].union(*each[1:], all=True) if each else []
        held = visible_to(user, Holding).filter(pk__in=[key for (key,) in keys])
    found = list(
        held.select_related("standing__measure", "standing__wording").order_by("last_on", "position")
    )
    rows = listed(plan, on, [one.standing for one in found])
    owed: dict[str, list[Owed]] = defaultdict(list)
    for one, row in zip(found, rows, strict=True):
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


def spoken(user: User, plan: Plan, organisations: Collection[int], on: date) -> list[Organisation]:
    """These organisations with what each told last up to a day (`last`)."""
    days = visible_to(user, Spoken).filter(plan=plan, organisation=OuterRef("pk"), on__lte=on)
    last = Subquery(days.order_by("-on").values("latest")[:1])
    return list(Organisation.objects.filter(pk__in=organisations).annotate(last=last))


def latest_answers(user: User, spoke: Iterable[Any]) -> dict[int | str, Contribution]:
    """The last contribution of each of these organisations, for the Bureau."""
    told = visible_to(user, Contribution).filter(pk__in=[one.last for one in spoke if one.last])
    told = told.select_related("question__measure", "question__organisation", "by")
    return {one.question.organisation_id: one for one in told}


def answers_told(
    user: User, plan: Plan, organisations: Collection[int], on: date
) -> dict[int | str, Contribution]:
    """The last contribution of each organisation up to a day, as far as it is told to somebody."""
    told = (
        visible_on(user, Contribution, on)
        .filter(question__round__plan=plan, question__organisation__in=organisations, on__lte=on)
        .select_related("question__measure", "question__organisation", "by")
        .order_by("on", "pk")
    )
    return {one.question.organisation_id: one for one in told}


def next_contacts(
    user: User, plan: Plan, organisations: Collection[int], on: date
) -> dict[int | str, Contact]:
    """The standing note of the Bureau on each organisation, while it plans a further contact."""
    noted = visible_to(user, Contact).filter(plan=plan, organisation__in=organisations, on__lte=on)
    latest = {one.organisation_id: one for one in noted.select_related("by").order_by("on", "pk")}
    return {key: one for key, one in latest.items() if one.next_on is not None}


@dataclass(frozen=True)
class Brief:
    """One page about one owner, for its minister."""

    plan: Plan
    organisation: Organisation
    on: date
    late: tuple[State, ...]
    due: tuple[State, ...]
    coming: tuple[State, ...]
    undated: tuple[State, ...]
    finished: tuple[State, ...]
    internal: tuple[State, ...]  # how far they are is not told to who asks
    to_evaluate: tuple[State, ...]
    unanswered: tuple[Asked, ...]
    latest_answer: Contribution | None
    next_contact: Contact | None

    @property
    def measures(self) -> int:
        """How many measures it owns."""
        groups = (self.late, self.due, self.coming, self.undated, self.finished, self.internal)
        return sum(len(one) for one in groups)


def brief(user: User, plan: Plan, organisation: Organisation, on: date) -> Brief:
    """Where an owner stands on a day: what it leads or helps to carry out, and what it has not answered."""
    owned = owned_states(user, plan, organisation, on)
    words = answers_told(user, plan, [organisation.pk], on)
    contacts = next_contacts(user, plan, [organisation.pk], on)
    asked = visible_to(user, Question).filter(round__plan=plan, organisation=organisation)
    groups: dict[str, list[State]] = defaultdict(list)
    for one in owned:
        groups[group(one)].append(one)
    return Brief(
        plan=plan,
        organisation=organisation,
        on=on,
        late=tuple(groups["late"]),
        due=tuple(groups["due"]),
        coming=tuple(groups["coming"]),
        undated=tuple(groups["undated"]),
        finished=tuple(groups["finished"]),
        internal=tuple(groups["internal"]),
        to_evaluate=tuple(one for one in owned if one.is_evaluation_due),
        unanswered=tuple(
            one
            for one in questions_on(user, asked, on)
            if one.state in {"waiting", "awaiting-signature", "asked"}
        ),
        latest_answer=words.get(organisation.pk),
        next_contact=contacts.get(organisation.pk),
    )


def owned_states(user: User, plan: Plan, organisation: Organisation, on: date) -> list[State]:
    """The measures that an organisation leads or helps to carry out on a day, by reference."""
    chosen = narrowed(user, plan, on, Filters(party=organisation.code)).filter(measure__kind__in=FOLLOWED)
    found = states(user, plan, on, chosen.order_by("measure__rank", "measure__number"))
    return [one for one in found if one.organisations.get(organisation.pk) in ASKED_ROLES]


def group(state: State) -> str:
    """Where a measure stands in a brief."""
    if state.is_internal:
        return "internal"
    if is_finished(state.status):
        return "finished"
    if state.is_overdue:
        return "late"
    if state.is_due:
        return "due"
    return "coming" if state.latest or state.earliest else "undated"
