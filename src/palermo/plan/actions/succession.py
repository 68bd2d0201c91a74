"""A plan follows another: which one, its measures entered by hand, and what became of each of them."""

from __future__ import annotations

from datetime import date

from palermo.accounts.models import User
from palermo.errors import Refused, words
from palermo.plan.actions.documents import PlanTerms, new_plan
from palermo.plan.facts import new_measure
from palermo.plan.models import (
    Kind,
    Measure,
    Outcome,
    OutcomeKind,
    OutcomeWithdrawal,
    Plan,
    Succession,
    Wording,
)
from palermo.plan.models.succession import SUCCEEDED
from palermo.plan.queries.carry_over import plan_before, standing_outcomes
from palermo.plan.rules.said import Said, retimed
from palermo.plan.standings import action


@action("plan.follow", permission="plan.carry_over", about="plan")
def follow(*, by: User, plan: Plan, earlier: Plan, on: date) -> Succession:
    """Say which plan this plan follows.

    Raises Refused ("not-before").
    """
    return followed(plan, earlier, by=by, on=on)


@action("plan.begin_earlier", permission="plan.carry_over", about="plan")
def begin_earlier(*, by: User, plan: Plan, terms: PlanTerms, on: date) -> Plan:
    """Begin the plan that this plan follows, without a document; its measures are entered by hand.

    Raises Refused ("plan-exists", "plan-period", "not-before").
    """
    made = new_plan(terms, by=by, on=on)
    followed(plan, made, by=by, on=on)
    return made


@action("plan.enter_measure", permission="plan.carry_over", about="plan")
def enter_measure(
    *, by: User, plan: Plan, number: int, text: str, on: date, section: str = "", timing: str = ""
) -> Measure:
    """Enter a measure of a plan by hand under its own number, known from the plan's adoption or first day.

    Raises Refused ("number-taken", "no-measure").
    """
    Plan.objects.select_for_update().get(pk=plan.pk)
    if Measure.objects.filter(plan=plan, kind=Kind.MEASURE, number=number).exists():
        raise Refused(
            "number-taken",
            words("The plan has a measure {number} already."),
            words("Give the number that stands in the plan."),
            number=number,
        )
    if not text.strip() or number < 1:
        raise Refused(
            "no-measure",
            words("A measure needs its number and its words."),
            words("Copy them from the plan, or say them in your own words."),
        )
    said = Said(
        kind=Kind.MEASURE, section=section.strip(), text=text.strip(), timing=retimed(timing, plan.language)
    )
    known = min(plan.adopted_on or plan.since_on, on)
    return new_measure(plan, said, number=number, by=by, on=known)


@action("plan.record_outcome", permission="plan.carry_over", about="measure")
def record_outcome(
    *,
    by: User,
    measure: Measure,
    kind: str,
    language: str,
    on: date,
    successor: Measure | None = None,
    source: str = "",
) -> Outcome:
    """Put on record what became of a measure: continued or replaced by another, ended by a decision, done.

    Raises Refused ("no-successor", "no-source", "outcome-known", "not-the-next-plan").
    """
    needs_what_it_is_known_from(kind, successor, source)
    if successor is not None and kind in SUCCEEDED:
        must_follow(measure, successor, on)
    must_agree(measure, kind, successor, on)
    return Outcome.objects.create(
        measure=measure,
        kind=kind,
        successor=successor if kind in SUCCEEDED else None,
        source=source.strip(),
        language=language,
        by=by,
        on=on,
    )


@action("plan.withdraw_outcome", permission="plan.carry_over", about="outcome")
def withdraw_outcome(*, by: User, outcome: Outcome, reason: str, on: date) -> OutcomeWithdrawal:
    """Say that an outcome on record does not hold, and why; it stays in the history.

    Raises Refused ("no-reason", "outcome-withdrawn").
    """
    if not reason.strip():
        raise Refused(
            "no-reason",
            words("This decision needs a reason."),
            words("Say in a sentence why; it is kept in the history."),
        )
    Outcome.objects.select_for_update().get(pk=outcome.pk)
    if OutcomeWithdrawal.objects.filter(outcome=outcome).exists():
        raise Refused(
            "outcome-withdrawn",
            words("This was taken back already."),
            words("Look at the measure again; nothing more is needed."),
        )
    return OutcomeWithdrawal.objects.create(outcome=outcome, reason=reason.strip(), by=by, on=on)


def followed(plan: Plan, earlier: Plan, *, by: User, on: date) -> Succession:
    """The fact that a plan follows another, which began before it: so no circle can come about."""
    if earlier.since_on >= plan.since_on:
        raise Refused(
            "not-before",
            words("The plan before would begin on {since_on}, not before this one."),
            words("Choose a plan that began earlier."),
            since_on=earlier.since_on,
        )
    return Succession.objects.create(plan=plan, follows=earlier, by=by, on=on)


def needs_what_it_is_known_from(kind: str, successor: Measure | None, source: str) -> None:
    """Refuse an outcome that rests on nothing."""
    if kind not in OutcomeKind.values or (kind in SUCCEEDED and successor is None):
        raise Refused(
            "no-successor",
            words("A measure goes on, or is replaced, by a measure of the next plan."),
            words("Choose the measure."),
        )
    if kind not in SUCCEEDED and not source.strip():
        raise Refused(
            "no-source",
            words("That a measure was ended or finished must be known from something."),
            words("Name the decision, or say where it is told."),
        )


def must_follow(measure: Measure, successor: Measure, on: date) -> None:
    """Refuse a successor of a plan that does not follow the measure's plan, or that was withdrawn."""
    before = plan_before(successor.plan, on)
    gone = not Wording.objects.filter(measure=successor).exclude(measure__withdrawal__on__lte=on).exists()
    if before is None or before.pk != measure.plan_id or gone:
        raise Refused(
            "not-the-next-plan",
            words("{reference} is no measure of the plan that follows."),
            words("Choose a measure of the next plan."),
            reference=successor.reference,
        )


def must_agree(measure: Measure, kind: str, successor: Measure | None, on: date) -> None:
    """Refuse an outcome that is on record, or that contradicts what is."""
    Measure.objects.select_for_update().get(pk=measure.pk)
    held = standing_outcomes([measure.pk], on)[measure.pk]
    same = any(one.kind == kind and one.successor_id == (successor.pk if successor else None) for one in held)
    ended = any((one.kind == OutcomeKind.ENDED) != (kind == OutcomeKind.ENDED) for one in held)
    if same or ended:
        raise Refused(
            "outcome-known",
            words("What is on record about measure {reference} says the same already, or the contrary."),
            words("Take back what does not hold first."),
            reference=measure.reference,
        )
