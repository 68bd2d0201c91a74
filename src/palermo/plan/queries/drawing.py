"""A plan drawn in time: each measure's window as a part of the plan's years, with the day's line."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from palermo.accounts.models import User
from palermo.plan.models import Plan
from palermo.plan.queries.asking import moment
from palermo.plan.queries.measures import SORTS, Filters, standing_on
from palermo.plan.queries.quarters import Band, Quarter, bands, with_bars
from palermo.plan.queries.state import State, states
from palermo.plan.queries.visibility import spans_for
from palermo.plan.rules.collection import windows
from palermo.ui.alphabet import alphabetical

LINES = 300  # a plan of more measures is drawn in quarters
# Each grouping and its order.
GROUPED = {"section": SORTS["section"], "party": SORTS["section"], "year": SORTS["deadline"]}


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
    bands: tuple[Band, ...] = ()  # of a large plan, in place of its measures
    most: int = 0  # how many measures the highest bar stands for


def timeline(
    user: User, plan: Plan, on: date, filters: Filters | None = None, *, by: str = "section"
) -> Timeline:
    """The measures of a plan in time as they stood on a day, by section, by party or by year.

    By party, a measure stands under each of its owners. A large plan is drawn in quarters.
    """
    wanted = filters or Filters()
    chosen = standing_on(spans_for(user, on), plan, on, wanted)
    if len(chosen.values_list("pk")[: LINES + 1]) > LINES:
        return in_quarters(plan, bands(user, plan, on, wanted, by), on)
    found = chosen.order_by(*GROUPED[by]).select_related("wording__measure__plan", "wording__section")
    return drawn(plan, states(user, plan, on, [one.wording for one in found]), on, by)


def in_quarters(plan: Plan, groups: list[tuple[str, list[Quarter]]], on: date) -> Timeline:
    """These quarters in time, under the titles of a grouping."""
    firsts = [one.first for _title, own in groups for one in own if one.first]
    first, last = whole_years([plan.since_on, plan.until_on or plan.since_on, *firsts])
    days = (last - first).days + 1
    most = max((one.measures for _title, own in groups for one in own if one.first), default=1)

    def placed(one: Quarter) -> Quarter:
        if one.first is None:
            return one
        after = (one.first + timedelta(days=95)).replace(day=1)
        width = round(90 * (after - one.first).days / days, 3)
        return with_bars(one, round(100 * (one.first - first).days / days, 3), width, most)

    return replace(
        drawn(plan, [], on),
        first=first,
        last=last,
        years=years(first, last),
        day=place_of(on, first, last) if first <= on <= last else None,
        bands=tuple(Band(title, tuple(map(placed, own))) for title, own in groups),
        most=most,
    )


def drawn(plan: Plan, found: list[State], on: date, by: str = "section") -> Timeline:
    """These measures in time, in their order, under the titles of a grouping."""
    first, last = years_of(plan, found)
    return Timeline(
        first=first,
        last=last,
        years=years(first, last),
        day=place_of(on, first, last) if first <= on <= last else None,
        groups=grouped((Line(one, spans(one, first, last)) for one in found), by),
    )


def place_of(day: date, first: date, last: date) -> float:
    """Where a day begins, in per cent of the years."""
    return round(100 * (day - first).days / ((last - first).days + 1), 3)


def years(first: date, last: date) -> tuple[tuple[int, float], ...]:
    """Each year and where it begins."""
    every = range(first.year, last.year + 1)
    return tuple((year, place_of(date(year, 1, 1), first, last)) for year in every)


def grouped(lines: Iterable[Line], by: str) -> tuple[tuple[str, tuple[Line, ...]], ...]:
    """Lines under their titles: parties by name, the rest in the order in which it comes."""
    found: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        for title in titles(line.state, by):
            found[title].append(line)
    order = (
        sorted(found, key=lambda title: (not title, alphabetical(title))) if by == "party" else list(found)
    )
    return tuple((title, tuple(found[title])) for title in order)


def titles(state: State, by: str) -> tuple[str, ...]:
    """Under which titles a measure stands; an empty one where it has no owner, or no last day."""
    if by == "party":
        return tuple(dict.fromkeys(owner.name for owner in state.owners)) or ("",)
    if by == "year":
        return (str(state.latest.year) if state.latest else "",)
    return (str(state.wording.section),)


def years_of(plan: Plan, found: list[State]) -> tuple[date, date]:
    """Whole years that hold the plan's period and everything that it dates."""
    days = [plan.since_on, plan.until_on or plan.since_on]
    days += [one.times.said_earliest for one in found if one.times.said_earliest]
    days += [one.times.said_latest for one in found if one.times.said_latest]
    return whole_years(days)


def whole_years(days: list[date]) -> tuple[date, date]:
    """The first day of the first year and the last of the last."""
    return date(min(days).year, 1, 1), date(max(days).year, 12, 31)


def spans(state: State, first: date, last: date) -> tuple[Span, ...]:
    """Where a measure is drawn: at each occurrence; from the start when it has no beginning."""
    said = state.times
    if state.wording.recurrence:
        found = list(windows(moment(state), last))
    elif said.said_earliest or said.said_latest:
        found = [(said.said_earliest or first, said.said_latest or last)]
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
