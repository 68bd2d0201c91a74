"""Signing in and out, the second factor, invitations and forgotten passwords."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import authenticate, logout
from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from palermo.accounts import actions, attempts, presence, queries, rules
from palermo.accounts.day import today
from palermo.accounts.forms import Forgotten, NewPassword, Proof, SignIn
from palermo.accounts.models import User
from palermo.ui.methods import takes_form
from palermo.ui.refusals import tried


@login_not_required
@takes_form
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door."""
    if request.user.is_authenticated:
        return redirect("desk:today")
    form = SignIn(request.POST or None)
    goes_to = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        user = opened(request, form, told["email"], told["password"])
        if user is not None:
            return go_on(request, user, ["password"], safe(request, goes_to))
    shown = {
        "form": form,
        "next": goes_to,
        "offered": queries.demonstration_roles(),
        "identity": settings.OIDC and settings.OIDC.name,
    }
    return render(request, "accounts/sign_in.html", shown)


def opened(request: HttpRequest, form: Any, email: str, password: str) -> User | None:
    """Whose address and password these are; None, with the form's error, for any others or too many.

    The answer and the time that it takes are the same for an address with an account and for one without.
    """
    door = f"password {email.casefold()} {presence.place(request)}"
    standing = attempts.count(door)
    if standing > rules.WRONG_ANSWERS:
        form.add_error(None, too_many())
        return None
    user = authenticate(username=email, password=password)
    if isinstance(user, User):
        attempts.forget(door)
        return user
    if standing == rules.WRONG_ANSWERS:
        lock(queries.reachable(email), door)
    form.add_error(None, _("The address and the password do not belong together. Try again."))
    return None


def lock(user: User | None, door: str) -> None:
    """The last wrong answer that a door takes for a while stands in the trail, by the door's digest."""
    actions.lock_out(by=actions.Stranger(), user=user, door=attempts.digest(door), on=today())


def too_many() -> str:
    """What is said at a door that takes no more answers."""
    return _(
        "Too many wrong answers. Wait a quarter of an hour, sign in with a passkey, "
        "or ask for a link by e-mail under “Forgot your password?”."
    )


def go_on(
    request: HttpRequest,
    user: User,
    factors: list[str],
    goes_to: str,
    identity: tuple[str, str] | None = None,
) -> HttpResponse:
    """Let somebody in, or ask for the second factor where they have one."""
    if not rules.strong(factors) and queries.has_second(user):
        return wait(request, user, factors, goes_to, identity)
    actions.sign_in(by=user, user=user, factors=factors, identity=identity, on=today())
    return let_in(request, user, factors, goes_to)


def wait(
    request: HttpRequest,
    user: User,
    factors: list[str],
    goes_to: str,
    identity: tuple[str, str] | None = None,
) -> HttpResponse:
    """Keep in the session who waits for the second factor, and ask for it. Nobody is signed in by it."""
    request.session.flush()
    half = {"user": user.pk, "factors": factors, "next": goes_to, "identity": identity, "at": presence.now()}
    request.session["half"] = half
    return redirect("accounts:second")


def half_in(request: HttpRequest) -> tuple[User, dict[str, Any]] | None:
    """Who waits for the second factor, and where they were going; None where nobody does, or too long."""
    half = request.session.get("half")
    if half is None or presence.now() - half["at"] > rules.HALF:
        return None
    user = queries.in_use(half["user"])
    return (user, half) if user else None


@login_not_required
@takes_form
def second(request: HttpRequest) -> HttpResponse:
    """The second factor: a passkey, the code of an authenticator, or a recovery code."""
    waiting = half_in(request)
    if waiting is None:
        return redirect("accounts:sign-in")
    user, half = waiting
    form = Proof(request.POST or None)
    if request.method == "POST" and (used := proof(request, form, user)):
        factors = [*half["factors"], used.pop("factor")]

        def come_in() -> bool:
            tied = half["identity"] and tuple(half["identity"])
            actions.sign_in(by=user, user=user, factors=factors, identity=tied, on=today(), **used)
            return True

        if used_up(form, user, come_in):
            return let_in(request, user, factors, half["next"])
    return render(request, "accounts/second.html", asked(request, form, user))


def asked(request: HttpRequest, form: Proof, user: User) -> dict[str, Any]:
    """What a page that asks for a factor shows: the form, and what the browser needs for a passkey."""
    if user.passkeys.exists():
        from palermo.accounts import webauthn  # noqa: PLC0415 - heavy

        return {"form": form, "options": webauthn.ask(request, user)}
    return {"form": form, "options": ""}


def proof(request: HttpRequest, form: Proof, user: User) -> dict[str, Any] | None:
    """With what somebody proves to be this user, still to be used up; None, with the form's error, else."""
    if not form.is_valid():
        return None
    if form.cleaned_data["answer"]:
        return passkey_proof(request, form, user)
    door = f"second {user.pk}"
    standing = attempts.count(door)
    if standing > rules.WRONG_ANSWERS:
        form.add_error("code", _("Too many wrong codes. Wait a quarter of an hour, or use a passkey."))
        return None
    code = form.cleaned_data["code"]
    return {"factor": rules.kind_of(code), "code": code}


