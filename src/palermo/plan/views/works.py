"""Notes and studies: the list, one of them with its story, and what is done about it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palermo.accounts.asking import asker
from palermo.organisations.queries import visible_to as directory
from palermo.plan import actions, files, queries
from palermo.plan.forms.review import Reason
from palermo.plan.forms.works import ChangeWork, DeclareWork, GiveUp, HandInVersion, HandOver, NarrowWorks
from palermo.plan.models import Plan, WorkKind, WorkVersion
from palermo.plan.queries import WorkOn
from palermo.plan.templatetags.works import work_kind, work_state
from palermo.plan.views.asking import of_one_form, only, plan_of, seen
from palermo.ui.days import day, today
from palermo.ui.downloads import download, sheet
from palermo.ui.methods import takes_form
from palermo.ui.refusals import tried


@require_safe
def works(request: HttpRequest, code: str) -> HttpResponse:
    """The notes and studies of a plan as they stood on a day, narrowed through the address."""
    plan = plan_of(request, code)
    form, found = narrowed(request, plan)
    shown = {"plan": plan, "form": form, "works": found, "late": sum(bool(one.late_since) for one in found)}
    return render(request, "plan/works.html", shown)


@require_safe
def export(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The notes and studies as a spreadsheet, narrowed as the page is."""
    plan = plan_of(request, code)
    columns = [_("No."), _("Kind"), _("Title"), _("Owner"), _("Section"), _("Measures"), _("Due")]
    columns += [_("First day"), _("Last day"), _("State"), _("Late since"), _("Latest version handed in on")]
    rows = [as_line(one) for one in narrowed(request, plan)[1]]
    return sheet(kind, f"{plan.code}-works", columns, rows)


def narrowed(request: HttpRequest, plan: Plan) -> tuple[NarrowWorks, list[WorkOn]]:
    """The filters of an address, and what is left by them."""
    user, on = asker(request), day(request)
    told = {"on": on.isoformat()} | request.GET.dict()
    form = NarrowWorks(told, owners=queries.writers(user, plan, on))
    wanted, state = form.wanted()
    return form, queries.works_on(user, on, Q(work__plan=plan) & wanted, state=state)


def as_line(one: WorkOn) -> list[Any]:
    """A note or a study as a line of a spreadsheet."""
    terms = one.terms
    return [
        one.work.reference,
        work_kind(terms.kind),
        terms.title,
        terms.owner.name,
        terms.section.number if terms.section else "",
        ", ".join(each.reference for each in one.measures),
        terms.timing_text,
        terms.earliest,
        terms.latest,
        work_state(one.state),
        one.late_since,
        one.versions[0].on if one.versions else None,
    ]


