"""Signing in by a provider's word, such as a government identity. It opens accounts and never makes one."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from palermo.accounts import actions, presence, queries, rules
from palermo.accounts.day import today
from palermo.accounts.views.door import go_on, safe
from palermo.errors import Refused, words
from palermo.ui.refusals import sentence

KEPT = "identity"  # in the session, between going to the provider and coming back
LONGEST = 15 * 60  # seconds that somebody may take there


@login_not_required
@require_safe
def begin(request: HttpRequest) -> HttpResponse:
    """To the provider; whoever is signed in already proves themselves anew there."""
    if settings.OIDC is None:
        raise Http404
    from palermo.accounts import oidc  # noqa: PLC0415 - heavy

    again = request.user.is_authenticated
    try:
        address, kept = oidc.begin(settings.OIDC, back_address(request), again=again)
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("accounts:account" if again else "accounts:sign-in")
    places = {name: safe(request, request.GET.get(name, "")) for name in ("next", "back")}
    request.session[KEPT] = {**kept, **places, "again": again, "at": presence.now()}
    return redirect(address)


@login_not_required
@require_safe
def back(request: HttpRequest) -> HttpResponse:
    """From the provider: what was kept is used once, whatever comes back."""
    kept = request.session.pop(KEPT, None)
    if settings.OIDC is None or kept is None or presence.now() - kept["at"] > LONGEST:
        return redirect("accounts:sign-in")
    from palermo.accounts import oidc  # noqa: PLC0415 - heavy

    try:
        told = oidc.claims(settings.OIDC, back_address(request), kept, request.GET.dict())
        return confirmed(request, told, kept) if kept["again"] else come_in(request, told, kept["next"])
    except Refused as refusal:
        messages.error(request, sentence(refusal))
        return redirect("accounts:confirm" if request.user.is_authenticated else "accounts:sign-in")


def come_in(request: HttpRequest, told: dict[str, Any], goes_to: str) -> HttpResponse:
    """Let somebody in by the provider's word; where that is one factor, theirs is asked for besides.

    The account is the one to which this name was tied before, or the one whose address the provider verified.
    """
    user = queries.tied(told["iss"], told["sub"])
    if user is None and told.get("email_verified") is True:
        user = queries.reachable(str(told.get("email", "")))
    if user is None:
        raise Refused(
            "no-account-tied",
            words("No account belongs to this identity."),
            words("Sign in another way, or ask the administrator for an invitation."),
        )
    return go_on(request, user, [factor(told)], goes_to, (told["iss"], told["sub"]))


def confirmed(request: HttpRequest, told: dict[str, Any], kept: dict[str, Any]) -> HttpResponse:
    """Whoever is signed in proved anew who they are, if it is they who came back."""
    user = queries.tied(told["iss"], told["sub"])
    if user is None or user != request.user or (queries.has_second(user) and factor(told) == rules.IDENTITY):
        raise Refused(
            "other-person",
            words("This identity does not confirm who you are here."),
            words("Confirm it another way."),
        )
    actions.prove(by=user, user=user, factors=[factor(told)], on=today())
    presence.prove(request, factor(told))
    return render(request, "accounts/confirmed.html", {"next": kept["next"], "back": kept["back"]})


def factor(told: dict[str, Any]) -> str:
    """What a provider's word counts for: more than one factor where it vouches for such a level."""
    strong = settings.OIDC.strong if settings.OIDC else ()
    return rules.STRONG_IDENTITY if told.get("acr") in strong else rules.IDENTITY


def back_address(request: HttpRequest) -> str:
    """Where the provider sends people back to."""
    return request.build_absolute_uri(reverse("accounts:identity-back"))
