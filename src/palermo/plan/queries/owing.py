"""Who owes the Bureau what: by owner, late since when, last words, next contact, what changed this week."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from palermo.accounts.models import User
from palermo.organisations.models import Organisation
from palermo.plan.models import Contact, Contribution, Kind, Plan, Question
from palermo.plan.queries.board import Asked, questions_on
from palermo.plan.queries.happened import Happened
from palermo.plan.queries.history import happened
from palermo.plan.queries.measures import Filters, as_of, narrowed
from palermo.plan.queries.state import State, states
from palermo.plan.queries.visibility import visible_on, visible_to
from palermo.plan.rules.follow_up import ASKED_ROLES, is_finished
from palermo.ui.alphabet import alphabetical

WEEK = timedelta(days=6)  # with the day itself, seven days
FOLLOWED: tuple[str, ...] = (Kind.MEASURE, Kind.TRAINING)
# What changes nothing about a measure: that the Bureau asks and reminds, that a document says something.
UNCHANGING = frozenset({"asked", "reminded", "said", "gone"})


@dataclass(frozen=True)
class Owed:
    """A measure that an owner has not finished, and the role in which it owes it."""

    state: State
    role: str


@dataclass(frozen=True)
class OwnerAccount:
    """What one owner owes on a day. The organisation is None where only the plan's words are known."""

    organisation: Organisation | None
    name: str
    owed: tuple[Owed, ...]  # the longest late first
    latest_answer: Contribution | None
    next_contact: Contact | None
    changed: tuple[Happened, ...]

    @property
    def late(self) -> int:
        """How many of its measures are late."""
        return sum(one.state.is_overdue for one in self.owed)

    @property
    def late_since(self) -> date | None:
        """Since when it has been late with anything."""
        return min((one.state.late_since for one in self.owed if one.state.late_since), default=None)


@dataclass(frozen=True)
class Owing:
    """Everything that is owed on a day, and what nobody owns."""

    plan: Plan
    on: date
    owners: tuple[OwnerAccount, ...]  # the longest late first
    without_owner: tuple[State, ...]
    changed: tuple[Happened, ...]  # in the plan in these seven days, the latest first
    references: Mapping[int, str]  # of every measure that is followed, by its key
    internal: int  # measures of which who asks is not told how far they are


def who_owes_me(user: User, plan: Plan, on: date, kinds: Collection[str] = FOLLOWED) -> Owing:
    """What is owed on a day, by owner: who leads or carries out with a lead. A constant number of queries."""
    followed = [one for one in as_of(user, plan, on) if one.measure.kind in kinds]
    open_now = [one for one in followed if not is_finished(one.status) and not one.is_internal]
    references = {one.measure.pk: one.reference for one in followed}
    week = happened(user, references, on, since=on - WEEK)
    changed = [one for one in week if one.what not in UNCHANGING]
    organisations = {one.pk: one for state in open_now for one in members(state)}
    words = latest_answer(user, plan, organisations, on)
    contacts = next_contacts(user, plan, organisations, on)
    accounts = []
    for key, owed in by_owner(open_now).items():
        organisation = organisations[key] if isinstance(key, int) else None
        accounts.append(
            OwnerAccount(
                organisation=organisation,
                name=organisation.name if organisation else str(key),
                owed=tuple(sorted(owed, key=lateness)),
                latest_answer=words.get(key),
                next_contact=contacts.get(key),
                changed=tuple(concerning(key, owed, changed)),
            )
        )
    return Owing(
        plan=plan,
        on=on,
        owners=tuple(sorted(accounts, key=lambda one: (one.late_since or date.max, alphabetical(one.name)))),
        without_owner=tuple(one for one in followed if not one.is_finished and one.has_no_owner),
        changed=tuple(reversed(changed)),
        references=references,
        internal=sum(one.is_internal for one in followed),
    )


def members(state: State) -> Iterable[Organisation]:
    """Everybody for whom an owner of a measure stands."""
    return (one for owner in state.owners for one in owner.members)


def by_owner(open_now: Iterable[State]) -> dict[int | str, list[Owed]]:
    """What each owner owes: an organisation by its key, one that the directory does not know by its words."""
    found: dict[int | str, list[Owed]] = defaultdict(list)
    for state in open_now:
        for key, role in state.organisations.items():
            if role in ASKED_ROLES:
                found[key].append(Owed(state, role))
        for owner in state.owners:
            if not owner.members and owner.kind != "undecided" and owner.role in ASKED_ROLES:
                found[owner.ownership.text].append(Owed(state, owner.role))
    return found


def lateness(owed: Owed) -> tuple[date, date, str]:
    """The longest late first, then what comes first."""
    state = owed.state
    return state.late_since or date.max, state.wording.latest or date.max, state.reference


def concerning(key: int | str, owed: Iterable[Owed], changed: Iterable[Happened]) -> list[Happened]:
    """What changed about an owner: what names it, and what happened to its measures and names nobody."""
    own = {one.state.measure.pk for one in owed}
    return [
        one
        for one in changed
        if one.organisation_id == key or (one.organisation_id is None and one.measure_id in own)
    ]


def latest_answer(
    user: User, plan: Plan, organisations: Collection[int], on: date
) -> dict[int | str, Contribution]:
    """The last contribution of each organisation up to a day, as far as this person may see it."""
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
    words = latest_answer(user, plan, [organisation.pk], on)
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
    return "coming" if state.wording.latest or state.wording.earliest else "undated"
