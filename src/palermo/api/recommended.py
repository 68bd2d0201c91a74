"""What mechanisms ask, for programs."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Router, Schema

from palermo.api.asking import Day, Key, absent, asked_on
from palermo.api.plans import PROBLEMS, office, reader
from palermo.plan import models, queries
from palermo.plan.queries.recommendations import Account, Asked
from palermo.plan.rules.mechanisms import mechanisms

router = Router(tags=["recommendations"])
Code = Annotated[str, Path(description="The mechanism's code, such as greta.")]


class Mechanism(Schema):
    """Who recommends, with how many recommendations are open, partly done, done, without a measure."""

    code: str
    names: dict[str, str]
    counts: dict[str, int]
    waiting: int  # rows that wait for review; the Bureau's alone


class Reply(Schema):
    """What the government said and did about a recommendation."""

    on: date
    by: str
    words: str
    language: str
    state: str


class Tied(Schema):
    """A measure that answers a recommendation; without a status where it was withdrawn."""

    plan: str
    measure: str
    status: str | None


class Line(Schema):
    """A recommendation of another round of the same mechanism."""

    id: int
    round: str
    number: str


class Recommendation(Schema):
    """A recommendation as it stood on a day; `strength` in the report's words, `rank` 1 the strongest."""

    id: int
    round: str
    report: str
    published_on: date
    number: str
    text: str
    language: str
    strength: str
    rank: int | None
    state: str
    takes_up: list[Line]
    taken_up_by: list[Line]
    measures: list[Tied]
    replies: list[Reply]


class MechanismState(Schema):
    """A mechanism with all that it asked up to a day."""

    on: date
    mechanism: Mechanism
    recommendations: list[Recommendation]


class RecommendationEvent(Schema):
    """One thing that happened to a recommendation, in the round that is named."""

    what: str
    on: date
    by: str
    round: str


class RecommendationStory(Schema):
    """A recommendation with all that happened to it through its rounds, oldest first."""

    on: date
    recommendation: Recommendation
    story: list[RecommendationEvent]


class ReportOf(Schema):
    """A report of a mechanism."""

    id: int
    round: str
    title: str
    published_on: date
    language: str


class ReadRow(Schema):
    """A recommendation as it was read in a report's document, and what a person decided about it."""

    document: str
    position: int
    number: str
    text: str
    strength: str
    rank: int | None
    decision: str
    decided_on: date | None


def mechanism_told(one: Account) -> Mechanism:
    """A mechanism in numbers."""
    known = one.mechanism
    return Mechanism(code=known.code, names=dict(known.names), counts=one.counts, waiting=one.waiting)


def line(one: models.Recommendation) -> Line:
    """Where another recommendation stands."""
    return Line(id=one.pk, round=one.report.round, number=one.number)


def told(one: Asked) -> Recommendation:
    """A recommendation with all that belongs to it."""
    own = one.recommendation
    return Recommendation(
        id=own.pk,
        round=own.report.round,
        report=own.report.title,
        published_on=own.report.published_on,
        number=own.number,
        text=own.text,
        language=own.report.language,
        strength=own.strength,
        rank=own.rank,
        state=one.state,
        takes_up=[line(each) for each in one.line],
        taken_up_by=[line(each) for each in one.later],
        measures=[
            Tied(
                plan=each.tie.measure.plan.code,
                measure=each.tie.measure.reference,
                status=each.state.status if each.state else None,
            )
            for each in one.tied
        ],
        replies=[
            Reply(on=each.on, by=each.by.name, words=each.words, language=each.language, state=each.state)
            for each in one.replies
        ],
    )


def account_of(request: HttpRequest, code: str, on: date) -> Account:
    """What a mechanism asked up to a day."""
    user, known = reader(request), mechanisms().get(code)
    if known is None:
        raise Http404
    return queries.account(user, known, on)


@router.get("/recommendations", response={200: list[Mechanism], **PROBLEMS})
def overview(request: HttpRequest, on: Day = None) -> list[Mechanism]:
    """Every mechanism with how many of its recommendations are open, partly done and done."""
    return [mechanism_told(one) for one in queries.accounts(reader(request), asked_on(request, on))]


@router.get("/recommendations/{code}", response={200: MechanismState, **PROBLEMS})
def mechanism(request: HttpRequest, code: Code, on: Day = None) -> MechanismState:
    """What a mechanism asked up to a day, the latest report first, the strongest first within it."""
    day = asked_on(request, on)
    found = account_of(request, code, day)
    return MechanismState(
        on=day, mechanism=mechanism_told(found), recommendations=[told(one) for one in found.asked]
    )


@router.get("/recommendations/{code}/reports", response={200: list[ReportOf], **PROBLEMS})
def reports(request: HttpRequest, code: Code, on: Day = None) -> list[ReportOf]:
    """The reports of a mechanism that were published up to a day, the latest first."""
    day = asked_on(request, on)
    known = account_of(request, code, day).mechanism
    return [ReportOf.from_orm(one) for one in queries.reports(reader(request), known, day)]


@router.get("/recommendations/{code}/reports/{id}/rows", response={200: list[ReadRow], **PROBLEMS})
def read_rows(request: HttpRequest, code: Code, id: Key) -> list[ReadRow]:
    """What was read in the documents of a report, decided about or not; for the Bureau."""
    user = office(request)
    known = queries.visible_to(user, models.Report)
    report = get_object_or_404(known, pk=id, mechanism=absent(code))
    read = queries.visible_to(user, models.ReadRecommendation).filter(document__report=report)
    return [
        ReadRow(
            document=one.document.name,
            position=one.position,
            number=one.number,
            text=one.text,
            strength=one.strength,
            rank=one.rank,
            decision=one.decision,
            decided_on=one.decided_on,
        )
        for one in read.select_related("document").order_by("document", "position")
    ]


@router.get("/recommendations/{code}/{id}", response={200: RecommendationStory, **PROBLEMS})
def recommendation(
    request: HttpRequest,
    code: Code,
    id: Key,
    on: Day = None,
) -> RecommendationStory:
    """One recommendation as it stood on a day, with its story through all its rounds."""
    user, day = reader(request), asked_on(request, on)
    known = queries.visible_to(user, models.Recommendation)
    found = get_object_or_404(known, pk=id, report__mechanism=absent(code))
    one = queries.asked_one(user, found, day)
    if one is None:
        raise Http404
    story = [
        RecommendationEvent(what=each.what, on=each.on, by=each.by, round=each.recommendation.report.round)
        for each in queries.story_of(user, one, day)
    ]
    return RecommendationStory(on=day, recommendation=told(one), story=story)
