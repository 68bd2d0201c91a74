"""How templates speak of what waits for an event."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext, gettext_lazy

from palermo.ui.written import written

register = template.Library()

WHATS = {"measure": gettext_lazy("the measure itself"), "evaluation": gettext_lazy("its evaluation")}

NO_MORE = gettext_lazy("it waits for nothing any more")


@register.filter
def what_waits(what: str) -> str:
    """What waits for an event: the measure or its evaluation."""
    return str(WHATS[what])


@register.filter
def event_words(wait: Any) -> str:
    """The event that is waited for."""
    if wait.event:
        return str(wait.event)
    return gettext("the publication of %(reference)s") % {"reference": wait.event_measure.reference}


def wait_said(wait: Any, _reason: str = "") -> str:
    """What was said that something waits for, in one line."""
    if wait.is_off:
        return f"{what_waits(wait.what)}: {NO_MORE}"
    said = f"{what_waits(wait.what)}: {wait.text}; {event_words(wait)}"
    return f"{said}, {written(wait.happened_on)}" if wait.happened_on else said
