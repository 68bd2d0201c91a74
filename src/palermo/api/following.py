"""What waits, the plan in time, bills, reports that come back, an owner, the plan before; for programs."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any, Literal

from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Query, Router, Schema

from palermo.accounts.asking import asker
from palermo.api import schemas as api
from palermo.api import telling
from palermo.api.asking import Country, Day, Name, absent, asked_on
from palermo.api.plans import PROBLEMS, Code, Narrowed, plan_of, reader
from palermo.organisations.queries import visible_to as organisations_visible_to
from palermo.plan import models, queries
from palermo.plan.queries import Asked, Bill, Expected, Line, Timeline, Waiting, WorkOn
from palermo.plan.queries.carry_over import Carried
from palermo.plan.queries.recurring import Recurring
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
    work: str | None
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
    """Where one owner stands: how many of its measures are late, due and so on, and the first of them."""

    on: date
    party: api.Party
    numbers: dict[str, int]
    measures: dict[str, list[str]]
    to_evaluate: list[str]
    writings: list[api.Writing]
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


class Reached(Schema):
    """A step of a bill's road, and the days on which it was reached; `looks` as the page has it."""

    step: str
    looks: str
    reached_on: list[date]
    references: list[str]


class BillOn(Schema):
    """A measure that is a bill, with its road."""

    measure: str
    text: str
    language: str
    at: str | None
    road: list[Reached]


class ReportDue(Schema):
    """One report of a duty: to come, due, late or done."""

    earliest: date
    latest: date
    state: str
    delivered_on: date | None
    reference: str
    address: str


class RecurringReport(Schema):
    """That an organisation reports again and again, and the sentence of the plan that says so."""

    reference: str
    party: api.Party
    title: str
    language: str
    every: str
    section: str
    text: str
    reports: list[ReportDue]


@router.get("/plans/{code}/bills", response={200: list[BillOn], **PROBLEMS})
def bills(request: HttpRequest, code: Code, on: Day = None) -> list[BillOn]:
    """The bills of a plan, and how far on its road each is, as it is told to who asks."""
    user, day = reader(request), asked_on(request, on)
    return [bill(one) for one in queries.bills(user, plan_of(user, code), day)]


def bill(one: Bill) -> BillOn:
    """A bill with its road."""
    return BillOn(
        measure=one.state.reference,
        text=one.state.wording.text,
        language=one.state.wording.language,
        at=one.last.kind if one.last else None,
        road=[
            Reached(
                step=each.kind,
                looks=each.looks,
                reached_on=[step.reached_on for step in each.reached],
                references=[step.reference for step in each.reached if step.reference],
            )
            for each in one.stations
        ],
    )


@router.get("/plans/{code}/recurring-reports", response={200: list[RecurringReport], **PROBLEMS})
def recurring_reports(request: HttpRequest, code: Code, on: Day = None) -> list[RecurringReport]:
    """Who reports again and again: what was delivered, what is due, what is late."""
    user, day = reader(request), asked_on(request, on)
    return [recurring(one) for one in queries.recurring_reports(user, plan_of(user, code), day)]


def recurring(one: Recurring) -> RecurringReport:
    """A duty to report with its reports."""
    duty = one.duty
    return RecurringReport(
        reference=duty.reference,
        party=telling.party(duty.organisation),
        title=duty.title,
        language=duty.language,
        every=duty.every,
        section=duty.section,
        text=duty.text,
        reports=[report_due(each) for each in one.reports],
    )


def report_due(one: Expected) -> ReportDue:
    """One report of a duty."""
    delivered = one.delivery
    return ReportDue(
        earliest=one.cycle.earliest,
        latest=one.cycle.latest,
        state=one.cycle.state,
        delivered_on=delivered.delivered_on if delivered else None,
        reference=delivered.reference if delivered else "",
        address=delivered.address if delivered else "",
    )


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
    found: dict[str, Any] = dict.fromkeys(("plan", "round", "measure", "work", "party"))
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
    elif isinstance(record, WorkOn):
        found |= {"plan": record.work.plan.code, "work": record.work.reference}
        found["party"] = telling.party(record.terms.owner)
    elif isinstance(record, Expected):
        found |= {"plan": record.duty.plan.code, "party": telling.party(record.duty.organisation)}
    elif isinstance(record, models.Plan):
        found["plan"] = record.code
    return found


@router.get("/plans/{code}/timeline", response={200: Timetable, **PROBLEMS})
def timeline(
    request: HttpRequest,
    code: Code,
    narrowed: Query[Narrowed],
    on: Day = None,
    by: Annotated[Literal["section", "party", "year"], Query(description="What its groups are.")] = "section",
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
def brief(request: HttpRequest, code: Code, country: Country, name: Name, on: Day = None) -> Brief:
    """Where one owner stands on a day, as its brief tells it."""
    user, day = reader(request), asked_on(request, on)
    plan = plan_of(user, code)
    owner = get_object_or_404(organisations_visible_to(user), code=absent(f"{country}/{name}"))
    found = queries.brief(user, plan, owner, day)
    return Brief(
        on=day,
        party=telling.party(owner),
        numbers=dict(found.numbers),
        measures={kind: [one.reference for one in rows] for kind, rows in found.rows.items()},
        to_evaluate=[one.reference for one in found.to_evaluate],
        writings=[telling.writing(one) for one in found.writings],
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
