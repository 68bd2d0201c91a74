"""The part of EDTF (ISO 8601-2) that the grammar emits, and recurrences (ISO 8601-1): strings to days."""

from __future__ import annotations

import re
from calendar import monthrange
from collections.abc import Iterator
from datetime import date

# Sub-year units of EDTF level 2: code -> first and last month.
MONTHS = {
    **{33 + n: (3 * n + 1, 3 * n + 3) for n in range(4)},  # quarters
    **{37 + n: (4 * n + 1, 4 * n + 4) for n in range(3)},  # thirds: early, mid, late
    **{40 + n: (6 * n + 1, 6 * n + 6) for n in range(2)},  # halves
}
PERIOD = re.compile(r"R/(?:(?P<anchor>\d{4}(?:-\d\d(?:-\d\d)?)?)/)?P(?P<number>\d+)(?P<unit>[YMWD])")
Bounds = tuple[date | None, date | None]


def bounds(edtf: str) -> Bounds:
    """The first and the last day of a date or an interval; None where it is open.

    Raises ValueError for what is not of the form that the grammar emits.
    """
    if "/" not in edtf:
        return unit(edtf)
    start, end = edtf.split("/")
    first = None if start == ".." else unit(start)[0]
    last = None if end == ".." else unit(end)[1]
    return first, last


def unit(edtf: str) -> tuple[date, date]:
    """The first and the last day of a year, a part of a year, a month or a day."""
    parts = [int(part) for part in edtf.split("-")]
    year = parts[0]
    if len(parts) == 3:
        day = date(*parts)
        return day, day
    first, last = (1, 12) if len(parts) == 1 else MONTHS.get(parts[1], (parts[1], parts[1]))
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])


def occurrences(recurrence: str, anchor: date, until: date) -> Iterator[date]:
    """The intended days of a recurrence from its anchor until a day: each counted from the anchor.

    A late occurrence never moves the next one. The anchor is the last day of the first occurrence.
    """
    match = PERIOD.fullmatch(recurrence)
    if match is None:
        raise ValueError(recurrence)
    number, step = 0, int(match["number"])
    while step and (day := shifted(anchor, number * step, match["unit"])) <= until:
        yield day
        number += 1


def due_after(recurrence: str, anchor: date, day: date) -> date:
    """The intended day of the first occurrence on or after a day."""
    found = anchor
    for found in occurrences(recurrence, anchor, date(day.year + 101, 1, 1)):
        if found >= day:
            break
    return found


def shifted(day: date, number: int, code: str) -> date:
    """A day some years, months, weeks or days later; a month's last day stays a month's last day."""
    if code in "WD":
        return date.fromordinal(day.toordinal() + number * (7 if code == "W" else 1))
    months = day.month - 1 + number * (12 if code == "Y" else 1)
    year, month = day.year + months // 12, months % 12 + 1
    length = monthrange(year, month)[1]
    was_last = day.day == monthrange(day.year, day.month)[1]
    return date(year, month, length if was_last else min(day.day, length))
