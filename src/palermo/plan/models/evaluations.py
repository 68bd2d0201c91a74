"""What must be evaluated, what was, and the evidence that anything is so."""

from __future__ import annotations

from django.db import models

from palermo.organisations.models import Organisation
from palermo.plan.models.kept import Kept
from palermo.plan.models.known import Known
from palermo.plan.models.measures import Measure
from palermo.plan.models.plans import Plan, Section
from palermo.plan.models.rounds import Question


class Obligation(Known):
    """A duty that a sentence of the plan lays on every measure of some topics, wherever it stands."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="obligations")
    duty = models.CharField(max_length=20, choices=[("evaluate", "evaluate")])
    section = models.ForeignKey(Section, models.PROTECT, related_name="obligations")
    text = models.TextField()
    place = models.JSONField(default=dict)
    topics = models.JSONField()  # the measures it holds for; never empty
    origin = models.ForeignKey("plan.ImportedRow", models.PROTECT, null=True, related_name="obligations")
    supersedes = models.OneToOneField("self", models.PROTECT, null=True, related_name="superseded_by")

    def __str__(self) -> str:
        return f"{self.duty} {self.section}"


class Evidence(Kept):
    """A file, an address or a reference that shows what was told about a measure.

    With a question it was gathered for an answer, and others see it once an answer refers to it.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="evidence")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")  # who handed it in
    question = models.ForeignKey(Question, models.PROTECT, null=True, related_name="evidence")
    title = models.CharField(max_length=300)

    class Meta(Kept.Meta):
        indexes = [models.Index(fields=["on", "at"], name="plan_evidence_day")]

    def __str__(self) -> str:
        return self.title


class Evaluation(Known):
    """An evaluation of a measure that took place, summarised."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="evaluations")
    held_on = models.DateField()
    summary = models.TextField()
    language = models.CharField(max_length=5)
    evidence = models.ManyToManyField(Evidence, related_name="evaluations")

    class Meta:
        indexes = [
            models.Index(fields=["measure", "on"], name="plan_evaluation_known"),
            models.Index(fields=["on", "at"], name="plan_evaluation_day"),
        ]

    def __str__(self) -> str:
        return self.summary[:80]
