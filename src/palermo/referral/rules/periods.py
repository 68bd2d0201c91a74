"""How long a document lasts: days from the day of issue, or whole months."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta


def days_after(day: date, number: int) -> date:
    """The day so many days later."""
    return day + timedelta(days=number)


def months_after(day: date, number: int) -> date:
    """The same day so many months later; the last of a month that is too short for it."""
    year, month = divmod(day.year * 12 + day.month - 1 + number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
