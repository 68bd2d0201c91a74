"""A plan drawn in time: each measure's window as a part of the plan's years, with the day's line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Value
from django.db.models.functions import Coalesce

from palermo.accounts.models import User
from palermo.plan.models import Plan
from palermo.plan.queries.asking import moment
from palermo.plan.queries.measures import Filters, narrowed
from palermo.plan.queries.state import State, states
from palermo.plan.rules.collection import windows

NEVER = date(9999, 12, 31)  # what has no last day sorts after all that has one
BY_SECTION = ("section__order", "measure__rank", "measure__number")
# Each grouping and its order.
GROUPED = {
    "section": BY_SECTION,
    "party": BY_SECTION,
    "year": ("last_day", "measure__rank", "measure__number"),
}


@dataclass(frozen=True)
class Span:
    """A window of days, drawn from `start` over `width`, both in per cent of the timeline.

    An edge is fuzzy when the plan's words do not name its day: "late 2015" names neither.
    """

    earliest: date
    latest: date
    start: float
    width: float
    fuzzy: bool


@dataclass(frozen=True)
class Line:
    """A measure on the timeline; no spans when the plan gives it no day."""

    state: State
    spans: tuple[Span, ...]


@dataclass(frozen=True)
class Timeline:
    """A plan's years with its measures and the line of the day, in per cent; None outside the years."""

    first: date
    last: date
    years: tuple[tuple[int, float], ...]  # each year and where it begins
    day: float | None
    groups: tuple[
        tuple[str, tuple[Line, ...]], ...
    ]  # under their titles; an empty one: no owner, no last day


def timeline(
    user: User, plan: Plan, on: date, filters: Filters | None = None, *, by: str = "section"
) -> Timeline:
    """The measures of a plan in time as they stood on a day, by section, by party or by year.

    By party, a measure stands under each of its owners.
    """
    keys = GROUPED[by]
    chosen = narrowed(user, plan, on, filters or Filters()).annotate(
        last_day=Coalesce("latest", Value(NEVER))
    )
    return drawn(plan, states(plan, on, chosen.order_by(*keys)), on, by)


def drawn(plan: Plan, found: list[State], on: date, by: str = "section") -> Timeline:
    """These measures in time, in their order, under the titles of a grouping."""
    first, last = years_of(plan, found)
    days = (last - first).days + 1

    def place(day: date) -> float:
        return round(100 * (day - first).days / days, 3)

    return Timeline(
        first=first,
        last=last,
        years=tuple((year, place(date(year, 1, 1))) for year in range(first.year, last.year + 1)),
        day=place(on) if first <= on <= last else None,
        groups=grouped((Line(one, spans(one, first, last)) for one in found), by),
    )


def grouped(lines: Iterable[Line], by: str) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Lines under their titles: parties by name, the rest in the order in which it comes."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        for title in titles(line.state, by):
            found[title].append(line)
    order = sorted(found, key=lambda title: (not title, title.casefold())) if by == "party" else list(found)
    return tuple((title, tuple(found[title])) for title in order)


def titles(state: State, by: str) -> tuple[str, ...]:
    """Under which titles a measure stands; an empty one where it has no owner, or no last day."""
    if by == "party":
        return tuple(dict.fromkeys(owner.name for owner in state.owners)) or ("",)
    if by == "year":
        return (str(state.wording.latest.year) if state.wording.latest else "",)
    return (str(state.wording.section),)


def years_of(plan: Plan, found: list[State]) -> tuple[date, date]:
    """Whole years that hold the plan's period and everything that it dates."""
    days = [plan.since_on, plan.until_on or plan.since_on]
    days += [one.wording.earliest for one in found if one.wording.earliest]
    days += [one.wording.latest for one in found if one.wording.latest]
    return date(min(days).year, 1, 1), date(max(days).year, 12, 31)


def spans(state: State, first: date, last: date) -> tuple[Span, ...]:
    """Where a measure is drawn: at each occurrence; from the start when it has no beginning."""
    wording = state.wording
    if wording.recurrence:
        found = list(windows(moment(state), last))
    elif wording.earliest or wording.latest:
        found = [(wording.earliest or first, wording.latest or last)]
    else:
        found = []
    days = (last - first).days + 1
    drawn = []
    for earliest, latest in found:
        start, end = max(earliest, first), min(latest, last) + timedelta(days=1)
        drawn.append(
            Span(
                earliest=earliest,
                latest=latest,
                start=round(100 * (start - first).days / days, 3),
                width=round(100 * (end - start).days / days, 3),
                fuzzy=earliest != latest,
            )
        )
    return tuple(drawn)
