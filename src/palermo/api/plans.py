"""Plans, measures, rounds, answers, documents and the report, for programs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from django.conf import settings
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Path, Query, Router, Schema
from pydantic import Field

from palermo.accounts.asking import asker
from palermo.accounts.models import User
from palermo.api import schemas as api
from palermo.api import telling
from palermo.api.asking import SHORT, Day, Words, absent, asked_on
from palermo.plan import models, queries
from palermo.plan.rules.follow_up import STATUSES
from palermo.reporting.queries import government_report

router = Router(tags=["plans"])
Code = Annotated[str, Path(description="The plan's code, such as be-2015-2019.")]
Number = Annotated[int, Path(ge=1, le=2_147_483_647, description="The round's number.")]
Stands = Literal["", "due", "overdue", "no-owner", "evaluation-duty", "evaluation-due"]
Language = Annotated[
    str,
    Query(
        pattern=f"^({'|'.join(code for code, _ in settings.LANGUAGES)})$",
        description="The language of the report: en, fr, nl or de.",
    ),
]
Reference = Annotated[str, Path(description="The measure's number, such as M09.")]
PROBLEMS = {404: api.Problem, 401: api.Problem, 422: dict}


def reader(request: HttpRequest) -> User:
    """Who asks, where they read plans."""
    user = asker(request)
    if not user.may("plan.read"):
        raise Http404
    return user


def office(request: HttpRequest) -> User:
    """Who asks, where they do the Bureau's work."""
    user = reader(request)
    if not queries.is_office(user):
        raise Http404
    return user


def plan_of(user: User, code: str) -> models.Plan:
    """The plan with a code, where this person may see it."""
    return get_object_or_404(queries.visible_to(user, models.Plan), code=absent(code))


def round_of(user: User, code: str, number: int) -> models.Round:
    """A round of a plan, where this person may see it."""
    return get_object_or_404(queries.visible_to(user, models.Round), plan=plan_of(user, code), number=number)


@router.get("/plans", response={200: list[api.Plan], **PROBLEMS})
def plans(request: HttpRequest) -> list[api.Plan]:
    """Every plan, the latest first."""
    known = queries.visible_to(reader(request), models.Plan).order_by("-since_on", "code")
    return [telling.plan(one) for one in known]


@router.get("/plans/{code}", response={200: api.PlanState, **PROBLEMS})
def plan(request: HttpRequest, code: Code, on: Day = None) -> api.PlanState:
    """A plan with its sections and how its measures stand on a day."""
    user, day = reader(request), asked_on(request, on)
    known = plan_of(user, code)
    return api.PlanState(
        plan=telling.plan(known),
        sections=[api.Section.from_orm(one) for one in queries.sections(user, known)],
        counts=api.Counts(**queries.status_counts(user, known, day)),
        own=[telling.own_numbers(one) for one in queries.own_numbers(user, known, day)],
    )


class Document(Schema):
    """A document of a plan, as it was read."""

    name: str
    kind: str
    language: str
    sha256: str
    published_on: date
    on: date
    added: int
    changed: int
    unchanged: int
    missing: int


class Row(Schema):
    """A row of a document that waits for a person, or that a person decided about."""

    id: int
    document: str
    position: int
    kind: str
    section: str
    text: str
    difference: str
    decision: str
    measure: str | None
    doubts: list[str]
    decided_on: date | None


class Narrowed(Schema):
    """How the register is narrowed, as on its page."""

    kind: Literal["", "measure", "training", "commitment"] = Field("", description="Every kind without it.")
    chapter: Words = Field("", description="A section and those under it: 7 holds 7.1 to 7.7.")
    party: Words = Field("", description="An organisation's code, such as be/fps-justice.")
    status: Literal[("", *STATUSES)] = Field(  # type: ignore[valid-type]
        "", description="How far a measure is, as far as it is told to who asks."
    )
    year: int | None = Field(None, ge=1900, le=2200, description="Measures whose time touches this year.")
    stands: Stands = Field("", description="What a measure must be on the day.")
    q: Words = Field("", description="Words of the text, or a reference such as M09.")


