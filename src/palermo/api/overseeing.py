"""What an overseer sees, and what the office knows of whoever asks, for programs."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Annotated

from django.http import HttpRequest
from ninja import Query, Router, Schema

from palermo.accounts.asking import asker
from palermo.api import schemas as api
from palermo.api import telling
from palermo.api.directory import PROBLEMS, holding
from palermo.audit.queries import checkpoint
from palermo.oversight import queries
from palermo.ui import days

router = Router(tags=["oversight"])
Bound = Annotated[
    date | None, Query(ge=days.FIRST, le=days.LAST, description="The last thirty days without it.")
]
MONTH = timedelta(days=30)


class Deed(Schema):
    """How often somebody did something in the period, and the last day of it."""

    name: str
    action: str
    times: int
    last_on: date


class Power(Schema):
    """That somebody was given or lost the power to do something, and by whom."""

    on: date
    name: str
    action: str
    whom: str | None
    kind: str
    to_oneself: bool


class Oversight(Schema):
    """Who did what between two days, and where the trail stands; no answer holds what people wrote."""

    since: date
    until: date
    entries: int
    deeds: list[Deed]
    powers: list[Power]
    overseers: list[str]


@router.get("/me", response={200: api.Person, **PROBLEMS})
def me(request: HttpRequest) -> api.Person:
    """The account of whoever asks, with its roles. How it signs in is told to no program."""
    return telling.person(asker(request))


@router.get("/oversight", response={200: Oversight, **PROBLEMS})
def oversight(request: HttpRequest, since: Bound = None, until: Bound = None) -> Oversight:
    """Who did what between two days, the last thirty without them; for whoever oversees."""
    user, now = holding(request, "oversight.read"), days.today(request)
    first, last = since or now - MONTH, until or now
    return Oversight(
        since=first,
        until=last,
        entries=checkpoint().entries,
        deeds=[Deed.from_orm(one) for one in queries.deeds(user, first, last)],
        powers=[
            Power(
                on=one.on,
                name=one.name,
                action=one.action,
                whom=one.whom.name if one.whom else None,
                kind=one.kind,
                to_oneself=one.to_oneself,
            )
            for one in queries.powers(user)
        ],
        overseers=[one.name for one in queries.overseers(now)],
    )
