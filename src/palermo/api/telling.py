"""Values of the rooms as the API tells them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from palermo.accounts.models import User
from palermo.api import schemas as api
from palermo.organisations.models import Membership, Organisation
from palermo.plan.models import (
    Contribution,
    Evidence,
    Obligation,
    Plan,
    Round,
    Translation,
)
from palermo.plan.queries import Asked, BoardRow, Happened, Happening, Owner, OwnerAccount, OwnNumbers, State
from palermo.plan.queries.board import is_signed
from palermo.plan.queries.waits import WaitFor
from palermo.plan.queries.writings import Writing
from palermo.plan.rules.spans import GROUPS
from palermo.reporting.values import GovernmentReport


def party(one: Organisation) -> api.Party:
    """An organisation by code and name."""
    return api.Party(code=one.code, name=one.name)


def plan(one: Plan) -> api.Plan:
    """A plan."""
    return api.Plan.from_orm(one)


def owner(one: Owner) -> api.Owner:
    """An owner."""
    return api.Owner(
        name=one.name, role=one.role, kind=one.kind, members=[party(each) for each in one.members]
    )


def measure(one: State) -> api.Measure:
    """A measure as it stands."""
    said, duty = one.wording, one.duty
    return api.Measure(
        reference=one.reference,
        kind=one.measure.kind,
        section=said.section.number,
        text=said.text,
        language=said.language,
        timing=said.timing_text,
        edtf=said.edtf,
        earliest=said.earliest,
        latest=said.latest,
        recurrence=said.recurrence,
        topics=list(said.topics),
        status=one.status,
        is_due=one.is_due,
        is_overdue=one.is_overdue,
        late_since=one.late_since,
        is_evaluation_due=one.is_evaluation_due,
        owners=[owner(each) for each in one.owners],
        evaluation_duty=api.Duty(source=duty.source, section=duty.section, text=duty.text) if duty else None,
    )


def event(one: Happened) -> api.Event:
    """One thing that happened."""
    return api.Event(what=one.what, on=one.on, at=one.at, by=one.by, reason=one.reason)


def own_numbers(one: OwnNumbers) -> api.OwnNumbers:
    """What an organisation of the asker owes, in numbers."""
    by_group = {group: one.numbers[group] for group in GROUPS}
    return api.OwnNumbers(party=party(one.organisation), measures=one.measures, by_group=by_group)


def account(one: OwnerAccount) -> api.Account:
    """What an owner owes."""
    return api.Account(
        name=one.name,
        party=party(one.organisation) if one.organisation else None,
        late=one.late,
        late_since=one.late_since,
        owed=[
            api.Owed(
                reference=each.state.reference,
                role=each.role,
                status=each.state.status,
                late_since=each.state.late_since,
            )
            for each in one.owed
        ],
        writings=[writing(each) for each in one.writings],
        latest_answer_on=one.latest_answer.on if one.latest_answer else None,
        next_contact_on=one.next_contact.next_on if one.next_contact else None,
    )


def writing(one: Writing) -> api.Writing:
    """A report, a note or a study that was not handed in."""
    return api.Writing.from_orm(one)


def collected(one: Round) -> api.Round:
    """A round."""
    return api.Round.from_orm(one)


def line(one: BoardRow) -> api.BoardLine:
    """What an organisation was asked."""
    return api.BoardLine(
        party=party(one.organisation), open=one.open, counts=one.counts, reminded_on=one.reminded_on
    )


def answer(one: Contribution, day: date, translations: Iterable[Translation] = ()) -> api.Answer:
    """A version of an answer as it stood on a day."""
    return api.Answer(
        version=one.version,
        on=one.on,
        status=one.status,
        account=one.account,
        language=one.language,
        reason=one.reason,
        decision=one.decision,
        counts=is_signed(one, day),
        translations=[translation(each, day) for each in translations],
    )


def worded(one: Contribution) -> list[Translation]:
    """The translations that came with an answer of a question."""
    return getattr(one, "worded", [])


def translation(one: Translation, day: date) -> api.Translation:
    """An answer in another language as it stood on a day."""
    confirmed = getattr(one, "confirmation", None)
    return api.Translation(
        language=one.language,
        version=one.version,
        account=one.account,
        reason=one.reason,
        decision=one.decision,
        by=one.by.name,
        on=one.on,
        confirmed_on=confirmed.on if confirmed and confirmed.on <= day else None,
    )


def occurrence(one: Happening) -> api.Occurrence:
    """One time of a measure that comes back."""
    cycle = one.cycle
    return api.Occurrence(
        earliest=cycle.earliest,
        latest=cycle.latest,
        state=cycle.state,
        done_on=cycle.done.on if cycle.done else None,
    )


def waits(one: WaitFor) -> api.Awaited:
    """What a measure or its evaluation waits for."""
    wait = one.wait
    return api.Awaited(
        what=wait.what,
        text=wait.text,
        event=wait.event,
        event_measure=wait.event_measure.reference if wait.event_measure else None,
        happened_on=one.happened_on,
        earliest=one.earliest,
        latest=one.latest,
    )


def evidence(one: Evidence) -> api.Evidence:
    """What was handed in about a measure."""
    return api.Evidence(
        title=one.title,
        on=one.on,
        party=party(one.organisation),
        file=one.name,
        address=one.address,
        reference=one.reference,
    )


def question(one: Asked, day: date) -> api.Question:
    """A question with its answers on a day."""
    asked = one.question
    return api.Question(
        measure=asked.measure.reference,
        party=party(asked.organisation),
        role=asked.role,
        state=one.state,
        is_late=one.is_late,
        remark=one.verdict.remark if one.verdict else "",
        answers=[answer(each, day, worded(each)) for each in one.contributions],
    )


def obligation(one: Obligation) -> api.Obligation:
    """A duty across measures."""
    later = getattr(one, "superseded_by", None)
    return api.Obligation(
        section=one.section.number,
        text=one.text,
        topics=list(one.topics),
        on=one.on,
        superseded_on=later.on if later else None,
    )


def membership(one: Membership, other: Organisation) -> api.Membership:
    """A membership, from the side of one of the two."""
    return api.Membership(
        party=party(other),
        role=one.role,
        since_on=one.since_on,
        until_on=one.until_on,
        source=one.source,
        confidence=one.confidence,
    )


def person(one: User) -> api.Person:
    """An account with its roles."""
    return api.Person(
        handle=one.handle,
        name=one.name,
        email=one.email,
        language=one.language,
        is_active=one.is_active,
        roles=[
            api.Role(
                kind=each.kind,
                party=party(each.organisation),
                since_on=each.since_on,
                until_on=each.until_on,
            )
            for each in one.roles.all()
        ],
    )


def report(told: GovernmentReport) -> api.Report:
    """The Government report's facts."""
    return api.Report(
        on=told.on,
        period_from=told.period_from,
        period_to=told.period_to,
        measures=[
            api.ReportedMeasure(
                reference=one.reference,
                section=one.section,
                text=one.text,
                status=one.status,
                is_late=one.overdue,
                owners=list(one.owners),
                answers=[api.ReportedAnswer.from_orm(each) for each in one.answers],
            )
            for one in told.measures
        ],
    )
