"""One request each: the Government report and the templates that it is made from."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from palermo.accounts.asking import asker
from palermo.accounts.models import User
from palermo.plan import queries as plans
from palermo.plan.models import Plan
from palermo.reporting import actions, queries
from palermo.reporting.document import government_report
from palermo.reporting.forms import OwnTemplate, Period
from palermo.ui.days import day, today
from palermo.ui.downloads import DOCX, download
from palermo.ui.methods import takes_form
from palermo.ui.refusals import tried


@require_safe
def government(request: HttpRequest, code: str) -> HttpResponse:
    """What the report would say: how many measures have an accepted answer, which have none."""
    user = maker(request)
    plan = get_object_or_404(plans.visible_to(user, Plan), code=code)
    first = {"period_from": plan.since_on, "period_to": day(request), "language": user.language}
    form = Period(request.GET if "period_from" in request.GET else None, initial=first)
    report = None
    if form.is_bound and form.is_valid():
        report = queries.government_report(user, plan, on=day(request), **form.cleaned_data)
    return render(request, "reporting/government.html", {"plan": plan, "form": form, "report": report})


@require_safe
def government_docx(request: HttpRequest, code: str) -> HttpResponse:
    """The report as a Word file: what was accepted up to a day, the same twice."""
    user = maker(request)
    plan = get_object_or_404(plans.visible_to(user, Plan), code=code)
    form = Period(request.GET)
    if not form.is_valid():
        return redirect("reporting:government", plan.code)
    told = form.cleaned_data
    report = queries.government_report(user, plan, on=day(request), **told)
    made = government_report(report, told["language"], queries.template_in_use(told["language"]))
    name = f"{plan.code}-{told['period_from']:%Y-%m-%d}-{told['period_to']:%Y-%m-%d}-{told['language']}.docx"
    return download(made, name, DOCX)


@takes_form
def templates(request: HttpRequest) -> HttpResponse:
    """The templates in use, and one of the office's own instead."""
    user = maker(request)
    form = OwnTemplate(request.POST or None, request.FILES or None)
    if request.method == "POST" and tried(
        form,
        lambda: actions.replace_template(
            by=user,
            language=form.cleaned_data["language"],
            name=form.cleaned_data["file"].name[:300],
            content=form.cleaned_data["file"].read(),
            on=today(request),
        ),
    ):
        messages.success(request, _("Reports are made from your template from now on."))
        return redirect("reporting:templates")
    used = [(code, name, queries.latest_template(code)) for code, name in settings.LANGUAGES]
    return render(request, "reporting/templates.html", {"form": form, "used": used})


@require_safe
def template(request: HttpRequest, language: str) -> HttpResponse:
    """The template in use, to be edited in Word."""
    maker(request)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    own = queries.template_in_use(language)
    content = own if own is not None else queries.built_in(language)
    return download(content, f"government-report-{language}.docx", DOCX)


@require_POST
def restore(request: HttpRequest, language: str) -> HttpResponse:
    """Go back to the template that comes with Palermo."""
    user = maker(request)
    if language not in dict(settings.LANGUAGES):
        raise Http404
    actions.restore_template(by=user, language=language, on=today(request))
    messages.success(request, _("Reports are made from the original template again."))
    return redirect("reporting:templates")


def maker(request: HttpRequest) -> User:
    """Who asks, where they may make reports."""
    user = asker(request)
    if not user.may("reporting.make"):
        raise Http404
    return user
