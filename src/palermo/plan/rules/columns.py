"""What the columns of a table are, by the words of its header in four languages."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from palermo.plan.rules.folding import fold
from palermo.plan.rules.phrases import patterns
from palermo.reading import Row

WORDS = patterns("columns", "header")
TITLE_ROWS = 12  # rows that may stand above a header
TOLD = 90  # signs of a header's cell
# "1.1", "A.2", "M01", "3a", "IV": what numbers a row and says nothing else.
ORDINAL = re.compile(r"^(?:[A-Z]{0,3}[ .-]?\d{1,3}(?:[.-]\d{1,3})*[a-z]?|[IVX]{1,5})[.)]?$")


@dataclass(frozen=True)
class Header:
    """A table's header: where the data begins, what the columns hold, and what the table lists."""

    end: int
    columns: dict[str, int]
    kind: Literal["measures", "training"]
    rows: tuple[Row, ...]

    @property
    def titles(self) -> tuple[str, ...]:
        """The title of each column, in the document's own words."""
        cells = zip(*(row.cells for row in self.rows), strict=False)
        return tuple(" ".join(dict.fromkeys(cell.text for cell in each if cell.text)) for each in cells)


def header(rows: Sequence[Row]) -> Header | None:
    """The header of a table that lists measures or training; None for any other table.

    Titles above the header and a header in two rows are allowed.
    """
    for place, row in enumerate(rows[:TITLE_ROWS]):
        below = rows[place + 1] if place + 1 < len(rows) else None
        tries = [(2, both(row, below))] if below and continues(row, below) else []
        for depth, texts in [*tries, (1, words(row))]:
            found = columns(texts)
            if kind := listed(found):
                end = place + depth
                settled = settle(found, texts, rows[end:]) if kind == "measures" else found
                return Header(end, settled, kind, tuple(rows[place:end]))
    return None


def listed(found: dict[str, int]) -> Literal["measures", "training"] | None:
    """What a table with these columns lists; a column named less clearly stands in for a missing one."""
    if {"organiser", "frequency"} <= set(found) or {"type", "frequency"} <= set(found):
        return "training"
    if "owners" not in found and "with" in found:
        found["owners"] = found.pop("with")
    when = {"timing", "start", "end"} & set(found)
    if "measure" not in found and "described" in found and "owners" in found and when:
        found["measure"] = found.pop("described")
    return "measures" if "measure" in found and ("owners" in found or when) else None


def words(row: Row) -> list[str]:
    """The folded words of a header's cells."""
    return [re.sub(r"\s+", " ", fold(cell.text)).strip(" .:*?") for cell in row.cells]


def columns(texts: Sequence[str]) -> dict[str, int]:
    """Which column holds what; the first column of each kind counts."""
    found: dict[str, int] = {}
    for place, text in enumerate(texts):
        role = role_of(text) if 0 < len(text) <= TOLD else None
        if role and role not in found:
            found[role] = place
    return found


def role_of(text: str) -> str | None:
    """What a header cell says its column holds; "status of the measure" is no measure."""
    role = next((role for role, pattern in WORDS.items() if pattern.search(text)), None)
    if role != "other":
        return role
    first = {name: match.start() for name in WORDS if (match := WORDS[name].search(text))}
    return "measure" if first.get("measure", len(text)) < first["other"] else described(text)


def described(text: str) -> str:
    """Whether a column of no known kind may stand in for one of measures."""
    return "described" if WORDS["described"].match(text) else "other"


def continues(upper: Row, lower: Row) -> bool:
    """Whether a row under a header is its second row: it names columns under those that span or are empty."""
    below = words(lower)
    named = [place for place, text in enumerate(below) if text]
    known = [place for place in named if len(below[place]) <= TOLD and role_of(below[place])]
    measures = columns(words(upper)).get("measure")
    return bool(known) and len(known) * 2 >= len(named) and len(named) < len(below) and measures not in named


def both(upper: Row, lower: Row) -> list[str]:
    """The words of a header in two rows: the lower ones where they stand, else the upper ones."""
    above, below = words(upper), words(lower)
    above += [""] * (len(below) - len(above))
    return [
        under or over for over, under in zip(above, below + [""] * (len(above) - len(below)), strict=True)
    ]


def settle(found: dict[str, int], texts: Sequence[str], rows: Sequence[Row]) -> dict[str, int]:
    """The columns, with a column of numbers told from the measures that it numbers."""
    place = found["measure"]
    beside = place + 1
    free = beside not in found.values() and (beside >= len(texts) or not texts[beside])
    if ordinal(rows, place) and free:
        return found | {"number": place, "measure": beside}
    if "number" not in found and "section" not in found:
        before = [at for at in range(place) if at not in found.values() and ordinal(rows, at)]
        return found | {"number": before[0]} if before else found
    return found


def ordinal(rows: Sequence[Row], place: int) -> bool:
    """Whether most cells of a column hold only a number of their row."""
    texts = [row.cells[place].text for row in rows if place < len(row.cells) and row.cells[place].text]
    return bool(texts) and sum(bool(ORDINAL.match(text)) for text in texts) * 3 > len(texts) * 2


def again(row: Row, known: Header) -> bool:
    """Whether a row in the middle repeats the header, or a row of it."""
    texts = words(row)
    return any(texts == words(one) for one in known.rows) or (
        len(known.rows) == 1 and columns(texts) == columns(words(known.rows[0]))
    )
