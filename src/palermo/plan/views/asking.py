"""About which plan, which of its records, whether who asks may; and what a page of one form answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from django import forms
from django.contrib import messages
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from palermo.accounts.asking import asker
from palermo.accounts.models import User
from palermo.organisations.models import Organisation
from palermo.organisations.queries import visible_to as directory
from palermo.plan import queries
from palermo.plan.models import Measure, Plan
from palermo.ui.refusals import tried

M = TypeVar("M", bound=Model)


def seen(request: HttpRequest, model: type[M], **keys: Any) -> M:
    """The record that an address names; what may not be seen does not exist."""
    return get_object_or_404(queries.visible_to(asker(request), model), **keys)


def plan_of(request: HttpRequest, code: str) -> Plan:
    """The plan of an address, where the asker may see it."""
    return seen(request, Plan, code=code)


def measure_of(request: HttpRequest, plan: Plan, reference: str) -> Measure:
    """The measure of an address, where the asker may see it."""
    found = queries.measure_named(asker(request), plan, reference)
    if found is None:
        raise Http404
    return found


def organisation_of(request: HttpRequest, country: str, name: str) -> Organisation:
    """The organisation of an address, where the asker may see it."""
    return get_object_or_404(directory(asker(request)), code=f"{country}/{name}")


def only(request: HttpRequest, permission: str, record: object = None) -> User:
    """Who asks, where they may do this; for others there is no such page."""
    user = asker(request)
    if not user.may(permission, record):
        raise Http404
    return user


def of_one_form(
    request: HttpRequest,
    form: forms.Form,
    do: Callable[[], object],
    words: tuple[str, str, str],
    *,
    back: str,
    page: str,
    **shown: Any,
) -> HttpResponse:
    """Done and back to an address, or the form on its page. `words`: title, button, what was done."""
    title, button, said = words
    if request.method == "POST" and tried(form, do):
        messages.success(request, said)
        return redirect(back)
    return render(request, page, {**shown, "form": form, "heading": title, "button": button})
