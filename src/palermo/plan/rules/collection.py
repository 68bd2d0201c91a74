"""Collection rounds: which measures are asked about, when to remind, in which state a question is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from palermo.plan.rules.cycles import begun
from palermo.plan.rules.follow_up import NEEDS_DECISION, TELLABLE, is_finished
from palermo.timing.edtf import PERIOD, unit

ENDED_FOR_GOOD = frozenset({"abandoned", "replaced"})

REMIND_BEFORE = (10, 2)  # days before the deadline
REMIND_AFTER = (2, 14, 28)  # days after it


@dataclass(frozen=True)
class Terms:
    """What a round is about: its title, the period that it asks about, until when, and kinds of measures."""

    title: str
    period_from: date
    period_to: date
    deadline_on: date
    kinds: tuple[str, ...] = ("measure", "training")


@dataclass(frozen=True)
class Moment:
    """A measure's time and status as a round looks at them."""

    kind: str  # timing kind: window, recurring, relative, reference, continuous, none, unread
    earliest: date | None
    latest: date | None
    recurrence: str | None
    status: str


def reason_to_ask(moment: Moment, period_from: date, period_to: date) -> str | None:
    """Why a round over a period asks about a measure, or None.

    due: its time meets the period; overdue: its time ended before; recurring: an occurrence meets the
    period, or nobody can know when one does; continuous: it must be told in each round, otherwise it would
    always look well; undated: the plan gives it no day, and without a question it would be forgotten.
    """
    if moment.status in ENDED_FOR_GOOD:
        return None
    if moment.kind == "continuous":
        return "continuous"
    if moment.recurrence or moment.kind == "recurring":
        return "recurring" if recurs_in(moment, period_from, period_to) else None
    return None if is_finished(moment.status) else reason_by_dates(moment, period_from, period_to)


def reason_by_dates(moment: Moment, period_from: date, period_to: date) -> str | None:
    """Why a round asks about a measure that happens once and is not finished."""
    if moment.earliest is None and moment.latest is None:
        return "undated"
    if moment.latest is not None and moment.latest < period_from:
        return "overdue"
    return "due" if moment.earliest is None or moment.earliest <= period_to else None


def recurs_in(moment: Moment, period_from: date, period_to: date) -> bool:
    """An occurrence meets the period; without a first occurrence every period may hold one.

    The first occurrence, once its time has passed untold, stays open until it is told.
    """
    first = first_window(moment)
    if first is None:
        return True
    if first[1] < period_from and moment.status == "no-answer":
        return True
    return any(end >= period_from for _start, end in windows(moment, period_to))


def first_window(moment: Moment) -> tuple[date, date] | None:
    """The first occurrence: the stated bounds, else the year, month or day that anchors the recurrence."""
    if moment.earliest and moment.latest:
        return moment.earliest, moment.latest
    found = PERIOD.fullmatch(moment.recurrence or "")
    return unit(found["anchor"]) if found and found["anchor"] else None


def windows(moment: Moment, until: date) -> Iterator[tuple[date, date]]:
    """The occurrences that begin by a day, in order; each counts from the first, never from a late one."""
    first = first_window(moment)
    if first is None:
        return
    yield from begun(first, moment.recurrence or "", until)


def last_planned(deadline: date, on: date) -> date | None:
    """The last day up to this one on which a reminder was planned; None before the first.

    Reminders stand ten and two days before the deadline, and two, fourteen and twenty-eight days after it.
    One that was not sent on its day is sent later, but never two for the same reason at once.
    """
    planned = [deadline - timedelta(days=days) for days in REMIND_BEFORE]
    planned += [deadline + timedelta(days=days) for days in REMIND_AFTER]
    return max((day for day in planned if day <= on), default=None)


def reminder_kind(deadline: date, on: date) -> str:
    """Whether a reminder on this day comes before the deadline has passed or after."""
    return "before" if on <= deadline else "after"


def link_ended(*, closed: bool, entitled: bool, used: bool, replaced: bool, over: bool) -> str:
    """Why a link to one question opens nothing: round-closed, no-role, used, replaced, over; empty: it does.

    The reason that cannot be mended goes before those that a new link mends.
    """
    reasons = {
        "round-closed": closed,
        "no-role": not entitled,
        "used": used,
        "replaced": replaced,
        "over": over,
    }
    return next((code for code, holds in reasons.items() if holds), "")


def question_state(*, told: bool, signed: bool, verdict: str | None, closed: bool) -> str:
    """Where a question stands: waiting, awaiting-signature, told, asked, accepted.

    Once the round is closed it stays unanswered, or never-signed where something was told. `signed` is also
    true where no signature is needed; `verdict` is the latest on the latest contribution.
    """
    if told and signed:
        return verdict or "told"
    if closed:
        return "never-signed" if told else "unanswered"
    return "awaiting-signature" if told else "waiting"


def lacking(status: str, account: str, decision: str, reason: str, *, late: bool) -> list[str]:
    """What an answer still lacks, by the names of its parts.

    "status"; "account": its words; "decision": which one ended the measure; "reason": what held it up, where
    the measure's time is over (`late`) and the answer does not say that it is finished.
    """
    found = []
    if status not in TELLABLE:
        found.append("status")
    if not account.strip():
        found.append("account")
    if status in NEEDS_DECISION and not decision.strip():
        found.append("decision")
    if late and status in TELLABLE and not is_finished(status) and not reason.strip():
        found.append("reason")
    return found


def contradicting(status: str, decision: str, *, replaced_by: bool) -> list[str]:
    """What an answer tells against its own status: a "decision" that ended what goes on, a "replaced_by"."""
    found = []
    if decision.strip() and status not in NEEDS_DECISION:
        found.append("decision")
    if replaced_by and status != "replaced":
        found.append("replaced_by")
    return found
