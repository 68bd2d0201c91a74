"""What every fact of a plan carries: the day on which it was known, the moment of writing, who wrote it."""

from __future__ import annotations

from django.db import models
from django.utils import timezone

from palermo.accounts.models import User


class Known(models.Model):
    """A fact with the office's day `on`, the machine's moment `at`, and the person `by`."""

    on = models.DateField()
    at = models.DateTimeField(default=timezone.now, editable=False)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
