"""A collection round opens, reminds and closes; the Bureau notes whom it will speak to next."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db.models import Max

from palermo.accounts.models import RoleKind, User
from palermo.errors import Refused, words
from palermo.organisations.models import Organisation
from palermo.plan import facts, links
from palermo.plan.models import Contact, Measure, Plan, Question, Release, Reminder, Round
from palermo.plan.queries.asking import Proposal, proposals
from palermo.plan.queries.board import reminders_due, unanswered
from palermo.plan.queries.standing import speakers
from palermo.plan.rules import follow_up
from palermo.plan.rules.collection import Terms, reminder_kind
from palermo.plan.standings import action


@action("plan.open_round", permission="plan.collect", about="plan")
def open_round(
    *,
    by: User,
    plan: Plan,
    terms: Terms,
    on: date,
    also: Sequence[Measure] = (),
    without: Sequence[Measure] = (),
    link: str = "",
    one_question: str = "",
) -> Round:
    """Ask every owner about the measures that a period concerns, and tell it to their contact points.

    Asked are measures whose time meets the period, that are late, that recur in it, that are continuous, or
    that have no day; `also` and `without` change this by hand. Those who lead or carry out with a lead
    are asked, each once a measure. `link` is where questions wait, sent by one neutral message a person;
    `one_question` the page of a link that opens one of them, with `TOKEN` in it.

    Raises Refused ("period-order", "deadline-passed", "round-open").
    """
    check(terms, on)
    Plan.objects.select_for_update().get(pk=plan.pk)
    if held := Round.objects.filter(plan=plan, closed_on=None).first():
        raise Refused(
            "round-open",
            words("The round “{title}” is still open."),
            words("Close it before a new one opens."),
            title=held.title,
        )
    made = Round.objects.create(
        plan=plan,
        number=(plan.rounds.aggregate(most=Max("number"))["most"] or 0) + 1,
        title=terms.title,
        period_from=terms.period_from,
        period_to=terms.period_to,
        deadline_on=terms.deadline_on,
        opened_on=on,
        opened_by=by,
    )
    chosen = proposals(by, plan, terms, on, also={one.pk for one in also})
    left_out = {one.pk for one in without}
    asked = ask_owners(made, [one for one in chosen if one.state.measure.pk not in left_out])
    if link:
        tell(asked, "question", (link, one_question), on, terms.deadline_on)
    return made


@action("plan.remind", permission="plan.collect", about="round")
def remind(
    *, by: User, round: Round, organisation: Organisation, on: date, link: str, one_question: str = ""
) -> int:
    """Remind an organisation of its unanswered questions by one neutral message to each contact point.

    Returns how many people were reminded; each question is reminded of once a day at most.

    Raises Refused ("round-closed").
    """
    must_be_open(round)
    return reminded(round, {organisation.pk}, by=by, on=on, link=(link, one_question))


@action("plan.remind_due", permission="plan.collect", about="round")
def remind_due(*, by: User, round: Round, on: date, link: str, one_question: str = "") -> int:
    """Send the reminders that are due on this day, before the deadline and after it. For a daily job.

    Raises Refused ("round-closed").
    """
    must_be_open(round)
    return reminded(round, reminders_due(round, on), by=by, on=on, link=(link, one_question))


@action("plan.close_round", permission="plan.collect", about="round")
def close_round(*, by: User, round: Round, on: date) -> Round:
    """Close a round: what was told is locked, and what was not told stays unanswered.

    Raises Refused ("round-closed").
    """
    held = must_be_open(round)
    held.closed_on, held.closed_by = on, by
    held.save(update_fields=["closed_on", "closed_by"])
    return held


@action("plan.release_results", permission="plan.collect", about="round")
def release_results(*, by: User, round: Round, decision: str, on: date) -> Release:
    """Tell everybody who reads the plan what a closed round told, as the Cell decided; it is not taken back.

    `decision` names the decision of the Cell: its meeting and day.

    Raises Refused ("round-open-still", "no-decision", "released-already").
    """
    held = Round.objects.select_for_update().get(pk=round.pk)
    if held.closed_on is None:
        raise Refused(
            "round-open-still",
            words("The round “{title}” is still open: what it told may change."),
            words("Close it first; then its results can be released."),
            title=held.title,
        )
    if not decision.strip():
        raise Refused(
            "no-decision",
            words("Results are released by a decision of the Cell, and none is named."),
            words("Name the meeting at which it was decided and its day."),
        )
    if known := Release.objects.filter(round=held).first():
        raise Refused(
            "released-already",
            words("The results of the round “{title}” were released on {released_on}."),
            words("Nothing more is needed."),
            title=held.title,
            released_on=known.on,
        )
    return facts.stated(Release(round=held, decision=decision.strip(), by=by, on=on))


@action("plan.plan_contact", permission="plan.follow_up", about="organisation")
def plan_contact(
    *, by: User, plan: Plan, organisation: Organisation, note: str, next_on: date | None, on: date
) -> Contact:
    """Note when the Bureau will speak to an owner next, and about what; no day ends the earlier note."""
    return Contact.objects.create(
        plan=plan, organisation=organisation, words=note, next_on=next_on, by=by, on=on
    )


def check(terms: Terms, on: date) -> None:
    """Refuse a period or a deadline that cannot be."""
    if terms.period_to < terms.period_from:
        raise Refused(
            "period-order",
            words("The period would end on {period_to}, before it begins on {period_from}."),
            words("Correct the first or the last day of the period."),
            period_to=terms.period_to,
            period_from=terms.period_from,
        )
    if terms.deadline_on < on:
        raise Refused(
            "deadline-passed",
            words("The deadline of {deadline_on} has passed already."),
            words("Give the organisations a day that is still to come."),
            deadline_on=terms.deadline_on,
        )


def ask_owners(made: Round, chosen: Iterable[Proposal]) -> list[Question]:
    """The questions of a round, one for each measure and organisation asked."""
    return Question.objects.bulk_create(
        Question(
            round=made,
            measure=one.state.measure,
            organisation=organisation,
            role=role,
            tone=follow_up.tone(organisation.tone, role),
            why=one.why,
        )
        for one in chosen
        for organisation, role in one.asked
    )


def reminded(
    round: Round, organisations: Collection[int], *, by: User, on: date, link: tuple[str, str]
) -> int:
    """Remind these organisations of what they have not answered and were not reminded of today."""
    asked = unanswered(round, on).filter(organisation__in=organisations)
    questions = list(asked.exclude(reminders__on=on))
    kind = reminder_kind(round.deadline_on, on)
    people = tell(questions, f"reminder-{kind}", link, on, round.deadline_on)
    Reminder.objects.bulk_create(
        Reminder(question=one, kind=kind, recipients=len(people[one.organisation_id]), by=by, on=on)
        for one in questions
    )
    return len({person.pk for those in people.values() for person in those})


def tell(
    questions: Sequence[Question], template: str, link: tuple[str, str], on: date, until_on: date
) -> dict[int, list[User]]:
    """One neutral message to each contact point of those who were asked; who they are, by organisation.

    `link` is where questions wait, and the page of a link that opens one of them.
    """
    people = speakers({one.organisation_id for one in questions}, RoleKind.CONTACT_POINT, on)
    for person, own in links.by_person(questions, people):
        links.tell(
            person, own, template=template, link=link[0], one_question=link[1], on=on, until_on=until_on
        )
    return people


def must_be_open(round: Round) -> Round:
    """The round, locked, while it is open. Raises Refused once it is closed."""
    held = Round.objects.select_for_update().get(pk=round.pk)
    if held.closed_on is not None:
        raise Refused(
            "round-closed",
            words("The round “{title}” was closed on {closed_on}; its answers are locked."),
            words("Open a new round."),
            title=held.title,
            closed_on=held.closed_on,
        )
    return held
