"""A collection round at a glance: who was asked, answered, signed, was accepted, was reminded."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet

from palermo.accounts.models import RoleKind, User
from palermo.organisations.models import Organisation
from palermo.plan.models import (
    Contribution,
    Question,
    Reminder,
    Round,
    Translation,
    Verdict,
    Withdrawal,
    Wording,
)
from palermo.plan.queries.standing import speakers
from palermo.plan.queries.state import worded
from palermo.plan.queries.visibility import counting, visible_to
from palermo.plan.rules.collection import last_planned, question_state
from palermo.ui.alphabet import alphabetical

OPEN = frozenset({"waiting", "awaiting-signature", "asked", "unanswered", "never-signed"})


@dataclass(frozen=True)
class Asked:
    """A question with where it stands on a day."""

    question: Question
    wording: Wording | None
    contributions: tuple[Contribution, ...]  # every version, the latest first
    verdict: Verdict | None  # the latest on the latest contribution
    reminders: tuple[Reminder, ...]
    state: str  # waiting, awaiting-signature, told, asked, accepted; closed: unanswered, never-signed
    is_late: bool
    withdrawn: Withdrawal | None  # that the measure was withdrawn from the plan by then

    @property
    def contribution(self) -> Contribution | None:
        """The contribution that stands."""
        return self.contributions[0] if self.contributions else None

    @property
    def crossed(self) -> bool:
        """The standing answer was written without having seen the one before."""
        latest = self.contribution
        return latest is not None and latest.after < latest.version - 1


@dataclass(frozen=True)
class BoardRow:
    """What one organisation was asked in a round, and who can answer for it."""

    organisation: Organisation
    questions: tuple[Asked, ...]
    people: tuple[User, ...]

    @property
    def counts(self) -> dict[str, int]:
        """How many of its questions stand where."""
        return dict(Counter(one.state for one in self.questions))

    @property
    def open(self) -> int:
        """How many questions it has not answered, or had not when the round was closed."""
        return sum(one.state in OPEN for one in self.questions)

    @property
    def reminded_on(self) -> date | None:
        """The last day on which it was reminded."""
        return max((one.on for asked in self.questions for one in asked.reminders), default=None)


@dataclass(frozen=True)
class Board:
    """A round on a day."""

    round: Round
    rows: tuple[BoardRow, ...]  # those with most open questions first
    counts: dict[str, int]
    is_open: bool

    @property
    def silent(self) -> int:
        """How many organisations have nobody who could answer for them."""
        return sum(not row.people for row in self.rows)


def round_board(user: User, round: Round, on: date) -> Board:
    """A round as it stood on a day, by organisation; others than the Bureau see their own questions only."""
    asked = questions_on(user, visible_to(user, Question).filter(round=round), on)
    people = speakers({one.question.organisation_id for one in asked}, RoleKind.CONTACT_POINT, on)
    by_organisation: dict[Organisation, list[Asked]] = {}
    for one in asked:
        by_organisation.setdefault(one.question.organisation, []).append(one)
    rows = [
        BoardRow(organisation, tuple(own), tuple(people[organisation.pk]))
        for organisation, own in by_organisation.items()
    ]
    return Board(
        round=round,
        rows=tuple(sorted(rows, key=lambda row: (-row.open, alphabetical(row.organisation.name)))),
        counts=dict(Counter(one.state for one in asked)),
        is_open=not closed(round, on),
    )


def questions_on(user: User, questions: QuerySet[Question], on: date) -> list[Asked]:
    """Questions with where they stood on a day, by round and reference. A constant number of queries."""
    told = visible_to(user, Contribution).filter(on__lte=on).select_related("signature", "by", "replaced_by")
    judged = visible_to(user, Verdict).filter(on__lte=on).select_related("by").order_by("pk")
    worded = visible_to(user, Translation).filter(on__lte=on).select_related("by", "confirmation")
    told = told.prefetch_related(
        Prefetch("verdicts", judged, to_attr="judged"),
        Prefetch("translations", worded.order_by("language", "-version"), to_attr="worded"),
        "evidence",
    )
    found = questions.select_related(
        "round__plan", "measure__plan", "measure__withdrawal", "organisation"
    ).prefetch_related(
        Prefetch("contributions", told.order_by("-version"), to_attr="told"),
        Prefetch("reminders", Reminder.objects.filter(on__lte=on).order_by("on"), to_attr="sent"),
    )
    ordered = list(found.order_by("-round__number", "measure__rank", "measure__number", "organisation__code"))
    texts = texts_of(ordered, on)
    return [asked_on(one, texts.get(one.measure_id), on) for one in ordered if one.round.opened_on <= on]


def texts_of(questions: Iterable[Question], on: date) -> dict[int, Wording]:
    """The wording of each measure that is asked about, also of one that was withdrawn; one query a plan."""
    plans = {one.round.plan for one in questions}
    measures = {one.measure_id for one in questions}
    # In no order: a database would begin with every measure of the plan to keep one.
    found = (worded(plan, on).filter(measure__in=measures).order_by() for plan in plans)
    return {one.measure_id: one for those in found for one in those}


def asked_on(question: Question, wording: Wording | None, on: date) -> Asked:
    """One question from what was read with it."""
    told: list[Contribution] = question.told  # type: ignore[attr-defined]
    sent: list[Reminder] = question.sent  # type: ignore[attr-defined]
    judged: list[Verdict] = told[0].judged if told else []  # type: ignore[attr-defined]
    verdict = judged[-1] if judged else None
    state = question_state(
        told=bool(told),
        signed=bool(told) and is_signed(told[0], on),
        verdict=verdict.outcome if verdict else None,
        closed=closed(question.round, on),
    )
    late = state in {"waiting", "awaiting-signature"} and question.round.deadline_on < on
    withdrawn = getattr(question.measure, "withdrawal", None)
    withdrawn = withdrawn if withdrawn and withdrawn.on <= on else None
    return Asked(question, wording, tuple(told), verdict, tuple(sent), state, late, withdrawn)


def is_signed(contribution: Contribution, on: date) -> bool:
    """It counts on a day: signed by then, or it needs no signature."""
    if not contribution.needs_signature:
        return True
    signature = getattr(contribution, "signature", None)
    return signature is not None and signature.on <= on


def closed(round: Round, on: date) -> bool:
    """The round was closed by a day."""
    return round.closed_on is not None and round.closed_on <= on


def unanswered(round: Round, on: date) -> QuerySet[Question]:
    """The questions of a round without an answer that counts on a day."""
    signed = Q(needs_signature=False) | Q(signature__on__lte=on)
    told = Contribution.objects.filter(counting() & signed, question=OuterRef("pk"), on__lte=on)
    return Question.objects.filter(~Exists(told), round=round).order_by("pk")


def reminders_due(round: Round, on: date) -> set[int]:
    """The organisations that are to be reminded on a day of a question without an answer. One query."""
    since = last_planned(round.deadline_on, on)
    if since is None:
        return set()
    sent = Reminder.objects.filter(question=OuterRef("pk"), on__gte=since)
    waiting = unanswered(round, on).filter(~Exists(sent), organisation=OuterRef("pk")).order_by()
    return set(Organisation.objects.filter(Exists(waiting)).values_list("pk", flat=True))
