"""The duties to report: their list, declared, fulfilled, ended."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palermo.accounts.asking import asker
from palermo.accounts.models import User
from palermo.organisations.queries import visible_to as directory
from palermo.plan import actions, queries
from palermo.plan.actions import DutyTerms
from palermo.plan.forms.reporting import DeclareReport, DeliverReport
from palermo.plan.forms.review import Reason
from palermo.plan.models import Delivery, Plan, ReportDuty
from palermo.plan.queries import Recurring
from palermo.plan.templatetags.recurring import cycle_words, often_words, window_words
from palermo.plan.views.asking import of_one_form, only, plan_of, seen
from palermo.ui.days import day, today
from palermo.ui.downloads import sheet
from palermo.ui.methods import takes_form


@require_safe
def reports(request: HttpRequest, code: str) -> HttpResponse:
    """The duties to report with what was delivered, what is due and what is late."""
    plan, user = plan_of(request, code), asker(request)
    found = queries.recurring_reports(user, plan, day(request))
    shown = {
        "plan": plan,
        "duties": [(one, user.may("plan.deliver_report", one.duty)) for one in found],
        "office": user.may("plan.declare_report"),
    }
    return render(request, "plan/recurring_reports.html", shown)


@require_safe
def export(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The reports as a spreadsheet, one line for each."""
    plan = plan_of(request, code)
    columns = [_("No."), _("Report"), _("Who reports"), _("How often"), _("First day"), _("Last day")]
    columns += [_("Stands"), _("Late since"), _("Delivered on"), _("Reference"), _("Address")]
    rows = [
        [
            one.duty.reference,
            one.duty.title,
            one.duty.organisation.name,
            often_words(one.duty.every),
            report.cycle.earliest,
            report.cycle.latest,
            cycle_words(report.cycle.state),
            report.cycle.late_since,
            report.delivery.delivered_on if report.delivery else None,
            report.delivery.reference if report.delivery else "",
            report.delivery.address if report.delivery else "",
        ]
        for one in queries.recurring_reports(asker(request), plan, day(request))
        for report in one.reports
    ]
    return sheet(kind, f"{plan.code}-recurring-reports", columns, rows)


@takes_form
def declare(request: HttpRequest, code: str) -> HttpResponse:
    """Declare that somebody reports again and again."""
    plan = plan_of(request, code)
    user = only(request, "plan.declare_report")
    form = DeclareReport(request.POST or None, organisations=directory(user))
    return answered(
        request,
        plan,
        form,
        lambda: declared(user, plan, form.cleaned_data, today(request)),
        (_("A duty to report"), _("Declare the duty"), _("The duty holds from today on.")),
    )


def declared(user: User, plan: Plan, given: dict[str, Any], on: date) -> ReportDuty:
    """The duty that a form declares."""
    terms = {key: one for key, one in given.items() if key != "organisation"}
    return actions.declare_report(
        by=user, plan=plan, organisation=given["organisation"], terms=DutyTerms(**terms), on=on
    )


@takes_form
def deliver(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Put a report that was delivered on record."""
    plan = plan_of(request, code)
    one = recurring(request, plan, number)
    user = only(request, "plan.deliver_report", one.duty)
    form = DeliverReport(request.POST or None, reports=one.reports)
    return answered(
        request,
        plan,
        form,
        lambda: actions.deliver_report(by=user, duty=one.duty, on=today(request), **form.cleaned_data),
        (
            _("%(report)s was delivered") % {"report": one.duty.title},
            _("Put it on record"),
            _("The report is on record."),
        ),
    )


@takes_form
def end(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """End a duty to report."""
    plan = plan_of(request, code)
    user, one = only(request, "plan.declare_report"), recurring(request, plan, number)
    form = Reason(request.POST or None)
    return answered(
        request,
        plan,
        form,
        lambda: actions.end_report_duty(by=user, duty=one.duty, on=today(request), **form.cleaned_data),
        (
            _("%(report)s is owed no longer") % {"report": one.duty.title},
            _("End the duty"),
            _("The duty was ended; what was delivered stays in the history."),
        ),
    )


@takes_form
def take_back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take back that a report was delivered."""
    plan = plan_of(request, code)
    held = seen(request, Delivery, pk=pk, duty__plan=plan, withdrawal=None)
    user = only(request, "plan.deliver_report", held)
    form = Reason(request.POST or None)
    told = {"report": held.duty.title, "window": window_words(held)}
    title = _("%(report)s, %(window)s: it was not delivered") % told
    return answered(
        request,
        plan,
        form,
        lambda: actions.take_back_delivery(by=user, delivery=held, on=today(request), **form.cleaned_data),
        (title, _("Take it back"), _("It was taken back; it stays in the history.")),
    )


def recurring(request: HttpRequest, plan: Plan, number: int) -> Recurring:
    """The duty of an address, as it holds today."""
    found = queries.recurring_reports(asker(request), plan, today(request))
    for one in found:
        if one.duty.number == number:
            return one
    raise Http404


def answered(
    request: HttpRequest,
    plan: Plan,
    form: forms.Form,
    do: Callable[[], object],
    words: tuple[str, str, str],
) -> HttpResponse:
    """One form about a duty to report: done and back, or shown. `words`: title, button, what was done."""
    back = reverse("plan:recurring-reports", args=[plan.code])
    return of_one_form(request, form, do, words, back=back, page="plan/recurring_form.html", plan=plan)
