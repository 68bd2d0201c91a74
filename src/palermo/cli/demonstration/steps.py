"""What the demonstration follows beside its rounds: bills on their road, what waits, what comes back."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from palermo.accounts.models import User
from palermo.cli.demonstration.earlier import named
from palermo.organisations.queries import visible_to as directory
from palermo.plan import actions
from palermo.plan.actions import Account, DutyTerms, Event
from palermo.plan.models import Plan

STEPS = Path(__file__).with_name("steps.toml")


def followed_beside(plan: Plan, people: Mapping[str, User], today: date) -> None:
    """Everything that was put on record by today."""
    given = tomllib.loads(STEPS.read_text("utf-8"))
    for what, put in PUTS:
        for one in given[what]:
            if one["on"] <= today:
                put(plan, people, one, today)


def marked(plan: Plan, people: Mapping[str, User], one: dict[str, Any], _today: date) -> None:
    """A measure that the Bureau says is a bill."""
    by = people["Bureau secretary"]
    measure = named(by, plan, one["reference"])
    actions.mark_bill(by=by, measure=measure, is_bill=True, reason=one["reason"], on=one["on"])


def stepped(plan: Plan, people: Mapping[str, User], one: dict[str, Any], _today: date) -> None:
    """A step that a bill reached."""
    by = people[one["by"]]
    actions.record_step(
        by=by,
        measure=named(by, plan, one["reference"]),
        kind=one["kind"],
        reached_on=one["reached_on"],
        reference=one.get("reference_to", ""),
        on=one["on"],
    )


def awaited(plan: Plan, people: Mapping[str, User], one: dict[str, Any], _today: date) -> None:
    """What waits for an event that has no day yet."""
    by = people[one["by"]]
    actions.wait_for(
        by=by,
        measure=named(by, plan, one["reference"]),
        what=one["what"],
        after=one["after"],
        event=Event(one["event"]),
        language="en",
        on=one["on"],
    )


def occurred(plan: Plan, people: Mapping[str, User], one: dict[str, Any], _today: date) -> None:
    """What comes back, done once more."""
    by = people[one["by"]]
    actions.record_occurrence(
        by=by,
        measure=named(by, plan, one["reference"]),
        due_on=one["due_on"],
        done_on=one["done_on"],
        account=Account(one["summary"]),
        on=one["on"],
    )


def reported(plan: Plan, people: Mapping[str, User], one: dict[str, Any], today: date) -> None:
    """A duty to report, and what was delivered by today."""
    by = people["Bureau secretary"]
    terms = DutyTerms(**{key: one[key] for key in ("title", "every", "first", "text", "section")})
    party = directory(by).get(code=one["party"])
    duty = actions.declare_report(by=by, plan=plan, organisation=party, terms=terms, on=one["on"])
    for told in one["delivery"]:
        if told["on"] <= today:
            actions.deliver_report(by=by, duty=duty, **told)


PUTS = (
    ("bill", marked),
    ("step", stepped),
    ("wait", awaited),
    ("occurrence", occurred),
    ("report", reported),
)
