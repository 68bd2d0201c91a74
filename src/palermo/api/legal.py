"""The law of a day and the protection procedure, for programs: what the pages show of them."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from palermo.api.asking import Day, asked_on
from palermo.api.directory import PROBLEMS
from palermo.law.file import load
from palermo.referral.explained import sections

router = Router(tags=["law"])
Country = Annotated[
    Literal["be", "nl", "lu", "eu"],
    Query(description="Whose law, by its code in ISO 3166-1; eu for its members."),
]


class LawValue(Schema):
    """What the law fixed on a day, between which days, and where that stands."""

    name: str
    unit: str
    value: Any = Field(description="In its unit; a penalty is an object, aims and grounds are lists.")
    since: date
    until: date | None
    source: str
    confidence: str
    note: str


class Condition(Schema):
    """What must be so for a move."""

    words: str
    cited: list[str]


class Rule(Schema):
    """A document, move, clock, duty or track, with every version of where it stands."""

    code: str
    title: str
    said: str
    needs: list[Condition]
    cited: list[str]


class Chapter(Schema):
    """Things of one kind."""

    code: str
    title: str
    entries: list[Rule]


@router.get("/law", response={200: list[LawValue], **PROBLEMS})
def law(request: HttpRequest, country: Country = "be", on: Day = None) -> list[LawValue]:
    """Every value of a country's law that holds on a day."""
    day = asked_on(request, on)
    found = [(value, value.on(day)) for value in load(country).values.values()]
    return [
        LawValue(
            name=value.name,
            unit=value.unit,
            value=version.value,
            since=version.since,
            until=version.until,
            source=version.source,
            confidence=version.confidence,
            note=version.note,
        )
        for value, version in found
        if version
    ]


@router.get("/procedure", response={200: list[Chapter], **PROBLEMS})
def procedure(request: HttpRequest) -> list[Chapter]:  # noqa: ARG001 - as Ninja calls it
    """The protection procedure in the reader's language, as its page explains it."""
    return [Chapter.from_orm(one) for one in sections()]
