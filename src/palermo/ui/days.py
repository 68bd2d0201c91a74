"""The two days of a request, as `config.middleware.office_day` gave them to it."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest

FIRST, LAST = date(1980, 1, 1), date(2099, 12, 31)  # of what can be asked for; Word files know no others


def day(request: HttpRequest) -> date:
    """The day as of which the page is asked for."""
    asked: date = request.on  # type: ignore[attr-defined]
    return asked


def today(request: HttpRequest) -> date:
    """The office's day, on which everything that is done is done."""
    now: date = request.today  # type: ignore[attr-defined]
    return now
