"""Cases to begin with: the roads that people at the door ask about most. Nobody in them exists."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from palermo.referral.rules.case import HOME, QUESTIONS

FOUND = [
    {"on": "2018-03-01", "type": "detected"},
    {"on": "2018-03-01", "type": "immigration_informed"},
    {"on": "2018-03-02", "type": "person_informed"},
    {"on": "2018-03-02", "type": "centre_contacted"},
    {"on": "2018-03-02", "type": "centre_accepted"},
]
REFLECTING = [*FOUND, {"on": "2018-03-05", "type": "document_issued", "kind": "annex-15"}]
PROVISIONAL = [
    *REFLECTING,
    {"on": "2018-04-03", "type": "statement_made"},
    {"on": "2018-04-12", "type": "document_issued", "kind": "provisional"},
]
ANSWER = {"type": "prosecutor_answered", **dict.fromkeys(QUESTIONS, "yes")}
EXAMPLES: dict[str, dict[str, Any]] = {
    "reflection": {
        "title": _("An adult in the reflection period"),
        "as_of": "2018-04-10",
        "events": REFLECTING,
    },
    "late": {
        "title": _("A provisional document that ends before anybody asked the prosecutor"),
        "as_of": "2018-07-16",
        "events": PROVISIONAL,
    },
    "temporary": {
        "title": _("On the way from a temporary document to unlimited stay"),
        "as_of": "2019-01-20",
        "events": [
            *PROVISIONAL,
            {"on": "2018-06-20", "type": "prosecutor_asked"},
            {"on": "2018-07-02", **ANSWER, "still_victim": "unknown"},
            {"on": "2018-07-10", "type": "document_extended"},
            {"on": "2018-09-18", **ANSWER},
            {"on": "2018-10-01", "type": "document_issued", "kind": "temporary"},
            {"on": "2019-01-15", "type": "charge_kept"},
        ],
    },
    "minor": {
        "title": _("A girl of sixteen, alone"),
        "as_of": "2018-03-10",
        "born_on": "2001-09-12",
        "unaccompanied_minor": True,
        "events": FOUND,
    },
    "citizen": {
        "title": _("A citizen of the European Union"),
        "as_of": "2018-03-10",
        "citizenship": "RO",
        "events": FOUND,
    },
    "abroad": {
        "title": _("Exploited in the Netherlands, found here"),
        "as_of": "2018-03-10",
        "exploited_in": "NL",
        "belgian_proceedings": False,
        "events": FOUND,
    },
}
TYPED = {
    "citizenship": "MA",
    "born_on": "1990-01-01",
    "ground": "trafficking",
    "exploited_in": HOME,
    "belgian_proceedings": True,
}


def typed(example: dict[str, Any]) -> dict[str, Any]:
    """An example as a form is filled in."""
    return TYPED | {name: one for name, one in example.items() if name not in ("title", "events")}
