"""How measures stand on a day, as values for pages: wording, owners, status, what is due, late, to evaluate.

`states` asks a constant number of questions however many measures it is given.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import OuterRef, Q, QuerySet, Subquery

from palermo.accounts.models import User
from palermo.organisations.models import Organisation
from palermo.organisations.queries import expanded
from palermo.plan.models import Contribution, Evaluation, Measure, Obligation, Ownership, Plan, Wording
from palermo.plan.queries.releasing import Told as TellsOf
from palermo.plan.queries.releasing import told_to
from palermo.plan.queries.standing import owned_on
from palermo.plan.queries.timed import (
    Dones,
    Publications,
    awaits,
    dones,
    known_by,
    publications,
    published_by,
)
from palermo.plan.queries.visibility import counting
from palermo.plan.rules import follow_up
from palermo.plan.rules.awaited import EVALUATION, Awaited, Wait, awaited
from palermo.plan.rules.awaited import standing as waiting
from palermo.plan.rules.expected import Times, times
from palermo.plan.rules.follow_up import Told
from palermo.plan.rules.said import OWN_WORDS
from palermo.plan.rules.spans import FIRST


@dataclass(frozen=True)
class Owner:
    """An owner of a measure on a day; a class with those for whom it stands that day."""

    ownership: Ownership
    members: tuple[Organisation, ...]  # who is asked in its name; none where it is undecided or unknown

    @property
    def name(self) -> str:
        """The organisation's name, else the plan's own words."""
        return self.ownership.organisation.name if self.ownership.organisation else self.ownership.text

    @property
    def role(self) -> str:
        """lead, with, consulted or follow-up."""
        return self.ownership.role

    @property
    def kind(self) -> str:
        """party, class or undecided."""
        return self.ownership.kind


@dataclass(frozen=True)
class Duty:
    """That a measure must be evaluated, and the sentence of the plan from which it follows."""

    # "own-words"; "section": the text around it; "obligation": a sentence on a topic; "event": said of it
    source: str
    text: str
    section: str
    place: Mapping[str, Any]
    obligation: Obligation | None = None


@dataclass(frozen=True)
class State:
    """A measure as it stood on a day."""

    measure: Measure
    wording: Wording
    on: date
    owners: tuple[Owner, ...]
    told: tuple[Contribution, ...]  # the latest of each organisation that counts, the newest first
    status: str
    duty: Duty | None
    evaluations: tuple[Evaluation, ...]
    told_until: date  # the day up to which who asks is told how far it is
    times: Times

    @property
    def is_internal(self) -> bool:
        """How far it is, is not told to who asks."""
        return self.status == follow_up.INTERNAL

    @property
    def reference(self) -> str:
        """M09."""
        return self.measure.reference

    @property
    def earliest(self) -> date | None:
        """The first day on which it is expected next."""
        return self.times.earliest

    @property
    def latest(self) -> date | None:
        """The last one."""
        return self.times.latest

    @property
    def is_finished(self) -> bool:
        """Nothing more is expected of it."""
        return follow_up.is_finished(self.status)

    @property
    def is_due(self) -> bool:
        """Its time has come and it is not finished."""
        return follow_up.is_due(self.earliest, self.latest, self.status, self.on)

    @property
    def is_overdue(self) -> bool:
        """Its time has passed and it is not finished."""
        return follow_up.is_overdue(self.latest, self.status, self.told_until)

    @property
    def late_since(self) -> date | None:
        """The first day on which it was late."""
        return follow_up.late_since(self.latest, self.status, self.told_until)

    @property
    def has_no_owner(self) -> bool:
        """Nobody, or only somebody still to be decided."""
        return follow_up.has_no_owner(owner.kind for owner in self.owners)

    @property
    def is_evaluation_due(self) -> bool:
        """It must be evaluated, its time is over, and no evaluation is on record."""
        return not self.is_internal and follow_up.is_evaluation_due(
            has_duty=self.duty is not None,
            latest=self.times.evaluate_after,
            evaluated=bool(self.evaluations),
            on=self.told_until,
        )

    @property
    def organisations(self) -> dict[int, str]:
        """Everybody for whom an owner stands, with the strongest role."""
        pairs = [(one.pk, owner.role) for owner in self.owners for one in owner.members]
        roles: dict[int, list[str]] = defaultdict(list)
        for key, role in pairs:
            roles[key].append(role)
        return {key: follow_up.strongest(own) for key, own in roles.items()}


def known_on(plan: Plan, on: date) -> date:
    """The day whose knowledge of the plan is shown: a day before the plan began shows it as it began."""
    return max(on, plan.since_on)


def wordings(plan: Plan, on: date) -> QuerySet[Wording]:
    """The wording of each measure of a plan that stands on a day, withdrawn measures left out."""
    return worded(plan, on).exclude(measure__withdrawal__on__lte=known_on(plan, on))


def worded(plan: Plan, on: date) -> QuerySet[Wording]:
    """The last wording of each measure of a plan up to a day, of those that were withdrawn too."""
    day = known_on(plan, on)
    latest = (
        Wording.objects.filter(measure=OuterRef("measure"), on__lte=day).order_by("-version").values("pk")[:1]
    )
    return Wording.objects.filter(measure__plan=plan, on__lte=day, pk=Subquery(latest)).select_related(
        "measure__plan", "section"
    )


def is_late(measure: Measure, on: date) -> bool:
    """Whether the time of a measure was over on a day, whatever was told about it."""
    standing = wordings(measure.plan, on).filter(measure=measure).order_by().first()
    if standing is None:
        return False
    waits = awaits([measure.pk])[measure.pk]
    follows = followed(waits, publications(one.event for one in waits if one.event), on)
    latest = times_of(standing, dones([measure.pk])[measure.pk], on, follows).latest
    return latest is not None and latest < on


def times_of(wording: Wording, done: Dones, day: date, follows: Awaited) -> Times:
    """The days of a measure, with the occurrences as they were known on a day."""
    return times(wording.earliest, wording.latest, wording.recurrence, known_by(done, day), follows)


def followed(waits: Sequence[Wait], published: Publications, day: date) -> Awaited:
    """What follows on a day from what a measure waits for; events are open to all."""
    return awaited(waits, published_by(published, day), day)


def states(user: User, plan: Plan, on: date, standing: Iterable[Wording]) -> list[State]:
    """The states of these measures on a day, as far as they are told to who asks, in the given order.

    Thirteen queries at most.
    """
    given = list(standing)
    measures = [one.measure_id for one in given]
    owners = owners_by_measure(measures, known_on(plan, on))
    open_to = told_to(user, measures, on)
    told = told_by_measure(measures, on, open_to)
    bound = obligations(plan, on)
    evaluated = evaluations_by_measure(measures, on)
    done = dones([one.measure_id for one in given if one.recurrence])
    waits = awaits(measures)
    published = publications(wait.event for those in waits.values() for wait in those if wait.event)
    return [
        state(
            one,
            open_to,
            owners[key],
            told[key],
            evaluation_duty(one, bound, waits[key], on),
            evaluated[key],
            times_of(one, done[key], open_to.day(key) or FIRST, followed(waits[key], published, on)),
        )
        for one in given
        for key in (one.measure_id,)
    ]


def state(
    wording: Wording,
    open_to: TellsOf,
    owners: Sequence[Owner],
    known: Sequence[Contribution],
    duty: Duty | None,
    evaluated: Sequence[Evaluation],
    days: Times,
) -> State:
    """One measure's state from what was found and is told."""
    on, until = open_to.on, open_to.day(wording.measure_id)
    told = open_to.of(wording.measure_id, known)
    latest = {one.question.organisation_id: one for one in told}
    return State(
        measure=wording.measure,
        wording=wording,
        on=on,
        owners=tuple(owners),
        told=tuple(sorted(latest.values(), key=lambda one: (one.on, one.pk), reverse=True)),
        status=status_of(owners, told) if until else follow_up.INTERNAL,
        duty=duty,
        evaluations=tuple(one for one in evaluated if until and one.on <= until),
        told_until=until or on,
        times=days,
    )


