"""How facts about measures are written down. Only the room's actions use it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import TypeVar

from django.db.models import Max

from palermo.accounts.models import User
from palermo.organisations.models import Organisation
from palermo.plan.models import (
    Contribution,
    Evaluation,
    ImportedRow,
    Kind,
    Measure,
    Obligation,
    Occurrence,
    OccurrenceWithdrawal,
    Ownership,
    Plan,
    Question,
    Release,
    Section,
    Signature,
    Step,
    StepWithdrawal,
    Wait,
    Withdrawal,
    Wording,
)
from palermo.plan.models.measures import RANKS
from palermo.plan.rules.said import OwnerSaid, Said, section_order
from palermo.plan.standings import changed, spoken

Stated = (
    Withdrawal
    | Evaluation
    | Contribution
    | Signature
    | Obligation
    | Release
    | Occurrence
    | OccurrenceWithdrawal
    | Step
    | StepWithdrawal
    | Wait
)
S = TypeVar("S", bound=Stated)


def stated(fact: S) -> S:
    """Write down a fact from which it follows how measures stand."""
    fact.save(force_insert=True)
    if isinstance(fact, Contribution | Signature):
        spoken(fact if isinstance(fact, Contribution) else fact.contribution)
    changed(concerned(fact))
    return fact


def concerned(fact: Stated) -> Iterable[int]:
    """The measures that may stand otherwise since a fact is known."""
    if isinstance(fact, Obligation):
        return bound_by(fact)
    if isinstance(fact, Release):
        return Question.objects.filter(round=fact.round).order_by().values_list("measure", flat=True)
    if isinstance(fact, Signature):
        return [fact.contribution.question.measure_id]
    if isinstance(fact, Step | StepWithdrawal):
        return waiting_for(fact if isinstance(fact, Step) else fact.step)
    if isinstance(fact, OccurrenceWithdrawal):
        return [fact.occurrence.measure_id]
    return [fact.question.measure_id if isinstance(fact, Contribution) else fact.measure_id]


def waiting_for(step: Step) -> set[int]:
    """The measures that wait, or waited, for the publication of a bill that reached a step."""
    return set(Wait.objects.filter(event_measure=step.measure_id).values_list("measure", flat=True))


def bound_by(clause: Obligation) -> set[int]:
    """The measures that a clause is about, or the clause whose place it takes."""
    topics = {*clause.topics, *(clause.supersedes.topics if clause.supersedes else ())}
    worded = Wording.objects.filter(measure__plan=clause.plan_id).values_list("measure", "topics")
    return {measure for measure, own in worded if not topics.isdisjoint(own)}


def section_of(plan: Plan, number: str, title: str = "") -> Section:
    """A section of a plan by its number; made when it is new, given a title when it had none."""
    found, _made = Section.objects.get_or_create(
        plan=plan, number=number, defaults={"title": title, "order": section_order(number)}
    )
    if title and not found.title:
        found.title = title
        found.save(update_fields=["title"])
    return found


def next_number(plan: Plan, kind: str) -> int:
    """The first number of a kind that no measure has and no row has reserved."""
    taken = Measure.objects.filter(plan=plan, kind=kind).aggregate(most=Max("number"))["most"] or 0
    reserved = ImportedRow.objects.filter(imported__plan=plan, kind=kind).aggregate(most=Max("number"))[
        "most"
    ]
    return max(taken, reserved or 0) + 1


def new_measure(
    plan: Plan, said: Said, *, number: int, by: User, on: date, origin: ImportedRow | None = None
) -> Measure:
    """A measure with its first wording and its owners."""
    measure = Measure.objects.create(
        plan=plan, kind=said.kind, number=number, rank=RANKS[Kind(said.kind)], by=by, on=on
    )
    append_wording(measure, said, by=by, on=on, origin=origin)
    add_owners(measure, said.owners, by=by, on=on)
    return measure


def append_wording(
    measure: Measure, said: Said, *, by: User, on: date, origin: ImportedRow | None = None, reason: str = ""
) -> Wording:
    """The next wording of a measure."""
    version = measure.wordings.aggregate(most=Max("version"))["most"] or 0
    timing = said.timing
    changed([measure.pk])
    return Wording.objects.create(
        measure=measure,
        version=version + 1,
        section=section_of(measure.plan, said.section),
        text=said.text,
        language=measure.plan.language,
        strength=said.strength,
        actor=said.actor,
        training=said.training,
        timing_text=timing.text,
        timing_kind=timing.kind,
        timing_basis=timing.basis,
        edtf=timing.edtf or "",
        earliest=timing.earliest,
        latest=timing.latest,
        recurrence=timing.recurrence or "",
        at_least=timing.at_least or "",
        at_most=timing.at_most or "",
        topics=list(said.topics),
        evaluation=said.evaluation,
        place=dict(said.place),
        origin=origin,
        reason=reason,
        by=by,
        on=on,
    )


def add_owners(measure: Measure, owners: Sequence[OwnerSaid], *, by: User, on: date) -> list[Ownership]:
    """Owners of a measure from a day on, after those that it has; an unknown party keeps its words."""
    codes = {one.party for one in owners if one.party}
    known = {one.code: one for one in Organisation.objects.filter(code__in=codes)}
    changed([measure.pk])
    first = (measure.ownerships.aggregate(most=Max("order"))["most"] or 0) + 1
    return Ownership.objects.bulk_create(
        Ownership(
            measure=measure,
            organisation=None if one.kind == "undecided" else known.get(one.party or ""),
            text=one.text,
            role=one.role,
            kind=one.kind,
            basis=one.basis,
            order=first + place,
            since_on=on,
            by=by,
            on=on,
        )
        for place, one in enumerate(owners)
    )


def end_owners(owners: Sequence[Ownership], *, by: User, last: date, on: date, reason: str) -> None:
    """End ownerships: `last` is their last day, learned on the day `on`."""
    keys = [one.pk for one in owners]
    changed(one.measure_id for one in owners)
    Ownership.objects.filter(pk__in=keys).update(ended_on=last, end_known_on=on, end_by=by, end_reason=reason)
