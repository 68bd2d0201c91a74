"""Organisations and people, for programs."""

from __future__ import annotations

from typing import Annotated

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router

from palermo.accounts import queries as accounts
from palermo.accounts.asking import asker
from palermo.accounts.models import User
from palermo.api import schemas as api
from palermo.api import telling
from palermo.api.asking import SHORT, Country, Day, Name, absent, asked_on
from palermo.organisations import queries

router = Router(tags=["directory"])
PROBLEMS = {404: api.Problem, 401: api.Problem, 422: dict}


def holding(request: HttpRequest, permission: str) -> User:
    """Who asks, where they have a permission."""
    user = asker(request)
    if not user.may(permission):
        raise Http404
    return user


@router.get("/organisations", response={200: list[api.Organisation], **PROBLEMS})
def organisations(
    request: HttpRequest,
    q: Annotated[str, Query(**SHORT, description="Words of a name, an abbreviation or a code.")] = "",
    sort: Annotated[str, Query(**SHORT, description="Which sort of body, as the answer names it.")] = "",
) -> list[api.Organisation]:
    """The directory, narrowed as on its page."""
    known = queries.visible_to(holding(request, "organisations.read"))
    return [api.Organisation.from_orm(one) for one in queries.sought(known, q, sort)]


@router.get("/organisations/{country}/{name}", response={200: api.OrganisationState, **PROBLEMS})
def organisation(request: HttpRequest, country: Country, name: Name, on: Day = None) -> api.OrganisationState:
    """One organisation: who belongs to it and to what it belongs on a day."""
    user, day = holding(request, "organisations.read"), asked_on(request, on)
    one = get_object_or_404(queries.visible_to(user), code=absent(f"{country}/{name}"))
    return api.OrganisationState(
        on=day,
        organisation=api.Organisation.from_orm(one),
        members=[telling.membership(each, each.member) for each in queries.members_on(one, day)],
        belongs_to=[telling.membership(each, each.body) for each in queries.belongs_on(one, day)],
    )


@router.get("/people", response={200: list[api.Person], **PROBLEMS})
def people(request: HttpRequest) -> list[api.Person]:
    """Everybody's account; for the administrator."""
    known = accounts.visible_to(holding(request, "accounts.manage"))
    return [telling.person(one) for one in known.prefetch_related("roles__organisation")]
