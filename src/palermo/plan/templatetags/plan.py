"""How templates speak of measures."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from typing import Any

from django import template
from django.utils.translation import get_language, gettext, gettext_lazy, pgettext_lazy
from django.utils.translation import gettext as _

from palermo.organisations.directory import load
from palermo.plan.templatetags.bills import step_said
from palermo.plan.templatetags.recurring import occurrence_said
from palermo.plan.templatetags.waits import wait_said
from palermo.ui.written import written

register = template.Library()

YEARS = re.compile(r"\d{4}(?:\s*[/–-]\s*\d{4})?")

STATUSES = {
    "not-started": (gettext_lazy("not started"), ""),
    "limited": (gettext_lazy("limited progress"), "warn"),
    "substantial": (gettext_lazy("substantial progress"), "good"),
    "completed": (gettext_lazy("completed"), "good"),
    "abandoned": (gettext_lazy("abandoned"), ""),
    "replaced": (gettext_lazy("replaced"), ""),
    "no-answer": (gettext_lazy("no answer"), ""),
    "internal": (gettext_lazy("not released"), ""),
}
ROLE_WORDS = {
    "lead": gettext_lazy("leads"),
    "with": gettext_lazy("with"),
    "consulted": gettext_lazy("is consulted"),
    "follow-up": gettext_lazy("follows up"),
}
HAPPENED = {
    "said": gettext_lazy("The document said"),
    "gone": gettext_lazy("The document no longer had it"),
    "row-accepted": gettext_lazy("The Bureau accepted it as read"),
    "row-mended": gettext_lazy("The Bureau mended it"),
    "row-split": gettext_lazy("The Bureau split the row"),
    "row-merged": gettext_lazy("The Bureau merged rows into it"),
    "row-rejected": gettext_lazy("The Bureau refused what the document said"),
    "kept": gettext_lazy("The Bureau kept it in the plan"),
    "reworded": gettext_lazy("The Bureau corrected its words"),
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
    "occurred": gettext_lazy("It was done once more"),
    "occurrence-withdrawn": gettext_lazy("It was taken back that it was done"),
    "waits": gettext_lazy("It was said what it waits for"),
    "bill": gettext_lazy("The Bureau said that it is a bill"),
    "no-bill": gettext_lazy("The Bureau said that it is no bill"),
    "step": gettext_lazy("The bill reached a step"),
    "step-withdrawn": gettext_lazy("A step of the bill was taken back"),
}
WAITING = {
    "answer": gettext_lazy("A measure waits for your answer"),
    "answer-again": gettext_lazy("The Bureau asked about your answer"),
    "sign": gettext_lazy("An answer waits for your signature"),
    "judge": gettext_lazy("An answer waits for the Bureau"),
    "review": gettext_lazy("Imported rows wait for review"),
    "review-report": gettext_lazy("Recommendations of a report wait for review"),
    "remind": gettext_lazy("Organisations are to be reminded"),
    "close": gettext_lazy("The round is over and can be closed"),
    "contact": gettext_lazy("You meant to speak to an organisation"),
    "write": gettext_lazy("A note or a study is due"),
    "late-work": gettext_lazy("A note or a study of another organisation is late"),
    "report-due": gettext_lazy("A report is due"),
}

DOUBTS = {
    "truncated-cell": gettext_lazy("The cell seems to break off."),
    "inherited-cell": gettext_lazy(
        "The cell is empty or merged; owners and timing are those of the row above."
    ),
    "several-measures": gettext_lazy(
        "The cell holds several measures. Split it if they are to be followed one by one."
    ),
    "ambiguous-pairing": gettext_lazy("It is not certain which timing belongs to which part."),
    "markup-in-cell": gettext_lazy("Signs of markup stood in the text and were taken out."),
    "unknown-party": gettext_lazy("A party is named that the directory does not know."),
    "undecided-owner": gettext_lazy("The plan has not decided who is responsible."),
    "broken-reference": gettext_lazy("It refers to something that the document does not have."),
    "unread-timing": gettext_lazy("The timing was not understood; its words are kept."),
}
KINDS = {
    "measure": gettext_lazy("measure"),
    "training": gettext_lazy("training"),
    "commitment": gettext_lazy("commitment"),
    "obligation": gettext_lazy("duty to evaluate"),
}
DECISIONS = {
    "accepted": gettext_lazy("accepted as read"),
    "mended": gettext_lazy("accepted as mended"),
    "split": gettext_lazy("split into several measures"),
    "merged": gettext_lazy("merged with other rows"),
    "rejected": gettext_lazy("refused"),
}
MISSED = {"accepted": gettext_lazy("withdrawn"), "rejected": gettext_lazy("kept in the plan")}
QUOTED = re.compile("“(.+?)”", re.DOTALL)  # the words of the plan in what a doubt says
PARTS = {
    "text": gettext_lazy("words"),
    "section": gettext_lazy("section"),
    "timing": gettext_lazy("timing"),
    "frequency": gettext_lazy("timing"),
    "owners": gettext_lazy("parties responsible"),
    "organiser": gettext_lazy("organiser"),
    "type": gettext_lazy("kind of training"),
    "type_text": gettext_lazy("kind of training"),
    "actor": gettext_lazy("actor"),
    "strength": gettext_lazy("strength"),
    "topics": gettext_lazy("topics"),
    "evaluation": gettext_lazy("evaluation"),
}
WHY = {
    "due": gettext_lazy("its time meets the period"),
    "overdue": gettext_lazy("its time has passed"),
    "recurring": gettext_lazy("it comes back in the period"),
    "continuous": gettext_lazy("it goes on and is told in each round"),
    "undated": gettext_lazy("the plan gives it no day"),
    "chosen": gettext_lazy("added by hand"),
}
QUESTIONS = {
    "waiting": (gettext_lazy("waiting for an answer"), ""),
    "awaiting-signature": (gettext_lazy("waiting for a signature"), "warn"),
    "told": (gettext_lazy("answered"), "good"),
    "asked": (gettext_lazy("the Bureau asked"), "warn"),
    "accepted": (gettext_lazy("accepted for the report"), "good"),
    "unanswered": (gettext_lazy("never answered"), "bad"),
    "never-signed": (gettext_lazy("told, never signed"), "bad"),
}
TONES = {
    "duty": gettext_lazy("Your organisation has the duty to answer."),
    "invitation": gettext_lazy("Your organisation is invited to answer."),
    "information": gettext_lazy("This is for your information; you may answer."),
}
TIMES = {
    "recurring": gettext_lazy("comes back"),
    "relative": gettext_lazy("depends on something else"),
    "reference": gettext_lazy("refers to another table"),
    "continuous": gettext_lazy("goes on"),
    "none": gettext_lazy("no timing"),
    "unread": gettext_lazy("not understood; the words are kept"),
}


@register.filter
def may(user: Any, permission: str) -> bool:
    """Whether whoever looks at the page may do something, so that the page does not offer it in vain."""
    return bool(user.is_authenticated and user.may(permission))


@register.filter
def doubt_words(code: str) -> str:
    """A doubt of the reader, as a sentence."""
    return str(DOUBTS.get(code, code))


@register.filter
def doubt_quote(doubt: dict[str, Any]) -> str:
    """The words of the plan of which a doubt speaks; empty where it quotes none."""
    found = QUOTED.search(doubt.get("message") or "")
    return found[1] if found else ""


@register.filter
def decision_words(row: Any) -> str:
    """What a person decided about a row."""
    return str((MISSED if row.difference == "missing" else DECISIONS)[row.decision])


@register.filter
def kind_words(kind: str) -> str:
    """What sort of promise it is."""
    return str(KINDS[kind])


@register.filter
def part_words(parts: list[str]) -> str:
    """Which parts of a row differ."""
    return ", ".join(dict.fromkeys(str(PARTS.get(one, one)) for one in parts))


@register.filter
def why_words(why: str) -> str:
    """Why a round asks about a measure."""
    return str(WHY[why])


@register.filter
def question_words(state: str) -> str:
    """Where a question stands."""
    return str(QUESTIONS[state][0])


@register.filter
def question_tone(state: str) -> str:
    """The class of the tag that shows where a question stands."""
    return QUESTIONS[state][1]


@register.filter
def tone_words(tone: str) -> str:
    """How an organisation is asked."""
    return str(TONES[tone])


@register.filter
def place_words(place: dict[str, Any]) -> str:
    """Where something stands in its source: "page 3, table 2, row 1"."""
    known = (
        (_("page %s"), place.get("page")),
        (_("table %s"), place.get("table")),
        (_("row %s"), place.get("row")),
        (_("line %s"), place.get("line")),
    )
    return ", ".join(words % number for words, number in known if number)


@register.filter
def time_words(timing: Any) -> str:
    """What the words of a timing were taken to mean: the window, or why there is none."""
    kind = getattr(timing, "kind", None) or timing.timing_kind
    found = window(timing)
    if kind == "window":
        return found
    return f"{TIMES[kind]}: {found}" if found else str(TIMES[kind])


TOPICS = {"training": gettext_lazy("training"), "awareness": gettext_lazy("awareness raising")}


@register.filter
def topic_words(topic: str) -> str:
    """What the measures of an obligation are about."""
    return str(TOPICS.get(topic, topic))


@register.filter
def party_name(code: str | None) -> str:
    """A party by its name in the language of the page; empty where the directory does not know it."""
    party = load().get(code) if code else None
    return (party.names.get((get_language() or "en")[:2]) or party.names["en"]) if party else ""


# What is said of a record, or of the one that it takes back.
SAID: dict[str, tuple[str, Callable[[Any, str], str]]] = {
    "step": ("step", step_said),
    "step-withdrawn": ("step", step_said),
    "occurred": ("occurrence", occurrence_said),
    "occurrence-withdrawn": ("occurrence", occurrence_said),
    "waits": ("", wait_said),
}
WORDED = {"said", "row-mended", "row-split", "row-merged", "reworded"}  # what gave a measure its words


@register.filter
def happened_about(one: Any) -> str:
    """Whom or what something that happened to a measure is about, in a few words."""
    record = one.record
    told = getattr(record, "contribution", record)
    asked = getattr(told, "question", None)
    if one.what in WORDED | {"gone"}:
        return str(one.reason or ("" if one.what in {"said", "gone"} else record.reason))
    if one.what == "evidence":
        return str(record.title)
    if one.what in SAID:
        path, said = SAID[one.what]
        return said(getattr(record, path, record) if path else record, getattr(record, "reason", ""))
    if one.what in {"owner", "owner-ended"}:
        return str(record.organisation or record.text)
    if asked is not None:
        return str(asked.organisation)
    return str(getattr(record, "organisation", "") or one.reason or getattr(record, "reason", ""))


@register.filter
def happened_said(one: Any) -> str:
    """The words that were written when something happened to a measure."""
    record = one.record
    if one.what in WORDED:
        return str(record.text)
    return str(
        getattr(record, "account", "") or getattr(record, "remark", "") or getattr(record, "summary", "")
    )


@register.filter
def at(known: dict[Any, Any], key: Any) -> Any:
    """What a mapping holds under a key."""
    return known.get(key, "")


@register.filter
def status_words(status: str) -> str:
    """A status as a person reads it."""
    return str(STATUSES[status][0])


@register.filter
def late_words(since: date) -> str:
    """Since when something is late."""
    return gettext("late since %(day)s") % {"day": written(since)}


@register.filter
def status_tone(status: str) -> str:
    """The class of the tag that shows a status; the words always stand in it too."""
    return STATUSES[status][1]


@register.filter
def role_of(role: str) -> str:
    """The role of an owner."""
    return str(ROLE_WORDS[role])


@register.filter
def happened_words(what: str) -> str:
    """What happened, as a person reads it."""
    return str(HAPPENED[what])


VERBS = {
    "answer": gettext_lazy("Answer"),
    "answer-again": gettext_lazy("Answer again"),
    "sign": gettext_lazy("Read and sign"),
    "judge": gettext_lazy("Read and decide"),
    "review": pgettext_lazy("button", "Review"),
    "review-report": pgettext_lazy("button", "Review"),
    "remind": gettext_lazy("Remind"),
    "close": gettext_lazy("Close"),
    "contact": gettext_lazy("Look it up"),
    "write": gettext_lazy("Hand in a version"),
    "late-work": gettext_lazy("Look it up"),
    "report-due": gettext_lazy("Look it up"),
}


@register.filter
def waiting_verb(what: str) -> str:
    """The button that does what waits."""
    return str(VERBS[what])


@register.filter
def waiting_words(what: str) -> str:
    """What waits, as a person reads it."""
    return str(WAITING[what])


@register.filter
def window(wording: Any) -> str:
    """The window that a timing's words stand for, written out; empty where they stand for none."""
    if wording.earliest and wording.latest:
        same = wording.earliest.year == wording.latest.year
        return gettext("%(first)s to %(last)s") % {
            "first": written(wording.earliest, "j F" if same else "j F Y"),
            "last": written(wording.latest),
        }
    if wording.latest:
        return gettext("until %(last)s") % {"last": written(wording.latest)}
    return gettext("from %(first)s") % {"first": written(wording.earliest)} if wording.earliest else ""


@register.filter
def says_its_window(wording: Any) -> bool:
    """Whether the plan's words are years and nothing else: writing out the days would say it twice."""
    return bool(YEARS.fullmatch(wording.timing_text.strip())) and wording.timing_kind == "window"
