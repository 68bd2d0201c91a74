"""What organisations tell, who signs it, and what the Bureau decides beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Max

from palermo.accounts.models import RoleKind, User
from palermo.errors import Refused, words
from palermo.notices.outbox import put
from palermo.plan import links
from palermo.plan.actions.evaluations import HandedIn, gathered, seen_evidence
from palermo.plan.facts import stated
from palermo.plan.models import (
    AnswerLink,
    Contribution,
    ContributionDraft,
    Evidence,
    Measure,
    Question,
    Round,
    Signature,
    Verdict,
    Way,
)
from palermo.plan.queries.standing import speakers
from palermo.plan.queries.state import is_late
from palermo.plan.rules.collection import contradicting, lacking, reminder_kind
from palermo.plan.standings import action

LINKS_A_DAY = 3  # links to one question that one person is sent

# What is wrong with an answer, and what to do about it.
FAULTS = {
    "without-status": (
        words("The answer does not say how far the measure is."),
        words("Choose one of the six answers."),
    ),
    "without-account": (
        words("The answer for measure {reference} has no words."),
        words("Say in some sentences what was done, and what was not."),
    ),
    "without-decision": (
        words("A measure is abandoned or replaced by a decision, and the answer does not name it."),
        words("Give the decision: who took it and when."),
    ),
    "without-reason": (
        words(
            "The time of measure {reference} is over and it is not finished, and the answer does not say why."
        ),
        words("Say in a sentence what held it up."),
    ),
    "needless-decision": (
        words(
            "The answer names a decision that ended measure {reference}, and says that it was not ended so."
        ),
        words("Empty the decision and tell it in your words, or choose “abandoned” or “replaced”."),
    ),
    "needless-replaced_by": (
        words("The answer names what replaced measure {reference}, and does not say that it was replaced."),
        words("Choose no other measure, or choose “replaced”."),
    ),
}


@dataclass(frozen=True)
class Answer:
    """What somebody tells about a measure.

    `after` is the version that they had before them, 0 for none. `decision` names what abandoned or
    replaced the measure, and `replaced_by` the measure that took its place, where there is one.
    """

    status: str
    account: str
    language: str
    reason: str = ""
    decision: str = ""
    replaced_by: Measure | None = None
    after: int = 0
    evidence: Sequence[Evidence] = ()

    @property
    def fields(self) -> dict[str, Any]:
        """Everything but the evidence, by the names of the stored fields."""
        names = ("status", "account", "language", "reason", "decision", "replaced_by", "after")
        return {name: getattr(self, name) for name in names}


@action("plan.save_draft", permission="plan.contribute", about="question", unsaid=frozenset({"answer"}))
def save_draft(
    *,
    by: User,
    question: Question,
    answer: Answer,
    on: date,
    handed_in: HandedIn | None = None,
    through: AnswerLink | None = None,
) -> ContributionDraft:
    """Keep what somebody has written so far; nobody else reads it, and the trail does not repeat it.

    Raises Refused ("round-closed", "link-ended", "other-evidence", "other-organisation").
    """
    is_open(question)
    if through:
        links.must_be_usable(through, question, by, on)
    draft, _made = ContributionDraft.objects.update_or_create(
        question=question, by=by, defaults={"on": on, **answer.fields}
    )
    draft.evidence.set(evidence_of(question, answer, handed_in, by=by, on=on))
    return draft


@action("plan.contribute", permission="plan.contribute", about="question")
def contribute(
    *,
    by: User,
    question: Question,
    answer: Answer,
    on: date,
    link: str = "",
    handed_in: HandedIn | None = None,
    through: AnswerLink | None = None,
) -> Contribution:
    """Tell what has been done for a measure, for the open collection round.

    Whoever answers at the same time as a colleague loses nothing: both answers are kept, and the later one
    stands. Where the organisation has a validating authority, who did not write it themselves, the answer
    waits for their signature; `link` is where they find it. `handed_in` becomes evidence of the answer.
    `through` is the link by which it came, which it uses up.

    Raises Refused ("round-closed", "other-evidence", "other-organisation", "link-ended", a key of `FAULTS`).
    """
    sound(question, answer, on)
    is_open(question)  # and locked, so that two who answer at once get two versions
    if through:
        links.must_be_usable(through, question, by, on)
    way = Way.LINK if through else Way.PAGE
    return written(question, answer, handed_in, way, by=by, on=on, link=link, through=through)


@action("plan.ask_link", permission="plan.contribute", about="question")
def ask_link(*, by: User, question: Question, one_question: str, on: date) -> bool:
    """Send whoever answers a new link to one question; False when too many were sent today.

    `one_question` is the page that it opens, with `TOKEN` in it. Their earlier links to it are closed.

    Raises Refused ("round-closed").
    """
    is_open(question)
    if AnswerLink.objects.filter(question=question, person=by, on=on).count() >= LINKS_A_DAY:
        return False
    deadline = question.round.deadline_on
    links.tell(
        by,
        [question],
        template=f"reminder-{reminder_kind(deadline, on)}",
        link="",
        one_question=one_question,
        on=on,
        until_on=deadline,
    )
    return True


@action("plan.sign", permission="plan.sign", about="contribution")
def sign(*, by: User, contribution: Contribution, on: date) -> Signature:
    """Stand behind a contribution, word for word, for the organisation.

    Raises Refused ("superseded", "round-closed", "nothing-to-sign").
    """
    stands(contribution)
    is_open(contribution.question)
    if not contribution.needs_signature or Signature.objects.filter(contribution=contribution).exists():
        raise Refused(
            "nothing-to-sign",
            words("This answer does not wait for a signature."),
            words("Open the question again to see where it stands."),
        )
    return stated(Signature(contribution=contribution, by=by, on=on))


@action("plan.accept_for_report", permission="plan.judge", about="contribution")
def accept_for_report(*, by: User, contribution: Contribution, on: date, remark: str = "") -> Verdict:
    """Take a contribution into the report as it was written; a remark stands beside it.

    Raises Refused ("superseded", "not-signed").
    """
    stands(contribution)
    is_told(contribution)
    return Verdict.objects.create(contribution=contribution, outcome="accepted", remark=remark, by=by, on=on)


@action("plan.ask", permission="plan.judge", about="contribution")
def ask(
    *, by: User, contribution: Contribution, remark: str, on: date, link: str = "", one_question: str = ""
) -> Verdict:
    """Ask the organisation about its contribution, which stays as it is; a new one may follow.

    `link` is where the organisation's contact points find the question, told by a neutral message;
    `one_question` the page of a link that opens it, with `TOKEN` in it.

    Raises Refused ("superseded", "not-signed", "round-closed", "no-remark").
    """
    stands(contribution)
    is_told(contribution)
    is_open(contribution.question)
    if not remark.strip():
        raise Refused(
            "no-remark",
            words("The organisation cannot know what is asked."),
            words("Write what is unclear or missing."),
        )
    if link:
        question = contribution.question
        people = speakers({question.organisation_id}, RoleKind.CONTACT_POINT, on)
        for one in people[question.organisation_id]:
            links.tell(one, [question], template="asked", link=link, one_question=one_question, on=on)
    return Verdict.objects.create(contribution=contribution, outcome="asked", remark=remark, by=by, on=on)


def written(
    question: Question,
    answer: Answer,
    handed_in: HandedIn | None,
    way: Way,
    *,
    by: User,
    on: date,
    link: str,
    through: AnswerLink | None = None,
) -> Contribution:
    """The next version of the answer to a question whose round is held open."""
    before = question.contributions.aggregate(most=Max("version"))["most"] or 0
    authorities = speakers({question.organisation_id}, RoleKind.VALIDATING_AUTHORITY, on)
    signers = authorities[question.organisation_id]
    entered = way == Way.LETTER
    # A file takes its time: it is kept before the fact is stated, which holds up whoever else writes.
    evidence = evidence_of(question, answer, handed_in, by=by, on=on, entered=entered)
    made = stated(
        Contribution(
            question=question,
            version=before + 1,
            needs_signature=bool(signers) and by not in signers,
            way=way,
            through=through,
            by=by,
            on=on,
            **{**answer.fields, "after": min(answer.after, before)},
        )
    )
    made.evidence.set(evidence)
    ContributionDraft.objects.filter(question=question, by=by).delete()
    if made.needs_signature and link:
        tell(signers, "to-sign", link, on)
    return made


def evidence_of(
    question: Question,
    answer: Answer,
    handed_in: HandedIn | None,
    *,
    by: User,
    on: date,
    entered: bool = False,
) -> list[Evidence]:
    """The evidence of an answer: what was chosen, and what came with it."""
    chosen = seen_evidence(by, question.measure, answer.evidence)
    if handed_in is None:
        return chosen
    return [*chosen, gathered(question, question.organisation, handed_in, by=by, on=on, entered=entered)]


def tell(people: Sequence[User], template: str, link: str, on: date) -> None:
    """A neutral message to each of these people."""
    for one in people:
        put(address=one.email, language=one.language, template=template, link=link, on=on)


def sound(question: Question, answer: Answer, on: date) -> None:
    """Refuse an answer that says too little, or one thing and its contrary."""
    late = is_late(question.measure, on)
    parts = lacking(answer.status, answer.account, answer.decision, answer.reason, late=late)
    parts = [f"without-{part}" for part in parts]
    found = contradicting(answer.status, answer.decision, replaced_by=answer.replaced_by is not None)
    parts += [f"needless-{part}" for part in found]
    for code in parts[:1]:
        raise Refused(code, *FAULTS[code], reference=question.measure.reference)


def is_open(question: Question) -> None:
    """Refuse what comes after the round was closed; read anew, because somebody may just have closed it."""
    held = Round.objects.select_for_update().get(pk=question.round_id)
    if held.closed_on is not None:
        raise Refused(
            "round-closed",
            words("The round “{title}” was closed on {closed_on}; its answers are locked."),
            words("Tell it in the next round, or write to the Bureau."),
            title=held.title,
            closed_on=held.closed_on,
        )


def stands(contribution: Contribution) -> None:
    """Refuse to decide about an answer that a later one has superseded."""
    later = Contribution.objects.filter(
        question=contribution.question_id, version__gt=contribution.version
    ).exists()
    if later:
        raise Refused(
            "superseded",
            words("A later answer to this question has taken the place of this one."),
            words("Open the question again and read the latest answer."),
        )


def is_told(contribution: Contribution) -> None:
    """Refuse to judge what the organisation has not signed yet."""
    if contribution.needs_signature and not Signature.objects.filter(contribution=contribution).exists():
        raise Refused(
            "not-signed",
            words("This answer still waits for the signature of its organisation."),
            words("Wait for the signature, or speak with the organisation's contact point."),
        )
