"""What was promised, in which words, and by whom."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from palermo.accounts.models import User
from palermo.organisations.models import Organisation
from palermo.plan.models.known import Known
from palermo.plan.models.plans import Plan, Section
from palermo.plan.rules.said import LONGEST_NUMBER


class Kind(models.TextChoices):
    """How the plan makes a promise."""

    MEASURE = "measure"  # a row of a table of measures
    TRAINING = "training"  # a cycle of the table of training courses
    COMMITMENT = "commitment"  # a sentence


LETTERS = {Kind.MEASURE: "M", Kind.TRAINING: "T", Kind.COMMITMENT: "P"}
RANKS = {kind: rank for rank, kind in enumerate(Kind)}


class Measure(Known):
    """Something promised, whose number never changes; what it says stands in its wordings."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="measures")
    kind = models.CharField(max_length=20, choices=Kind)
    number = models.PositiveIntegerField()
    rank = models.PositiveSmallIntegerField()  # measures before training before commitments

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "kind", "number"], name="plan_measure_number_once"),
            models.UniqueConstraint(fields=["plan", "rank", "number"], name="plan_measure_rank_once"),
        ]
        ordering = ["plan", "rank", "number"]

    def __str__(self) -> str:
        return self.reference

    @property
    def reference(self) -> str:
        """How the office names it: M09, T03, P12."""
        return f"{LETTERS[Kind(self.kind)]}{self.number:02}"


class Wording(Known):
    """What a measure says and when it is to happen, from the day `on`; a later version supersedes it."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="wordings")
    version = models.PositiveIntegerField()
    section = models.ForeignKey(Section, models.PROTECT, related_name="wordings")
    text = models.TextField()
    language = models.CharField(max_length=5)
    strength = models.CharField(max_length=20, blank=True)  # of a commitment: firm, standing, explore
    actor = models.TextField(blank=True)  # of a commitment: who, in the plan's words
    training = models.CharField(max_length=20, blank=True)  # of a training cycle: basic, specialist
    # The time: the plan's words and what they stand for (palermo.timing); no day is ever made up.
    timing_text = models.TextField(blank=True)
    timing_kind = models.CharField(max_length=20)
    timing_basis = models.CharField(max_length=20, blank=True)  # stated, inherited
    edtf = models.CharField(max_length=60, blank=True)
    earliest = models.DateField(null=True)
    latest = models.DateField(null=True)
    recurrence = models.CharField(max_length=60, blank=True)  # ISO 8601: R/2017/P2Y
    at_least = models.CharField(max_length=20, blank=True)
    at_most = models.CharField(max_length=20, blank=True)
    topics = models.JSONField(default=list)  # training, awareness...: what obligations of the plan hold for
    # "own words", or the number of the section that asks to evaluate it
    evaluation = models.CharField(max_length=LONGEST_NUMBER, blank=True)
    place = models.JSONField(default=dict)  # line or page, table, row of the source
    origin = models.ForeignKey("plan.ImportedRow", models.PROTECT, null=True, related_name="wordings")
    reason = models.TextField(blank=True)  # why a person worded it otherwise

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["measure", "version"], name="plan_wording_version_once"),
            models.CheckConstraint(
                condition=Q(earliest=None) | Q(latest=None) | Q(latest__gte=F("earliest")),
                name="plan_wording_time_order",
            ),
        ]
        indexes = [
            models.Index(fields=["measure", "on", "version"], name="plan_wording_known"),
            models.Index(fields=["latest", "measure"], name="plan_wording_latest"),
            models.Index(fields=["on", "at"], name="plan_wording_day"),
        ]
        ordering = ["measure", "version"]

    def __str__(self) -> str:
        return self.text[:80]


class Withdrawal(Known):
    """That a person withdrew a measure from the plan; it stays in its history."""

    measure = models.OneToOneField(Measure, models.PROTECT, related_name="withdrawal")
    reason = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["on", "at"], name="plan_withdrawal_day")]

    def __str__(self) -> str:
        return f"{self.measure} {self.on}"


class Ownership(Known):
    """Who owns a measure in which role, from a day and until a day; the last day counts."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="ownerships")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="owned_measures")
    text = models.TextField()  # the plan's words; the organisation may be unknown
    role = models.CharField(max_length=20)  # lead, with, consulted, follow-up
    kind = models.CharField(max_length=20)  # party, class, undecided
    basis = models.CharField(max_length=20)  # stated, inherited, decided
    order = models.PositiveIntegerField()
    since_on = models.DateField()
    ended_on = models.DateField(null=True)
    end_known_on = models.DateField(null=True)  # the office's day on which the end was learned
    end_reason = models.TextField(blank=True)
    end_by = models.ForeignKey(User, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None, end_known_on=None, end_by=None)
                | Q(ended_on__isnull=False, end_known_on__isnull=False, end_by__isnull=False),
                name="plan_ownership_ended_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(kind="party") | Q(kind="class") | Q(kind="undecided", organisation=None),
                name="plan_ownership_undecided_is_nobody",
            ),
        ]
        indexes = [
            models.Index(fields=["organisation", "measure"], name="plan_ownership_of"),
            models.Index(fields=["on", "at"], name="plan_ownership_day"),
            models.Index(fields=["end_known_on", "at"], name="plan_ownership_end_day"),
        ]
        ordering = ["measure", "order", "pk"]

    def __str__(self) -> str:
        return self.text
