"""The only door to the room's records: what somebody may see.

The plan's words, owners and timing, what mechanisms recommend and what became of earlier plans are open to
everybody who reads content. How far a measure is (answers that count, their signatures, evaluations,
evidence, the steps of a bill before it is published) is seen by the Bureau and by who belongs to an owner of
the measure; by others once the Cell has released the results of the round (decision 0020). A document's rows
are the Bureau's. A question, its reminders and the Bureau's remarks belong to the Bureau and to who stands
for the organisation that was asked; so does an answer that does not count yet. A draft is its author's, a
link to one question its receiver's. Which notes and studies are to be written is open too; their drafts are
seen by the Bureau, by who writes them and by the owners of their measures, final versions by all (decision
0030). On PostgreSQL `plan.wall` keeps drafts where a query forgets to ask here.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import TypeVar

from django.db.models import Exists, Model, OuterRef, Q, QuerySet

from palermo.accounts.day import today
from palermo.accounts.models import RoleKind, User
from palermo.plan import models as plan
from palermo.plan.queries.standing import answers_for, belongs_to, owned_on, signs_for, terms_on
from palermo.plan.rules.bills import PUBLISHED

M = TypeVar("M", bound=Model)
C = TypeVar("C", plan.Tally, plan.TallyStep, plan.Standing, plan.Holding)
H = TypeVar("H", plan.TallyStep, plan.Holding)

REGISTER: frozenset[type[Model]] = frozenset(
    {
        plan.Plan,
        plan.Section,
        plan.Measure,
        plan.Wording,
        plan.Withdrawal,
        plan.Ownership,
        plan.Obligation,
        plan.Round,
        plan.Release,
        plan.Report,
        plan.Recommendation,
        plan.RecommendationLine,
        plan.Tie,
        plan.TieEnd,
        plan.Reply,
        plan.Succession,
        plan.Outcome,
        plan.OutcomeWithdrawal,
        plan.Work,
        plan.WorkTerms,
        plan.WorkDecision,
        plan.BillMark,
        plan.Wait,
        plan.ReportDuty,
        plan.ReportDutyEnd,
        plan.Delivery,
        plan.DeliveryWithdrawal,
    }
)
OFFICE: frozenset[type[Model]] = frozenset(
    {
        plan.Import,
        plan.ImportedRow,
        plan.Contact,
        plan.ReportDocument,
        plan.ReadRecommendation,
        plan.Standing,
        plan.Holding,
        plan.Tally,
        plan.TallyStep,
        plan.Spoken,
        plan.Derived,
    }
)  # how far every measure is, derived and kept, is the Bureau's too
# How each record of the conversation leads to its question.
CONVERSATION: dict[type[Model], str] = {
    plan.Question: "",
    plan.Reminder: "question__",
    plan.Contribution: "question__",
    plan.Signature: "contribution__question__",
    plan.Verdict: "contribution__question__",
    plan.Translation: "contribution__question__",
    plan.Confirmation: "translation__contribution__question__",
}
RECEIVED: dict[type[Model], str] = {plan.ContributionDraft: "by", plan.AnswerLink: "person"}
PRIVATE: frozenset[type[Model]] = frozenset({*RECEIVED, plan.Evidence})


def visible_to(user: User, model: type[M]) -> QuerySet[M]:
    """The records of one model that somebody may see today. Raises KeyError for a model without a rule."""
    return visible_on(user, model, today())


def visible_on(user: User, model: type[M], on: date) -> QuerySet[M]:
    """The records that somebody may see of a day: what was released later had not been released yet."""
    everything = model._default_manager.all()
    if not user.may("plan.read"):
        return everything.none()
    if model in REGISTER or (is_office(user) and model not in PRIVATE):
        return everything
    if model in OFFICE:
        return everything.none()
    return everything.filter(may_see(user, model, on))


def spans_for(user: User, on: date) -> QuerySet[plan.Standing]:
    """The spans in which measures stood, as they are told to somebody on a day."""
    spans = plan.Standing.objects.all()
    return spans.filter(as_told(user, on)) if user.may("plan.read") else spans.none()


def counted_for(user: User, kept: type[C]) -> QuerySet[C]:
    """What is counted, or is to be counted, as everybody is told it who reads content; or the Bureau."""
    rows = kept._default_manager.all()
    return rows.filter(in_part=not is_office(user)) if user.may("plan.read") else rows.none()


def owed_for(user: User, kept: type[H], owner: str) -> QuerySet[H]:
    """What is kept of owners, named by a field: of one's own organisations all, of others what is told."""
    rows = counted_for(user, kept)
    own = [] if is_office(user) else belongs_to(user)
    if not own:
        return rows
    theirs = Q(**{f"{owner}__in": list(own)})
    return kept._default_manager.filter((theirs & Q(in_part=False)) | (~theirs & Q(in_part=True)))


def held_by(user: User, owner: int | None) -> QuerySet[plan.Holding]:
    """The same of one owner, as an index has it; None: of one whom the plan's words alone name."""
    if owner is None or owner not in belongs_to(user):
        return counted_for(user, plan.Holding).filter(organisation=owner)
    return plan.Holding.objects.filter(in_part=False, organisation=owner)


