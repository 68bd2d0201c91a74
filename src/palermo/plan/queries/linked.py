"""What a link to one question opens: the question, for the person to whom the link was sent."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from palermo.audit.chain import sha256
from palermo.plan.models import AnswerLink, Contribution, Question
from palermo.plan.queries.board import Asked, closed, questions_on
from palermo.plan.queries.standing import answers_for
from palermo.plan.queries.visibility import visible_to
from palermo.plan.rules.collection import link_ended


@dataclass(frozen=True)
class Linked:
    """A link with the question that it opens, and why it opens nothing any more; empty while it does.

    `earlier` are the questions of earlier rounds about the same measure to the same organisation.
    """

    link: AnswerLink
    ended: str
    asked: Asked | None
    earlier: tuple[Asked, ...]
    sent: Contribution | None  # what was sent through it


def link_of(token: str) -> AnswerLink | None:
    """The link that carries a token; None for one that was never sent."""
    digest = sha256(token)
    known = AnswerLink.objects.select_related("person", "question__round__plan", "question__measure")
    return known.filter(token_digest=digest).first()


def opened_by(link: AnswerLink, on: date) -> Linked:
    """What a link opens on a day, asked by its person."""
    why, sent = ended(link, on), link.contributions.first()
    if why:
        return Linked(link, why, None, (), sent)
    one = link.question
    about = visible_to(link.person, Question).filter(measure=one.measure, organisation=one.organisation)
    found = questions_on(link.person, about, on)
    asked = next(each for each in found if each.question == one)
    return Linked(link, "", asked, tuple(each for each in found if each is not asked), sent)


def ended(link: AnswerLink, on: date) -> str:
    """Why a link opens nothing on a day; empty while it opens its question."""
    question = link.question
    return link_ended(
        closed=closed(question.round, on),
        entitled=link.person.is_active and question.organisation_id in answers_for(link.person),
        used=link.contributions.exists(),
        replaced=AnswerLink.objects.filter(question=question, person=link.person, pk__gt=link.pk).exists(),
        over=link.until_on < on,
    )