def status_of(owners: Iterable[Owner], told: Iterable[Contribution]) -> str:
    """The status that follows from these contributions, the oldest first, given the owners of a day."""
    leads = {one.pk for owner in owners if owner.role == follow_up.LEAD for one in owner.members}
    words = [
        Told(one.question.organisation_id, one.question.role, one.status, n) for n, one in enumerate(told)
    ]
    return follow_up.status(words, leads)


def owners_by_measure(measures: Sequence[int], day: date) -> dict[int, list[Owner]]:
    """The owners of each measure on a day, in the plan's order. Four queries."""
    held = list(
        Ownership.objects.filter(owned_on(day), measure__in=measures)
        .select_related("organisation")
        .order_by("measure", "order", "pk")
    )
    known = {one.organisation_id for one in held if one.organisation_id}
    members = expanded(Organisation.objects.filter(pk__in=known), day)
    found: dict[int, list[Owner]] = defaultdict(list)
    for one in held:
        stands = members[one.organisation_id] if one.organisation_id else []
        found[one.measure_id].append(Owner(one, tuple(stands)))
    return found


def told_by_measure(measures: Sequence[int], on: date, open_to: TellsOf) -> dict[int, list[Contribution]]:
    """What counts of what was told about each measure up to a day, oldest first; what was superseded too.

    Only what is told to who asks is read: for most people that is little of a large plan. A contribution that
    needs a signature counts from the day on which it was signed.
    """
    signed = counting() & (Q(needs_signature=False) | Q(signature__on__lte=on))
    told = (
        Contribution.objects.filter(signed, question__measure__in=measures, on__lte=on)
        .select_related("question__organisation", "question__round", "by")
        .order_by("on", "pk")
    )
    if open_to.whole is not None:
        told = told.filter(Q(question__measure__in=open_to.whole) | Q(question__round__in=open_to.rounds))
    found: dict[int, list[Contribution]] = defaultdict(list)
    for one in told:
        found[one.question.measure_id].append(one)
    return found


