"""A form in Word that was handed in: what its author confirmed becomes answers, all of it or none."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from palermo.accounts.models import User
from palermo.errors import Refused, words
from palermo.organisations.models import Organisation
from palermo.plan.actions.answers import Answer, is_open, sound, written
from palermo.plan.actions.evaluations import HandedIn
from palermo.plan.models import Contribution, Question, Round, Way
from palermo.plan.queries.standing import answers_for
from palermo.plan.standings import action


@dataclass(frozen=True)
class Filled:
    """The answer to one question of a form, with the evidence that it names."""

    question: Question
    answer: Answer
    handed_in: HandedIn | None = None


@action("plan.hand_in", permission="plan.hand_in", about="organisation")
def hand_in(
    *,
    by: User,
    organisation: Organisation,
    round: Round,
    answers: Sequence[Filled],
    on: date,
    link: str = "",
) -> list[Contribution]:
    """Tell what a form says about the questions of a round to one organisation, as its author confirmed it.

    The Bureau enters the form of an organisation that answers by letter; the answers say so. `link` is where
    a validating authority finds what waits for a signature.

    Raises Refused ("nothing-confirmed", "round-closed", "other-form", "other-evidence",
    "other-organisation").
    """
    if not answers:
        raise Refused(
            "nothing-confirmed",
            words("No answer of the form was chosen."),
            words("Choose the answers that are to be sent, or leave the page."),
        )
    way = Way.FORM if organisation.pk in answers_for(by) else Way.LETTER
    made = []
    for one in answers:
        asked = one.question
        if (asked.round_id, asked.organisation_id) != (round.pk, organisation.pk):
            raise Refused(
                "other-form",
                words("A question of this form was not asked of {name} in this round."),
                words("Download the form of this round and fill in that one."),
                name=organisation.name,
            )
        sound(asked, one.answer, on)
        is_open(asked)
        made.append(written(asked, one.answer, one.handed_in, way, by=by, on=on, link=link))
    return made
