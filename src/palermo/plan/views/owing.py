"""Who owes the Bureau what: the list, a brief for a minister, the next contact, the plan's obligations."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palermo.accounts.asking import asker
from palermo.plan import actions, queries
from palermo.plan.forms.documents import Oblige
from palermo.plan.forms.rounds import PlanContact
from palermo.plan.models import Obligation
from palermo.plan.queries import Filters
from palermo.plan.queries.writings import Writing
from palermo.plan.rules import works as rules
from palermo.plan.templatetags.plan import role_of, status_words
from palermo.plan.templatetags.recurring import cycle_words
from palermo.plan.templatetags.works import work_state
from palermo.plan.views.asking import only, organisation_of, plan_of
from palermo.ui.days import day, today
from palermo.ui.downloads import sheet
from palermo.ui.methods import takes_form
from palermo.ui.refusals import tried


@require_safe
def owners(request: HttpRequest, code: str) -> HttpResponse:
    """Who owes the Bureau what, on a day."""
    plan, user = plan_of(request, code), asker(request)
    owing = queries.who_owes_me(user, plan, day(request))
    shown = {
        "plan": plan,
        "owing": owing,
        "office": user.may("plan.follow_up"),
        "late": sum(account.late > 0 for account in owing.owners),
        "references": owing.references,
    }
    return render(request, "plan/owners.html", shown)


@require_safe
def export(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """What is owed as a spreadsheet, one line for each owner and measure."""
    plan = plan_of(request, code)
    owing = queries.who_owes_me(asker(request), plan, day(request), whole=True)
    columns = [_("Owner"), _("No."), _("Measure"), _("Role"), _("Status"), _("Last day"), _("Late since")]
    columns += [_("Latest answer of the owner"), _("Next contact")]
    rows: list[list[Any]] = [
        [
            account.name,
            one.state.reference,
            one.state.wording.text,
            role_of(one.role),
            status_words(one.state.status),
            one.state.latest,
            one.state.late_since,
            account.latest_answer.account if account.latest_answer else "",
            account.next_contact.next_on if account.next_contact else None,
        ]
        for account in owing.owners
        for one in account.owed
    ]
    rows += [
        [account.name, one.reference, one.title, "", said_of(one), one.latest, one.late_since]
        for account in owing.owners
        for one in account.writings
    ]
    nobody = _("without owner")
    rows += [
        [nobody, one.reference, one.wording.text, "", status_words(one.status), one.latest]
        for one in owing.without_owner
    ]
    return sheet(kind, f"{plan.code}-owners", columns, rows)


def said_of(one: Writing) -> str:
    """How a report, a note or a study stands."""
    return cycle_words(one.report.cycle.state) if one.report else work_state(rules.OPEN)


@require_safe
def brief(request: HttpRequest, code: str, country: str, name: str) -> HttpResponse:
    """One page about one owner, for its minister."""
    plan, organisation = plan_of(request, code), organisation_of(request, country, name)
    shown = queries.brief(asker(request), plan, organisation, day(request))
    groups = [
        (_("Late"), "late"),
        (_("Due now"), "due"),
        (_("To come"), "coming"),
        (_("Without a day"), "undated"),
        (_("Finished"), "finished"),
        (_("In the plan"), "internal"),
    ]
    told = [
        (title, shown.rows[one], shown.numbers[one], shown.numbers[one] - len(shown.rows[one]))
        for title, one in groups
    ]
    return render(request, "plan/brief.html", {"plan": plan, "brief": shown, "groups": told})


@takes_form
def contact(request: HttpRequest, code: str, country: str, name: str) -> HttpResponse:
    """Note when the Bureau speaks to an owner next."""
    plan, organisation = plan_of(request, code), organisation_of(request, country, name)
    user = only(request, "plan.follow_up")
    form = PlanContact(request.POST or None)
    if request.method == "POST" and tried(
        form,
        lambda: actions.plan_contact(
            by=user, plan=plan, organisation=organisation, on=today(request), **form.cleaned_data
        ),
    ):
        messages.success(request, _("Noted."))
        return redirect("plan:owners", plan.code)
    return render(request, "plan/contact.html", {"plan": plan, "organisation": organisation, "form": form})


@require_safe
def obligations(request: HttpRequest, code: str) -> HttpResponse:
    """The duties that hold across measures, where they come from, and whom they bind."""
    plan, user = plan_of(request, code), asker(request)
    known = queries.visible_to(user, Obligation).filter(plan=plan, on__lte=day(request))
    bound = Filters(stands="evaluation-duty")
    page = queries.register(user, plan, day(request), bound, after=request.GET.get("after"))
    rest = request.GET.copy()
    rest["after"] = page.next or ""
    shown = {
        "plan": plan,
        "obligations": known.select_related("section", "by").order_by("on", "pk"),
        "bound": queries.whole(user, plan, day(request), page),
        "next": page.next and rest.urlencode(),
        "number": queries.duties(user, plan, day(request)),
        "office": user.may("plan.oblige"),
    }
    return render(request, "plan/obligations.html", shown)


@require_safe
def export_duties(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The measures that must be evaluated, as a spreadsheet."""
    plan, user = plan_of(request, code), asker(request)
    columns = [
        _("No."),
        _("Measure"),
        _("Where the duty comes from"),
        _("Section"),
        _("Last day"),
        _("Evaluated on"),
    ]
    rows = [
        [
            one.reference,
            one.wording.text,
            one.duty.text,
            one.duty.section,
            one.latest,
            one.evaluations[-1].held_on if one.evaluations else None,
        ]
        for one in queries.as_of(user, plan, day(request))
        if one.duty
    ]
    return sheet(kind, f"{plan.code}-evaluations", columns, rows)


@takes_form
def oblige(request: HttpRequest, code: str) -> HttpResponse:
    """Declare that a sentence of the plan asks for evaluations."""
    plan = plan_of(request, code)
    user = only(request, "plan.oblige")
    form = Oblige(request.POST or None)
    if request.method == "POST" and tried(
        form,
        lambda: actions.declare_obligation(by=user, plan=plan, on=today(request), **form.cleaned_data),
    ):
        messages.success(request, _("The duty holds from today on."))
        return redirect("plan:obligations", plan.code)
    return render(request, "plan/oblige.html", {"plan": plan, "form": form})
