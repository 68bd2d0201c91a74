"""One's own account: language, second factors, sessions; and the proof that is asked for once more."""

from __future__ import annotations

import os
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import quote, urlencode

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from palermo.accounts import actions, presence, queries, rules
from palermo.accounts.asking import asker
from palermo.accounts.day import today
from palermo.accounts.forms import Language, NewAuthenticator, NewPasskey, Password, Proof
from palermo.accounts.models import User
from palermo.accounts.views.door import asked, opened, proof, safe, speaking, used_up
from palermo.ui.methods import takes_form
from palermo.ui.refusals import tried

View = Callable[..., HttpResponse]
SHOWN = "new-authenticator"  # in the session, from the page that shows it to the code that proves it


def asks_recent_proof(view: View) -> View:
    """A page for which somebody must have proved within the last quarter of an hour who they are."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if request.user.is_authenticated and not presence.fresh(request):
            return to_proof(request)
        return view(request, *args, **kwargs)

    return guarded


def to_proof(request: HttpRequest) -> HttpResponse:
    """To the page that asks for a proof, and from there to what was asked for: for a form, to its page."""
    came_from = request.headers.get("referer", "")
    back = came_from if came_from.startswith(request.build_absolute_uri("/")) else ""
    goes_to = back or resolve_url("desk:today") if request.method == "POST" else request.get_full_path()
    return redirect(f"{reverse('accounts:confirm')}?{urlencode({'next': goes_to, 'back': back})}")


@takes_form
def confirm(request: HttpRequest) -> HttpResponse:
    """Prove once more who one is; then on to what was asked for."""
    user = asker(request)
    told = request.POST or request.GET
    places = {"next": safe(request, told.get("next", "")), "back": safe(request, told.get("back", ""))}
    has_second = queries.has_second(user)
    form: Any = (Proof if has_second else Password)(request.POST or None)
    if request.method == "POST" and proved(request, form, user, has_second=has_second):
        return render(request, "accounts/confirmed.html", places)
    shown = asked(request, form, user) if has_second else {"form": form, "options": ""}
    return render(request, "accounts/confirm.html", {**shown, **places, "identity": vouching(user)})


def vouching(user: User) -> str:
    """The name of the provider whose word would confirm who somebody is; empty where none would."""
    known = settings.OIDC
    if known is None or not user.identities.filter(issuer=known.issuer).exists():
        return ""
    return known.name if known.strong or not queries.has_second(user) else ""


def proved(request: HttpRequest, form: Any, user: User, *, has_second: bool) -> bool:
    """Whether somebody proved who they are: with a second factor where they have one, else the password."""
    used: dict[str, Any] | None
    if has_second:
        used = proof(request, form, user)
    elif form.is_valid() and opened(request, form, user.email, form.cleaned_data["password"]):
        used = {"factor": "password"}
    else:
        used = None
    if used is None:
        return False
    factor = used.pop("factor")

    def prove() -> bool:
        actions.prove(by=user, user=user, factors=[factor], on=today(), **used)
        return True

    if not used_up(form, user, prove):
        return False
    presence.prove(request, factor)
    return True


@takes_form
def account(request: HttpRequest) -> HttpResponse:
    """One's own account."""
    user = asker(request)
    form = Language(request.POST or None, initial={"language": user.language})
    if request.method == "POST" and form.is_valid():
        actions.choose_language(by=user, user=user, language=form.cleaned_data["language"], on=today())
        messages.success(request, _("Saved."))
        return speaking(redirect("accounts:account"), user)
    shown = {
        "form": form,
        "roles": user.roles_now(),
        "passkeys": user.passkeys.order_by("pk"),
        "authenticator": getattr(user, "authenticator", None),
        "second": queries.has_second(user),
        "codes_left": queries.codes_left(user),
        "sessions": queries.sessions(user, request.session.session_key),
        "identities": user.identities.all(),
        "tokens": queries.tokens_of(user, today()),
    }
    return render(request, "accounts/account.html", shown)


@require_safe
def set_up(request: HttpRequest) -> HttpResponse:
    """Where everybody is led whose role asks for a second factor, until they have one."""
    return render(request, "accounts/set_up.html", {"needed": queries.needs_second(asker(request))})


