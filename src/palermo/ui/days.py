"""The two days of a request, as `config.middleware.office_day` gave them to it."""

from __future__ import annotations

from datetime import date

from django.http import HttpRequest


def day(request: HttpRequest) -> date:
    """The day as of which the page is asked for."""
    asked: date = request.on  # type: ignore[attr-defined]
    return asked


def today(request: HttpRequest) -> date:
    """The office's day, on which everything that is done is done."""
    now: date = request.today  # type: ignore[attr-defined]
    return now
