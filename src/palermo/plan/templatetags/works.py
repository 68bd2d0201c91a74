"""How templates speak of notes and studies."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import gettext_lazy, pgettext_lazy

from palermo.plan.models import WorkKind

register = template.Library()

KINDS = {
    WorkKind.NOTE.value: gettext_lazy("note or memo"),
    WorkKind.STUDY.value: gettext_lazy("study"),
    WorkKind.MANUAL.value: gettext_lazy("handbook, manual or fact sheet"),
    WorkKind.EXPERTISE.value: gettext_lazy("request for expertise"),
}
STATES = {
    "open": (pgettext_lazy("note or study", "open"), ""),
    "finished": (pgettext_lazy("note or study", "finished"), "good"),
    "given-up": (pgettext_lazy("note or study", "given up"), ""),
}
EVENTS = {
    "declared": gettext_lazy("The Bureau declared it"),
    "changed": gettext_lazy("The Bureau changed it"),
    "handed-over": gettext_lazy("Handed over to"),
    "draft": gettext_lazy("A draft was handed in"),
    "final": gettext_lazy("A final version was handed in"),
    "given-up": gettext_lazy("Given up"),
    "resumed": pgettext_lazy("note or study", "Taken up again"),
}
PARTS = {
    "kind": gettext_lazy("kind"),
    "title": gettext_lazy("title"),
    "place": gettext_lazy("section or measures"),
    "timing": gettext_lazy("timing"),
    "question": gettext_lazy("question"),
}


@register.filter
def work_kind(kind: str) -> str:
    """What is to be written."""
    return str(KINDS[kind])


@register.filter
def work_state(state: str) -> str:
    """How it stands."""
    return str(STATES[state][0])


@register.filter
def work_tone(state: str) -> str:
    """The class of the tag that shows how it stands; the words always stand in it too."""
    return STATES[state][1]


@register.filter
def work_event(event: Any) -> str:
    """What happened to it."""
    return str(EVENTS[event.what])


@register.filter
def work_about(event: Any) -> str:
    """To whom it was handed over, what was changed, which version it was."""
    if event.what == "handed-over":
        return str(event.record.owner)
    return ", ".join(str(PARTS[one]) for one in event.parts) or getattr(event.record, "label", "")


@register.filter
def work_said(event: Any) -> str:
    """Why it was decided; what a version says stands beside the version."""
    if event.what in {"draft", "final"}:
        return ""
    return str(getattr(event.record, "words", "") or getattr(event.record, "reason", ""))
