"""The office's day: the calendar's, or the one on which a demonstration stands."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.utils import timezone


def today() -> date:
    """The day on which the office works now."""
    return date.fromisoformat(settings.TODAY) if settings.TODAY else timezone.localdate()
