"""Collection rounds: opened, watched, reminded, closed."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from palermo.accounts.asking import asker
from palermo.plan import actions, queries
from palermo.plan.forms.rounds import OpenRound, ReleaseResults
from palermo.plan.models import Measure, Plan, Release, Round
from palermo.plan.rules.collection import Terms
from palermo.plan.templatetags.plan import question_words, role_of, status_words
from palermo.plan.views.asking import only, organisation_of, plan_of, seen
from palermo.ui.days import day, today
from palermo.ui.downloads import sheet
from palermo.ui.methods import takes_form
from palermo.ui.refusals import tried


@require_safe
def rounds(request: HttpRequest, code: str) -> HttpResponse:
    """The rounds of a plan, the latest first."""
    plan, user = plan_of(request, code), asker(request)
    known = queries.visible_to(user, Round).filter(plan=plan, opened_on__lte=day(request)).order_by("-number")
    shown = {"plan": plan, "rounds": known, "office": user.may("plan.collect")}
    return render(request, "plan/rounds.html", shown)


@require_safe
def export_rounds(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The rounds of a plan as a spreadsheet."""
    plan, user = plan_of(request, code), asker(request)
    known = queries.visible_to(user, Round).filter(plan=plan, opened_on__lte=day(request)).order_by("number")
    columns = [_("No."), _("Round"), _("First day"), _("Last day"), _("Opened on"), _("Answers expected by")]
    columns.append(_("Closed on"))
    rows = [
        [
            one.number,
            one.title,
            one.period_from,
            one.period_to,
            one.opened_on,
            one.deadline_on,
            one.closed_on if one.closed_on and one.closed_on <= day(request) else None,
        ]
        for one in known
    ]
    return sheet(kind, f"{plan.code}-rounds", columns, rows)


@takes_form
def open_round(request: HttpRequest, code: str) -> HttpResponse:
    """Two steps on one page: see whom a round would ask, then ask them."""
    plan = plan_of(request, code)
    user = only(request, "plan.collect")
    sent = request.POST if request.method == "POST" else request.GET
    form = OpenRound(sent if "title" in sent else None, initial=first_terms(plan, today(request)))
    also = added(request, plan, sent.get("also", ""))
    proposed = []
    if form.is_bound and form.is_valid():
        keys = {one.pk for one in also}
        proposed = queries.proposals(user, plan, form.terms(), today(request), also=keys)
    if request.method == "POST" and proposed:
        kept = set(request.POST.getlist("measure"))
        without = [one.state.measure for one in proposed if one.state.reference not in kept]
        made = tried(
            form,
            lambda: actions.open_round(
                by=user,
                plan=plan,
                terms=form.terms(),
                also=also,
                without=without,
                link=today_link(request),
                one_question=link_page(request),
                on=today(request),
            ),
        )
        if made:
            messages.success(request, _("The round is open; those who answer were told."))
            return redirect("plan:round", plan.code, made.number)
    shown = {"plan": plan, "form": form, "proposed": proposed, "also": sent.get("also", "")}
    shown["nobody"] = [one for one in proposed if not one.asked]
    return render(request, "plan/open_round.html", shown)


def first_terms(plan: Plan, on: date) -> dict[str, Any]:
    """What a new round begins with: the time since the last one, until today."""
    last = plan.rounds.order_by("-number").first()
    start = last.period_to.replace(day=1) if last else plan.since_on
    return {"period_from": start, "period_to": on, "kinds": list(Terms("", on, on, on).kinds)}


def added(request: HttpRequest, plan: Plan, words: str) -> list[Measure]:
    """The measures that somebody named: "M05, P12"."""
    user = asker(request)
    found = (queries.measure_named(user, plan, one) for one in words.replace(",", " ").split())
    return [one for one in found if one is not None]


def today_link(request: HttpRequest) -> str:
    """Where questions wait: Today, an address that tells nothing."""
    return request.build_absolute_uri(reverse("desk:today"))


