"""What must be evaluated, what was, and the evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from palermo.accounts.models import User
from palermo.errors import Refused, words
from palermo.organisations.models import Organisation
from palermo.plan import files
from palermo.plan.facts import section_of, stated
from palermo.plan.models import Evaluation, Evidence, EvidenceKind, Measure, Obligation, Plan, Question
from palermo.plan.queries.standing import answers_for
from palermo.plan.queries.visibility import visible_to
from palermo.plan.standings import action

LARGEST = 25 * 1024 * 1024  # bytes of one file of evidence
TITLE = 300  # signs


@dataclass(frozen=True)
class HandedIn:
    """Evidence as it comes in: a file's content, an address, or a reference to something on paper."""

    name: str = ""
    content: bytes | None = None
    address: str = ""
    reference: str = ""
    title: str = ""

    def kind(self) -> EvidenceKind:
        """Which one of the three it is. Raises Refused where it is none of them, or several."""
        return kind_of(self.content, self.address, self.reference)


@action("plan.declare_obligation", permission="plan.oblige", about="plan")
def declare_obligation(
    *,
    by: User,
    plan: Plan,
    section: str,
    text: str,
    topics: Sequence[str],
    on: date,
    line: int | None = None,
) -> Obligation:
    """Declare that a sentence of the plan asks for an evaluation of every measure of some topics.

    Raises Refused ("empty-obligation").
    """
    if not topics or not text.strip():
        raise Refused(
            "empty-obligation",
            words("An obligation needs the sentence that makes it and the topics for which it holds."),
            words("Copy the sentence from the plan and choose at least one topic."),
        )
    return stated(
        Obligation(
            plan=plan,
            duty="evaluate",
            section=section_of(plan, section),
            text=text,
            place={"line": line} if line else {},
            topics=list(topics),
            by=by,
            on=on,
        )
    )


@action("plan.record_evaluation", permission="plan.evaluate", about="measure")
def record_evaluation(
    *,
    by: User,
    measure: Measure,
    held_on: date,
    summary: str,
    language: str,
    on: date,
    evidence: Sequence[Evidence] = (),
) -> Evaluation:
    """Put on record that a measure was evaluated, and what came of it.

    Raises Refused ("evaluation-ahead", "no-summary", "other-evidence").
    """
    if held_on > on:
        raise Refused(
            "evaluation-ahead",
            words("The evaluation would be of {held_on}, which has not come yet."),
            words("Give the day on which the evaluation was finished."),
            held_on=held_on,
        )
    if not summary.strip():
        raise Refused(
            "no-summary",
            words("An evaluation on record needs a summary."),
            words("Say in some sentences what was found."),
        )
    made = stated(
        Evaluation(measure=measure, held_on=held_on, summary=summary, language=language, by=by, on=on)
    )
    made.evidence.set(seen_evidence(by, measure, evidence))
    return made


@action("plan.add_evidence", permission="plan.show_evidence", about="about")
def add_evidence(
    *,
    by: User,
    about: Measure | Question,
    organisation: Organisation,
    title: str,
    on: date,
    name: str = "",
    content: bytes | None = None,
    address: str = "",
    reference: str = "",
) -> Evidence:
    """Keep evidence about a measure: a file's content, an address, or a reference to something on paper.

    About a question it is gathered for an answer, and others see it once an answer refers to it.

    Raises Refused ("other-organisation").
    """
    return gathered(
        about,
        organisation,
        HandedIn(name=name, content=content, address=address, reference=reference, title=title),
        by=by,
        on=on,
    )


def gathered(
    about: Measure | Question,
    organisation: Organisation,
    came: HandedIn,
    *,
    by: User,
    on: date,
    entered: bool = False,
) -> Evidence:
    """What was handed in, kept as evidence of one's own organisation, or of one whose letter is `entered`."""
    if not entered and organisation.pk not in answers_for(by):
        raise Refused(
            "other-organisation",
            words("You do not stand for {name}."),
            words("Hand in evidence for your own organisation."),
            name=organisation.name,
        )
    question = about if isinstance(about, Question) else None
    return Evidence.objects.create(
        measure=about.measure if isinstance(about, Question) else about,
        question=question,
        organisation=organisation,
        title=(came.title.strip() or came.name or came.address or came.reference)[:TITLE],
        **enclosed(came),
        by=by,
        on=on,
    )


def enclosed(came: HandedIn) -> dict[str, Any]:
    """What was handed in, as the fields under which it is kept; a file is on the disk before this returns."""
    return {
        "kind": came.kind(),
        "sha256": files.keep(came.content) if came.content else "",
        "name": came.name,
        "size": len(came.content) if came.content else None,
        "address": came.address,
        "reference": came.reference,
    }


def kind_of(content: bytes | None, address: str, reference: str) -> EvidenceKind:
    """Which one of the three was given. Raises Refused for none, several, too large, or no web address."""
    given = [kind for kind, value in zip(EvidenceKind, (content, address, reference), strict=True) if value]
    if len(given) != 1:
        raise Refused(
            "which-evidence",
            words("What is handed in is one file, one address or one reference."),
            words("Give one of the three; add the others separately."),
        )
    if content and len(content) > LARGEST:
        raise Refused(
            "file-too-large",
            words("The file is larger than {megabytes} MB."),
            words("Hand in a smaller file, or an address where it can be found."),
            megabytes=LARGEST // 1024 // 1024,
        )
    if address:
        must_be_web_address(address)
    return given[0]


def must_be_web_address(address: str) -> None:
    """Refuse what no browser would open as a page."""
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        scheme = ""
    if scheme not in {"http", "https"}:
        raise Refused(
            "no-web-address",
            words("“{address}” is not a web address."),
            words("Give an address that begins with https://, or describe where it is as a reference."),
            address=address,
        )


def seen_evidence(by: User, measure: Measure, evidence: Sequence[Evidence]) -> list[Evidence]:
    """Evidence about this measure that the person may see. Raises Refused for anything else."""
    keys = {one.pk for one in evidence}
    found = list(visible_to(by, Evidence).filter(measure=measure, pk__in=keys))
    if len(found) != len(keys):
        raise Refused(
            "other-evidence",
            words("Some of this evidence is not about measure {reference}."),
            words("Choose evidence that was added to this measure."),
            reference=measure.reference,
        )
    return found