@router.get("/plans/{code}/measures", response={200: api.MeasurePage, **PROBLEMS})
def measures(
    request: HttpRequest,
    code: Code,
    narrowed: Query[Narrowed],
    on: Day = None,
    sort: Annotated[
        Literal["reference", "section", "deadline"], Query(description="In which order.")
    ] = "reference",
    after: Annotated[str, Query(**SHORT, description="The “next” of the page before.")] = "",
    size: Annotated[int, Query(ge=1, le=500, description="How many a page holds, 500 at most.")] = 50,
) -> api.MeasurePage:
    """The measures of a plan as they stood on a day, in pages."""
    user, day = reader(request), asked_on(request, on)
    filters = queries.Filters(**narrowed.dict())
    plan = plan_of(user, code)
    page = queries.register(user, plan, day, filters, sort=sort, after=after or None, size=size)
    told = queries.whole(user, plan, day, page)
    return api.MeasurePage(on=day, measures=[telling.measure(one) for one in told], next=page.next)


@router.get("/plans/{code}/measures/{reference}", response={200: api.MeasureStory, **PROBLEMS})
def measure(request: HttpRequest, code: Code, reference: Reference, on: Day = None) -> api.MeasureStory:
    """One measure as it stood on a day, with what was told about it and its whole story up to that day."""
    user, day = reader(request), asked_on(request, on)
    known = queries.measure_named(user, plan_of(user, code), reference)
    state = queries.state_of(user, known, day) if known else None
    if known is None or state is None:
        raise Http404
    asked = queries.visible_to(user, models.Question).filter(measure=known)
    return api.MeasureStory(
        on=day,
        measure=telling.measure(state),
        story=[telling.event(one) for one in queries.story(user, known, day)],
        questions=[telling.question(one, day) for one in queries.questions_on(user, asked, day)],
        evidence=[telling.evidence(one) for one in queries.evidence_of(user, known, day)],
        recommendations=[one.recommendation.pk for one in queries.answered_by(user, known, day)],
        continues=[str(one.measure) for one in queries.came_from(user, known, day)],
        occurrences=[telling.occurrence(one) for one in queries.happenings(user, state)],
        waits=[telling.waits(one) for one in queries.waits_of(user, state)],
    )


@router.get("/plans/{code}/owners", response={200: api.Owing, **PROBLEMS})
def owners(request: HttpRequest, code: Code, on: Day = None) -> api.Owing:
    """Who owes what on a day."""
    user, day = reader(request), asked_on(request, on)
    known = queries.who_owes_me(user, plan_of(user, code), day)
    return api.Owing(
        on=day,
        owners=[telling.account(one) for one in known.owners],
        without_owner=[one.reference for one in known.without_owner],
    )


@router.get("/plans/{code}/rounds", response={200: list[api.Round], **PROBLEMS})
def rounds(request: HttpRequest, code: Code, on: Day = None) -> list[api.Round]:
    """The collection rounds that were opened by a day, the latest first."""
    user = reader(request)
    known = queries.visible_to(user, models.Round).filter(plan=plan_of(user, code))
    known = known.filter(opened_on__lte=asked_on(request, on)).order_by("-number")
    return [telling.collected(one) for one in known]


@router.get("/plans/{code}/rounds/{number}", response={200: api.Board, **PROBLEMS})
def board(request: HttpRequest, code: Code, number: Number, on: Day = None) -> api.Board:
    """A round by organisation; others than the Bureau see their own questions alone."""
    user, day = reader(request), asked_on(request, on)
    known = queries.round_board(user, round_of(user, code, number), day)
    return api.Board(
        on=day,
        round=telling.collected(known.round),
        is_open=known.is_open,
        counts=known.counts,
        parties=[telling.line(one) for one in known.rows],
    )


