"""One request each: signing in and out, invitations, people, one's own account."""

from __future__ import annotations

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import login, logout
from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render, resolve_url
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from palermo.accounts import actions, queries
from palermo.accounts.asking import asker
from palermo.accounts.day import today
from palermo.accounts.forms import Forgotten, GiveRole, Invite, Language, NewPassword, SignIn
from palermo.accounts.models import Purpose, RoleKind, User
from palermo.accounts.templatetags.accounts import role_words
from palermo.organisations.queries import visible_to as directory
from palermo.ui.downloads import sheet
from palermo.ui.methods import takes_form

BACKEND = "django.contrib.auth.backends.ModelBackend"


@login_not_required
@takes_form
def sign_in(request: HttpRequest) -> HttpResponse:
    """The door."""
    if request.user.is_authenticated:
        return redirect("desk:today")
    form = SignIn(request.POST or None)
    goes_to = request.POST.get("next") or request.GET.get("next", "")
    if request.method == "POST" and form.is_valid() and form.user:
        return let_in(request, form.user, safe(request, goes_to))
    shown = {"form": form, "next": goes_to, "offered": queries.demonstration_roles()}
    return render(request, "accounts/sign_in.html", shown)


@login_not_required
@require_POST
def sign_in_as(request: HttpRequest, handle: str) -> HttpResponse:
    """One click, in a demonstration only; elsewhere this address does not exist."""
    user = get_object_or_404(queries.demonstration_roles(), handle=handle)
    return let_in(request, user, safe(request, request.POST.get("next", "")))


def let_in(request: HttpRequest, user: User, goes_to: str) -> HttpResponse:
    """Sign somebody in; pages speak their language from here on."""
    login(request, user, backend=BACKEND)
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
    """Use an invitation."""
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
        return let_in(request, user, resolve_url("desk:today"))
    return render(request, "accounts/accept.html", {"form": form, "invited": invitation.user})


@takes_form
def account(request: HttpRequest) -> HttpResponse:
    """One's own account."""
    user = asker(request)
    form = Language(request.POST or None, initial={"language": user.language})
    if request.method == "POST" and form.is_valid():
        actions.choose_language(by=user, user=user, language=form.cleaned_data["language"], on=today())
        messages.success(request, _("Saved."))
        return speaking(redirect("accounts:account"), user)
    shown = {"form": form, "roles": user.roles_now(), "tokens": queries.tokens_of(user, today())}
    return render(request, "accounts/account.html", shown)


@require_POST
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


@require_safe
def people(request: HttpRequest) -> HttpResponse:
    """Everybody's account, for the administrator."""
    user = asker(request)
    if not user.may("accounts.manage"):
        raise Http404
    known = queries.visible_to(user).prefetch_related("roles__organisation")
    return render(request, "accounts/people.html", {"people": known})


@require_safe
def export_people(request: HttpRequest, kind: str) -> HttpResponse:
    """Everybody's account as a spreadsheet, one line a role."""
    user = asker(request)
    if not user.may("accounts.manage"):
        raise Http404
    known = queries.visible_to(user).prefetch_related("roles__organisation")
    columns = [_("Name"), _("Address"), _("Role"), _("Since"), _("Until")]
    rows = [
        [one.name, one.email, role_words(role), role.since_on, role.until_on]
        for one in known
        for role in one.roles.all()
    ]
    return sheet(kind, "people", columns, rows)


@takes_form
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody."""
    user = asker(request)
    if not user.may("accounts.manage"):
        raise Http404
    asked = {"organisation": request.GET.get("organisation"), "kind": request.GET.get("kind")}
    form = Invite(request.POST or None, organisations=directory(user), initial=asked)
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        link = request.build_absolute_uri(reverse("accounts:accept", args=["TOKEN"]))
        invited = actions.invite(
            by=user,
            email=told["email"],
            name=told["name"],
            language=told["language"],
            organisation=told["organisation"],
            kind=RoleKind(told["kind"]),
            link=link,
            on=today(),
        )
        messages.success(request, _("%(name)s was invited.") % {"name": invited.name})
        return redirect("accounts:people")
    return render(request, "accounts/invite.html", {"form": form})


@takes_form
def person(request: HttpRequest, handle: str) -> HttpResponse:
    """One person's roles: give another, end one."""
    user = asker(request)
    if not user.may("accounts.manage"):
        raise Http404
    known = get_object_or_404(queries.visible_to(user), handle=handle)
    form = GiveRole(request.POST or None, organisations=directory(user))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        kind = RoleKind(told["kind"])
        actions.give_role(by=user, user=known, organisation=told["organisation"], kind=kind, on=today())
        return redirect("accounts:person", handle=handle)
    roles = known.roles.select_related("organisation").order_by("since_on")
    return render(request, "accounts/person.html", {"person": known, "form": form, "roles": roles})


@require_POST
def end_role(request: HttpRequest, handle: str, pk: int) -> HttpResponse:
    """End one of somebody's roles today."""
    user = asker(request)
    known = get_object_or_404(queries.visible_to(user), handle=handle)
    role = get_object_or_404(known.roles, pk=pk, until_on=None)
    actions.end_role(by=user, role=role, on=today())
    return redirect("accounts:person", handle=handle)


def safe(request: HttpRequest, address: str) -> str:
    """Where to go after signing in: an address of this site, else Today."""
    here = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if here else resolve_url("desk:today")
