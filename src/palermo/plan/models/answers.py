"""What was told: answers, their signatures, and what the Bureau decided beside them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from palermo.accounts.models import User
from palermo.plan.models.evaluations import Evidence
from palermo.plan.models.known import Known
from palermo.plan.models.links import AnswerLink
from palermo.plan.models.measures import Measure
from palermo.plan.models.rounds import Question
from palermo.plan.rules.follow_up import NEEDS_DECISION, TELLABLE

STATUS = [(status, status) for status in TELLABLE]


class Way(models.TextChoices):
    """How an answer came in."""

    PAGE = "page"  # written here, by who had signed in
    LINK = "link"  # through a link to this one question
    FORM = "form"  # in a Word form that its author handed in and confirmed
    LETTER = "letter"  # in a Word form that the Bureau entered for the organisation


class Contribution(Known):
    """What an organisation told in answer to a question; a later version supersedes it, both stay.

    `after` is the version that its author had before them. Where it is older than the one before, two people
    answered at once: both answers are kept and the later one stands.
    """

    question = models.ForeignKey(Question, models.PROTECT, related_name="contributions")
    version = models.PositiveIntegerField()
    after = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=20, choices=STATUS)
    account = models.TextField()
    reason = models.TextField(blank=True)
    decision = models.CharField(max_length=500, blank=True)  # which decision abandoned or replaced it
    replaced_by = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="replaces")
    language = models.CharField(max_length=5)
    needs_signature = models.BooleanField()  # the organisation had a validating authority on the day
    way = models.CharField(max_length=10, choices=Way, default=Way.PAGE)
    through = models.ForeignKey(AnswerLink, models.PROTECT, null=True, related_name="contributions")
    evidence = models.ManyToManyField(Evidence, related_name="contributions")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "version"], name="plan_contribution_version_once"),
            models.CheckConstraint(condition=Q(after__lt=F("version")), name="plan_contribution_order"),
            models.CheckConstraint(condition=~Q(account=""), name="plan_contribution_has_words"),
            models.CheckConstraint(
                condition=~Q(status__in=sorted(NEEDS_DECISION)) | ~Q(decision=""),
                name="plan_contribution_end_has_decision",
            ),
        ]
        indexes = [models.Index(fields=["on", "at"], name="plan_contribution_day")]
        ordering = ["question", "version"]

    def __str__(self) -> str:
        return f"C{self.pk}"


class Signature(Known):
    """That the organisation's validating authority stands behind a contribution, word for word."""

    contribution = models.OneToOneField(Contribution, models.PROTECT, related_name="signature")

    class Meta:
        indexes = [models.Index(fields=["on", "at"], name="plan_signature_day")]

    def __str__(self) -> str:
        return f"{self.contribution} {self.on}"


class Verdict(Known):
    """What the Bureau decided about a contribution; its remark stands beside the text, never in it."""

    contribution = models.ForeignKey(Contribution, models.PROTECT, related_name="verdicts")
    outcome = models.CharField(max_length=20, choices=[("accepted", "accepted"), ("asked", "asked")])
    remark = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="accepted") | ~Q(remark=""), name="plan_verdict_asks_something"
            )
        ]
        indexes = [
            models.Index(fields=["contribution", "on"], name="plan_verdict_known"),
            models.Index(fields=["on", "at"], name="plan_verdict_day"),
            models.Index(fields=["contribution"], condition=Q(outcome="asked"), name="plan_verdict_asked"),
        ]

    def __str__(self) -> str:
        return f"{self.outcome} {self.on}"


class ContributionDraft(models.Model):
    """What somebody has written so far; it is theirs alone, and gone once it is sent."""

    question = models.ForeignKey(Question, models.PROTECT, related_name="drafts")
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    on = models.DateField()
    at = models.DateTimeField(auto_now=True)
    after = models.PositiveIntegerField(default=0)
    status = models.CharField(max_length=20, blank=True)
    account = models.TextField(blank=True)
    reason = models.TextField(blank=True)
    decision = models.CharField(max_length=500, blank=True)
    replaced_by = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="+")
    language = models.CharField(max_length=5)
    evidence = models.ManyToManyField(Evidence, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["question", "by"], name="plan_draft_one_a_person"),
        ]

    def __str__(self) -> str:
        return f"{self.question} {self.by}"
