"""The road of a bill: which measure is one, and the steps that it reaches."""

from __future__ import annotations

from datetime import date

from palermo.accounts.models import User
from palermo.errors import Refused, words
from palermo.plan.facts import stated
from palermo.plan.models import BillMark, Measure, Plan, Step, StepWithdrawal
from palermo.plan.queries.bills import is_bill_on
from palermo.plan.rules.bills import STEPS, wrong_day
from palermo.plan.standings import action


@action("plan.mark_bill", permission="plan.mark_bill", about="measure")
def mark_bill(*, by: User, measure: Measure, is_bill: bool, on: date, reason: str = "") -> BillMark:
    """Say that a measure is a bill, or that it is none, whatever its words say."""
    return BillMark.objects.create(measure=measure, is_bill=is_bill, reason=reason.strip(), by=by, on=on)


@action("plan.record_step", permission="plan.record_step", about="measure")
def record_step(
    *, by: User, measure: Measure, kind: str, reached_on: date, on: date, reference: str = ""
) -> Step:
    """Put on record that a bill reached a step of its road; steps may be skipped and reached again.

    Raises Refused ("no-bill", "step-ahead", "step-before-plan", "unknown-step", "step-known").
    """
    must_be_a_bill(measure, on)
    if kind not in STEPS:
        raise Refused(
            "unknown-step",
            words("“{kind}” is no step of a bill's road."),
            words("Choose one of the steps of the list."),
            kind=kind,
        )
    must_be_possible(measure.plan, reached_on, on)
    Measure.objects.select_for_update().get(pk=measure.pk)
    held = Step.objects.filter(measure=measure, kind=kind, reached_on=reached_on, withdrawal=None)
    if held.exists():
        raise Refused(
            "step-known",
            words("That the bill reached this step on {reached_on} is on record already."),
            words("Look at the measure; take the step back first if its reference is wrong."),
            reached_on=reached_on,
        )
    return stated(
        Step(measure=measure, kind=kind, reached_on=reached_on, reference=reference.strip(), by=by, on=on)
    )


@action("plan.take_back_step", permission="plan.record_step", about="step")
def take_back_step(*, by: User, step: Step, reason: str, on: date) -> StepWithdrawal:
    """Say that a step on record does not hold, and why; it stays in the history.

    Raises Refused ("no-reason", "step-withdrawn").
    """
    if not reason.strip():
        raise Refused(
            "no-reason",
            words("This decision needs a reason."),
            words("Say in a sentence why; it is kept in the history."),
        )
    Step.objects.select_for_update().get(pk=step.pk)
    if StepWithdrawal.objects.filter(step=step).exists():
        raise Refused(
            "step-withdrawn",
            words("This step was taken back already."),
            words("Look at the measure again; nothing more is needed."),
        )
    return stated(StepWithdrawal(step=step, reason=reason.strip(), by=by, on=on))


def must_be_a_bill(measure: Measure, on: date) -> None:
    """Refuse the steps of a measure that is no bill."""
    if not is_bill_on(measure, on):
        raise Refused(
            "no-bill",
            words("Measure {reference} is not known as a bill."),
            words("Ask the Bureau to say that it is one."),
            reference=measure.reference,
        )


def must_be_possible(plan: Plan, reached_on: date, on: date) -> None:
    """Refuse a day on which no step of this plan's bill can have been reached."""
    since = min(plan.adopted_on or plan.since_on, plan.since_on)
    wrong = wrong_day(reached_on, since, on)
    if wrong == "ahead":
        raise Refused(
            "step-ahead",
            words("The bill would reach this step on {reached_on}, which has not come yet."),
            words("Put it on record once it is so; nothing is lost until then."),
            reached_on=reached_on,
        )
    if wrong:
        raise Refused(
            "step-before-plan",
            words("The plan began on {since_on}; it cannot follow a step of {reached_on}."),
            words("Check the year, or record the step with the measure of the plan before."),
            since_on=since,
            reached_on=reached_on,
        )