@takes_form
@asks_recent_proof
def new_passkey(request: HttpRequest) -> HttpResponse:
    """Add a passkey. Only a browser with scripts can make one."""
    from palermo.accounts import webauthn  # noqa: PLC0415 - heavy

    user = asker(request)
    form = NewPasskey(request.POST or None)
    if request.method == "POST" and form.is_valid():
        name, made = form.cleaned_data["name"], webauthn.made(request, form.cleaned_data["answer"])
        if made is None:
            form.add_error(
                None, _("The browser made no passkey. Try again, or set up an authenticator instead.")
            )
        elif tried(
            form,
            lambda: actions.add_passkey(
                by=user, user=user, name=name, made=made, keep=key(request), on=today()
            ),
        ):
            return added(request, user, rules.PASSKEY)
    return render(
        request, "accounts/new_passkey.html", {"form": form, "options": webauthn.ask_new(request, user)}
    )


@require_POST
@asks_recent_proof
def remove_passkey(request: HttpRequest, pk: int) -> HttpResponse:
    """Remove one of one's own passkeys."""
    user = asker(request)
    passkey = get_object_or_404(user.passkeys, pk=pk)
    actions.remove_passkey(
        by=user, user=user, passkey=passkey, name=passkey.name, keep=key(request), on=today()
    )
    messages.success(request, _("Removed. Every other session is over."))
    return redirect("accounts:account")


@takes_form
@asks_recent_proof
def authenticator(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator: its secret as a QR code and as text, then a code that proves it was read."""
    user = asker(request)
    form = NewAuthenticator(request.POST or None)
    secret = bytes.fromhex(request.session.get(SHOWN, ""))
    if (
        request.method == "POST"
        and secret
        and tried(form, lambda: begin_authenticator(request, form, secret))
    ):
        del request.session[SHOWN]
        return added(request, user, rules.AUTHENTICATOR)
    if not secret:
        secret = os.urandom(20)
        request.session[SHOWN] = secret.hex()
    shown = {"form": form, "secret": rules.shown(secret), "picture": drawn(secret, user)}
    return render(request, "accounts/authenticator.html", shown)


def begin_authenticator(request: HttpRequest, form: NewAuthenticator, secret: bytes) -> bool:
    """Take the authenticator that shows the typed code."""
    user, code = asker(request), rules.plain(form.cleaned_data["code"])
    actions.set_authenticator(by=user, user=user, secret=secret, code=code, keep=key(request), on=today())
    return True


def drawn(secret: bytes, user: User) -> str:
    """The QR code of a secret, as SVG without styles."""
    import segno  # noqa: PLC0415 - this page alone draws one

    code = segno.make(rules.address_of("Palermo", user.email, secret), error="m", micro=False)
    return code.svg_inline(scale=5, border=4, dark="#000", light="#fff", omitsize=False)


@require_POST
@asks_recent_proof
def remove_authenticator(request: HttpRequest) -> HttpResponse:
    """Remove one's own authenticator."""
    user = asker(request)
    if getattr(user, "authenticator", None) is None:
        raise Http404
    actions.remove_authenticator(by=user, user=user, keep=key(request), on=today())
    messages.success(request, _("Removed. Every other session is over."))
    return redirect("accounts:account")


@takes_form
@asks_recent_proof
def codes(request: HttpRequest) -> HttpResponse:
    """Recovery codes: made anew, and shown on the answer alone."""
    user = asker(request)
    if request.method == "POST":
        made = actions.make_codes(by=user, user=user, on=today())
        file = quote("\r\n".join(made))
        return render(request, "accounts/codes.html", {"codes": made, "file": file})
    return render(request, "accounts/new_codes.html", {"left": queries.codes_left(user)})


def added(request: HttpRequest, user: User, factor: str) -> HttpResponse:
    """After a new factor: the session counts as opened with it; on to recovery codes where there are none."""
    presence.prove(request, factor)
    messages.success(request, _("Saved. Every other session is over."))
    return redirect("accounts:account" if queries.codes_left(user) else "accounts:codes")


@require_POST
def end_session(request: HttpRequest, mark: str) -> HttpResponse:
    """End one of one's own sessions, or with “others” all but this one."""
    user = asker(request)
    open_now = queries.sessions(user, key(request))
    keys = [one.key for one in open_now if (not one.here if mark == "others" else one.mark == mark)]
    if not keys and mark != "others":
        raise Http404
    which = mark if mark == "others" else "one"
    actions.end_sessions(by=user, user=user, which=which, keys=keys, on=today())
    return redirect("accounts:account")


def key(request: HttpRequest) -> str:
    """The key of the session that asks."""
    return request.session.session_key or ""
