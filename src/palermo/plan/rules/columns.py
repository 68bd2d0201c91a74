"""What the columns of a table are, by the words of its header in four languages."""

from __future__ import annotations

import re
from collections.abc import Sequence

from palermo.plan.rules.folding import fold
from palermo.plan.rules.phrases import patterns
from palermo.reading import Row

WORDS = patterns("columns", "header")


def columns(row: Row) -> dict[str, int]:
    """Which column holds what, by a header row; the first column of each kind counts."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row.cells):
        text = re.sub(r"\s+", " ", fold(cell.text)).strip(" .:")
        role = role_of(text) if 0 < len(text) <= 90 else None
        if role and role not in found:
            found[role] = place
    return found


def role_of(text: str) -> str | None:
    """What a header cell says its column holds."""
    return next((role for role, pattern in WORDS.items() if pattern.search(text)), None)


def header(rows: Sequence[Row]) -> tuple[int, dict[str, int], str] | None:
    """Where a table's header ends, what its columns hold, and whether it lists measures or training.

    None for a table that lists neither. A title above the header and a header in two rows are allowed.
    """
    for place, row in enumerate(rows[:5]):
        found = columns(row)
        if {"organiser", "frequency"} <= set(found) or {"type", "frequency"} <= set(found):
            return place + 1, found, "training"
        if "measure" in found and ({"owners", "timing"} & set(found)):
            return place + 1, found, "measures"
    return None


def same_header(row: Row, wanted: dict[str, int]) -> bool:
    """Whether a row in the middle repeats the header."""
    return columns(row) == wanted
