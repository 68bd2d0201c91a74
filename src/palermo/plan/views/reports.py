"""Reports of mechanisms come in, and a person decides about what was read in them."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from palermo.accounts.models import User
from palermo.plan import actions, files, queries
from palermo.plan.forms.recommendations import AddReport, Print
from palermo.plan.forms.review import Refuse
from palermo.plan.models import ReadRecommendation, Report, ReportDocument
from palermo.plan.rules.mechanisms import Mechanism, mechanisms
from palermo.plan.rules.recommendations import read_recommendations
from palermo.plan.views.asking import only, seen
from palermo.plan.views.documents import on_disk
from palermo.plan.views.recommendations import mechanism_of
from palermo.reading import read
from palermo.ui.days import today
from palermo.ui.downloads import download
from palermo.ui.fields import numbers
from palermo.ui.methods import takes_form
from palermo.ui.refusals import tried


@takes_form
def new(request: HttpRequest, code: str) -> HttpResponse:
    """Read a report, or begin one whose recommendations are typed."""
    known, user = mechanism_of(request, code), only(request, "plan.recommend")
    form = AddReport(request.POST or None, request.FILES or None)
    if request.method == "POST" and (made := tried(form, lambda: brought_in(request, user, known, form))):
        if isinstance(made, Report):
            messages.success(request, _("The report was begun; add its recommendations."))
            return redirect("plan:type-recommendation", made.pk)
        said = _("%(added)s new, %(unchanged)s as before.")
        messages.success(request, said % {"added": made.added, "unchanged": made.unchanged})
        return redirect("plan:report-review", made.report_id)
    return render(request, "plan/report_form.html", {"mechanism": known, "form": form})


def brought_in(
    request: HttpRequest, user: User, known: Mechanism, form: AddReport
) -> Report | ReportDocument:
    """The report that a form gives: read from its file, or begun without one."""
    terms, file = form.terms(known), form.cleaned_data["file"]
    if file is None:
        return actions.begin_report(by=user, terms=terms, on=today(request))
    with on_disk(file) as path:
        reading = read_recommendations(read(path), known, terms.language)
        return actions.import_report(by=user, terms=terms, reading=reading, path=path, on=today(request))


@require_safe
def document(request: HttpRequest, pk: int) -> HttpResponse:
    """A report as it was handed in."""
    kept = seen(request, ReportDocument, pk=pk)
    return download(files.path(kept.sha256).read_bytes(), kept.name)


@takes_form
def type_in(request: HttpRequest, pk: int) -> HttpResponse:
    """Add a recommendation by hand."""
    user, report = only(request, "plan.recommend"), seen(request, Report, pk=pk)
    known = mechanisms()[report.mechanism]
    form = Print(request.POST or None, mechanism=known, by_hand=True)
    if request.method == "POST" and tried(
        form,
        lambda: actions.type_recommendation(
            by=user, report=report, printed=form.printed(), on=today(request)
        ),
    ):
        messages.success(request, _("The recommendation was added."))
        return redirect("plan:mechanism", known.code)
    return render(
        request, "plan/type_recommendation.html", {"mechanism": known, "report": report, "form": form}
    )


@require_safe
def review(request: HttpRequest, pk: int) -> HttpResponse:
    """What was read in a report and waits for a person."""
    user, report = only(request, "plan.recommend"), seen(request, Report, pk=pk)
    shown = {
        "report": report,
        "mechanism": mechanisms()[report.mechanism],
        "rows": queries.rows_read(user, report),
        "documents": queries.visible_to(user, ReportDocument).filter(report=report).order_by("pk"),
    }
    return render(request, "plan/report_review.html", shown)


@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take the chosen rows, or all that the page showed."""
    user, report = only(request, "plan.recommend"), seen(request, Report, pk=pk)
    name = "shown" if request.POST.get("what") == "all" else "row"
    keys = numbers(request.POST.getlist("only") or request.POST.getlist(name))
    rows = [seen(request, ReadRecommendation, pk=key, document__report=report) for key in keys]
    count = actions.take_recommendations(by=user, report=report, rows=rows, on=today(request))
    said = ngettext("%d recommendation was accepted.", "%d recommendations were accepted.", count)
    messages.success(request, said % count)
    return redirect("plan:report-review", report.pk)


@takes_form
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """One row: what the report says beside what it is taken for; mend it, or leave it out."""
    user, found = only(request, "plan.recommend"), seen(request, ReadRecommendation, pk=pk)
    form = Print(request.POST or None, mechanism=mechanism_read(found), initial=as_printed(found))
    if request.method == "POST" and tried(
        form,
        lambda: actions.mend_recommendation(
            by=user,
            row=found,
            printed=form.printed(),
            reason=form.cleaned_data["reason"],
            on=today(request),
        ),
    ):
        messages.success(request, _("The recommendation was mended and accepted."))
        return redirect("plan:report-review", found.document.report_id)
    return row_page(request, found, form, Refuse())


@require_POST
def leave_out(request: HttpRequest, pk: int) -> HttpResponse:
    """Leave a row out."""
    user, found = only(request, "plan.recommend"), seen(request, ReadRecommendation, pk=pk)
    form = Refuse(request.POST)
    if tried(
        form,
        lambda: actions.leave_out_recommendation(by=user, row=found, on=today(request), **form.cleaned_data),
    ):
        messages.success(request, _("It was left out."))
        return redirect("plan:report-review", found.document.report_id)
    return row_page(request, found, Print(mechanism=mechanism_read(found), initial=as_printed(found)), form)


def row_page(request: HttpRequest, found: ReadRecommendation, form: Print, refuse: Refuse) -> HttpResponse:
    """The page of one row."""
    shown = {"row": found, "mechanism": mechanism_read(found), "form": form, "refuse": refuse}
    return render(request, "plan/read_recommendation.html", shown)


def mechanism_read(found: ReadRecommendation) -> Mechanism:
    """The mechanism in whose report a row was read."""
    return mechanisms()[found.document.report.mechanism]


def as_printed(found: ReadRecommendation) -> dict[str, Any]:
    """A row as the form shows it."""
    return {name: getattr(found, name) for name in ("number", "text", "strength", "rank")}
