"""The notes and studies of the demonstration's plan, each version on its own day."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from palermo.accounts.models import User
from palermo.cli.demonstration.earlier import named
from palermo.organisations.queries import visible_to as directory
from palermo.plan import actions
from palermo.plan.actions import HandedIn, VersionSaid, WorkSaid
from palermo.plan.models import Plan, Work

WORKS = Path(__file__).with_name("works.toml")


def commissioned(plan: Plan, people: dict[str, User], declared_on: date, today: date) -> None:
    """What the plan says is to be written, and what was handed in by today."""
    secretary = people["Bureau secretary"]
    for told in tomllib.loads(WORKS.read_text("utf-8"))["work"]:
        section = told.get("section")
        said = WorkSaid(
            kind=told["kind"],
            title=told["title"],
            language=told.get("language", plan.language),
            section=plan.sections.get(number=section) if section else None,
            measures=[named(secretary, plan, reference) for reference in told["measures"]],
            timing=told["timing"],
        )
        owner = directory(secretary).get(code=told["owner"])
        made = actions.declare_work(by=secretary, plan=plan, said=said, owner=owner, on=declared_on)
        for one in told.get("version", ()):
            if one["on"] <= today:
                handed_in(made, people[one.get("by", "Bureau secretary")], one)


def handed_in(work: Work, by: User, one: dict[str, Any]) -> None:
    """A version of it."""
    content = one["content"].lstrip().encode() if "content" in one else None
    names = ("label", "is_final", "dated_on", "words")
    actions.hand_in_version(
        by=by,
        work=work,
        came=HandedIn(name=one.get("name", ""), content=content, reference=one.get("reference", "")),
        said=VersionSaid(one["language"], **{name: one[name] for name in names if name in one}),
        on=one["on"],
    )
