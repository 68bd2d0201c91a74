"""What the API tells, field by field."""

from __future__ import annotations

from datetime import date, datetime

from ninja import Field, Schema


class Problem(Schema):
    """Why there is no answer."""

    detail: str


class Refusal(Schema):
    """What was refused and what to do next."""

    code: str
    detail: str
    next: str


class Party(Schema):
    """An organisation, by the code under which the directory knows it."""

    code: str
    name: str


class Plan(Schema):
    """An action plan."""

    code: str
    title: str
    country: str
    language: str
    since_on: date
    until_on: date | None
    adopted_on: date | None


class Counts(Schema):
    """How the measures of a plan stand on a day; training and commitments are not counted."""

    on: date
    measures: int
    by_status: dict[str, int]
    due: int
    overdue: int
    no_owner: int
    evaluation_due: int


class OwnNumbers(Schema):
    """How many measures an organisation of the asker leads or helps to carry out, by how they stand."""

    party: Party
    measures: int
    by_group: dict[str, int]


class Section(Schema):
    """A section of a plan."""

    number: str
    title: str


class PlanState(Schema):
    """A plan with its sections and its counts on a day."""

    plan: Plan
    sections: list[Section]
    counts: Counts = Field(description="Outside the Bureau as far as results were released.")
    own: list[OwnNumbers]


class Owner(Schema):
    """An owner of a measure: in the plan's words, and as the organisations that it stands for."""

    name: str
    role: str
    kind: str
    members: list[Party]


class Duty(Schema):
    """Why a measure must be evaluated."""

    source: str
    section: str
    text: str


class Measure(Schema):
    """A measure, training cycle or commitment as it stood on a day."""

    reference: str
    kind: str
    section: str
    text: str
    language: str
    timing: str
    edtf: str
    earliest: date | None
    latest: date | None
    recurrence: str
    topics: list[str]
    status: str
    is_due: bool
    is_overdue: bool
    late_since: date | None
    is_evaluation_due: bool
    owners: list[Owner]
    evaluation_duty: Duty | None


class MeasurePage(Schema):
    """One page of measures; `next` goes into `after` for the next one, none on the last page."""

    on: date
    measures: list[Measure]
    next: str | None


class Event(Schema):
    """One thing that happened to a measure."""

    what: str
    on: date
    at: datetime
    by: str
    reason: str


class Owed(Schema):
    """A measure that is owed."""

    reference: str
    role: str
    status: str
    late_since: date | None


class Writing(Schema):
    """A report that comes back, a note or a study that was not handed in."""

    reference: str
    title: str
    language: str
    latest: date | None
    late_since: date | None


class Account(Schema):
    """What one owner owes; `party` is missing where only the plan's words are known."""

    name: str
    party: Party | None
    late: int
    late_since: date | None
    owed: list[Owed]
    writings: list[Writing]
    latest_answer_on: date | None
    next_contact_on: date | None


class Owing(Schema):
    """Who owes what on a day, the longest late first; and what nobody owns."""

    on: date
    owners: list[Account]
    without_owner: list[str]


class Round(Schema):
    """A collection round."""

    number: int
    title: str
    period_from: date
    period_to: date
    opened_on: date
    deadline_on: date
    closed_on: date | None


class BoardLine(Schema):
    """What one organisation was asked in a round."""

    party: Party
    open: int
    counts: dict[str, int]
    reminded_on: date | None


class Board(Schema):
    """A round as it stood on a day, as far as the asker sees it."""

    on: date
    round: Round
    is_open: bool
    counts: dict[str, int]
    parties: list[BoardLine]


class Translation(Schema):
    """An answer in another language; a draft until somebody confirms it."""

    language: str
    version: int
    account: str
    reason: str
    decision: str
    by: str
    on: date
    confirmed_on: date | None


class Evidence(Schema):
    """What was handed in about a measure: a file, an address or a reference to paper."""

    title: str
    on: date
    party: Party
    file: str
    address: str
    reference: str


class Answer(Schema):
    """One version of an answer, word for word."""

    version: int
    on: date
    status: str
    account: str
    language: str
    reason: str
    decision: str
    counts: bool  # it is signed where a signature is needed
    translations: list[Translation]


class Question(Schema):
    """A question of a round, with the answers that the asker may see, the latest first."""

    measure: str
    party: Party
    role: str
    state: str
    is_late: bool
    remark: str
    answers: list[Answer]


class Occurrence(Schema):
    """One time of a measure that comes back: to come, due, late or done."""

    earliest: date
    latest: date
    state: str
    done_on: date | None


class Awaited(Schema):
    """What a measure or its evaluation waits for, and the days that follow once the event has its day."""

    what: str
    text: str
    event: str
    event_measure: str | None
    happened_on: date | None
    earliest: date | None
    latest: date | None


class MeasureStory(Schema):
    """A measure with what was told and handed in about it, and all that happened to it, oldest first.

    `recommendations` are those that it answers, by id; `continues` the measures of the plan before.
    """

    on: date
    measure: Measure
    story: list[Event]
    questions: list[Question]
    evidence: list[Evidence]
    recommendations: list[int]
    continues: list[str]
    occurrences: list[Occurrence]
    waits: list[Awaited]


class Evaluation(Schema):
    """An evaluation on record."""

    measure: str
    held_on: date
    summary: str
    language: str
    on: date


class Obligation(Schema):
    """A duty to evaluate that holds across measures of a plan."""

    section: str
    text: str
    topics: list[str]
    on: date
    superseded_on: date | None


class Membership(Schema):
    """Who belongs to what, from and until a day; open ends are missing."""

    party: Party
    role: str
    since_on: date | None
    until_on: date | None
    source: str
    confidence: str


class Organisation(Schema):
    """A ministry, service, centre, body or class of them."""

    code: str
    kind: str
    sort: str
    names: dict[str, str]
    tone: str
    since_on: date | None
    until_on: date | None
    source: str
    confidence: str


class OrganisationState(Schema):
    """An organisation with who belongs to it and to what it belongs on a day."""

    on: date
    organisation: Organisation
    members: list[Membership]
    belongs_to: list[Membership]


class Role(Schema):
    """What somebody is within an organisation."""

    kind: str
    party: Party
    since_on: date
    until_on: date | None


class Person(Schema):
    """An account, for the administrator."""

    handle: str
    name: str
    email: str
    language: str
    is_active: bool
    roles: list[Role]


class ReportedAnswer(Schema):
    """An accepted answer as the Government report tells it."""

    identifier: str
    organisation: str
    told_on: date
    status: str
    account: str
    language: str
    remark: str


class ReportedMeasure(Schema):
    """A measure as the Government report tells it."""

    reference: str
    section: str
    text: str
    status: str
    is_late: bool
    owners: list[str]
    answers: list[ReportedAnswer]


class Report(Schema):
    """What was accepted about a plan up to a day, for a period."""

    on: date
    period_from: date
    period_to: date
    measures: list[ReportedMeasure]
