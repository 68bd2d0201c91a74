"""What mechanisms recommend to the country: their reports, how these were read, and what was made of them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from palermo.accounts.models import User
from palermo.plan.models.documents import Decision
from palermo.plan.models.known import Known
from palermo.plan.models.measures import Measure

ANSWERED = [("open", "open"), ("partly", "partly"), ("done", "done")]
DECIDED = [one for one in Decision.choices if one[0] in {"waiting", "accepted", "mended", "rejected"}]


class Report(Known):
    """What a mechanism published about the country in one of its rounds."""

    mechanism = models.CharField(max_length=40)  # its code in plan/data/mechanisms.toml
    round = models.CharField(max_length=20)  # "1", "2"; the year where reports are yearly
    title = models.CharField(max_length=300)
    published_on = models.DateField()
    language = models.CharField(max_length=5)  # of its recommendations

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["mechanism", "round"], name="plan_report_round_once"),
        ]
        ordering = ["published_on", "pk"]

    def __str__(self) -> str:
        return self.title


class ReportDocument(Known):
    """One reading of a report's file; the file itself is kept under its SHA-256."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="documents")
    name = models.CharField(max_length=300)
    document_kind = models.CharField(max_length=10)
    sha256 = models.CharField(max_length=64)
    added = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()  # known already; not kept again

    def __str__(self) -> str:
        return self.name


class Recommendation(Known):
    """What a mechanism recommended in a round, as printed, known from the day of its report."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="recommendations")
    number = models.CharField(max_length=20, blank=True)  # as printed; one paragraph may hold several
    text = models.TextField()
    strength = models.CharField(max_length=100, blank=True)  # the words as printed
    rank = models.PositiveSmallIntegerField(null=True)  # 1 is the strongest; nothing: not of the scale
    place = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(text=""), name="plan_recommendation_has_words"),
        ]
        indexes = [models.Index(fields=["report", "rank"], name="plan_recommendation_ranked")]
        ordering = ["report", "pk"]

    def __str__(self) -> str:
        return self.text[:80]


class ReadRecommendation(models.Model):
    """A recommendation as it was read, waiting for a person to take it, mend it or leave it out."""

    document = models.ForeignKey(ReportDocument, models.PROTECT, related_name="rows")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=20, blank=True)
    text = models.TextField()
    strength = models.CharField(max_length=100, blank=True)
    rank = models.PositiveSmallIntegerField(null=True)
    place = models.JSONField(default=dict)
    repeated = models.JSONField(default=list)  # the other places where the report says it
    recommendation = models.OneToOneField(Recommendation, models.PROTECT, null=True, related_name="origin")
    decision = models.CharField(max_length=20, choices=DECIDED, default=Decision.WAITING)
    reason = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "position"], name="plan_read_position_once"),
            models.CheckConstraint(
                condition=Q(decision="waiting", decided_on=None, decided_by=None)
                | ~Q(decision="waiting") & Q(decided_on__isnull=False, decided_by__isnull=False),
                name="plan_read_decided_by_somebody",
            ),
        ]
        ordering = ["document", "position"]

    def __str__(self) -> str:
        return self.text[:80]


class RecommendationLine(Known):
    """Which recommendation of an earlier round this one takes up; the latest stands, nothing: it is new."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="lines")
    earlier = models.ForeignKey(Recommendation, models.PROTECT, null=True, related_name="taken_up")

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(earlier=F("recommendation")), name="plan_line_leads_back"),
        ]
        indexes = [models.Index(fields=["recommendation", "on"], name="plan_line_known")]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.on}"


class Tie(Known):
    """That a measure answers a recommendation, from the day `on`, until it is ended."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="ties")
    measure = models.ForeignKey(Measure, models.PROTECT, related_name="ties")

    class Meta:
        indexes = [models.Index(fields=["measure", "recommendation"], name="plan_tie_of")]

    def __str__(self) -> str:
        return f"{self.recommendation_id} {self.measure}"


class TieEnd(Known):
    """That a measure no longer answers a recommendation, from the day `on`, and why."""

    tie = models.OneToOneField(Tie, models.PROTECT, related_name="end")
    reason = models.TextField()

    def __str__(self) -> str:
        return f"{self.tie} {self.on}"


class Reply(Known):
    """What the government says and does about a recommendation; the latest stands, all stay."""

    recommendation = models.ForeignKey(Recommendation, models.PROTECT, related_name="replies")
    words = models.TextField()
    language = models.CharField(max_length=5)
    state = models.CharField(max_length=10, choices=ANSWERED)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="plan_reply_has_words"),
        ]
        indexes = [models.Index(fields=["recommendation", "on"], name="plan_reply_known")]

    def __str__(self) -> str:
        return f"{self.state} {self.on}"
