"""One request each: the plans, the register, one measure, who owes what."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from palermo.accounts.models import User
from palermo.plan import queries
from palermo.plan.forms import Narrow
from palermo.plan.models import Plan
from palermo.plan.queries import State
from palermo.plan.templatetags.plan import status_words, window
from palermo.ui.sheets import csv_bytes, xlsx_bytes

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def plans(request: HttpRequest) -> HttpResponse:
    """Every plan that the asker may see."""
    known = queries.visible_to(asker(request), Plan).order_by("-since_on")
    return render(request, "plan/list.html", {"plans": known})


def register(request: HttpRequest, code: str) -> HttpResponse:
    """The plan's measures as they stood on a day, narrowed through the address."""
    plan = plan_of(request, code)
    form = Narrow({"kind": "measure"} | request.GET.dict())
    page = queries.register(
        asker(request), plan, day(request), form.filters(), after=request.GET.get("after")
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
    }
    return render(request, "plan/register.html", shown | {"query": request.GET.urlencode()})


def export(request: HttpRequest, code: str, kind: str) -> HttpResponse:
    """The register as a spreadsheet, narrowed as the page is."""
    plan, form = plan_of(request, code), Narrow({"kind": "measure"} | request.GET.dict())
    columns = [_("No."), _("Section"), _("Measure"), _("Party responsible"), _("Timing")]
    columns += [_("First day"), _("Last day"), _("Status"), _("Late since")]
    rows: list[list[Any]] = []
    after = None
    while True:
        page = queries.register(asker(request), plan, day(request), form.filters(), after=after, size=500)
        rows += [row_of(state) for state in page.rows]
        after = page.next
        if after is None:
            break
    if kind not in {"csv", "xlsx"}:
        raise Http404
    made = csv_bytes(columns, rows) if kind == "csv" else xlsx_bytes(plan.code, columns, rows)
    response = HttpResponse(made, content_type="text/csv; charset=utf-8" if kind == "csv" else XLSX)
    response["Content-Disposition"] = f'attachment; filename="{plan.code}.{kind}"'
    return response


def measure(request: HttpRequest, code: str, reference: str) -> HttpResponse:
    """One measure: the plan's words, its time, its owners, what was told, its whole story."""
    plan, user = plan_of(request, code), asker(request)
    found = queries.measure_named(user, plan, reference)
    state = queries.state_of(user, found, day(request)) if found else None
    if found is None or state is None:
        raise Http404
    shown = {"plan": plan, "state": state, "story": queries.story(user, found, day(request))}
    return render(request, "plan/measure.html", shown)


def owners(request: HttpRequest, code: str) -> HttpResponse:
    """Who owes the Bureau what, on a day."""
    plan = plan_of(request, code)
    owing = queries.who_owes_me(asker(request), plan, day(request))
    return render(request, "plan/owners.html", {"plan": plan, "owing": owing})


def row_of(state: State) -> list[Any]:
    """A measure as a row of a spreadsheet."""
    wording = state.wording
    return [
        state.reference,
        wording.section.number,
        wording.text,
        "; ".join(owner.name for owner in state.owners),
        wording.timing_text or window(wording),
        wording.earliest,
        wording.latest,
        status_words(state.status),
        state.late_since,
    ]


def plan_of(request: HttpRequest, code: str) -> Plan:
    """The plan of an address, where the asker may see it."""
    return get_object_or_404(queries.visible_to(asker(request), Plan), code=code)


def asker(request: HttpRequest) -> User:
    """Who asks."""
    return cast("User", request.user)


def day(request: HttpRequest) -> date:
    """The day as of which the page is asked for."""
    asked: date = request.on  # type: ignore[attr-defined]
    return asked
