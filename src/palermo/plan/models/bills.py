"""The road of measures that are bills: which measures are, and the steps that each has reached."""

from __future__ import annotations

from django.db import models

from palermo.plan.models.known import Known
from palermo.plan.models.measures import Measure
from palermo.plan.rules.bills import STEPS


class BillMark(Known):
    """That the Bureau says a measure is a bill, or is none; the latest stands, before any its own words."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="bill_marks")
    is_bill = models.BooleanField()
    reason = models.TextField(blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["measure", "on"], name="plan_bill_known"),
            models.Index(fields=["on", "at"], name="plan_bill_day"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.is_bill}"


class Step(Known):
    """That a bill reached a step of its road on a day; it may reach the same one again."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="steps")
    kind = models.CharField(max_length=30, choices=[(step, step) for step in STEPS])
    reached_on = models.DateField()
    reference = models.CharField(
        max_length=300, blank=True
    )  # the number of a document, a page of the Moniteur

    class Meta:
        indexes = [
            models.Index(fields=["measure", "on"], name="plan_step_known"),
            models.Index(fields=["on", "at"], name="plan_step_day"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.reached_on}"


class StepWithdrawal(Known):
    """That a step on record does not hold from this day on, and why."""

    step = models.OneToOneField(Step, models.PROTECT, related_name="withdrawal")
    reason = models.TextField()

    class Meta:
        indexes = [models.Index(fields=["on", "at"], name="plan_step_withdrawal_day")]

    def __str__(self) -> str:
        return f"{self.step} {self.on}"
