"""One request each: the Government report and the templates that it is made from."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from palermo.accounts.asking import asker
from palermo.accounts.models import User
from palermo.plan import queries as plans
from palermo.plan.models import Plan
from palermo.reporting import actions, queries
from palermo.reporting.document import government_report
from palermo.reporting.forms import OwnLayout, OwnTemplate, Period
from palermo.reporting.models import Template
from palermo.reporting.pdf import LAYOUT, government_report_pdf
from palermo.reporting.values import GovernmentReport
from palermo.ui.days import day, today
from palermo.ui.downloads import DOCX, PDF, download
from palermo.ui.methods import takes_form
from palermo.ui.refusals import tried


@require_safe
def government(request: HttpRequest, code: str) -> HttpResponse:
    """What the report would say: how many measures have an accepted answer, which have none."""
    user = maker(request)
    plan = get_object_or_404(plans.visible_to(user, Plan), code=code)
    first = {"period_from": plan.since_on, "period_to": day(request), "language": get_language()}
    form = Period(request.GET if "period_from" in request.GET else None, initial=first)
    report = None
    if form.is_bound and form.is_valid():
        report = queries.government_report(user, plan, on=day(request), **form.cleaned_data)
    return render(request, "reporting/government.html", {"plan": plan, "form": form, "report": report})


@require_safe
def government_docx(request: HttpRequest, code: str) -> HttpResponse:
    """The report as a Word file: what was accepted up to a day, the same twice."""
    return made(
        request,
        code,
        lambda told, language: download(
            government_report(told, language, queries.template_in_use(language)),
            named(code, told, language, "docx"),
            DOCX,
        ),
    )


@require_safe
def government_pdf(request: HttpRequest, code: str) -> HttpResponse:
    """The report as PDF/UA-1: what was accepted up to a day, the same bytes twice."""
    return made(
        request,
        code,
        lambda told, language: download(
            government_report_pdf(told, language, queries.layout_in_use()),
            named(code, told, language, "pdf"),
            PDF,
        ),
    )


def made(
    request: HttpRequest, code: str, form_of: Callable[[GovernmentReport, str], HttpResponse]
) -> HttpResponse:
    """The report that was asked for, in the form that is made of it."""
    user = maker(request)
    plan = get_object_or_404(plans.visible_to(user, Plan), code=code)
    form = Period(request.GET)
    if not form.is_valid():
        return redirect("reporting:government", plan.code)
    told = form.cleaned_data
    report = queries.government_report(user, plan, on=day(request), **told)
    return form_of(report, told["language"])


def named(code: str, told: GovernmentReport, language: str, ending: str) -> str:
    """The name of a report's file."""
    return f"{code}-{told.period_from:%Y-%m-%d}-{told.period_to:%Y-%m-%d}-{language}.{ending}"


@takes_form
def templates(request: HttpRequest) -> HttpResponse:
    """The templates in use, and one of the office's own instead."""
    user = maker(request)
    of_pdf = "layout" in request.FILES or "layout" in request.POST
    form = OwnTemplate(*(() if of_pdf else sent(request)))
    layout = OwnLayout(*(sent(request) if of_pdf else ()))
    if request.method == "POST" and taken(layout if of_pdf else form, user, today(request)):
        messages.success(request, _("Reports are made from your template from now on."))
        return redirect("reporting:templates")
    used = [(code, name, queries.latest_template(code)) for code, name in settings.LANGUAGES]
    shown = {"form": form, "layout": layout, "used": used, "own_layout": queries.latest_layout()}
    return render(request, "reporting/templates.html", shown)


def sent(request: HttpRequest) -> tuple[Any, Any]:
    """What was typed and the files that came with it."""
    return request.POST or request.FILES or None, request.FILES or None


def taken(form: OwnTemplate | OwnLayout, user: User, on: date) -> bool:
    """Whether a file that was handed in is used from now on."""

    def take() -> Template:
        told = form.cleaned_data
        file = told.pop("layout" if isinstance(form, OwnLayout) else "file")
        replace = actions.replace_layout if isinstance(form, OwnLayout) else actions.replace_template
        return replace(by=user, name=file.name[:300], content=file.read(), on=on, **told)

    return bool(tried(form, take))


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


@require_safe
def layout(request: HttpRequest) -> HttpResponse:
    """The layout for PDF in use, to be edited as text."""
    maker(request)
    own = queries.layout_in_use()
    content = own if own is not None else LAYOUT.read_bytes()
    return download(content, "government-report.typ")


@require_POST
def restore_layout(request: HttpRequest) -> HttpResponse:
    """Go back to the layout that comes with Palermo."""
    actions.restore_layout(by=maker(request), on=today(request))
    messages.success(request, _("Reports are made from the original template again."))
    return redirect("reporting:templates")


def maker(request: HttpRequest) -> User:
    """Who asks, where they may make reports."""
    user = asker(request)
    if not user.may("reporting.make"):
        raise Http404
    return user
