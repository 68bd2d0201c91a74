"""One request each: the procedure explained, a case that is tried, the law on a day, what is reckoned.

Nothing that is typed here is stored, and none of it stands in an address.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from palermo.errors import Refused, words
from palermo.law.file import load
from palermo.law.liability import Chain, Notice, for_illegal_stay, for_wages
from palermo.law.limitation import Facts
from palermo.law.limitation import limitation as limit
from palermo.law.penalties import Act
from palermo.law.penalties import penalties as threatened
from palermo.law.value import Law, Version
from palermo.referral import examples
from palermo.referral.diagram import diagram
from palermo.referral.explained import sections
from palermo.referral.forms import (
    MOST_EVENTS,
    CaseForm,
    ChainForm,
    EventForm,
    LimitationForm,
    NoticeForm,
    PenaltyForm,
    event_of,
)
from palermo.referral.rules import case as cases
from palermo.referral.rules.moves import ALONE
from palermo.referral.rules.trace import Trace, trace
from palermo.referral.templatetags.law import ATTEMPTS, GROUPS, LEVELS, SUCCESSORS
from palermo.referral.track import track, track_of
from palermo.ui import days
from palermo.ui.methods import takes_form
from palermo.ui.refusals import sentence, tried

COUNTRIES = ("be", "nl", "lu", "eu")
FAR = ALONE | {"ground-not-in-this-stage", "event-missing"}  # what blocks a move that is not the next one


@require_safe
def procedure(request: HttpRequest) -> HttpResponse:
    """The procedure in words, and its diagram: what the documents say."""
    picture = mark_safe(diagram(has_style=False))  # noqa: S308 - drawn from the rules, its words escaped
    return render(request, "referral/procedure.html", {"sections": sections(), "diagram": picture})


@takes_form
def try_case(request: HttpRequest) -> HttpResponse:
    """A case that somebody tries: it comes back with each answer, and is kept nowhere."""
    if request.method == "POST":
        return tried_case(request)
    example = examples.EXAMPLES.get(request.GET.get("example", ""))
    if example is None:
        return shown_case(request, CaseForm(initial={"as_of": days.today(request)}), [])
    form = CaseForm(examples.typed(example))
    return shown_case(request, form, example["events"])


def tried_case(request: HttpRequest) -> HttpResponse:
    """The case after one more thing happened, or one fewer, or none. What is half told is not lost."""
    events = [event_of(text) for text in request.POST.getlist("event")]
    typed = {name: request.POST.get(name, "") for name in EventForm.base_fields}
    happened, do = EventForm(initial=typed), request.POST.get("do", "")
    if do.startswith("remove-"):
        events = [one for number, one in enumerate(events) if do != f"remove-{number}"]
    elif do == "add" or typed["on"] or typed["what"]:
        happened = EventForm(request.POST)
        if happened.is_valid():
            events, happened = [*events, happened.told()], EventForm()
    return shown_case(request, CaseForm(request.POST), events, happened)


def shown_case(
    request: HttpRequest, form: CaseForm, events: list[Any], happened: EventForm | None = None
) -> HttpResponse:
    """The page of a case: how it stands, if enough is told of it; what is wrong with it otherwise."""
    shown: dict[str, Any] = {
        "form": form,
        "happened": happened or EventForm(),
        "examples": examples.EXAMPLES,
        "events": [(one, json.dumps(one)) for one in events[:MOST_EVENTS] if is_readable(one)],
    }
    if form.is_bound and form.is_valid():
        try:
            shown |= stands(form.told(events))
        except Refused as refusal:
            shown["refusal"] = sentence(refusal)
    return render(request, "referral/try.html", shown)


def is_readable(event: Any) -> bool:
    """Whether the rules know what this event says."""
    try:
        return bool(cases.event(0, event))
    except Refused:
        return False


def stands(told: dict[str, Any]) -> dict[str, Any]:
    """How a case stands, as its page shows it. Raises Refused, for more events than a page takes too."""
    if len(told["events"]) > MOST_EVENTS:
        raise Refused(
            "too-many-events",
            words("A case that is tried has {most} events at most."),
            words("Take some of them out."),
            most=MOST_EVENTS,
        )
    case = cases.read(told)
    known, union = load(case.country), load("eu")
    found = trace(case, known, union)
    nearest = [one for one in found.moves if {*one.why} - FAR]
    return {
        "found": found,
        "possible": [one for one in found.moves if not one.why],
        "nearest": nearest,
        "far": [one for one in found.moves if one.why and one not in nearest],
        "reason": track_of(case.person, found.stage),
        "doubtful": doubtful(found),
        "track": track(case, found, known, union),
        "on": case.as_of,
        "case_events": told["events"],
        "case": json.dumps(told, indent=1),
    }


def doubtful(found: Trace) -> list[Version]:
    """What is cited for a case and was not simply read in its source, each once."""
    parts = (found.clocks, found.moves, found.duties, found.refused)
    cited = {one.cited.source: one.cited for part in parts for one in part}
    return [one for one in cited.values() if one.note or not one.is_read]


@require_safe
def law(request: HttpRequest) -> HttpResponse:
    """What the law of a country fixed on a day, with its sources."""
    code = request.GET.get("country", COUNTRIES[0])
    known = load(code if code in COUNTRIES else COUNTRIES[0])
    shown = {"groups": groups(known, days.day(request)), "country": known.country, "countries": COUNTRIES}
    return render(request, "referral/law.html", shown)


def groups(known: Law, day: date) -> list[tuple[Any, list[Any]]]:
    """The values of a law in the groups of the page, each with its version of a day."""

    def begun(prefix: str) -> list[str]:
        return [one for one in known.values if one.startswith(prefix)]

    penalties = [one.name for one in known.values.values() if one.unit == "penalty"]
    titles = [
        *GROUPS,
        (_("Penalties by article"), [*penalties, *begun(ATTEMPTS)]),
        (_("Levels of penalties in the new Code"), begun(LEVELS)),
        (_("What became of articles in the new Code"), begun(SUCCESSORS)),
        (_("Members"), [one for one in known.values if one.isupper()]),
    ]
    found = []
    for title, names in titles:
        values = [known.values[name] for name in names if name in known.values]
        if values:
            found.append((title, [(value, value.on(day)) for value in values]))
    return found


@takes_form
def penalties(request: HttpRequest) -> HttpResponse:
    """What the law threatens for some facts, under each Code."""
    form = PenaltyForm(request.POST or None, initial={"judged_on": days.today(request)})

    def reckon(said: dict[str, Any]) -> Any:
        act = Act(
            said["offence"], said["on"], said["victims"], said["is_attempt"], frozenset(said["grounds"])
        )
        return threatened(load(), act, said["judged_on"])

    return reckoned(request, "penalties", _("Penalties and fines"), form, reckon)


@takes_form
def limitation(request: HttpRequest) -> HttpResponse:
    """When prosecution of some facts lapses."""
    form = LimitationForm(request.POST or None, initial={"asked_on": days.today(request)})

    def reckon(said: dict[str, Any]) -> Any:
        facts = Facts(said["aim"], said["on"], said["is_attempt"], said["born_on"])
        return limit(load(), facts, said["asked_on"])

    return reckoned(request, "limitation", _("Limitation"), form, reckon)


@takes_form
def wages(request: HttpRequest) -> HttpResponse:
    """Who answers for wages, after a notice or in a chain of contracts."""
    is_chain = (request.POST or request.GET).get("kind") == "chain"
    form = (ChainForm if is_chain else NoticeForm)(request.POST or None)

    def reckon(said: dict[str, Any]) -> Any:
        return for_illegal_stay(load(), Chain(**said)) if is_chain else for_wages(load(), Notice(**said))

    title = _("Liability for wages")
    return reckoned(request, "wages", title, form, reckon, kind="chain" if is_chain else "notice")


def lawful(reckon: Callable[[], Any]) -> Any:
    """What is reckoned. Raises Refused in words of the page where the law of a day is not known."""
    try:
        return reckon()
    except Refused as refusal:
        if refusal.code != "not-in-force":
            raise
        raise Refused(
            refusal.code,
            words("What the law said on that day is not known here."),
            words("Ask for a later day, or ask a jurist."),
        ) from refusal


def reckoned(
    request: HttpRequest,
    page: str,
    heading: str,
    form: forms.Form,
    reckon: Callable[[dict[str, Any]], Any],
    **shown: Any,
) -> HttpResponse:
    """A calculator's page: its form, and what comes out for what was typed."""
    found = tried(form, lambda: lawful(lambda: reckon(form.cleaned_data))) if form.is_bound else None
    return render(
        request, f"referral/{page}.html", {"heading": heading, "form": form, "found": found, **shown}
    )
