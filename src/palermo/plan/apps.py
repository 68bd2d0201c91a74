"""The room's entry in Django."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PlanConfig(AppConfig):
    """Registers who may do what with plans, and names the tables that only grow."""

    name = "palermo.plan"
    verbose_name = "Plan"
    append_only = (
        "Import",
        "Measure",
        "Wording",
        "Withdrawal",
        "Obligation",
        "Evidence",
        "Evaluation",
        "Evaluation_evidence",
        "Question",
        "Reminder",
        "Contact",
        "Contribution",
        "Contribution_evidence",
        "Signature",
        "Verdict",
        "AnswerLink",
        "Release",
        "Translation",
        "Confirmation",
        "Report",
        "ReportDocument",
        "Recommendation",
        "RecommendationLine",
        "Tie",
        "TieEnd",
        "Reply",
        "Succession",
        "Outcome",
        "OutcomeWithdrawal",
        "Work",
        "WorkTerms",
        "WorkTerms_measures",
        "WorkVersion",
        "WorkDecision",
        "BillMark",
        "Step",
        "StepWithdrawal",
        "Wait",
        "Occurrence",
        "OccurrenceWithdrawal",
        "ReportDuty",
        "ReportDutyEnd",
        "Delivery",
        "DeliveryWithdrawal",
    )

    def ready(self) -> None:
        """Register the permissions; after a migration put the wall back, and derive what it left without."""
        from palermo.plan import permissions  # noqa: F401, PLC0415
        from palermo.plan.standings import stand_after_migration  # noqa: PLC0415
        from palermo.plan.wall import install_after_migration  # noqa: PLC0415

        post_migrate.connect(install_after_migration, sender=self)
        post_migrate.connect(stand_after_migration, sender=self)
