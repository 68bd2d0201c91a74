"""The plans, the register of one, its timeline, one measure."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palermo.accounts.asking import asker
from palermo.plan import queries
from palermo.plan.forms.narrow import Narrow, NarrowTimeline
from palermo.plan.models import Plan, Question
from palermo.plan.queries import Listed, State
from palermo.plan.queries.drawing import drawn
from palermo.plan.templatetags.plan import status_words, window
from palermo.plan.views.asking import measure_of, only, plan_of
from palermo.ui.days import day
from palermo.ui.downloads import sheet

MEASURE_VERBS = (
    "assign",
    "evaluate",
    "show_evidence",
    "review",
    "mark_bill",
    "record_step",
    "record_occurrence",
    "wait_for",
    "commission",
)


@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Every plan that the asker may see."""
    known = queries.visible_to(only(request, "plan.read"), Plan).order_by("-since_on")
    return render(request, "plan/list.html", {"plans": known})


@require_safe
def export_plans(request: HttpRequest, kind: str) -> HttpResponse:
    """The plans as a spreadsheet."""
    columns = [_("Code"), _("Name of the plan"), _("First day"), _("Last day"), _("Adopted on")]
    known = queries.visible_to(only(request, "plan.read"), Plan).order_by("-since_on")
    rows = [[one.code, one.title, one.since_on, one.until_on, one.adopted_on] for one in known]
    return sheet(kind, "plans", columns, rows)


@require_safe
def register(request: HttpRequest, code: str) -> HttpResponse:
    """The plan's measures as they stood on a day, narrowed through the address."""
    plan = plan_of(request, code)
    form = Narrow(asked(request), plan=plan, user=asker(request))
    page = queries.register(
        asker(request), plan, day(request), form.filters(), sort=form.order(), after=request.GET.get("after")
    )
    counts = queries.status_counts(asker(request), plan, day(request))
    rest = request.GET.copy()
    rest["after"] = page.next or ""
    shown = {
        "plan": plan,
        "form": form,
        "rows": page.rows,
        "next": page.next and rest.urlencode(),
        "counts": counts,
        "own": queries.own_numbers(asker(request), plan, day(request)),
        "office": queries.is_office(asker(request)),
    }
    return render(request, "plan/register.html", shown | {"query": request.GET.urlencode()})


@require_safe
def export(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The register as a spreadsheet, narrowed as the page is."""
    plan = plan_of(request, code)
    form = Narrow(asked(request), plan=plan, user=asker(request))
    columns = [_("No."), _("Section"), _("Measure"), _("Party responsible"), _("Timing")]
    columns += [_("First day"), _("Last day"), _("Status"), _("Late since")]
    rows: list[list[Any]] = []
    after = None
    while True:
        page = queries.register(
            asker(request), plan, day(request), form.filters(), sort=form.order(), after=after, size=500
        )
        rows += [row_of(state) for state in page.rows]
        after = page.next
        if after is None:
            break
    return sheet(kind, plan.code, columns, rows)


@require_safe
def timeline(request: HttpRequest, code: str) -> HttpResponse:
    """The plan drawn in time, by chapter, party or year."""
    plan, user = plan_of(request, code), asker(request)
    form = NarrowTimeline(asked(request), plan=plan, user=user)
    by = form.grouping()
    shown = queries.timeline(user, plan, day(request), form.filters(), by=by)
    lines = [line for _title, group in shown.groups for line in group]
    internal = any(line.state.is_internal for line in lines)
    return render(
        request,
        "plan/timeline.html",
        {"plan": plan, "form": form, "timeline": shown, "by": by, "internal": internal},
    )


@require_safe
def measure(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """One measure: the plan's words, its time, its owners, what was told, its whole story."""
    plan, user = plan_of(request, code), asker(request)
    found = measure_of(request, plan, reference)
    state = queries.state_of(user, found, day(request))
    if state is None:
        raise Http404
    asked = queries.visible_to(user, Question).filter(measure=found)
    shown = {
        "plan": plan,
        "state": state,
        "waits": queries.waits_of(user, state),
        "happenings": queries.happenings(user, state),
        "bill": queries.bill_of(user, state, day(request)),
        "drawn": drawn(plan, [state], day(request)),
        "story": queries.story(user, found, day(request)),
        "questions": queries.questions_on(user, asked, day(request)),
        "evidence": queries.evidence_of(user, found, day(request)),
        "asked": queries.answered_by(user, found, day(request)),
        "came_from": queries.came_from(user, found, day(request)),
        "carried": queries.carried(user, found, day(request)),
        "works": queries.works_of(user, found, day(request)),
        "may": {verb: user.may(f"plan.{verb}", found) for verb in MEASURE_VERBS},
    }
    return render(request, "plan/measure.html", shown)


def asked(request: HttpRequest) -> dict[str, str]:
    """The filters of an address; without any, the measures of today."""
    return {"kind": "measure", "on": day(request).isoformat()} | request.GET.dict()


def row_of(state: Listed | State) -> list[Any]:
    """A measure as a row of a spreadsheet."""
    wording = state.wording
    return [
        state.reference,
        wording.section.number,
        wording.text,
        "; ".join(owner.name for owner in state.owners),
        wording.timing_text or window(wording),
        state.earliest,
        state.latest,
        status_words(state.status),
        state.late_since,
    ]
