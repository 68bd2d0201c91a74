"""What a program may ask with, and as whom."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Annotated, Any

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from ninja import Path, Query

from palermo.accounts.models import Purpose, User
from palermo.accounts.queries import holder
from palermo.audit.asking import asked_by
from palermo.ui import days

Day = Annotated[
    date | None,
    Query(ge=days.FIRST, le=days.LAST, description="As of this day; the office's own without it."),
]
SHORT: dict[str, Any] = {"max_length": 400, "pattern": r"^[^\x00]*$"}
Words = Annotated[str, Query(**SHORT)]
Key = Annotated[int, Path(ge=1, le=2_147_483_647, description="Its id, as its list tells it.")]
Country = Annotated[str, Path(description="The first half of an organisation's code: be of be/bureau.")]
Name = Annotated[str, Path(description="The second half of an organisation's code: bureau of be/bureau.")]
Answers = Callable[..., HttpResponseBase]


def asked_on(request: HttpRequest, on: date | None) -> date:
    """The day as of which is asked."""
    return on or days.today(request)


def absent(code: str) -> str:
    """A code as it came; what no database can hold is not there."""
    if "\x00" in code:
        raise Http404
    return code


def program(request: HttpRequest) -> User | None:
    """Who asks: the holder of the token that is shown, else whoever signed in with this browser."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    if kind.lower() == "bearer":
        return holder(token.strip(), Purpose.PROGRAMS, days.today(request))
    if kind:
        return None
    return request.user if isinstance(request.user, User) else None


def guarded(view: Answers) -> Answers:
    """An address of the API: 401 without a sign-in, whatever the method; HEAD is GET without its body."""

    @login_not_required
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = program(request)
        if user is None:
            told = {"detail": "Sign in, or show a token of yours as Bearer."}
            return JsonResponse(told, status=401, headers={"WWW-Authenticate": "Bearer"})
        request.user = user
        with asked_by(user):
            if request.method != "HEAD":
                return view(request, *args, **kwargs)
            request.method = "GET"
            made = view(request, *args, **kwargs)
        return HttpResponse(status=made.status_code, headers=dict(made.items()))

    return answer
