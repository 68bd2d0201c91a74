"""One's own tokens: the address of a calendar, the token of one's programs."""

from __future__ import annotations

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from palermo.accounts import actions, queries
from palermo.accounts.asking import asker
from palermo.accounts.day import today
from palermo.accounts.models import Purpose
from palermo.accounts.views.own import asks_recent_proof


@require_POST
@asks_recent_proof
def new_token(request: HttpRequest, purpose: str) -> HttpResponse:
    """A new address of one's calendar, or a new token for one's programs; this page alone shows it."""
    user, kind = asker(request), purposed(purpose)
    secret = actions.make_token(by=user, user=user, purpose=kind, on=today())
    place = reverse("desk:calendar", args=[secret]) if kind == Purpose.CALENDAR else ""
    shown = {"address": request.build_absolute_uri(place) if place else "", "secret": secret}
    return render(request, "accounts/token.html", shown | {"token": queries.tokens_of(user, today())[kind]})


@require_POST
def end_token(request: HttpRequest, purpose: str) -> HttpResponse:
    """Close one's own token."""
    user = asker(request)
    actions.end_token(by=user, user=user, purpose=purposed(purpose), on=today())
    messages.success(request, _("It opens nothing any more."))
    return redirect("accounts:account")


def purposed(purpose: str) -> Purpose:
    """What an address speaks of. Raises Http404 for anything that no token opens."""
    if purpose not in Purpose:
        raise Http404
    return Purpose(purpose)