@router.get("/plans/{code}/rounds/{number}/questions", response={200: list[api.Question], **PROBLEMS})
def questions(request: HttpRequest, code: Code, number: Number, on: Day = None) -> list[api.Question]:
    """The questions of a round that the asker may see, each with its answers."""
    user = reader(request)
    asked = queries.visible_to(user, models.Question).filter(round=round_of(user, code, number))
    day = asked_on(request, on)
    return [telling.question(one, day) for one in queries.questions_on(user, asked, day)]


@router.get("/plans/{code}/evaluations", response={200: list[api.Evaluation], **PROBLEMS})
def evaluations(request: HttpRequest, code: Code, on: Day = None) -> list[api.Evaluation]:
    """The evaluations on record on a day, oldest first."""
    user = reader(request)
    known = queries.visible_to(user, models.Evaluation).filter(measure__plan=plan_of(user, code))
    known = known.filter(on__lte=asked_on(request, on)).select_related("measure").order_by("held_on", "pk")
    return [
        api.Evaluation(
            measure=one.measure.reference,
            held_on=one.held_on,
            summary=one.summary,
            language=one.language,
            on=one.on,
        )
        for one in known
    ]


@router.get("/plans/{code}/obligations", response={200: list[api.Obligation], **PROBLEMS})
def obligations(request: HttpRequest, code: Code, on: Day = None) -> list[api.Obligation]:
    """The duties to evaluate that hold across measures, known on a day, superseded ones among them."""
    user = reader(request)
    known = queries.visible_to(user, models.Obligation).filter(plan=plan_of(user, code))
    known = known.filter(on__lte=asked_on(request, on)).select_related("section", "superseded_by")
    return [telling.obligation(one) for one in known.order_by("on", "pk")]


@router.get("/plans/{code}/documents", response={200: list[Document], **PROBLEMS})
def documents(request: HttpRequest, code: Code) -> list[Document]:
    """The documents of a plan, the latest first; for the Bureau."""
    user = office(request)
    return [
        Document(
            name=one.name,
            kind=one.document_kind,
            language=one.language,
            sha256=one.sha256,
            published_on=one.published_on,
            on=one.on,
            added=one.added,
            changed=one.changed,
            unchanged=one.unchanged,
            missing=one.missing,
        )
        for one in queries.imports(user, plan_of(user, code))
    ]


@router.get("/plans/{code}/rows", response={200: list[Row], **PROBLEMS})
def rows(
    request: HttpRequest,
    code: Code,
    decided: Annotated[bool, Query(description="Those that were decided about.")] = False,  # noqa: FBT002 - of the address
    after: Annotated[int, Query(ge=0, le=2_147_483_647, description="Rows after the one with this id.")] = 0,
    size: Annotated[int, Query(ge=1, le=500, description="How many, 500 at most.")] = 200,
) -> list[Row]:
    """Rows of documents that wait for review, or were decided, by number from one on; for the Bureau."""
    user = office(request)
    known = queries.read_rows(user, plan_of(user, code), decided=decided)
    known = known.filter(pk__gt=after).select_related("imported", "measure").order_by("pk")
    return [row_told(one) for one in known[:size]]


def row_told(one: models.ImportedRow) -> Row:
    """A row of a document."""
    return Row(
        id=one.pk,
        document=one.imported.name,
        position=one.position,
        kind=one.kind,
        section=one.section,
        text=one.text,
        difference=one.difference,
        decision=one.decision,
        measure=one.measure.reference if one.measure else None,
        doubts=[str(each["code"]) for each in one.doubts],
        decided_on=one.decided_on,
    )


@router.get("/plans/{code}/report", response={200: api.Report, 409: api.Refusal, **PROBLEMS})
def report(
    request: HttpRequest,
    code: Code,
    period_from: Annotated[date, Query(description="The first day of the period.")],
    period_to: Annotated[date, Query(description="The last day of the period.")],
    on: Day = None,
    language: Language = "en",
) -> api.Report:
    """What the Government report would tell about a period; for whoever makes reports."""
    user = reader(request)
    if not user.may("reporting.make"):
        raise Http404
    known = plan_of(user, code)
    return telling.report(
        government_report(user, known, period_from, period_to, asked_on(request, on), language)
    )
