"""Figures from a CSV file: the inner cells of each group of tables, which a specification cuts."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from palermo.errors import Refused, words
from palermo.statistics.sheets import read
from palermo.statistics.specification import Dimension, Specification

Counts = NDArray[np.int64]
Group = tuple[str, ...]
WRITTEN, STATUS = "value", "status"  # columns of a table that `protect` wrote
LARGEST_COUNT = 1_000_000_000


@dataclass
class Inner:
    """The inner cells of a group: their counts, an axis for each dimension, and each contributor's."""

    counts: Counts
    contributions: dict[str, Counts] = field(default_factory=dict)


@dataclass(frozen=True)
class Row:
    """A line of a file by its columns, and its number, for whoever must mend it."""

    number: int
    told: Mapping[str, str]


def rows(path: Path, columns: list[str]) -> Iterator[Row]:
    """The lines of a CSV file with these columns. Raises Refused."""
    sheet = read(path, tuple(columns))
    for number, line in sheet.rows:
        yield Row(number, dict(zip(sheet.columns, line, strict=True)))


def inner(path: Path, made: Specification) -> dict[Group, Inner]:
    """The inner cells of each group; a combination that is missing counts 0. Raises Refused with the line."""
    places = [{code: at for at, code in enumerate(one.parts)} for one in made.dimensions]
    shape = [len(one.parts) for one in made.dimensions]
    columns = [one.name for one in made.dimensions] + [*made.groups, made.count]
    found: dict[Group, Inner] = {}
    met: set[Group] = set()
    for row in rows(path, columns + ([made.contributor] if made.contributor else [])):
        key = tuple(row.told[one] for one in (*columns[:-1], *filter(None, [made.contributor])))
        if key in met:
            refuse(row.number, "its cell stands there twice")
        met.add(key)
        place = tuple(part(row, one, known) for one, known in zip(made.dimensions, places, strict=True))
        group = tuple(row.told[one] for one in made.groups)
        into = found.setdefault(group, Inner(np.zeros(shape, np.int64)))
        count = whole(row, made.count)
        into.counts[place] += count
        if made.contributor:
            by = into.contributions.setdefault(row.told[made.contributor], np.zeros(shape, np.int64))
            by[place] += count
    if not found:
        refuse(1, "there is no cell below it")
    return found


def earlier(path: Path, made: Specification) -> dict[Group, dict[Group, int]]:
    """The counts that an earlier release tells, by group and by the code of each dimension. Raises Refused.

    A dimension without a column stands at its total. The count stands in the column of the specification, or
    in `value`, as `protect` writes it; a cell that is empty, or has the mark, tells nothing.
    """
    sheet = read(path, made.groups)
    count = made.count if made.count in sheet.columns else WRITTEN
    cut = [one for one in made.dimensions if one.name in sheet.columns]
    known = {*made.groups, *(one.name for one in cut), count, STATUS}
    if strange := [one for one in sheet.columns if one not in known]:
        refuse(1, f"the column {strange[0]} is no dimension")
    if count not in sheet.columns or len({*sheet.columns}) < len(sheet.columns):
        refuse(1, f"there is no column {made.count}, or one stands there twice")
    hidden = {"", made.mark.text.strip()} if made.mark else {""}
    found: dict[Group, dict[Group, int]] = {}
    for number, line in sheet.rows:
        row = Row(number, dict(zip(sheet.columns, line, strict=True)))
        told = found.setdefault(tuple(row.told[one] for one in made.groups), {})
        codes = tuple(code(row, one) for one in made.dimensions)
        if codes in told:
            refuse(number, "its cell stands there twice")
        if row.told[count].strip() not in hidden:
            told[codes] = whole(row, count)
    return found


def code(row: Row, dimension: Dimension) -> str:
    """The code, part or sum, that a line of an earlier release names."""
    told = row.told.get(dimension.name, dimension.total)
    if told not in dimension.codes:
        refuse(row.number, f"{told!r} is no code of {dimension.name}")
    return told


def part(row: Row, dimension: Dimension, known: Mapping[str, int]) -> int:
    """The place of the part that a line names."""
    code = row.told[dimension.name]
    if code in dimension.sums:
        refuse(row.number, f"{code} of {dimension.name} is a sum; only inner cells may stand there")
    if code not in known:
        refuse(row.number, f"{code!r} is no code of {dimension.name}")
    return known[code]


def whole(row: Row, column: str) -> int:
    """The count of a line."""
    told = row.told[column].strip()
    if not told.isascii() or not told.isdigit() or len(told) > 10 or int(told) > LARGEST_COUNT:
        refuse(row.number, f"{told!r} is no whole number from 0 to {LARGEST_COUNT}")
    return int(told)


def refuse(line: int, fault: str) -> NoReturn:
    """Refuse a file of figures."""
    raise Refused(
        "figures",
        words("The figures cannot be used: line {line}, {fault}."),
        words("Mend that line."),
        line=line,
        fault=fault,
    )
