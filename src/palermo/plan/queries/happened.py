"""One thing that happened to a measure."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeVar

from django.db.models import ExpressionWrapper, F, IntegerField, Model, Q, QuerySet
from django.db.models.lookups import Exact

M = TypeVar("M", bound=Model)


@dataclass(frozen=True)
class Happened:
    """One thing that happened to a measure: what, on which day, by whom, and the record that says it.

    `what`: said, gone (by a document, which speaks for itself); row-accepted, row-mended, row-split,
    row-merged, row-rejected, kept (what a person decided about that); reworded, owner, owner-ended,
    withdrawn, asked, reminded, told, signed, accepted, asked-back, evidence, evaluated; bill, no-bill,
    step, step-withdrawn; occurred, occurrence-withdrawn,
    waits.
    """

    what: str
    on: date
    at: datetime
    by: str  # the person's name, or the document's
    measure_id: int
    organisation_id: int | None
    record: Any
    reason: str = ""  # why, where the record itself does not say it

    @property
    def order(self) -> tuple[date, datetime]:
        """By the office's day, and by the moment within a day."""
        return self.on, self.at


@dataclass(frozen=True)
class Wanted:
    """To which measures, in which days, and how many at most of each sort, the latest."""

    measures: Mapping[str, Any]  # what is asked of a measure
    on: date
    since: date | None = None
    most: int | None = None

    def about(self, path: str) -> Q:
        """The records that are about these measures, given the path to theirs."""
        if not self.most or "plan" not in self.measures:
            return Q(**{f"{path}__{key}": value for key, value in self.measures.items()})
        # Written as a sum, so that no database begins with all measures of a plan instead of the days.
        own = ExpressionWrapper(F(f"{path}__plan") + 0, IntegerField())
        rest = {f"{path}__{key}": value for key, value in self.measures.items() if key != "plan"}
        return Q(Exact(own, self.measures["plan"].pk), **rest)

    def days(self, field: str = "on") -> Q:
        """The records of these days."""
        until = Q(**{f"{field}__lte": self.on})
        return until & Q(**{f"{field}__gte": self.since}) if self.since else until

    def latest(self, rows: QuerySet[M], field: str = "on", moment: str = "at") -> QuerySet[M]:
        """The latest of these records, all where no number is set.

        Among as many of all plans as are surely enough, so that a database reads them by day.
        """
        if not self.most:
            return rows
        order = (f"-{field}", f"-{moment}")
        some = rows.model._default_manager.filter(self.days(field)).order_by(*order)
        return rows.filter(pk__in=some.values("pk")[: 20 * self.most]).order_by(*order)[: self.most]
