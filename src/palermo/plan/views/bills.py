"""The bills of a plan: their list, which measures are bills, the steps that they reach."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palermo.accounts.asking import asker
from palermo.plan import actions, queries
from palermo.plan.forms.bills import MarkBill, RecordStep
from palermo.plan.forms.review import Reason
from palermo.plan.models import Measure, Step
from palermo.plan.queries import Bill
from palermo.plan.rules.bills import next_step
from palermo.plan.templatetags.bills import STEPS, step_said
from palermo.plan.templatetags.plan import status_words
from palermo.plan.views.asking import measure_of, only, plan_of, seen
from palermo.plan.views.measures import answered
from palermo.ui.days import day, today
from palermo.ui.downloads import sheet
from palermo.ui.methods import takes_form


@require_safe
def bills(request: HttpRequest, code: str) -> HttpResponse:
    """Every bill of a plan with how far it is."""
    plan = plan_of(request, code)
    found = queries.bills(asker(request), plan, day(request))
    return render(
        request,
        "plan/bills.html",
        {"plan": plan, "bills": found, "internal": not all(one.is_told for one in found)},
    )


@require_safe
def export(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The bills as a spreadsheet, a column for each step."""
    plan = plan_of(request, code)
    columns = [_("No."), _("Measure"), _("Party responsible"), _("Status"), _("Last step")]
    columns += [str(words) for words in STEPS.values()]
    rows = [row_of(one) for one in queries.bills(asker(request), plan, day(request))]
    return sheet(kind, f"{plan.code}-bills", columns, rows)


def row_of(bill: Bill) -> list[Any]:
    """A bill as a row of a spreadsheet."""
    return [
        bill.state.reference,
        bill.state.wording.text,
        "; ".join(owner.name for owner in bill.state.owners),
        status_words(bill.state.status),
        step_said(bill.last) if bill.last else "",
        *("; ".join(said(step) for step in one.reached) for one in bill.stations),
    ]


def said(step: Step) -> str:
    """A step's day as a machine sorts it, with its reference."""
    return f"{step.reached_on.isoformat()} {step.reference}".strip()


@takes_form
def mark(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Say whether a measure is a bill."""
    measure = measure_of(request, plan_of(request, code), reference)
    user = only(request, "plan.mark_bill", measure)
    bill = bill_of(request, measure)
    form = MarkBill(request.POST or None, initial={"is_bill": "no" if bill else "yes"})
    return answered(
        request,
        measure,
        form,
        lambda: actions.mark_bill(by=user, measure=measure, on=today(request), **form.cleaned_data),
        (_("Bill or no bill"), _("Put it on record"), _("Whether it is a bill is on record.")),
    )


@takes_form
def record(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Put a step of a bill on record."""
    measure = measure_of(request, plan_of(request, code), reference)
    user = only(request, "plan.record_step", measure)
    bill = bill_of(request, measure)
    if bill is None:
        raise Http404
    following = next_step(bill.last.kind if bill.last else "")
    form = RecordStep(request.POST or None, initial={"kind": following})
    return answered(
        request,
        measure,
        form,
        lambda: actions.record_step(by=user, measure=measure, on=today(request), **form.cleaned_data),
        (_("A step of the bill"), _("Put it on record"), _("The step is on record.")),
    )


@takes_form
def take_back(request: HttpRequest, code: str, reference: str, pk: int) -> HttpResponse:
    """Take a step of a bill back."""
    measure = measure_of(request, plan_of(request, code), reference)
    user = only(request, "plan.record_step", measure)
    step = seen(request, Step, pk=pk, measure=measure, withdrawal=None)
    form = Reason(request.POST or None)
    title = _("%(step)s: it does not hold") % {"step": step_said(step)}
    return answered(
        request,
        measure,
        form,
        lambda: actions.take_back_step(by=user, step=step, on=today(request), **form.cleaned_data),
        (title, _("Take it back"), _("It was taken back; it stays in the history.")),
    )


def bill_of(request: HttpRequest, measure: Measure) -> Bill | None:
    """The bill that a measure is today, if it is one."""
    state = queries.state_of(asker(request), measure, today(request))
    if state is None:
        raise Http404  # it was withdrawn
    return queries.bill_of(asker(request), state, today(request))