def evaluations_by_measure(measures: Sequence[int], on: date) -> dict[int, list[Evaluation]]:
    """The evaluations on record on a day, oldest first."""
    found: dict[int, list[Evaluation]] = defaultdict(list)
    for one in Evaluation.objects.filter(measure__in=measures, on__lte=on).order_by("held_on", "pk"):
        found[one.measure_id].append(one)
    return found


def evaluation_duty(
    wording: Wording, bound: Sequence[Obligation], waits: Sequence[Wait], on: date
) -> Duty | None:
    """Whether a measure must be evaluated and why: the plan's own words about it go before a general duty."""
    if wording.evaluation == OWN_WORDS:
        return Duty("own-words", wording.text, wording.section.number, wording.place)
    if wording.evaluation:
        return Duty("section", "", wording.evaluation, {})
    for one in bound:
        if not set(one.topics).isdisjoint(wording.topics):
            return Duty("obligation", one.text, one.section.number, one.place, one)
    waits_for = waiting(waits, EVALUATION, on)
    return Duty("event", "", wording.section.number, {}) if waits_for else None


def obligations(plan: Plan, on: date) -> list[Obligation]:
    """The duties that hold across measures of a plan, as known on a day, oldest first."""
    day = known_on(plan, on)
    known = Obligation.objects.filter(plan=plan, on__lte=day).exclude(superseded_by__on__lte=day)
    return list(known.select_related("section").order_by("on", "pk"))
