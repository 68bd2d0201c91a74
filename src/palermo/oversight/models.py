"""What is stored about oversight: that the trail was walked, and that a checkpoint left."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from palermo.accounts.models import User


class Walk(models.Model):
    """That somebody had the whole trail checked, and what was found; `broken_at` is none while it holds."""

    entries = models.PositiveBigIntegerField()
    broken_at = models.PositiveBigIntegerField(null=True)
    reason = models.CharField(max_length=40, blank=True)
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.entries} {self.on}"


class SentCheckpoint(models.Model):
    """That a checkpoint was sent to everybody who oversees; what they received is theirs to keep."""

    entries = models.PositiveBigIntegerField()
    hash = models.CharField(max_length=64)
    people = models.PositiveIntegerField()
    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.entries} {self.on}"
