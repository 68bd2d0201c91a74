"""What was published and how it was read: documents, their rows, and what a person decided about each row."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from palermo.accounts.models import User
from palermo.plan.models.known import Known
from palermo.plan.models.measures import Kind, Measure
from palermo.plan.models.plans import Plan
from palermo.plan.rules.said import LONGEST_NUMBER, OBLIGATION


class Difference(models.TextChoices):
    """How a row stands to what was known before; rows that say the same are counted, not kept."""

    ADDED = "added"
    CHANGED = "changed"
    MISSING = "missing"  # known, and no longer in the document


class Decision(models.TextChoices):
    """What a person decided about a row."""

    WAITING = "waiting"
    ACCEPTED = "accepted"
    MENDED = "mended"
    SPLIT = "split"
    MERGED = "merged"
    REJECTED = "rejected"  # the difference is refused: a new row is no measure, a missing one stays
    SUPERSEDED = "superseded"  # another reading took its place before anybody decided


UNDECIDED = (Decision.WAITING, Decision.SUPERSEDED)
BY_HAND = frozenset({Decision.MENDED, Decision.SPLIT, Decision.MERGED})  # a person wrote beside what was read


class Import(Known):
    """One reading of one document of a plan; the file itself is kept under its SHA-256."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="imports")
    name = models.CharField(max_length=300)
    document_kind = models.CharField(max_length=10)  # docx, pdf, html, xlsx, csv, tsv, txt
    sha256 = models.CharField(max_length=64)
    published_on = models.DateField()  # the day from which what it says was known
    language = models.CharField(max_length=5)
    doubts = models.JSONField(default=list)  # those of the document; a row's own stand with the row
    # How its measures, training and commitments stood to what was known; unchanged ones are not kept as rows.
    added = models.PositiveIntegerField()
    changed = models.PositiveIntegerField()
    unchanged = models.PositiveIntegerField()
    missing = models.PositiveIntegerField()

    def __str__(self) -> str:
        return self.name


class ImportedRow(models.Model):
    """A row as it was read, waiting beside its place in the source for a person to decide."""

    imported = models.ForeignKey(Import, models.PROTECT, related_name="rows")
    position = models.PositiveIntegerField()
    kind = models.CharField(max_length=20, choices=[*Kind.choices, (OBLIGATION, OBLIGATION)])
    number = models.PositiveIntegerField(null=True)  # the measure's, reserved when the row is new
    section = models.CharField(max_length=LONGEST_NUMBER, blank=True)
    text = models.TextField()
    reading = models.JSONField()  # as `palermo plan read` tells it; nothing for a missing row
    place = models.JSONField(default=dict)
    doubts = models.JSONField(default=list)
    follows = models.ForeignKey("self", models.PROTECT, null=True, related_name="followed_by")
    measure = models.ForeignKey(Measure, models.PROTECT, null=True, related_name="rows")
    difference = models.CharField(max_length=20, choices=Difference)
    parts = models.JSONField(default=list)  # which parts changed: "text", "timing", "owners"...
    decision = models.CharField(max_length=20, choices=Decision, default=Decision.WAITING)
    reason = models.TextField(blank=True)
    decided_on = models.DateField(null=True)
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["imported", "position"], name="plan_row_position_once"),
            models.CheckConstraint(
                condition=Q(decision__in=[str(one) for one in UNDECIDED], decided_on=None, decided_by=None)
                | ~Q(decision__in=[str(one) for one in UNDECIDED])
                & Q(decided_on__isnull=False, decided_by__isnull=False),
                name="plan_row_decided_by_somebody",
            ),
        ]
        indexes = [
            models.Index(
                fields=["imported", "position"], condition=Q(decision="waiting"), name="plan_row_waiting"
            ),
            models.Index(fields=["decided_on", "decided_at"], name="plan_row_decided"),
        ]
        ordering = ["position"]

    def __str__(self) -> str:
        return self.text[:80]
