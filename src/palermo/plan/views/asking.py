"""Who asks, about which plan, as of which day."""

from __future__ import annotations

from datetime import date
from typing import Any, TypeVar, cast

from django.db.models import Model
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from palermo.accounts.models import User
from palermo.organisations.models import Organisation
from palermo.plan import queries
from palermo.plan.models import Measure, Plan

M = TypeVar("M", bound=Model)


def asker(request: HttpRequest) -> User:
    """Who asks."""
    return cast("User", request.user)


def day(request: HttpRequest) -> date:
    """The day as of which the page is asked for."""
    asked: date = request.on  # type: ignore[attr-defined]
    return asked


def today(request: HttpRequest) -> date:
    """The office's day, on which everything that is done is done."""
    now: date = request.today  # type: ignore[attr-defined]
    return now


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


def organisation_of(country: str, name: str) -> Organisation:
    """The organisation of an address; the directory is open to everybody who reads plans."""
    return get_object_or_404(Organisation, code=f"{country}/{name}")


def only(request: HttpRequest, permission: str, record: object = None) -> User:
    """Who asks, where they may do this; for others there is no such page."""
    user = asker(request)
    if not user.may(permission, record):
        raise Http404
    return user
