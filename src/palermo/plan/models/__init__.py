"""What is stored about plans: facts that are added and superseded, never overwritten (decision 0006).

`documents`: what was published and how it was read. `measures`: what was promised and by whom. `evaluations`:
what must be evaluated and what was. `rounds`: who was asked. `answers`: what was told.
`links`: who may answer without signing in. `translations`: what was told, in another language.
`recommendations`: what mechanisms ask of the country. `succession`: what becomes of measures later.
`bills`: the road of measures that are bills. `reporting`: who has the duty to report.
`occurrences`: what comes back, each time that it was done. `waits`: what must happen before.
`works`: notes and studies. `standings`: what follows from all of it, kept for the pages.
"""

from palermo.plan.models.answers import Contribution, ContributionDraft, Signature, Verdict, Way
from palermo.plan.models.bills import BillMark, Step, StepWithdrawal
from palermo.plan.models.documents import Decision, Difference, Import, ImportedRow
from palermo.plan.models.evaluations import Evaluation, Evidence, Obligation
from palermo.plan.models.kept import EvidenceKind
from palermo.plan.models.links import AnswerLink
from palermo.plan.models.measures import Kind, Measure, Ownership, Withdrawal, Wording
from palermo.plan.models.occurrences import Occurrence, OccurrenceWithdrawal
from palermo.plan.models.plans import Plan, Section
from palermo.plan.models.recommendations import (
    ReadRecommendation,
    Recommendation,
    RecommendationLine,
    Reply,
    Report,
    ReportDocument,
    Tie,
    TieEnd,
)
from palermo.plan.models.reporting import Delivery, DeliveryWithdrawal, ReportDuty, ReportDutyEnd
from palermo.plan.models.rounds import Contact, Question, Release, Reminder, Round
from palermo.plan.models.standings import Derived, Holding, Spoken, Standing, Tally, TallyStep
from palermo.plan.models.succession import Outcome, OutcomeKind, OutcomeWithdrawal, Succession
from palermo.plan.models.translations import Confirmation, Translation
from palermo.plan.models.waits import Wait
from palermo.plan.models.works import Work, WorkDecision, WorkKind, WorkTerms, WorkVersion

__all__ = [
    "AnswerLink",
    "BillMark",
    "Confirmation",
    "Contact",
    "Contribution",
    "ContributionDraft",
    "Decision",
    "Delivery",
    "DeliveryWithdrawal",
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
    "Occurrence",
    "OccurrenceWithdrawal",
    "Outcome",
    "OutcomeKind",
    "OutcomeWithdrawal",
    "Ownership",
    "Plan",
    "Question",
    "ReadRecommendation",
    "Recommendation",
    "RecommendationLine",
    "Release",
    "Reminder",
    "Reply",
    "Report",
    "ReportDocument",
    "ReportDuty",
    "ReportDutyEnd",
    "Round",
    "Section",
    "Signature",
    "Spoken",
    "Standing",
    "Step",
    "StepWithdrawal",
    "Succession",
    "Tally",
    "TallyStep",
    "Tie",
    "TieEnd",
    "Translation",
    "Verdict",
    "Wait",
    "Way",
    "Withdrawal",
    "Wording",
    "Work",
    "WorkDecision",
    "WorkKind",
    "WorkTerms",
    "WorkVersion",
]
