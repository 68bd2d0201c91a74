"""How templates speak of the road of a bill."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext_lazy, pgettext_lazy

from palermo.ui.written import written

register = template.Library()

STEPS = {
    "drafted": pgettext_lazy("step of a bill", "Drafted"),
    "intercabinet": pgettext_lazy("step of a bill", "Intercabinet working group"),
    "council-of-ministers": pgettext_lazy("step of a bill", "Council of Ministers"),
    "council-of-state": pgettext_lazy("step of a bill", "Council of State"),
    "chamber": pgettext_lazy("step of a bill", "Chamber"),
    "published": pgettext_lazy("step of a bill", "Published"),
}
LOOKS = {
    "reached": "",
    "skipped": gettext_lazy("skipped"),
    "ahead": gettext_lazy("not reached"),
    "unknown": gettext_lazy("not released"),
}


@register.filter
def step_words(kind: str) -> str:
    """A step of a bill's road."""
    return str(STEPS[kind])


@register.filter
def station_words(looks: str) -> str:
    """What is said of a step that the bill has not reached."""
    return str(LOOKS[looks])


@register.filter
def step_said(step: Any, reason: str = "") -> str:
    """A step with its day and reference: "Council of State, 4 February 2016 (58.764/3)"."""
    said = f"{STEPS[step.kind]}, {written(step.reached_on)}"
    said += f" ({step.reference})" if step.reference else ""
    return f"{said}: {reason}" if reason else said
