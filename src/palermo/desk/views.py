"""One request: Today."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from palermo.accounts.day import today as office_day
from palermo.accounts.models import User
from palermo.plan.queries import Waiting, waiting_for
from palermo.plan.queries.board import Asked


def today(request: HttpRequest) -> HttpResponse:
    """What waits for whoever asks, in order of date."""
    on = office_day()
    found = [
        {"what": one.what, "by_on": one.by_on, "late": one.by_on < on, "count": one.count, **about(one)}
        for one in waiting_for(cast("User", request.user), on)
    ]
    return render(request, "desk/today.html", {"waiting": found})


def about(one: Waiting) -> dict[str, Any]:
    """What something that waits speaks of, and where it stands."""
    if isinstance(one.record, Asked):
        measure = one.record.question.measure
        return {
            "name": measure.reference,
            "link": reverse("plan:measure", args=[measure.plan.code, measure.reference]),
        }
    return {"name": str(one.record), "link": reverse("plan:list")}