def link_page(request: HttpRequest) -> str:
    """The page of a link that opens one question, with TOKEN where its token goes."""
    return request.build_absolute_uri(reverse("plan:by-link", args=["TOKEN"]))


@require_safe
def board(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """A round at a glance."""
    plan, user = plan_of(request, code), asker(request)
    held = seen(request, Round, plan=plan, number=number)
    shown = {
        "plan": plan,
        "board": queries.round_board(user, held, day(request)),
        "release": queries.visible_to(user, Release).filter(round=held, on__lte=day(request)).first(),
        "office": user.may("plan.collect"),
    }
    return render(request, "plan/board.html", shown)


@require_safe
def export(request: HttpRequest, code: str, number: int, kind: str) -> HttpResponse:
    """A round as a spreadsheet, one line a question."""
    plan = plan_of(request, code)
    held = seen(request, Round, plan=plan, number=number)
    columns = [_("Organisation"), _("No."), _("Measure"), _("Role"), _("Where it stands"), _("Status")]
    columns += [_("What was told"), _("Answered on"), _("Remark of the Bureau"), _("Reminded on")]
    rows = [
        [
            row.organisation.name,
            one.question.measure.reference,
            one.wording.text if one.wording else "",
            role_of(one.question.role),
            question_words(one.state),
            status_words(one.contribution.status) if one.contribution else "",
            one.contribution.account if one.contribution else "",
            one.contribution.on if one.contribution else None,
            one.verdict.remark if one.verdict else "",
            one.reminders[-1].on if one.reminders else None,
        ]
        for row in queries.round_board(asker(request), held, day(request)).rows
        for one in row.questions
    ]
    return sheet(kind, f"{plan.code}-round-{number}", columns, rows)


@require_POST
def remind(request: HttpRequest, code: str, number: int, country: str, name: str) -> HttpResponse:
    """Remind one organisation."""
    plan = plan_of(request, code)
    user = only(request, "plan.collect")
    held = seen(request, Round, plan=plan, number=number)
    organisation = organisation_of(request, country, name)
    people = actions.remind(
        by=user,
        round=held,
        organisation=organisation,
        link=today_link(request),
        one_question=link_page(request),
        on=today(request),
    )
    if people:
        said = ngettext("%d person was reminded.", "%d people were reminded.", people) % people
        messages.success(request, said)
    else:
        messages.error(request, _("Nobody was reminded: no contact point, or reminded today already."))
    return redirect("plan:round", plan.code, number)


@require_POST
def remind_due(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Send the reminders that are due."""
    plan = plan_of(request, code)
    user = only(request, "plan.collect")
    held = seen(request, Round, plan=plan, number=number)
    people = actions.remind_due(
        by=user,
        round=held,
        link=today_link(request),
        one_question=link_page(request),
        on=today(request),
    )
    messages.success(
        request, ngettext("%d person was reminded.", "%d people were reminded.", people) % people
    )
    return redirect("plan:round", plan.code, number)


@takes_form
def close(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Close a round, after a page that says what that means."""
    plan = plan_of(request, code)
    user = only(request, "plan.collect")
    held = seen(request, Round, plan=plan, number=number)
    if request.method == "POST":
        actions.close_round(by=user, round=held, on=today(request))
        messages.success(request, _("The round is closed; its answers are locked."))
        return redirect("plan:round", plan.code, number)
    shown = {"plan": plan, "board": queries.round_board(user, held, today(request))}
    return render(request, "plan/close_round.html", shown)


@takes_form
def release(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Release the results of a closed round, after a page that says what that means."""
    plan = plan_of(request, code)
    user = only(request, "plan.collect")
    held = seen(request, Round, plan=plan, number=number)
    form = ReleaseResults(request.POST or None)

    def do() -> object:
        decision = form.cleaned_data["decision"]
        return actions.release_results(by=user, round=held, decision=decision, on=today(request))

    if request.method == "POST" and tried(form, do):
        messages.success(request, _("The results are released; everybody with a role sees them."))
        return redirect("plan:round", plan.code, number)
    return render(request, "plan/release.html", {"plan": plan, "round": held, "form": form})
