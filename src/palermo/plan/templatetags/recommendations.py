"""How templates speak of recommendations and of what becomes of a plan's measures."""

from __future__ import annotations

from typing import Any

from django import template
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from palermo.plan.models import Recommendation
from palermo.plan.rules.mechanisms import Mechanism, mechanisms

register = template.Library()

STATES = {
    "open": (pgettext_lazy("recommendation", "open"), "warn"),
    "partly": (gettext_lazy("partly done"), ""),
    "done": (gettext_lazy("done"), "good"),
}
OUTCOMES = {
    "disappeared": (gettext_lazy("nothing is known: it disappeared"), "bad"),
    "continued": (gettext_lazy("continued"), "good"),
    "replaced": (gettext_lazy("replaced"), ""),
    "ended": (gettext_lazy("ended by a decision"), ""),
    "finished": (gettext_lazy("finished"), "good"),
    "internal": (gettext_lazy("not released"), ""),
}
DECISIONS = {
    "accepted": gettext_lazy("accepted as read"),
    "mended": gettext_lazy("accepted as mended"),
    "rejected": gettext_lazy("left out"),
}
EVENTS = {
    "asked": gettext_lazy("Recommended"),
    "taken": gettext_lazy("The Bureau took it over from the report"),
    "line": gettext_lazy("Its line to an earlier round was drawn"),
    "no-line": gettext_lazy("Said to be new: it takes up no earlier recommendation"),
    "tied": gettext_lazy("A measure answers it"),
    "untied": gettext_lazy("A measure no longer answers it"),
    "replied": gettext_lazy("The government replied"),
}


@register.filter
def state_words(state: str) -> str:
    """How a recommendation stands."""
    return str(STATES[state][0])


@register.filter
def state_tone(state: str) -> str:
    """The class of the tag that shows how a recommendation stands."""
    return STATES[state][1]


@register.filter
def outcome_words(kind: str) -> str:
    """What became of a measure."""
    return str(OUTCOMES[kind][0])


@register.filter
def outcome_tone(kind: str) -> str:
    """The class of the tag that shows what became of a measure."""
    return OUTCOMES[kind][1]


@register.filter
def row_decision(row: Any) -> str:
    """What a person decided about a row that was read."""
    return str(DECISIONS[row.decision])


@register.filter
def mechanism_name(one: Mechanism) -> str:
    """A mechanism in the language of the page."""
    return one.name((get_language() or "en")[:2])


@register.filter
def strength_words(one: Any) -> str:
    """The strength in the mechanism's own word, else the report's words; empty where there are none."""
    language = (get_language() or "en")[:2]
    return mechanism_of(one).word(one.rank, language) or str(one.strength)


@register.filter
def strength_tone(one: Any) -> str:
    """The class of the tag that shows a strength; the words always stand in it too."""
    return "bad" if one.rank == 1 else "warn" if one.rank == 2 else ""


def mechanism_of(one: Any) -> Mechanism:
    """The mechanism of a recommendation, or of a row that was read."""
    report = one.report if isinstance(one, Recommendation) else one.document.report
    return mechanisms()[report.mechanism]


@register.filter
def event_words(event: Any) -> str:
    """What happened to a recommendation."""
    new = event.what == "line" and event.record.earlier_id is None
    return str(EVENTS["no-line" if new else event.what])


@register.filter
def event_said(event: Any) -> str:
    """The words that were said when it happened."""
    record = event.record
    return str(
        getattr(record, "text", "")
        if event.what == "asked"
        else getattr(record, "words", "") or getattr(record, "reason", "")
    )
