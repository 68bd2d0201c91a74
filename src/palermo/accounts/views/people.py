"""Everybody's accounts and roles, for the administrator."""

from __future__ import annotations

from functools import wraps

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from palermo.accounts import actions, queries
from palermo.accounts.asking import asker
from palermo.accounts.day import today
from palermo.accounts.forms import GiveRole, Invite
from palermo.accounts.models import RoleKind, User
from palermo.accounts.templatetags.accounts import role_words
from palermo.accounts.views.own import View, asks_recent_proof
from palermo.organisations.queries import visible_to as directory
from palermo.ui.downloads import sheet
from palermo.ui.methods import takes_form


def of_administrators(view: View) -> View:
    """A page that is there for those who manage accounts alone: nobody else is asked for a proof either."""

    @wraps(view)
    def guarded(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not asker(request).may("accounts.manage"):
            raise Http404
        return view(request, *args, **kwargs)

    return guarded


@require_safe
@of_administrators
def people(request: HttpRequest) -> HttpResponse:
    """Everybody's account, for the administrator."""
    known = queries.visible_to(asker(request)).prefetch_related("roles__organisation")
    return render(request, "accounts/people.html", {"people": known})


@require_safe
@of_administrators
def export_people(request: HttpRequest, kind: str) -> HttpResponse:
    """Everybody's account as a spreadsheet, one line a role."""
    known = queries.visible_to(asker(request)).prefetch_related("roles__organisation")
    columns = [_("Name"), _("Address"), _("Role"), _("Since"), _("Until")]
    rows = [
        [one.name, one.email, role_words(role), role.since_on, role.until_on]
        for one in known
        for role in one.roles.all()
    ]
    return sheet(kind, "people", columns, rows)


@takes_form
@of_administrators
@asks_recent_proof
def invite(request: HttpRequest) -> HttpResponse:
    """Invite somebody."""
    user = asker(request)
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
@of_administrators
@asks_recent_proof
def person(request: HttpRequest, handle: str) -> HttpResponse:
    """One person's roles: give another, end one."""
    user, known = managed(request, handle)
    form = GiveRole(request.POST or None, organisations=directory(user))
    if request.method == "POST" and form.is_valid():
        told = form.cleaned_data
        kind = RoleKind(told["kind"])
        actions.give_role(by=user, user=known, organisation=told["organisation"], kind=kind, on=today())
        return redirect("accounts:person", handle=handle)
    shown = {
        "person": known,
        "form": form,
        "roles": known.roles.select_related("organisation").order_by("since_on"),
        "sessions": queries.sessions(known),
        "factors": queries.second_factors(known),
        "own": known.pk == user.pk,
    }
    return render(request, "accounts/person.html", shown)


@require_POST
@of_administrators
@asks_recent_proof
def end_role(request: HttpRequest, handle: str, pk: int) -> HttpResponse:
    """End one of somebody's roles today."""
    user, known = managed(request, handle)
    role = get_object_or_404(known.roles, pk=pk, until_on=None)
    actions.end_role(by=user, role=role, on=today())
    return redirect("accounts:person", handle=handle)


def managed(request: HttpRequest, handle: str) -> tuple[User, User]:
    """The administrator who asks, and the account that they act upon. Raises Http404 where there is none."""
    user = asker(request)
    return user, get_object_or_404(queries.visible_to(user), handle=handle)


@require_POST
@of_administrators
@asks_recent_proof
def close_account(request: HttpRequest, handle: str) -> HttpResponse:
    """Close somebody's account, or open it again."""
    user, known = managed(request, handle)
    change = actions.close_account if known.is_active else actions.reopen_account
    change(by=user, user=known, on=today())
    return redirect("accounts:person", handle=handle)


@require_POST
@of_administrators
@asks_recent_proof
def remove_factors(request: HttpRequest, handle: str) -> HttpResponse:
    """Take away the second factors of somebody who lost them."""
    user, known = managed(request, handle)
    actions.remove_factors(by=user, user=known, on=today())
    return redirect("accounts:person", handle=handle)


@require_POST
@of_administrators
@asks_recent_proof
def end_their_sessions(request: HttpRequest, handle: str) -> HttpResponse:
    """End every session of somebody."""
    user, known = managed(request, handle)
    keys = [one.key for one in queries.sessions(known)]
    actions.end_sessions(by=user, user=known, which="all", keys=keys, on=today())
    return redirect("accounts:person", handle=handle)
