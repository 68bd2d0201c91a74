"""What a measure, or its evaluation, waits for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from palermo.accounts.models import User
from palermo.errors import Refused, words
from palermo.plan.facts import stated
from palermo.plan.models import Measure, Wait
from palermo.plan.queries.state import wordings
from palermo.plan.rules.awaited import EVALUATION, MEASURE, Span, read_span
from palermo.plan.standings import action


@dataclass(frozen=True)
class Event:
    """What is waited for: in words, the publication of a measure, and its day once it is known."""

    words: str = ""
    measure: Measure | None = None
    happened_on: date | None = None


@action("plan.wait_for", permission="plan.wait_for", about="measure")
def wait_for(
    *, by: User, measure: Measure, what: str, after: str, event: Event, language: str, on: date
) -> Wait:
    """Say that a measure, or its evaluation, is due some time `after` an event; once more with its day.

    Raises Refused ("unread-span", "no-event", "event-ahead", "has-days").
    """
    span = must_be_possible(measure, what, after, event, on)
    return stated(
        Wait(
            measure=measure,
            what=what,
            text=after.strip(),
            language=language,
            shortest=span.shortest,
            longest=span.longest,
            event=event.words.strip(),
            event_measure=event.measure,
            happened_on=event.happened_on,
            by=by,
            on=on,
        )
    )


@action("plan.wait_no_more", permission="plan.wait_for", about="measure")
def wait_no_more(*, by: User, measure: Measure, what: str, on: date) -> Wait:
    """Say that a measure, or its evaluation, waits for nothing any more."""
    return stated(Wait(measure=measure, what=what, language=measure.plan.language, is_off=True, by=by, on=on))


def must_be_possible(measure: Measure, what: str, after: str, event: Event, on: date) -> Span:
    """How long after the event. Raises Refused for what is not understood, or contradicts what is known."""
    span = read_span(after)
    if span is None:
        raise Refused(
            "unread-span",
            words("“{after}” does not say how long after the event."),
            words("Write it such as “within two years after the adoption” or “one to two years after it”."),
            after=after,
        )
    if what not in (MEASURE, EVALUATION) or not (event.words.strip() or event.measure):
        raise Refused(
            "no-event",
            words("It must be said what is waited for."),
            words("Name the event, or choose the measure whose publication it is."),
        )
    if event.happened_on and event.happened_on > on:
        raise Refused(
            "event-ahead",
            words("The event would be of {happened_on}, which has not come yet."),
            words("Leave the day out; add it once the event took place."),
            happened_on=event.happened_on,
        )
    dated = wordings(measure.plan, on).filter(measure=measure).exclude(earliest=None, latest=None)
    if what == MEASURE and dated.exists():
        raise Refused(
            "has-days",
            words("Measure {reference} has days of its own."),
            words("Correct its timing if they do not hold, or choose its evaluation."),
            reference=measure.reference,
        )
    return span
