"""What happens to every request and every answer."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext

from palermo.accounts.day import today
from palermo.accounts.models import User
from palermo.accounts.queries import is_demonstration
from palermo.audit.action import NotPermitted
from palermo.audit.asking import asked_by
from palermo.errors import Refused
from palermo.ui.days import FIRST, LAST
from palermo.ui.fields import numbers
from palermo.ui.refusals import sentence

LARGEST = 101 * 1024 * 1024  # bytes of one request: a document of 100 MB and what is typed beside it
Answers = Callable[[HttpRequest], HttpResponse]
ROOMS = {
    "plans": "plan.read",
    "organisations": "organisations.read",
    "people": "accounts.manage",
    "oversight": "oversight.read",
}


def guarded_headers(get_response: Answers) -> Answers:
    """Headers that every answer carries: no powers for the page, no copy of it left in a cache."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.setdefault("Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()")
        response.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        response.setdefault("Cache-Control", "no-store")
        return response

    return answer


def bounded(get_response: Answers) -> Answers:
    """Refuse more than the largest document that is read, before any of it is kept."""

    def answer(request: HttpRequest) -> HttpResponse:
        length = request.META.get("CONTENT_LENGTH") or "0"
        if not (numbers([length]) and int(length) <= LARGEST):
            said = gettext("What was sent is larger than 100 MB. Send a smaller file.")
            return HttpResponse(said, status=413, content_type="text/plain; charset=utf-8")
        return get_response(request)

    return answer


def asked(get_response: Answers) -> Answers:
    """Tell the database for each request who asks: whoever is signed in, else nobody."""

    def answer(request: HttpRequest) -> HttpResponse:
        with asked_by(request.user if isinstance(request.user, User) else None):
            return get_response(request)

    return answer


def office_day(get_response: Answers) -> Answers:
    """Give every request the office's day, and the day as of which it asks (`?on=2016-06-30`)."""

    def answer(request: HttpRequest) -> HttpResponse:
        request.today = today()  # type: ignore[attr-defined]
        request.on = asked_day(request) or request.today  # type: ignore[attr-defined]
        return get_response(request)

    def process_view(request: HttpRequest, *_view: object) -> HttpResponse | None:
        text = request.GET.get("on", "")
        if not text or asked_day(request) or request.path.startswith("/api/"):  # which answers in JSON
            return None
        said = gettext("“%(text)s” is no day. Write a day as 2016-06-30.") % {"text": text[:40]}
        return render(request, "refused.html", {"said": said}, status=400)

    answer.process_view = process_view  # type: ignore[attr-defined]
    return answer


def asked_day(request: HttpRequest) -> date | None:
    """The day that an address asks for; None where it asks for none, or for no day of the office's time."""
    try:
        day = date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return None
    return day if FIRST <= day <= LAST else None


def refusals(get_response: Answers) -> Answers:
    """Turn a refusal that a view let through into a page: 404 where a role forbids, else what to do next."""

    def answer(request: HttpRequest) -> HttpResponse:
        return get_response(request)

    def process_exception(request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotPermitted):
            raise Http404 from exception
        if isinstance(exception, Refused):
            return refused(request, exception)
        return None

    answer.process_exception = process_exception  # type: ignore[attr-defined]
    return answer


def refused(request: HttpRequest, refusal: Refused) -> HttpResponse:
    """A refusal in the language of the page: back where the person came from, or on a page of its own."""
    said = sentence(refusal)
    came_from = request.headers.get("referer", "")
    if request.method == "POST" and came_from.startswith(request.build_absolute_uri("/")):
        messages.error(request, said)
        return redirect(came_from)
    return render(request, "refused.html", {"said": said}, status=409)


def refuse_all(_permission: str) -> bool:
    """What somebody who has not signed in may do."""
    return False


def place(request: HttpRequest) -> dict[str, object]:
    """What every page shows of where it stands: the day, the day asked for, a demonstration or not."""
    now = getattr(request, "today", None) or today()
    on = getattr(request, "on", now)
    may = getattr(request.user, "may", refuse_all)
    return {
        "today": now,
        "on": on,
        "in_the_past": on < now,
        "in_the_future": on > now,
        "demonstration": is_demonstration() if settings.DEMONSTRATION else False,
        "sees": {room: may(permission) for room, permission in ROOMS.items()},
    }