def as_told(user: User, on: date) -> Q:
    """The spans that hold for somebody: the whole where it is told to them, else what is."""
    own = belongs_to(user)
    if is_office(user) or not own:
        return Q(in_part=not is_office(user))
    whole = told_whole(own, on, "measure")
    return Q(whole, in_part=False) | Q(~whole, in_part=True)


def is_office(user: User) -> bool:
    """Whether somebody does the Bureau's work."""
    return user.holds(RoleKind.SECRETARY)


def may_see(user: User, model: type[Model], on: date) -> Q:
    """The condition for what is not open to all and not the Bureau's alone."""
    if model in RECEIVED:
        return Q(**{RECEIVED[model]: user})
    if model in OF_A_MEASURE:
        return OF_A_MEASURE[model](user, on)
    question = CONVERSATION[model]
    theirs = Q(**{question + "organisation__in": answers_for(user) | signs_for(user)})
    if model not in PROGRESS:
        return theirs
    told = told_whole(belongs_to(user), on, question + "measure")
    told |= Q(**{question + "round__release__on__lte": on})
    return theirs | (told & PROGRESS[model])


def progress(user: User, on: date) -> Q:
    """The condition for what shows how far a measure is, beside answers: its owners', or released."""
    return told_whole(belongs_to(user), on, "measure") | Q(released_when_known(on))


def occurrence_withdrawal(user: User, on: date) -> Q:
    """The condition for what takes back an occurrence: as for the occurrence."""
    return Q(occurrence__in=plan.Occurrence.objects.filter(progress(user, on)).values("pk"))


def step(user: User, on: date) -> Q:
    """The condition for a step of a bill: a publication is a public act."""
    return Q(kind=PUBLISHED) | progress(user, on)


def step_withdrawal(user: User, on: date) -> Q:
    """The condition for what takes back a step: whoever is told of the step is told that it does not hold."""
    return Q(step__in=plan.Step.objects.filter(step(user, on)).values("pk"))


def evidence(user: User, on: date) -> Q:
    """The condition for evidence: one's own organisation's, or shown about a measure that is told."""
    own = Q(organisation__in=answers_for(user) | signs_for(user))
    sent = Q(contributions__isnull=False) if is_office(user) else counting("contributions__")
    shown = Q(question=None) | Q(evaluations__isnull=False) | sent
    if not is_office(user):
        shown &= progress(user, on)
    return own | Q(pk__in=plan.Evidence.objects.filter(shown).values("pk"))


def work_version(user: User, on: date) -> Q:
    """The condition for a version: one's own organisation's, of a work that concerns it, or final."""
    own = Q(organisation__in=answers_for(user) | signs_for(user))
    return own | Q(work__in=concerning(user, on).values("work")) | final()


def told_whole(own: Collection[int], on: date, measure: str) -> Q:
    """That one of these organisations owns the measure behind a path on a day, or was asked about it.

    Asked of each row: where many measures are owned, no list of them is made.
    """
    owned = plan.Ownership.objects.filter(owned_on(on), organisation__in=own, measure=OuterRef(measure))
    asked = plan.Question.objects.filter(organisation__in=own, measure=OuterRef(measure))
    return Q(Exists(owned)) | Q(Exists(asked))


def concerning(user: User, on: date) -> QuerySet[plan.WorkTerms]:
    """The works whose drafts somebody sees: their organisation writes it, or owns a measure of it."""
    own = Q(owner__in=belongs_to(user)) | told_whole(belongs_to(user), on, "measures")
    return plan.WorkTerms.objects.filter(terms_on(on), own)


def final() -> Q:
    """The final versions, but for those of works that were taken up again since."""
    again = plan.WorkDecision.objects.filter(work=OuterRef("work"), what="resumed", at__gt=OuterRef("at"))
    return Q(~Exists(again), is_final=True)


def released_when_known(on: date) -> Exists:
    """That a released round asked about the outer record's measure and was closed after it was known."""
    told = plan.Release.objects.filter(round__questions__measure=OuterRef("measure"), on__lte=on)
    return Exists(told.filter(round__closed_on__gte=OuterRef("on")))


OF_A_MEASURE: dict[type[Model], Callable[[User, date], Q]] = {
    plan.Evidence: evidence,
    plan.Evaluation: progress,
    plan.Occurrence: progress,
    plan.OccurrenceWithdrawal: occurrence_withdrawal,
    plan.Step: step,
    plan.StepWithdrawal: step_withdrawal,
    plan.WorkVersion: work_version,
}


def counting(path: str = "") -> Q:
    """The contributions, behind a path, that count: signed where a signature is needed."""
    return Q(**{path + "needs_signature": False}) | Q(**{path + "signature__isnull": False})


# What follows an answer that counts, beyond its organisation; a translation once it is confirmed.
PROGRESS: dict[type[Model], Q] = {
    plan.Contribution: counting(),
    plan.Signature: Q(),
    plan.Translation: counting("contribution__") & Q(confirmation__isnull=False),
    plan.Confirmation: counting("translation__contribution__"),
}
