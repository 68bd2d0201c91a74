"""What waits, the plan in time, one owner's account, and what became of the plan before, for programs."""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from palermo.accounts.asking import asker
from palermo.api import schemas as api
from palermo.api import telling
from palermo.api.asking import Day, absent, asked_on
from palermo.api.plans import PROBLEMS, Code, Narrowed, plan_of, reader
from palermo.organisations.queries import visible_to as organisations_visible_to
from palermo.plan import models, queries
from palermo.plan.queries import Asked, Line, Timeline, Waiting
from palermo.plan.queries.carry_over import Carried
from palermo.ui import days

router = Router(tags=["following up"])


class Waits(Schema):
    """Something that waits for whoever asks: what is to be done, by when, about what."""

    what: str
    by_on: date
    is_late: bool
    count: int
    is_more: bool
    plan: str | None
    round: int | None
    measure: str | None
    party: api.Party | None


class Window(Schema):
    """A window of days; `fuzzy` where the plan's words name neither its first nor its last day."""

    earliest: date
    latest: date
    fuzzy: bool


class Drawn(Schema):
    """A measure in time; no windows where the plan gives it no day."""

    measure: str
    status: str
    is_overdue: bool
    windows: list[Window]


class Quarter(Schema):
    """How many measures were to end in the quarter that begins on a day, by how they stand."""

    first: date | None
    late: int
    open: int
    done: int


class Group(Schema):
    """Measures of one section, party or year; a large plan tells its quarters in place of them."""

    title: str
    measures: list[Drawn]
    quarters: list[Quarter]


class Timetable(Schema):
    """The plan in time."""

    on: date
    first: date
    last: date
    groups: list[Group]


class Brief(Schema):
    """Where one owner stands, by the numbers of its measures."""

    on: date
    party: api.Party
    late: list[str]
    due: list[str]
    coming: list[str]
    undated: list[str]
    finished: list[str]
    internal: list[str]
    to_evaluate: list[str]
    unanswered: list[api.Question]
    latest_answer: api.Answer | None
    next_contact_on: date | None


class Outcome(Schema):
    """What is on record about a measure of the plan before."""

    kind: str
    successor: str | None
    source: str
    on: date
    by: str


class CarriedMeasure(Schema):
    """A measure of the plan before, and what became of it."""

    measure: str
    text: str
    language: str
    kind: str
    outcomes: list[Outcome]


class CarryOver(Schema):
    """What became of the plan before; `gaps` are numbers whose words nobody has entered."""

    on: date
    before: str
    counts: dict[str, int]
    gaps: list[int]
    measures: list[CarriedMeasure]


@router.get("/today", response={200: list[Waits], **PROBLEMS})
def today(request: HttpRequest) -> list[Waits]:
    """What waits for whoever asks, in order of date."""
    on = days.today(request)
    return [waits(one, on) for one in queries.waiting_for(asker(request), on)]


def waits(one: Waiting, on: date) -> Waits:
    """Something that waits, with the names under which it is found."""
    return Waits(
        what=one.what,
        by_on=one.by_on,
        is_late=one.by_on < on,
        count=one.count,
        is_more=one.is_more,
        **named(one.record),
    )


def named(record: Any) -> dict[str, Any]:
    """The plan, round, measure and organisation that a record is about, as far as it is about them."""
    found: dict[str, Any] = dict.fromkeys(("plan", "round", "measure", "party"))
    if isinstance(record, Asked):
        asked = record.question
        found |= {
            "plan": asked.measure.plan.code,
            "round": asked.round.number,
            "measure": asked.measure.reference,
            "party": telling.party(asked.organisation),
        }
    elif isinstance(record, models.Round):
        found |= {"plan": record.plan.code, "round": record.number}
    elif isinstance(record, models.Contact):
        found |= {"plan": record.plan.code, "party": telling.party(record.organisation)}
    elif isinstance(record, models.Plan):
        found["plan"] = record.code
    return found


@router.get("/plans/{code}/timeline", response={200: Timetable, **PROBLEMS})
def timeline(
    request: HttpRequest,
    code: Code,
    narrowed: Query[Narrowed],
    on: Day = None,
    by: Literal["section", "party", "year"] = "section",
) -> Timetable:
    """The plan in time as it stood on a day; a plan of some hundred measures is told by quarter."""
    user, day = reader(request), asked_on(request, on)
    shown = queries.timeline(user, plan_of(user, code), day, queries.Filters(**narrowed.dict()), by=by)
    return Timetable(on=day, first=shown.first, last=shown.last, groups=list(groups(shown)))


def groups(shown: Timeline) -> list[Group]:
    """The groups of a timeline."""
    lines = [
        Group(title=title, measures=[drawn(one) for one in own], quarters=[]) for title, own in shown.groups
    ]
    bands = [
        Group(title=one.title, measures=[], quarters=[Quarter.from_orm(each) for each in one.quarters])
        for one in shown.bands
    ]
    return [*lines, *bands]


def drawn(one: Line) -> Drawn:
    """A measure in time."""
    state = one.state
    return Drawn(
        measure=state.reference,
        status=state.status,
        is_overdue=state.is_overdue,
        windows=[Window.from_orm(each) for each in one.spans],
    )


@router.get("/plans/{code}/owners/{country}/{name}", response={200: Brief, **PROBLEMS})
def brief(request: HttpRequest, code: Code, country: str, name: str, on: Day = None) -> Brief:
    """Where one owner stands on a day, as its brief tells it."""
    user, day = reader(request), asked_on(request, on)
    plan = plan_of(user, code)
    owner = get_object_or_404(organisations_visible_to(user), code=absent(f"{country}/{name}"))
    found = queries.brief(user, plan, owner, day)
    kinds = ("late", "due", "coming", "undated", "finished", "internal", "to_evaluate")
    return Brief(
        on=day,
        party=telling.party(owner),
        **{kind: [one.reference for one in getattr(found, kind)] for kind in kinds},
        unanswered=[telling.question(one, day) for one in found.unanswered],
        latest_answer=telling.answer(found.latest_answer, day) if found.latest_answer else None,
        next_contact_on=found.next_contact.next_on if found.next_contact else None,
    )


@router.get("/plans/{code}/carry-over", response={200: CarryOver, **PROBLEMS})
def carry_over(request: HttpRequest, code: Code, on: Day = None) -> CarryOver:
    """What became of each measure of the plan before, those that disappeared first."""
    user, day = reader(request), asked_on(request, on)
    found = queries.carry_over(user, plan_of(user, code), day)
    if found is None:
        raise Http404
    return CarryOver(
        on=day,
        before=found.before.code,
        counts=found.counts,
        gaps=list(found.gaps),
        measures=[carried(one) for _kind, group in found.groups for one in group],
    )


def carried(one: Carried) -> CarriedMeasure:
    """What became of one measure."""
    return CarriedMeasure(
        measure=one.measure.reference,
        text=one.wording.text,
        language=one.wording.language,
        kind=one.kind,
        outcomes=[
            Outcome(
                kind=each.kind,
                successor=each.successor.reference if each.successor else None,
                source=each.source,
                on=each.on,
                by=each.by.name,
            )
            for each in one.outcomes
        ],
    )
