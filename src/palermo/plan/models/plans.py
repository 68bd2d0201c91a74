"""Plans and their sections."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from palermo.plan.models.known import Known
from palermo.plan.rules.said import LONGEST_NUMBER


class Plan(Known):
    """A published action plan, for a period of years."""

    code = models.SlugField(max_length=80, unique=True)  # "be-2015-2019"
    title = models.CharField(max_length=300)
    country = models.CharField(max_length=2)
    language = models.CharField(max_length=5)
    since_on = models.DateField()
    until_on = models.DateField(null=True)
    adopted_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("since_on")), name="plan_period_order"
            )
        ]

    def __str__(self) -> str:
        return self.title


class Section(models.Model):
    """A numbered section of a plan, with its title where the document gives one."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="sections")
    number = models.CharField(max_length=LONGEST_NUMBER)  # "4.2"; empty where the document has no numbers
    title = models.CharField(max_length=500, blank=True)
    order = models.PositiveIntegerField()  # 4.2 before 4.10

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "number"], name="plan_section_once"),
        ]
        ordering = ["order"]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()
