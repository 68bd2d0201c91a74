"""That something that comes back was done, once for each of its occurrences."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from palermo.plan.models.answers import Contribution
from palermo.plan.models.evaluations import Evaluation
from palermo.plan.models.known import Known
from palermo.plan.models.measures import Measure


class Occurrence(Known):
    """That an occurrence of a measure was done on a day: "the assessment of 2017".

    It is named by its window as it was known, and told by words, an evaluation on record, or an answer.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="occurrences")
    earliest = models.DateField()
    latest = models.DateField()
    done_on = models.DateField()
    summary = models.TextField(blank=True)
    language = models.CharField(max_length=5)
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, null=True, related_name="occurrences")
    contribution = models.ForeignKey(Contribution, models.PROTECT, null=True, related_name="occurrences")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(summary="") | Q(evaluation__isnull=False) | Q(contribution__isnull=False),
                name="plan_occurrence_is_told",
            ),
            models.CheckConstraint(condition=Q(latest__gte=F("earliest")), name="plan_occurrence_time_order"),
        ]
        indexes = [
            models.Index(fields=["measure", "on"], name="plan_occurrence_known"),
            models.Index(fields=["on", "at"], name="plan_occurrence_day"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.earliest}/{self.latest}"


class OccurrenceWithdrawal(Known):
    """That what was said of an occurrence does not hold from this day on, and why."""

    occurrence = models.OneToOneField(Occurrence, models.PROTECT, related_name="withdrawal")
    reason = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["on", "at"], name="plan_occurrence_end_day")]

    def __str__(self) -> str:
        return f"{self.occurrence} {self.on}"
