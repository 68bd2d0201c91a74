"""The duties to report: declared, fulfilled again and again, ended."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Max

from palermo.accounts.models import User
from palermo.audit.action import action
from palermo.errors import Refused, words
from palermo.organisations.models import Organisation
from palermo.plan.actions.evaluations import must_be_web_address
from palermo.plan.models import Delivery, DeliveryWithdrawal, Plan, ReportDuty, ReportDutyEnd
from palermo.plan.models.reporting import OFTEN
from palermo.plan.queries.recurring import delivered, reports_of
from palermo.plan.rules.cycles import Cycle
from palermo.plan.rules.said import retimed


@dataclass(frozen=True)
class DutyTerms:
    """What a sentence of the plan asks for: which report, how often (ISO 8601), from when, in words."""

    title: str
    every: str
    first: str
    text: str
    section: str = ""
    line: int | None = None


@action("plan.declare_report", permission="plan.declare_report", about="plan")
def declare_report(
    *, by: User, plan: Plan, organisation: Organisation, terms: DutyTerms, on: date
) -> ReportDuty:
    """Declare that a sentence of the plan has an organisation report again and again.

    Raises Refused ("unread-first", "empty-report-duty").
    """
    time = retimed(terms.first, plan.language)
    if time.kind != "window" or time.earliest is None or time.latest is None:
        raise Refused(
            "unread-first",
            words("“{first}” says no time with a beginning and an end."),
            words("Write a year, a part of a year, a month or a day, such as “2015” or “late 2015”."),
            first=terms.first,
        )
    if terms.every not in OFTEN or not terms.title.strip() or not terms.text.strip():
        raise Refused(
            "empty-report-duty",
            words("A duty to report needs a title, how often it falls due, and the sentence that makes it."),
            words("Copy the sentence from the plan."),
        )
    Plan.objects.select_for_update().get(pk=plan.pk)
    number = (ReportDuty.objects.filter(plan=plan).aggregate(most=Max("number"))["most"] or 0) + 1
    return ReportDuty.objects.create(
        plan=plan,
        number=number,
        organisation=organisation,
        title=terms.title.strip(),
        language=plan.language,
        every=terms.every,
        first_text=terms.first.strip(),
        earliest=time.earliest,
        latest=time.latest,
        section=terms.section.strip(),
        text=terms.text.strip(),
        place={"line": terms.line} if terms.line else {},
        by=by,
        on=on,
    )


@action("plan.end_report_duty", permission="plan.declare_report", about="duty")
def end_report_duty(*, by: User, duty: ReportDuty, reason: str, on: date) -> ReportDutyEnd:
    """Say that a duty to report holds no longer, and why.

    Raises Refused ("no-reason", "report-duty-ended").
    """
    must_have_a_reason(reason)
    still(duty, on)
    return ReportDutyEnd.objects.create(duty=duty, reason=reason.strip(), by=by, on=on)


@action("plan.deliver_report", permission="plan.deliver_report", about="duty")
def deliver_report(
    *,
    by: User,
    duty: ReportDuty,
    due_on: date,
    delivered_on: date,
    on: date,
    reference: str = "",
    address: str = "",
) -> Delivery:
    """Put on record that the report whose last day is `due_on` was delivered, and where it is found.

    Raises Refused ("no-report", "no-web-address", "report-duty-ended", "no-such-report", "delivered-ahead").
    """
    must_be_found(reference, address)
    still(duty, on)
    if delivered_on > on:
        raise Refused(
            "delivered-ahead",
            words("The report would be delivered on {delivered_on}, which has not come yet."),
            words("Put it on record once it was delivered."),
            delivered_on=delivered_on,
        )
    due = open_report(by, duty, due_on, on)
    return Delivery.objects.create(
        duty=duty,
        earliest=due.earliest,
        latest=due.latest,
        delivered_on=delivered_on,
        reference=reference.strip(),
        address=address.strip(),
        by=by,
        on=on,
    )


@action("plan.take_back_delivery", permission="plan.deliver_report", about="delivery")
def take_back_delivery(*, by: User, delivery: Delivery, reason: str, on: date) -> DeliveryWithdrawal:
    """Say that a delivery on record does not hold, and why; it stays in the history.

    Raises Refused ("no-reason", "delivery-withdrawn").
    """
    must_have_a_reason(reason)
    ReportDuty.objects.select_for_update().get(pk=delivery.duty_id)
    if DeliveryWithdrawal.objects.filter(delivery=delivery).exists():
        raise Refused(
            "delivery-withdrawn",
            words("This was taken back already."),
            words("Look at the list again; nothing more is needed."),
        )
    return DeliveryWithdrawal.objects.create(delivery=delivery, reason=reason.strip(), by=by, on=on)


def must_have_a_reason(reason: str) -> None:
    """Refuse a decision without a reason."""
    if not reason.strip():
        raise Refused(
            "no-reason",
            words("This decision needs a reason."),
            words("Say in a sentence why; it is kept in the history."),
        )


def must_be_found(reference: str, address: str) -> None:
    """Refuse a delivery of which nobody could say where it is."""
    if not reference.strip() and not address.strip():
        raise Refused(
            "no-report",
            words("A report that was delivered must be found again."),
            words("Give its reference or its address."),
        )
    if address.strip():
        must_be_web_address(address.strip())


def still(duty: ReportDuty, on: date) -> None:
    """Refuse what concerns a duty that was ended."""
    ReportDuty.objects.select_for_update().get(pk=duty.pk)
    if ReportDutyEnd.objects.filter(duty=duty, on__lte=on).exists():
        raise Refused(
            "report-duty-ended",
            words("This duty to report was ended already."),
            words("Look at the list again; nothing more is needed."),
        )


def open_report(by: User, duty: ReportDuty, due_on: date, on: date) -> Cycle:
    """The report of a duty whose last day this is. Raises Refused where it was delivered, or is none."""
    found = reports_of(duty, delivered(by, [duty], on)[duty.pk], on)
    due = next((one for one in found if one.cycle.latest == due_on), None)
    if due is None or due.delivery is not None:
        raise Refused(
            "no-such-report",
            words("No report of this duty that is due by {due_on} is open."),
            words("Choose one of the reports of the list."),
            due_on=due_on,
        )
    return due.cycle
