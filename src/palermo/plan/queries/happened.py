"""One thing that happened to a measure."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any


@dataclass(frozen=True)
class Happened:
    """One thing that happened to a measure: what, on which day, by whom, and the record that says it.

    `what`: said, gone (by a document, which speaks for itself); row-accepted, row-mended, row-split,
    row-merged, row-rejected, kept (what a person decided about that); reworded, owner, owner-ended,
    withdrawn, asked, reminded, told, signed, accepted, asked-back, evidence, evaluated.
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
