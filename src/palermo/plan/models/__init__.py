"""What is stored about plans: facts that are added and superseded, never overwritten (decision 0006).

`documents`: what was published and how it was read. `measures`: what was promised and by whom. `evaluations`:
what must be evaluated and what was. `rounds`: who was asked. `answers`: what was told.
`standings`: what follows from all of it, kept for the pages.
"""

from palermo.plan.models.answers import Contribution, ContributionDraft, Signature, Verdict
from palermo.plan.models.documents import Decision, Difference, Import, ImportedRow
from palermo.plan.models.evaluations import Evaluation, Evidence, EvidenceKind, Obligation
from palermo.plan.models.measures import Kind, Measure, Ownership, Withdrawal, Wording
from palermo.plan.models.plans import Plan, Section
from palermo.plan.models.rounds import Contact, Question, Reminder, Round
from palermo.plan.models.standings import Derived, Holding, Spoken, Standing, Tally

__all__ = [
    "Contact",
    "Contribution",
    "ContributionDraft",
    "Decision",
    "Derived",
    "Difference",
    "Evaluation",
    "Evidence",
    "EvidenceKind",
    "Holding",
    "Import",
    "ImportedRow",
    "Kind",
    "Measure",
    "Obligation",
    "Ownership",
    "Plan",
    "Question",
    "Reminder",
    "Round",
    "Section",
    "Signature",
    "Spoken",
    "Standing",
    "Tally",
    "Verdict",
    "Withdrawal",
    "Wording",
]
