"""The plan before: which one it is, its measures, and what became of each."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palermo.accounts.asking import asker
from palermo.plan import actions, queries
from palermo.plan.actions import PlanTerms
from palermo.plan.forms.carry_over import BeginEarlier, EnterMeasure, FollowsPlan, RecordOutcome
from palermo.plan.forms.review import Reason
from palermo.plan.models import Outcome, Plan
from palermo.plan.queries.carry_over import Carried
from palermo.plan.queries.state import wordings
from palermo.plan.templatetags.recommendations import outcome_words
from palermo.plan.views.asking import measure_of, of_one_form, only, plan_of, seen
from palermo.ui.days import day, today
from palermo.ui.downloads import sheet
from palermo.ui.methods import takes_form


@require_safe
def carry_over(request: HttpRequest, code: str) -> HttpResponse:
    """What became of each measure of the plan before; those that disappeared first."""
    plan = plan_of(request, code)
    found = queries.carry_over(asker(request), plan, day(request))
    return render(request, "plan/carry_over.html", {"plan": plan, "carried": found})


@require_safe
def export(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """What became of each measure, as a spreadsheet."""
    plan = plan_of(request, code)
    found = queries.carry_over(asker(request), plan, day(request))
    columns = [
        _("No."),
        _("Measure"),
        _("What became of it"),
        _("Measures of this plan"),
        _("How it is known"),
    ]
    rows = [as_line(one) for _kind, group in (found.groups if found else []) for one in group]
    return sheet(kind, f"{plan.code}-carry-over", columns, rows)


def as_line(one: Carried) -> list[Any]:
    """A measure of the plan before as a line of a spreadsheet."""
    known = [each.source for each in one.outcomes if each.source]
    known += [one.withdrawal.reason] if one.withdrawal else []
    return [
        one.measure.reference,
        one.wording.text,
        outcome_words(one.kind),
        ", ".join(each.successor.reference for each in one.outcomes if each.successor),
        "; ".join(known) or (_("its owner told so") if one.is_told else ""),
    ]


@takes_form
def before(request: HttpRequest, code: str) -> HttpResponse:
    """Choose the plan that this one follows."""
    plan = plan_of(request, code)
    user = only(request, "plan.carry_over")
    known = queries.visible_to(user, Plan).exclude(pk=plan.pk).order_by("-since_on")
    form = FollowsPlan(request.POST or None, plans=known)
    return answered(
        request,
        plan,
        form,
        lambda: actions.follow(by=user, plan=plan, on=today(request), **form.cleaned_data),
        (_("Which plan does it follow?"), _("It follows this plan"), _("The plan before is known.")),
    )


@takes_form
def begin(request: HttpRequest, code: str) -> HttpResponse:
    """Begin the plan before by hand."""
    plan = plan_of(request, code)
    user = only(request, "plan.carry_over")
    form = BeginEarlier(request.POST or None, initial={"language": plan.language})
    return answered(
        request,
        plan,
        form,
        lambda: actions.begin_earlier(
            by=user, plan=plan, terms=PlanTerms(country=plan.country, **form.cleaned_data), on=today(request)
        ),
        (
            _("Enter the plan before by hand"),
            _("Begin it"),
            _("The plan before was begun; enter its measures."),
        ),
    )


@takes_form
def enter(request: HttpRequest, code: str) -> HttpResponse:
    """Enter a measure of the plan before by hand."""
    plan = plan_of(request, code)
    user, earlier = only(request, "plan.carry_over"), plan_before(request, plan)
    form = EnterMeasure(request.POST or None)
    return answered(
        request,
        plan,
        form,
        lambda: actions.enter_measure(by=user, plan=earlier, on=today(request), **form.cleaned_data),
        (_("Enter a measure of the plan before"), _("Enter it"), _("The measure was entered.")),
    )


@takes_form
def outcome(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """Say what became of a measure of the plan before; likely successors are offered, none is chosen."""
    plan, on = plan_of(request, code), today(request)
    user, measure = (
        only(request, "plan.carry_over"),
        measure_of(request, plan_before(request, plan), reference),
    )
    one = queries.carried(user, measure, on)
    if one is None:
        raise Http404
    likely = queries.successors_like(user, measure, plan, on)
    every = wordings(plan, on).order_by("measure__rank", "measure__number")
    form = RecordOutcome(
        request.POST or None, likely=likely, every=every, initial={"language": user.language}
    )
    return answered(
        request,
        plan,
        form,
        lambda: actions.record_outcome(by=user, measure=measure, on=on, **told(form.cleaned_data)),
        (_("What became of it?"), _("Put it on record"), _("What became of the measure is on record.")),
        one,
    )


def told(given: dict[str, Any]) -> dict[str, Any]:
    """What a form says of an outcome, as the action takes it."""
    rest = {name: given[name] for name in ("kind", "source", "language")}
    return {**rest, "successor": given["chosen"].measure if given["chosen"] else None}


@takes_form
def take_back(request: HttpRequest, code: str, pk: int) -> HttpResponse:
    """Take back what was said to have become of a measure."""
    plan = plan_of(request, code)
    user, earlier = only(request, "plan.carry_over"), plan_before(request, plan)
    held = seen(request, Outcome, pk=pk, measure__plan=earlier, withdrawal=None)
    form = Reason(request.POST or None)
    return answered(
        request,
        plan,
        form,
        lambda: actions.withdraw_outcome(by=user, outcome=held, on=today(request), **form.cleaned_data),
        (_("It does not hold"), _("Take it back"), _("It was taken back; it stays in the history.")),
        queries.carried(user, held.measure, today(request)),
    )


def answered(
    request: HttpRequest,
    plan: Plan,
    form: forms.Form,
    do: Callable[[], object],
    words: tuple[str, str, str],
    one: Carried | None = None,
) -> HttpResponse:
    """One form about the plan before: done and back, or shown. `words`: title, button, what was done."""
    back, page = reverse("plan:carry-over", args=[plan.code]), "plan/carry_over_form.html"
    return of_one_form(request, form, do, words, back=back, page=page, plan=plan, one=one)


def plan_before(request: HttpRequest, plan: Plan) -> Plan:
    """The plan that a plan follows, where the asker may see it."""
    found = queries.plan_before(plan, today(request))
    if found is None:
        raise Http404
    return seen(request, Plan, pk=found.pk)
