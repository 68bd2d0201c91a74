"""How templates speak of what comes back."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext_lazy, pgettext_lazy

from palermo.ui.written import written

register = template.Library()

OFTEN = {
    "P6M": gettext_lazy("every six months"),
    "P1Y": gettext_lazy("every year"),
    "P2Y": gettext_lazy("every two years"),
    "P3Y": gettext_lazy("every three years"),
    "P4Y": gettext_lazy("every four years"),
    "P5Y": gettext_lazy("every five years"),
}
STATES = {
    "to-come": (pgettext_lazy("occurrence", "not yet"), ""),
    "due": (pgettext_lazy("occurrence", "due"), "warn"),
    "late": (pgettext_lazy("occurrence", "late"), "bad"),
    "done": (pgettext_lazy("occurrence", "done"), "good"),
}


@register.filter
def often_words(every: str) -> str:
    """How often something comes back."""
    return str(OFTEN[every])


@register.filter
def cycle_words(state: str) -> str:
    """How an occurrence stands."""
    return str(STATES[state][0])


@register.filter
def cycle_tone(state: str) -> str:
    """The class of the tag that shows how an occurrence stands; the words always stand in it too."""
    return STATES[state][1]


@register.filter
def window_words(cycle: Any) -> str:
    """The window of an occurrence: a whole year as the year, one day as the day, else from and to."""
    first, last = cycle.earliest, cycle.latest
    if first == last:
        return written(first)
    if (first.month, first.day, last.month, last.day) == (1, 1, 12, 31) and first.year == last.year:
        return str(first.year)
    return f"{written(first)} – {written(last)}"


@register.filter
def occurrence_said(record: Any, reason: str = "") -> str:
    """An occurrence with the day on which it was done: "2017 (12 October 2017)"."""
    said = f"{window_words(record)} ({written(record.done_on)})"
    return f"{said}: {reason}" if reason else said
