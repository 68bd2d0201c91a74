"""The Government report as a value: what a template can put into words, without a database."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class Translated:
    """An answer in the language of the report, by the person who translated it."""

    account: str
    reason: str
    decision: str
    by: str
    on: date


@dataclass(frozen=True)
class Answer:
    """One accepted contribution, in the words and the language in which it was given."""

    identifier: str  # "C12": by it every sentence of the report is traced to the contribution it comes from
    organisation: str
    told_on: date
    status: str
    account: str
    language: str
    reason: str = ""
    decision: str = ""
    evidence: tuple[str, ...] = ()
    remark: str = ""  # the Bureau's, beside the answer
    translation: Translated | None = None  # confirmed, into the language of the report


@dataclass(frozen=True)
class Evaluated:
    """An evaluation on record."""

    on: date
    summary: str
    language: str


@dataclass(frozen=True)
class Reached:
    """A step that a bill reached on its road: its code, the day, the reference."""

    step: str
    on: date
    reference: str = ""


@dataclass(frozen=True)
class MeasureAccount:
    """A measure with its accepted answers on the day of the report."""

    reference: str
    section: str
    text: str
    language: str
    owners: tuple[str, ...]  # by name, or in the plan's words where it has not decided
    timing: str
    latest: date | None
    status: str
    parties: tuple[str, ...] = ()  # the owners that the plan has decided on
    kind: str = "measure"
    overdue: bool = False
    topics: frozenset[str] = frozenset()
    answers: tuple[Answer, ...] = ()
    evaluation_source: str = ""  # where its duty to be evaluated comes from; empty without a duty
    evaluations: tuple[Evaluated, ...] = ()
    steps: tuple[Reached, ...] = ()  # of a bill, by day


@dataclass(frozen=True)
class Meeting:
    """A collection round: who was asked, who answered."""

    title: str
    opened_on: date
    deadline_on: date
    asked: int
    answered: int


@dataclass(frozen=True)
class WorkAccount:
    """A note or a study: still to be written, or ended in the period of the report."""

    reference: str
    kind: str  # note, study, manual, expertise
    title: str
    language: str
    owner: str
    timing: str  # in the words of who declared it; empty for none
    state: str  # open, finished, given-up
    ended_on: date | None = None


@dataclass(frozen=True)
class GovernmentReport:
    """What was known and accepted on one day about one plan, for the period that the report covers."""

    plan_title: str
    plan_period: str
    plan_language: str
    period_from: date
    period_to: date
    on: date
    sections: tuple[tuple[str, str], ...]  # number, title; in the plan's order
    measures: tuple[MeasureAccount, ...]
    rounds: tuple[Meeting, ...] = ()
    works: tuple[WorkAccount, ...] = ()

    @property
    def answered(self) -> tuple[MeasureAccount, ...]:
        """The measures with an accepted answer."""
        return tuple(one for one in self.measures if one.answers)

    @property
    def unanswered(self) -> tuple[MeasureAccount, ...]:
        """The measures without one."""
        return tuple(one for one in self.measures if not one.answers)


def empty(language: str, on: date) -> GovernmentReport:
    """A report on a plan without a measure, by which a template shows whether it can be filled."""
    return GovernmentReport(
        plan_title="",
        plan_period="",
        plan_language=language,
        period_from=on,
        period_to=on,
        on=on,
        sections=(),
        measures=(),
    )
