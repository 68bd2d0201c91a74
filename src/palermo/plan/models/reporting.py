"""Who has the duty to report, how often, and what was delivered."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from palermo.organisations.models import Organisation
from palermo.plan.models.known import Known
from palermo.plan.models.plans import Plan
from palermo.plan.rules.said import LONGEST_NUMBER

OFTEN = ("P6M", "P1Y", "P2Y", "P3Y", "P4Y", "P5Y")


class ReportDuty(Known):
    """That an organisation reports again and again, and the sentence of the plan that says so."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="report_duties")
    number = models.PositiveIntegerField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+")
    title = models.CharField(max_length=300)
    language = models.CharField(max_length=5)
    every = models.CharField(max_length=10, choices=[(one, one) for one in OFTEN])  # ISO 8601
    # When the first report is due: the words, and the window they stand for.
    first_text = models.CharField(max_length=100)
    earliest = models.DateField()
    latest = models.DateField()
    section = models.CharField(max_length=LONGEST_NUMBER, blank=True)
    text = models.TextField()  # the sentence, as the plan has it
    place = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_report_number_once"),
            models.CheckConstraint(condition=Q(latest__gte=F("earliest")), name="plan_report_time_order"),
            models.CheckConstraint(condition=~Q(text=""), name="plan_report_has_a_source"),
        ]
        ordering = ["plan", "number"]

    def __str__(self) -> str:
        return self.title

    @property
    def reference(self) -> str:
        """How the office names it: R1."""
        return f"R{self.number}"


class ReportDutyEnd(Known):
    """That a duty to report holds no longer from this day on, and why."""

    duty = models.OneToOneField(ReportDuty, models.PROTECT, related_name="end")
    reason = models.TextField()

    def __str__(self) -> str:
        return f"{self.duty} {self.on}"


class Delivery(Known):
    """That the report of one occurrence was delivered, and where it is found."""

    duty = models.ForeignKey(ReportDuty, models.PROTECT, related_name="deliveries")
    earliest = models.DateField()  # the occurrence, as it was known
    latest = models.DateField()
    delivered_on = models.DateField()
    reference = models.CharField(max_length=300, blank=True)
    address = models.URLField(max_length=1000, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(reference="") | ~Q(address=""), name="plan_delivery_is_somewhere"
            ),
        ]
        indexes = [models.Index(fields=["duty", "on"], name="plan_delivery_known")]

    def __str__(self) -> str:
        return f"{self.duty} {self.delivered_on}"


class DeliveryWithdrawal(Known):
    """That a delivery on record does not hold from this day on, and why."""

    delivery = models.OneToOneField(Delivery, models.PROTECT, related_name="withdrawal")
    reason = models.TextField()

    def __str__(self) -> str:
        return f"{self.delivery} {self.on}"
