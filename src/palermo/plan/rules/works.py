"""How a note or a study stands: open, finished or given up. Days in, codes out; no clock, no database."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

OPEN, FINISHED, GIVEN_UP = "open", "finished", "given-up"
STATES = (OPEN, FINISHED, GIVEN_UP)
FINAL, RESUMED = "final", "resumed"
AFTER = {FINAL: FINISHED, GIVEN_UP: GIVEN_UP, RESUMED: OPEN}  # a draft changes nothing


def state(happened: Iterable[str]) -> str:
    """How a work stands after what happened to it, the oldest first."""
    found = OPEN
    for one in happened:
        found = AFTER.get(one, found)
    return found


def is_due(earliest: date | None, latest: date | None, state: str, on: date) -> bool:
    """Its time has come, or passed, and it is open; "by" a day has no beginning of its own."""
    if state != OPEN or (earliest is None and latest is None):
        return False
    return earliest is None or earliest <= on


def late_since(latest: date | None, state: str, on: date) -> date | None:
    """The first day on which it was late, while it is late."""
    return latest + timedelta(days=1) if state == OPEN and latest is not None and latest < on else None