@require_safe
def work(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """One note or study: what is to be written, its versions, its story."""
    one, user = work_of(request, code, number), asker(request)
    shown = {
        "plan": one.work.plan,
        "one": one,
        "story": queries.story_of_work(user, one),
        "may_commission": user.may("plan.commission"),
        "may_deliver": user.may("plan.deliver", one.work),
    }
    return render(request, "plan/work.html", shown)


@require_safe
def version(request: HttpRequest, code: str, number: int, version: int) -> HttpResponse:
    """The file of a version as it was handed in."""
    plan = plan_of(request, code)
    kept = seen(request, WorkVersion, work__plan=plan, work__number=number, number=version, kind="file")
    return download(files.path(kept.sha256).read_bytes(), kept.name)


@takes_form
def declare(request: HttpRequest, code: str) -> HttpResponse:
    """Declare that something is to be written."""
    plan = plan_of(request, code)
    user = only(request, "plan.commission")
    initial = {"language": user.language, "measures": request.GET.get("measure", "")}
    form = DeclareWork(
        request.POST or None, initial=initial, user=user, plan=plan, organisations=directory(user)
    )

    def do() -> Any:
        owner = form.cleaned_data["owner"]
        return actions.declare_work(by=user, plan=plan, said=form.said(), owner=owner, on=today(request))

    if request.method == "POST" and (made := tried(form, do)):
        messages.success(request, _("It is declared; its owner finds it in Today once it is due."))
        return redirect("plan:work", plan.code, made.number)
    shown = {"plan": plan, "form": form, "heading": _("Declare a note or a study"), "button": _("Declare it")}
    return render(request, "plan/work_form.html", shown)


@takes_form
def change(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Say otherwise what is to be written, tie it to other measures, give it another time."""
    one = work_today(request, code, number)
    user, terms = only(request, "plan.commission"), one.terms
    names = ("kind", "title", "language", "section", "put_to", "question")
    initial = {name: getattr(terms, name) for name in names} | {
        "timing": terms.timing_text,
        "measures": ", ".join(each.reference for each in one.measures),
    }
    form = ChangeWork(request.POST or None, initial=initial, user=user, plan=one.work.plan)
    return answered(
        request,
        one,
        form,
        lambda: actions.change_work(
            by=user,
            work=one.work,
            said=form.said(),
            reason=form.cleaned_data["reason"],
            on=today(request),
        ),
        (
            _("Change what is to be written"),
            _("Change it"),
            _("It was changed; the earlier words stay in its story."),
        ),
    )


@takes_form
def hand_over(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Let another organisation write it."""
    one = work_today(request, code, number)
    user = only(request, "plan.commission")
    form = HandOver(request.POST or None, organisations=directory(user).exclude(pk=one.terms.owner_id))
    return answered(
        request,
        one,
        form,
        lambda: actions.hand_over_work(by=user, work=one.work, on=today(request), **form.cleaned_data),
        (_("Hand it over to another owner"), _("Hand it over"), _("It has a new owner.")),
    )


@takes_form
def hand_in(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Hand in a version."""
    one = work_today(request, code, number)
    user = only(request, "plan.deliver", one.work)
    asks = one.terms.kind == WorkKind.EXPERTISE
    initial = {"language": user.language}
    form = HandInVersion(request.POST or None, request.FILES or None, initial=initial, asks=asks)
    return answered(
        request,
        one,
        form,
        lambda: actions.hand_in_version(
            by=user, work=one.work, came=form.came(), said=form.said(), on=today(request)
        ),
        (_("Hand in a version"), _("Hand it in"), _("The version was handed in.")),
    )


@takes_form
def give_up(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Put on record that it will not be written."""
    one = work_today(request, code, number)
    user = only(request, "plan.commission")
    form = GiveUp(request.POST or None)
    return answered(
        request,
        one,
        form,
        lambda: actions.give_up_work(by=user, work=one.work, on=today(request), **form.cleaned_data),
        (_("Give it up"), _("Give it up"), _("It was given up; its story stays.")),
    )


@takes_form
def resume(request: HttpRequest, code: str, number: int) -> HttpResponse:
    """Take it up again."""
    one = work_today(request, code, number)
    user = only(request, "plan.commission")
    form = Reason(request.POST or None)
    return answered(
        request,
        one,
        form,
        lambda: actions.resume_work(by=user, work=one.work, on=today(request), **form.cleaned_data),
        (_("Take it up again"), _("Take it up again"), _("It is open again; what was final is a draft.")),
    )


def work_of(request: HttpRequest, code: str, number: int) -> WorkOn:
    """The note or study of an address as it stood on the day of the page."""
    found = queries.work_named(asker(request), plan_of(request, code), number, day(request))
    if found is None:
        raise Http404
    return found


def work_today(request: HttpRequest, code: str, number: int) -> WorkOn:
    """The note or study of an address as it stands: what is done is done today."""
    found = queries.work_named(asker(request), plan_of(request, code), number, today(request))
    if found is None:
        raise Http404
    return found


def answered(
    request: HttpRequest,
    one: WorkOn,
    form: forms.Form,
    do: Callable[[], object],
    words: tuple[str, str, str],
) -> HttpResponse:
    """One form about a work: done and back to it, or shown. `words`: title, button, what was done."""
    plan = one.work.plan
    back = reverse("plan:work", args=[plan.code, one.work.number])
    return of_one_form(request, form, do, words, back=back, page="plan/work_form.html", plan=plan, one=one)
