"""Links by which one person answers one question without signing in. Only the room's actions make them."""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta

from palermo.accounts.models import User
from palermo.audit.chain import sha256
from palermo.errors import Refused, words
from palermo.notices.outbox import put
from palermo.plan.models import AnswerLink, Question
from palermo.plan.queries.linked import ended

LINK_DAYS = 14
MOST_LINKS = 10  # in one message; whoever has more questions finds them in one place, signed in


def new_link(question: Question, person: User, on: date) -> str:
    """The token of a new way to one question; only its digest is kept."""
    token = secrets.token_urlsafe(32)
    AnswerLink.objects.create(
        question=question,
        person=person,
        token_digest=sha256(token),
        on=on,
        until_on=on + timedelta(days=LINK_DAYS),
    )
    return token


def tell(
    person: User,
    questions: Sequence[Question],
    *,
    template: str,
    link: str,
    one_question: str,
    on: date,
    until_on: date | None = None,
) -> None:
    """A neutral message about these questions: with a link to each where they are few, else to one place.

    `one_question` is the address of the page that a link opens, with `TOKEN` where the token goes; nothing
    where no such links are sent.
    """
    if one_question and len(questions) <= MOST_LINKS:
        addresses = [one_question.replace("TOKEN", new_link(one, person, on)) for one in questions]
        template, link = f"{template}-by-link", listed(addresses)
    put(
        address=person.email,
        language=person.language,
        template=template,
        link=link,
        on=on,
        until_on=until_on,
    )


def listed(addresses: Sequence[str]) -> str:
    """Addresses as they stand in a message: one alone, several numbered."""
    if len(addresses) == 1:
        return addresses[0]
    return "\n\n".join(f"{number}. {one}" for number, one in enumerate(addresses, start=1))


def by_person(
    questions: Iterable[Question], people: Mapping[int, Sequence[User]]
) -> list[tuple[User, list[Question]]]:
    """Each person with the questions that they answer, given who answers for each organisation."""
    known = {one.pk: one for those in people.values() for one in those}
    found: dict[int, list[Question]] = {key: [] for key in known}
    for question in questions:
        for one in people[question.organisation_id]:
            found[one.pk].append(question)
    return [(known[key], own) for key, own in found.items()]


def must_be_usable(link: AnswerLink, question: Question, by: User, on: date) -> None:
    """Refuse what comes through a link of another question or person, or through one that has ended."""
    if link.question_id != question.pk or link.person_id != by.pk or ended(link, on):
        raise Refused(
            "link-ended",
            words("This link no longer takes an answer."),
            words("Ask for a new link, or sign in and open the question there."),
        )