def used_up(form: Proof, user: User, do: Callable[[], bool]) -> bool:
    """Whether what somebody proves who they are with was used up; the last wrong code locks this door."""
    door = f"second {user.pk}"
    if tried(form, do):
        attempts.forget(door)
        return True
    if attempts.standing(door) == rules.WRONG_ANSWERS:
        lock(user, door)
    return False


def passkey_proof(request: HttpRequest, form: Proof, user: User | None) -> dict[str, Any] | None:
    """The passkey that signed, of this user where one is named; None, with the form's error, otherwise."""
    from palermo.accounts import webauthn  # noqa: PLC0415 - heavy

    found = webauthn.signed(request, form.cleaned_data["answer"])
    if found is None or (user is not None and found[0].user_id != user.pk):
        form.add_error(None, _("This passkey was not accepted. Try again, or use another way to sign in."))
        return None
    return {"factor": rules.PASSKEY, "passkey": found[0], "counter": found[1]}


@login_not_required
@takes_form
def with_passkey(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone: it is something held, and opened by a finger, a face or a number."""
    from palermo.accounts import webauthn  # noqa: PLC0415 - heavy

    goes_to = safe(request, request.POST.get("next") or request.GET.get("next", ""))
    form = Proof(request.POST or None)
    if request.method == "POST" and form.is_valid() and (used := passkey_proof(request, form, None)):
        passkey, user = used["passkey"], used["passkey"].user

        def come_in() -> bool:
            actions.sign_in(
                by=user,
                user=user,
                factors=[rules.PASSKEY],
                passkey=passkey,
                counter=used["counter"],
                on=today(),
            )
            return True

        if tried(form, come_in):
            return let_in(request, user, [rules.PASSKEY], goes_to)
    shown = {"form": form, "options": webauthn.ask(request), "next": goes_to}
    return render(request, "accounts/passkey.html", shown)


@login_not_required
@require_POST
def sign_in_as(request: HttpRequest, handle: str) -> HttpResponse:
    """One click, in a demonstration only; elsewhere this address does not exist."""
    user = get_object_or_404(queries.demonstration_roles(), handle=handle)
    goes_to = safe(request, request.POST.get("next", ""))
    actions.sign_in(by=user, user=user, factors=["demonstration"], on=today())
    return let_in(request, user, ["demonstration"], goes_to)


def let_in(request: HttpRequest, user: User, factors: list[str], goes_to: str) -> HttpResponse:
    """Begin a session; pages speak the language of who signed in from here on."""
    presence.begin(request, user, factors)
    return speaking(redirect(goes_to), user)


def speaking(response: HttpResponse, user: User) -> HttpResponse:
    """Remember in the browser which language somebody chose for their account."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        user.language,
        secure=settings.LANGUAGE_COOKIE_SECURE,
        httponly=settings.LANGUAGE_COOKIE_HTTPONLY,
        samesite="Lax",
    )
    return response


@login_not_required
@takes_form
def forgotten(request: HttpRequest) -> HttpResponse:
    """Ask for a new password: the same answer for every address."""
    form = Forgotten(request.POST or None)
    if request.method == "POST" and form.is_valid():
        user = queries.reachable(form.cleaned_data["email"])
        if user is not None:
            link = request.build_absolute_uri(reverse("accounts:accept", args=["TOKEN"]))
            actions.ask_password(by=user, user=user, link=link, on=today())
        messages.success(request, _("If the address has an account, a message with a link is on its way."))
        return redirect("accounts:sign-in")
    return render(request, "accounts/forgotten.html", {"form": form})


@login_not_required
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """Leave."""
    logout(request)
    return redirect("accounts:sign-in")


@login_not_required
@takes_form
def accept(request: HttpRequest, token: str) -> HttpResponse:
    """Use an invitation. The link stands for the password alone: a second factor is asked for as ever."""
    invitation = queries.invitation(token, today())
    if invitation is None:
        return render(request, "accounts/invitation_closed.html", status=404)
    form = NewPassword(request.POST or None, user=invitation.user)
    if request.method == "POST" and form.is_valid():
        user = actions.accept_invitation(
            by=invitation.user,
            user=invitation.user,
            invitation=invitation,
            password=form.cleaned_data["password"],
            on=today(),
        )
        if queries.has_second(user):
            return wait(request, user, ["link"], resolve_url("desk:today"))
        return let_in(request, user, ["link"], resolve_url("desk:today"))
    return render(request, "accounts/accept.html", {"form": form, "invited": invitation.user})


def safe(request: HttpRequest, address: str) -> str:
    """Where to go after signing in: an address of this site, else Today."""
    here = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    whole = here and (address.startswith("/") or urlsplit(address).netloc)  # a word would be taken for a name
    return address if whole else resolve_url("desk:today")
