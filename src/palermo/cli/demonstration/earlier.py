"""What came before the demonstration's plan: the plan that it follows, and what GRETA recommended."""

from __future__ import annotations

import tomllib
from datetime import date
from pathlib import Path
from typing import Any

from palermo.accounts.models import User
from palermo.plan import actions, queries
from palermo.plan.actions import PlanTerms, Printed, ReportTerms
from palermo.plan.models import Measure, Plan, Recommendation, Report

EARLIER = Path(__file__).with_name("earlier.toml")


def came_before(plan: Plan, secretary: User, adopted_on: date, today: date) -> None:
    """The plan before with what became of its measures, and the reports published by today."""
    given = tomllib.loads(EARLIER.read_text("utf-8"))
    followed(plan, secretary, given, adopted_on)
    taken_up: dict[str, Recommendation] = {}
    for told in given["report"]:
        on = max(told["published_on"], adopted_on)
        if on <= today:
            taken_up[told["round"]] = reported(plan, secretary, told, taken_up, on)


def followed(plan: Plan, secretary: User, given: dict[str, Any], on: date) -> None:
    """The plan before, on the day on which the plan that follows it told what became of it."""
    terms = PlanTerms(**given["plan"])
    before = actions.begin_earlier(by=secretary, plan=plan, terms=terms, on=on)
    for told in given["measure"]:
        measure = actions.enter_measure(
            by=secretary, plan=before, number=told["number"], text=told["text"], on=on
        )
        for one in told.get("outcome", ()):
            actions.record_outcome(
                by=secretary,
                measure=measure,
                kind=one["kind"],
                successor=named(secretary, plan, one["successor"]) if "successor" in one else None,
                source=one["source"],
                language="en",
                on=on,
            )


def reported(
    plan: Plan, secretary: User, told: dict[str, Any], earlier: dict[str, Recommendation], on: date
) -> Recommendation:
    """A report with its recommendations; the last of them is the one that later rounds take up."""
    keys = ("mechanism", "round", "title", "published_on", "language")
    report = actions.begin_report(by=secretary, terms=ReportTerms(**{key: told[key] for key in keys}), on=on)
    made = [recommended(plan, secretary, report, one, on) for one in told["recommendation"]]
    for one, given in zip(made, told["recommendation"], strict=True):
        if before := earlier.get(given.get("takes_up_round", "")):
            actions.draw_line(by=secretary, recommendation=one, earlier=before, on=on)
    return made[-1]


def recommended(
    plan: Plan, secretary: User, report: Report, told: dict[str, Any], on: date
) -> Recommendation:
    """A recommendation, the measures that answer it, and what the government said about it."""
    printed = Printed(told["text"], "", told["strength"], told["rank"])
    made = actions.type_recommendation(by=secretary, report=report, printed=printed, on=on)
    for reference in told["measures"]:
        measure = named(secretary, plan, reference)
        actions.tie(by=secretary, recommendation=made, measure=measure, on=on)
    for one in told.get("reply", ()):
        actions.reply(by=secretary, recommendation=made, **one)
    return made


def named(by: User, plan: Plan, reference: str) -> Measure:
    """The measure that a line speaks of."""
    found = queries.measure_named(by, plan, reference)
    if found is None:
        raise LookupError(f"The demonstration's plan has no measure {reference}")
    return found
