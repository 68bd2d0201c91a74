"""The room's entry in Django."""

from django.apps import AppConfig


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
    )

    def ready(self) -> None:
        """Register the permissions."""
        from palermo.plan import permissions  # noqa: F401, PLC0415
