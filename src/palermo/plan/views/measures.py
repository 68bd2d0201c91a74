"""What is added to one measure: owners, evidence, evaluations, another wording, its withdrawal."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from palermo.organisations.queries import visible_to as directory
from palermo.plan import actions, queries
from palermo.plan.forms.measures import AddEvidence, EndOwner, GiveOwner, RecordEvaluation
from palermo.plan.forms.review import Mend, Reason, owner_lines
from palermo.plan.models import Measure, Ownership
from palermo.plan.views.asking import measure_of, of_one_form, only, plan_of, seen
from palermo.ui.days import today
from palermo.ui.methods import takes_form
from palermo.ui.refusals import tried


@takes_form
def owner(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Give a measure an owner."""
    measure = measure_of(request, plan_of(request, code), reference)
    user = only(request, "plan.assign", measure)
    held = queries.visible_to(user, Ownership).filter(measure=measure, ended_on=None)
    form = GiveOwner(request.POST or None, organisations=directory(user), owners=held)
    return answered(
        request,
        measure,
        form,
        lambda: actions.assign_owner(by=user, measure=measure, on=today(request), **form.cleaned_data),
        (_("Give the measure an owner"), _("Give it the owner"), _("The measure has a new owner.")),
    )


@takes_form
def end_owner(request: HttpRequest, code: str, reference: str, pk: int) -> HttpResponse:
    """End an ownership."""
    measure = measure_of(request, plan_of(request, code), reference)
    user = only(request, "plan.assign", measure)
    held = seen(request, Ownership, pk=pk, measure=measure, ended_on=None)
    form = EndOwner(request.POST or None, initial={"last": today(request)})
    title = _("%(name)s is no longer responsible") % {"name": held.organisation or held.text}
    return answered(
        request,
        measure,
        form,
        lambda: actions.end_ownership(by=user, ownership=held, on=today(request), **form.cleaned_data),
        (title, _("End its part"), _("Its part ended.")),
    )


@takes_form
def evaluation(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Put an evaluation on record."""
    measure = measure_of(request, plan_of(request, code), reference)
    user = only(request, "plan.evaluate", measure)
    form = RecordEvaluation(request.POST or None, initial={"language": user.language})
    return answered(
        request,
        measure,
        form,
        lambda: actions.record_evaluation(by=user, measure=measure, on=today(request), **form.cleaned_data),
        (_("Put an evaluation on record"), _("Put it on record"), _("The evaluation is on record.")),
    )


@takes_form
def add_evidence(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Hand in evidence about a measure."""
    measure = measure_of(request, plan_of(request, code), reference)
    user = only(request, "plan.show_evidence", measure)
    own = directory(user).filter(pk__in=queries.answers_for(user))
    form = AddEvidence(request.POST or None, request.FILES or None, organisations=own)
    return answered(
        request,
        measure,
        form,
        lambda: actions.add_evidence(by=user, about=measure, on=today(request), **given(form.cleaned_data)),
        (_("Hand in evidence"), _("Hand it in"), _("The evidence was added.")),
    )


def given(told: dict[str, Any]) -> dict[str, Any]:
    """A form's evidence as the action takes it: a file by its name and content."""
    file: UploadedFile[Any] | None = told.get("file")
    rest = {name: value for name, value in told.items() if name != "file"}
    if file is None:
        return rest
    return {**rest, "name": (file.name or "")[:300], "content": file.read() or b" "}


@takes_form
def reword(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Correct what a measure says from today on."""
    plan = plan_of(request, code)
    measure = measure_of(request, plan, reference)
    user = only(request, "plan.review", measure)
    if queries.state_of(user, measure, today(request)) is None:
        raise Http404  # it was withdrawn
    said = queries.said_on(measure, today(request))
    form = Mend(request.POST or None, said=said, language=plan.language, needs_reason=True)
    lines = owner_lines(said.owners, directory(user), request.POST or None)

    def do() -> object:
        owners = [one for line in lines if (one := line.owner())]
        reason = form.cleaned_data["reason"]
        return actions.reword(
            by=user, measure=measure, said=form.mended(owners), reason=reason, on=today(request)
        )

    if request.method == "POST" and lines.is_valid() and tried(form, do):
        messages.success(request, _("The measure was reworded; the earlier words stay in its story."))
        return redirect("plan:measure", code, reference)
    shown = {"plan": plan, "measure": measure, "form": form, "lines": lines}
    return render(request, "plan/reword.html", shown)


@takes_form
def withdraw(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Take a measure out of the plan."""
    measure = measure_of(request, plan_of(request, code), reference)
    user = only(request, "plan.review", measure)
    words = (
        _("Take the measure out of the plan"),
        _("Withdraw it"),
        _("The measure was withdrawn; its story stays."),
    )
    form = Reason(request.POST or None)
    return of_one_form(
        request,
        form,
        lambda: actions.withdraw_measure(by=user, measure=measure, on=today(request), **form.cleaned_data),
        words,
        back=reverse("plan:register", args=[code]),
        page="plan/measure_form.html",
        plan=measure.plan,
        measure=measure,
    )


def answered(
    request: HttpRequest,
    measure: Measure,
    form: forms.Form,
    do: Callable[[], object],
    words: tuple[str, str, str],
) -> HttpResponse:
    """One form about a measure: done and back to it, or shown. `words`: title, button, what was done."""
    plan = measure.plan
    back, page = reverse("plan:measure", args=[plan.code, measure.reference]), "plan/measure_form.html"
    return of_one_form(request, form, do, words, back=back, page=page, plan=plan, measure=measure)
