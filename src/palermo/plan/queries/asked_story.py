"""What happened to a recommendation through all its rounds, as one chronological story."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from palermo.accounts.models import User
from palermo.plan.models import ReadRecommendation, Recommendation, RecommendationLine, Reply, Tie, TieEnd
from palermo.plan.queries.recommendations import Asked
from palermo.plan.queries.visibility import visible_to


@dataclass(frozen=True)
class Event:
    """One thing that happened: asked, taken, line, tied, untied, replied; on which day, by whom."""

    what: str
    on: date
    at: datetime
    by: str
    record: Any
    recommendation: Recommendation

    @property
    def order(self) -> tuple[date, datetime]:
        """By the office's day, and by the moment within a day."""
        return self.on, self.at


def story_of(user: User, one: Asked, on: date) -> list[Event]:
    """All that happened to a recommendation and to those that it takes up, oldest first."""
    every = {each.pk: each for each in (one.recommendation, *one.line)}
    found = [Event("asked", each.on, each.at, each.report.title, each, each) for each in every.values()]
    every_fact: tuple[tuple[str, Any], ...] = (
        ("line", RecommendationLine),
        ("tied", Tie),
        ("replied", Reply),
    )
    for what, model in every_fact:
        rows = visible_to(user, model).filter(recommendation__in=every, on__lte=on).select_related("by")
        found += [Event(what, row.on, row.at, row.by.name, row, every[row.recommendation_id]) for row in rows]
    found += [*decided(user, every, on), *untied(user, every, on)]
    return sorted(found, key=lambda event: event.order)


def untied(user: User, every: dict[int, Recommendation], on: date) -> Iterator[Event]:
    """The measures that no longer answer one of these."""
    rows = visible_to(user, TieEnd).filter(tie__recommendation__in=every, on__lte=on)
    for row in rows.select_related("by", "tie__measure"):
        yield Event("untied", row.on, row.at, row.by.name, row, every[row.tie.recommendation_id])


def decided(user: User, every: dict[int, Recommendation], on: date) -> Iterator[Event]:
    """What a person decided about what was read; the Bureau sees it alone."""
    rows = visible_to(user, ReadRecommendation).filter(recommendation__in=every, decided_on__lte=on)
    for row in rows.select_related("decided_by"):
        if row.decided_on and row.decided_at and row.decided_by and row.recommendation_id:
            made = every[row.recommendation_id]
            yield Event("taken", row.decided_on, row.decided_at, row.decided_by.name, row, made)
