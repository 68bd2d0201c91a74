"""Notes and studies of a plan, for programs."""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

from django.db.models import Q
from django.http import Http404, HttpRequest
from ninja import Path, Query, Router, Schema
from pydantic import Field

from palermo.api import schemas as api
from palermo.api.asking import Day, Words, asked_on
from palermo.api.plans import PROBLEMS, Code, plan_of, reader
from palermo.api.telling import party
from palermo.plan import queries
from palermo.plan.models import WorkKind, WorkTerms
from palermo.plan.queries import WorkOn
from palermo.plan.queries.works import LATE
from palermo.plan.rules.works import STATES

router = Router(tags=["plans"])
Number = Annotated[
    int, Path(ge=1, le=2_147_483_647, description="The number of the note or study: 3 for N03.")
]


class WorkVersion(Schema):
    """A version of a note or a study that was handed in; its file is on the page of the work."""

    number: int
    label: str
    is_final: bool
    on: date
    dated_on: date | None
    language: str
    party: api.Party
    words: str
    name: str
    sha256: str
    address: str
    reference: str


class Work(Schema):
    """A note, study, manual or request for expertise on a day; drafts as far as the asker sees them."""

    number: int
    reference: str
    kind: str
    title: str
    language: str
    owner: api.Party
    section: str
    measures: list[str]
    put_to: str
    question: str
    timing: str
    edtf: str
    earliest: date | None
    latest: date | None
    state: str
    late_since: date | None
    versions: list[WorkVersion]


class WorkEvent(Schema):
    """One thing that happened to a note or a study; `parts` are those that were changed."""

    what: str
    on: date
    at: datetime
    by: str
    parts: list[str]
    owner: str | None
    words: str


class WorkStory(Schema):
    """A note or a study with all that happened to it up to a day, oldest first."""

    on: date
    work: Work
    story: list[WorkEvent]


class Narrowed(Schema):
    """How the list is narrowed, as on its page."""

    kind: Literal[("", *WorkKind.values)] = Field("", description="Every kind without it.")  # type: ignore[valid-type]
    owner: Words = Field("", description="An organisation's code, such as be/bureau.")
    state: Literal[("", *STATES, LATE)] = Field("", description="How it stands.")  # type: ignore[valid-type]


@router.get("/plans/{code}/works", response={200: list[Work], **PROBLEMS})
def works(request: HttpRequest, code: Code, narrowed: Query[Narrowed], on: Day = None) -> list[Work]:
    """The notes, studies, manuals and requests for expertise of a plan as they stood on a day, by number."""
    user = reader(request)
    wanted = Q(work__plan=plan_of(user, code))
    wanted &= Q(kind=narrowed.kind) if narrowed.kind else Q()
    wanted &= Q(owner__code=narrowed.owner) if narrowed.owner else Q()
    found = queries.works_on(user, asked_on(request, on), wanted, state=narrowed.state)
    return [work(one) for one in found]


@router.get("/plans/{code}/works/{number}", response={200: WorkStory, **PROBLEMS})
def work_story(request: HttpRequest, code: Code, number: Number, on: Day = None) -> WorkStory:
    """One note or study as it stood on a day, with its whole story up to that day."""
    user, day = reader(request), asked_on(request, on)
    found = queries.work_named(user, plan_of(user, code), number, day)
    if found is None:
        raise Http404
    story = [event(one) for one in queries.story_of_work(user, found)]
    return WorkStory(on=day, work=work(found), story=story)


def work(one: WorkOn) -> Work:
    """A note or a study as it stands."""
    terms = one.terms
    return Work(
        number=one.work.number,
        reference=one.work.reference,
        kind=terms.kind,
        title=terms.title,
        language=terms.language,
        owner=party(terms.owner),
        section=terms.section.number if terms.section else "",
        measures=[each.reference for each in one.measures],
        put_to=terms.put_to,
        question=terms.question,
        timing=terms.timing_text,
        edtf=terms.edtf,
        earliest=terms.earliest,
        latest=terms.latest,
        state=one.state,
        late_since=one.late_since,
        versions=versions(one),
    )


def versions(one: WorkOn) -> list[WorkVersion]:
    """Its versions, the latest first; final are those that count as such."""
    names = (
        "number",
        "label",
        "on",
        "dated_on",
        "language",
        "words",
        "name",
        "sha256",
        "address",
        "reference",
    )
    return [
        WorkVersion(
            is_final=each in one.finals,
            party=party(each.organisation),
            **{name: getattr(each, name) for name in names},
        )
        for each in one.versions
    ]


def event(one: queries.WorkEvent) -> WorkEvent:
    """One thing that happened to it."""
    record = one.record
    owner = record.owner.code if isinstance(record, WorkTerms) else None
    words = record.reason if isinstance(record, WorkTerms) else record.words
    return WorkEvent(
        what=one.what,
        on=record.on,
        at=record.at,
        by=record.by.name,
        parts=list(one.parts),
        owner=owner,
        words=words,
    )
