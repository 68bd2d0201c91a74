"""What comes back: that one of its occurrences was done."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from palermo.accounts.models import User
from palermo.errors import Refused, words
from palermo.plan.facts import stated
from palermo.plan.models import Contribution, Evaluation, Measure, Occurrence, OccurrenceWithdrawal
from palermo.plan.queries.cycles import cycles_on
from palermo.plan.queries.visibility import visible_to
from palermo.plan.rules.cycles import Cycle
from palermo.plan.standings import action


@dataclass(frozen=True)
class Account:
    """How it is known that an occurrence was done: words, an evaluation on record, an answer."""

    summary: str = ""
    language: str = "en"
    evaluation: Evaluation | None = None
    contribution: Contribution | None = None


@action("plan.record_occurrence", permission="plan.record_occurrence", about="measure")
def record_occurrence(
    *, by: User, measure: Measure, due_on: date, done_on: date, account: Account, on: date
) -> Occurrence:
    """Put on record that the occurrence of a measure whose last day is `due_on` was done.

    Raises Refused ("nothing-told", "told-elsewhere", "no-such-occurrence", "done-ahead").
    """
    if done_on > on:
        raise Refused(
            "done-ahead",
            words("It would be done on {done_on}, which has not come yet."),
            words("Put it on record once it was done."),
            done_on=done_on,
        )
    must_be_told(by, measure, account)
    Measure.objects.select_for_update().get(pk=measure.pk)
    cycle = open_cycle(measure, due_on, on)
    return stated(
        Occurrence(
            measure=measure,
            earliest=cycle.earliest,
            latest=cycle.latest,
            done_on=done_on,
            summary=account.summary.strip(),
            language=account.language,
            evaluation=account.evaluation,
            contribution=account.contribution,
            by=by,
            on=on,
        )
    )


@action("plan.take_back_occurrence", permission="plan.record_occurrence", about="occurrence")
def take_back_occurrence(*, by: User, occurrence: Occurrence, reason: str, on: date) -> OccurrenceWithdrawal:
    """Say that an occurrence on record was not done, and why; it stays in the history.

    Raises Refused ("no-reason", "occurrence-withdrawn").
    """
    if not reason.strip():
        raise Refused(
            "no-reason",
            words("This decision needs a reason."),
            words("Say in a sentence why; it is kept in the history."),
        )
    Measure.objects.select_for_update().get(pk=occurrence.measure_id)
    if OccurrenceWithdrawal.objects.filter(occurrence=occurrence).exists():
        raise Refused(
            "occurrence-withdrawn",
            words("This was taken back already."),
            words("Look at the measure again; nothing more is needed."),
        )
    return stated(OccurrenceWithdrawal(occurrence=occurrence, reason=reason.strip(), by=by, on=on))


def must_be_told(by: User, measure: Measure, account: Account) -> None:
    """Refuse an occurrence of which nothing is told, or that is told by what is not about the measure."""
    told = [account.evaluation, account.contribution]
    if not account.summary.strip() and not any(told):
        raise Refused(
            "nothing-told",
            words("What was done must be told."),
            words("Say it in a sentence, or choose the evaluation or the answer that tells it."),
        )
    evaluation, answer = account.evaluation, account.contribution
    own = visible_to(by, Evaluation).filter(measure=measure)
    answers = visible_to(by, Contribution).filter(question__measure=measure)
    if (evaluation and not own.filter(pk=evaluation.pk).exists()) or (
        answer and not answers.filter(pk=answer.pk).exists()
    ):
        raise Refused(
            "told-elsewhere",
            words("What tells it is not about measure {reference}."),
            words("Choose an evaluation or an answer about this measure."),
            reference=measure.reference,
        )


def open_cycle(measure: Measure, due_on: date, on: date) -> Cycle:
    """The occurrence of a measure whose last day this is. Raises Refused where it was done, or is none."""
    found = next((one for one in cycles_on(measure, on) if one.latest == due_on), None)
    if found is None or found.done is not None:
        raise Refused(
            "no-such-occurrence",
            words("No occurrence of measure {reference} that ends on {due_on} is open."),
            words("Choose one of the occurrences of the list."),
            reference=measure.reference,
            due_on=due_on,
        )
    return found
