"""What a measure, or its evaluation, waits for before its time can be told."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from palermo.plan.models.known import Known
from palermo.plan.models.measures import Measure
from palermo.plan.rules.awaited import EVALUATION, MEASURE


class Wait(Known):
    """That a measure or its evaluation is due some time after an event; the latest that was said stands."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="waits")
    what = models.CharField(max_length=20, choices=[(MEASURE, MEASURE), (EVALUATION, EVALUATION)])
    text = models.CharField(max_length=300, blank=True)  # "within one or two years after the adoption"
    language = models.CharField(max_length=5)
    shortest = models.CharField(max_length=10, blank=True)  # ISO 8601
    longest = models.CharField(max_length=10, blank=True)
    event = models.CharField(max_length=300, blank=True)  # "the adoption of the directive"
    event_measure = models.ForeignKey(  # whose publication is the event
        Measure, models.PROTECT, null=True, related_name="awaited_by"
    )
    happened_on = models.DateField(null=True)
    is_off = models.BooleanField(default=False)  # it waits for nothing any more

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(is_off=True) | ~Q(longest="") & (~Q(event="") | Q(event_measure__isnull=False)),
                name="plan_wait_is_for_something",
            ),
        ]
        indexes = [
            models.Index(fields=["measure", "on"], name="plan_wait_known"),
            models.Index(fields=["on", "at"], name="plan_wait_day"),
        ]

    def __str__(self) -> str:
        return self.event or str(self.event_measure)
