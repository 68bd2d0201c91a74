"""What every request of somebody who is signed in has to pass: a session that lasts, factors that suffice."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext

from palermo.accounts import presence
from palermo.accounts.models import User
from palermo.accounts.queries import has_second, needs_second
from palermo.accounts.views.own import to_proof
from palermo.ui.downloads import DOCX, JSONL, PDF, XLSX

Answers = Callable[[HttpRequest], HttpResponse]
LISTS = (XLSX, DOCX, PDF, JSONL, "text/csv")  # in these shapes the office's records leave
# What somebody may do whose role asks for a second factor that they have not set up yet.
SETTING_UP = {
    "accounts:set-up",
    "accounts:new-passkey",
    "accounts:authenticator",
    "accounts:sign-out",
    "set_language",
}


def door(get_response: Answers) -> Answers:
    """End what lasted too long, lead to a missing second factor, ask for a proof before records leave."""

    def answer(request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if presence.over(request):
                logout(request)
                messages.info(request, gettext("Your session was over. Sign in again to go on."))
            else:
                presence.note(request)
        response = get_response(request)
        if leaves(response) and request.user.is_authenticated and not presence.fresh(request):
            return to_proof(request)
        return response

    def process_view(request: HttpRequest, *_view: object) -> HttpResponse | None:
        user = request.user
        if not isinstance(user, User) or presence.is_strong(request) or not needs_second(user):
            return None
        if has_second(user):
            logout(request)  # it began before the factor was there
            return redirect("accounts:sign-in")
        name = request.resolver_match.view_name if request.resolver_match else ""
        return None if name in SETTING_UP else redirect("accounts:set-up")

    answer.process_view = process_view  # type: ignore[attr-defined]
    return answer


def leaves(response: HttpResponse) -> bool:
    """Whether an answer is a list or a report that the browser keeps as a file."""
    kind = response.get("Content-Type", "").partition(";")[0]
    return kind in LISTS and "attachment" in response.get("Content-Disposition", "")
