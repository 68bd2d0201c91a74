"""One request each: Today, and the messages that a demonstration has sent."""

from __future__ import annotations

import hashlib
from typing import Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from palermo.accounts.asking import asker
from palermo.accounts.models import Purpose
from palermo.accounts.queries import holder, is_demonstration
from palermo.audit.asking import asked_by
from palermo.desk.deadlines import deadlines
from palermo.notices.queries import left_in_files
from palermo.plan.models import Contact, Report, Round
from palermo.plan.queries import Expected, Waiting, WorkOn, waiting_for
from palermo.plan.queries.board import Asked
from palermo.ui import days

OF_WORKS = ("write", "late-work")


@require_safe
def today(request: HttpRequest) -> HttpResponse:
    """What waits for whoever asks, in order of date."""
    on = days.today(request)
    found = [
        {
            "what": one.what,
            "by_on": one.by_on,
            "late": one.by_on < on,
            "count": one.count,
            "is_more": one.is_more,
            **about(one),
        }
        for one in waiting_for(asker(request), on)
    ]
    return render(request, "desk/today.html", {"waiting": found})


@login_not_required
@require_safe
def calendar(request: HttpRequest, token: str) -> HttpResponseBase:
    """The deadlines of whoever made this address, for their calendar; unchanged ones are not sent twice."""
    user = holder(token, Purpose.CALENDAR, days.today(request))
    if user is None:
        raise Http404
    from palermo.desk.feed import feed  # noqa: PLC0415 - icalendar takes half a second, once, for feeds alone

    with translation.override(user.language), asked_by(user):
        found = deadlines(user, days.today(request))
    host = request.get_host().split(":")[0]
    made = feed(found, language=user.language, host=host, absolute=request.build_absolute_uri)
    response = HttpResponse(made, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = 'inline; filename="palermo.ics"'
    response["Cache-Control"] = "private, no-cache"
    etag = f'"{hashlib.sha256(made).hexdigest()}"'
    response["ETag"] = etag
    return get_conditional_response(request, etag=etag, response=response) or response


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    """What a demonstration would have sent by e-mail, the latest first; no other office shows it."""
    if not is_demonstration():
        raise Http404
    return render(
        request, "desk/messages.html", {"sent": [(one, one.get_content()) for one in left_in_files(50)]}
    )


def about(one: Waiting) -> dict[str, Any]:
    """What something that waits speaks of, and the page that does it."""
    record = one.record
    if isinstance(record, Asked):
        question = record.question
        organisation, measure = question.organisation, question.measure
        place = [measure.plan.code, question.round.number, measure.reference]
        link = reverse("plan:question", args=[*place, organisation.country, organisation.slug])
        words = record.wording.text if record.wording else ""
        return {
            "name": f"{measure.reference}, {organisation.name}",
            "reference": measure.reference,
            "organisation": organisation.name,
            "words": words,
            "language": measure.plan.language,
            "link": link,
        }
    if isinstance(record, WorkOn):
        return about_work(record, one.what)
    name = record.organisation.name if isinstance(record, Contact) else str(record)
    return {"name": name, "link": place_of(one)}


def place_of(one: Waiting) -> str:
    """The page on which something is done that is no question and no work."""
    record = one.record
    if isinstance(record, Round):
        return reverse("plan:round", args=[record.plan.code, record.number])
    if isinstance(record, Report):
        return reverse("plan:report-review", args=[record.pk])
    if isinstance(record, Expected):
        return reverse("plan:recurring-reports", args=[record.duty.plan.code])
    if isinstance(record, Contact):
        return reverse("plan:owners", args=[record.plan.code])
    return reverse("plan:works" if one.what in OF_WORKS else "plan:review", args=[record.code])


def about_work(one: WorkOn, what: str) -> dict[str, Any]:
    """Which note or study waits, whose it is, and where a version is handed in or it is looked up."""
    page = "plan:hand-in-version" if what == "write" else "plan:work"
    return {
        "name": one.work.reference,
        "reference": one.work.reference,
        "organisation": one.terms.owner.name,
        "words": one.terms.title,
        "language": one.terms.language,
        "link": reverse(page, args=[one.work.plan.code, one.work.number]),
    }
