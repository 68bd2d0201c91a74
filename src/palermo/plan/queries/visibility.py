"""The only door to the room's records: what somebody may see.

The register (plans, measures, owners, duties, evaluations, rounds) is open to everybody who reads content.
A document's rows are the Bureau's. A question, its reminders and the Bureau's remarks belong to the Bureau
and to who stands for the organisation that was asked. A contribution is theirs and the Bureau's until it
counts: signed where a signature is needed; from then on everybody who reads content reads it, and its
signature. Evidence follows the answer that refers to it. A draft is its author's.
"""

from __future__ import annotations

from typing import TypeVar

from django.db.models import Model, Q, QuerySet

from palermo.accounts.models import RoleKind, User
from palermo.plan import models as plan
from palermo.plan.queries.standing import answers_for, signs_for

M = TypeVar("M", bound=Model)

REGISTER: frozenset[type[Model]] = frozenset(
    {
        plan.Plan,
        plan.Section,
        plan.Measure,
        plan.Wording,
        plan.Withdrawal,
        plan.Ownership,
        plan.Obligation,
        plan.Evaluation,
        plan.Round,
        plan.Standing,
        plan.Holding,
        plan.Tally,
        plan.Spoken,
        plan.Derived,
    }
)
OFFICE: frozenset[type[Model]] = frozenset({plan.Import, plan.ImportedRow, plan.Contact})
# How each record of the conversation leads to its question.
CONVERSATION: dict[type[Model], str] = {
    plan.Question: "",
    plan.Reminder: "question__",
    plan.Contribution: "question__",
    plan.Signature: "contribution__question__",
    plan.Verdict: "contribution__question__",
}
PRIVATE: frozenset[type[Model]] = frozenset({plan.ContributionDraft, plan.Evidence})


def visible_to(user: User, model: type[M]) -> QuerySet[M]:
    """The records of one model that somebody may see. Raises KeyError for a model without a rule."""
    everything = model._default_manager.all()
    if not user.may("plan.read"):
        return everything.none()
    if model in REGISTER or (is_office(user) and model not in PRIVATE):
        return everything
    if model in OFFICE:
        return everything.none()
    return everything.filter(may_see(user, model))


def is_office(user: User) -> bool:
    """Whether somebody does the Bureau's work."""
    return user.holds(RoleKind.SECRETARY)


def may_see(user: User, model: type[Model]) -> Q:
    """The condition for what is not open to all and not the Bureau's alone."""
    if model is plan.ContributionDraft:
        return Q(by=user)
    own = answers_for(user) | signs_for(user)
    if model is plan.Evidence:
        sent = Q(contributions__isnull=False) if is_office(user) else counting("contributions__")
        shown = Q(question=None) | Q(evaluations__isnull=False) | sent
        return Q(organisation__in=own) | Q(pk__in=plan.Evidence.objects.filter(shown).values("pk"))
    theirs = Q(**{CONVERSATION[model] + "organisation__in": own})
    if model is plan.Contribution:
        return theirs | counting()
    return Q() if model is plan.Signature else theirs


def counting(path: str = "") -> Q:
    """The contributions, behind a path, that count: signed where a signature is needed."""
    return Q(**{path + "needs_signature": False}) | Q(**{path + "signature__isnull": False})
