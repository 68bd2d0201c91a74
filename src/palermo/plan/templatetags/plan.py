"""How templates speak of measures."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import template
from django.utils.formats import date_format
from django.utils.translation import gettext, gettext_lazy

register = template.Library()

STATUSES = {
    "not-started": (gettext_lazy("not started"), ""),
    "limited": (gettext_lazy("limited progress"), "warn"),
    "substantial": (gettext_lazy("substantial progress"), "good"),
    "completed": (gettext_lazy("completed"), "good"),
    "abandoned": (gettext_lazy("abandoned"), ""),
    "replaced": (gettext_lazy("replaced"), ""),
    "no-answer": (gettext_lazy("no answer"), ""),
}
ROLES = {
    "lead": gettext_lazy("leads"),
    "with": gettext_lazy("with"),
    "consulted": gettext_lazy("is consulted"),
    "follow-up": gettext_lazy("follows up"),
}
HAPPENED = {
    "worded": gettext_lazy("The plan says so"),
    "owner": gettext_lazy("A party became responsible"),
    "owner-ended": gettext_lazy("A party is no longer responsible"),
    "withdrawn": gettext_lazy("Withdrawn"),
    "asked": gettext_lazy("The owner was asked"),
    "reminded": gettext_lazy("A reminder was sent"),
    "told": gettext_lazy("The owner told"),
    "signed": gettext_lazy("The answer was signed"),
    "accepted": gettext_lazy("The Bureau accepted the answer for the report"),
    "asked-back": gettext_lazy("The Bureau asked about the answer"),
    "evidence": gettext_lazy("Evidence was added"),
    "evaluated": gettext_lazy("An evaluation was recorded"),
}
WAITING = {
    "answer": gettext_lazy("A measure waits for your answer"),
    "answer-again": gettext_lazy("The Bureau asked about your answer"),
    "sign": gettext_lazy("An answer waits for your signature"),
    "judge": gettext_lazy("An answer waits for the Bureau"),
    "review": gettext_lazy("Imported rows wait for review"),
    "remind": gettext_lazy("Organisations are to be reminded"),
    "close": gettext_lazy("The round is over and can be closed"),
    "contact": gettext_lazy("You meant to speak to an organisation"),
}


@register.filter
def status_words(status: str) -> str:
    """A status as a person reads it."""
    return str(STATUSES[status][0])


@register.filter
def status_tone(status: str) -> str:
    """The class of the tag that shows a status; the words always stand in it too."""
    return STATUSES[status][1]


@register.filter
def role_of(role: str) -> str:
    """The role of an owner."""
    return str(ROLES[role])


@register.filter
def happened_words(what: str) -> str:
    """What happened, as a person reads it."""
    return str(HAPPENED[what])


@register.filter
def waiting_words(what: str) -> str:
    """What waits, as a person reads it."""
    return str(WAITING[what])


@register.filter
def window(wording: Any) -> str:
    """The window that a timing's words stand for, written out; empty where they stand for none."""
    if wording.earliest and wording.latest:
        return gettext("%(first)s to %(last)s") % {
            "first": day(wording.earliest),
            "last": day(wording.latest),
        }
    if wording.latest:
        return gettext("until %(last)s") % {"last": day(wording.latest)}
    return gettext("from %(first)s") % {"first": day(wording.earliest)} if wording.earliest else ""


def day(value: date) -> str:
    """A day written out."""
    return date_format(value, "j F Y")
