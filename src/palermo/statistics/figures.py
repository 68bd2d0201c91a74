"""Figures from a CSV file: the inner cells of each group of tables, which a specification cuts."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import numpy as np
from numpy.typing import NDArray

from palermo.errors import Refused, words
from palermo.statistics.specification import Dimension, Specification

Counts = NDArray[np.int64]
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
    """The lines of a CSV file with these columns, parted by commas or semicolons. Raises Refused."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            head = opened.readline()
            opened.seek(0)
            yield from lines(
                csv.reader(opened, delimiter=";" if head.count(";") > head.count(",") else ","), columns
            )
    except OSError as reason:
        raise Refused(
            "no-file",
            words("The file {file} cannot be read: {reason}."),
            words("Check its name."),
            file=str(path),
            reason=reason.strerror,
        ) from reason
    except (UnicodeDecodeError, csv.Error) as reason:
        refuse(0, f"it is no CSV in UTF-8 ({reason})")


def lines(reader: Iterator[list[str]], columns: list[str]) -> Iterator[Row]:
    """The lines below the head, each as long as it."""
    head = next(reader, [])
    for one in columns:
        if head.count(one) != 1:
            refuse(1, f"the column {one} stands there {head.count(one)} times")
    for number, line in enumerate(reader, start=2):
        if line and len(line) != len(head):
            refuse(number, f"it has {len(line)} columns, the head has {len(head)}")
        if line:
            yield Row(number, dict(zip(head, line, strict=True)))


def inner(path: Path, made: Specification) -> dict[tuple[str, ...], Inner]:
    """The inner cells of each group; a combination that is missing counts 0. Raises Refused with the line."""
    places = [{code: at for at, code in enumerate(one.parts)} for one in made.dimensions]
    shape = [len(one.parts) for one in made.dimensions]
    columns = [one.name for one in made.dimensions] + [*made.groups, made.count]
    found: dict[tuple[str, ...], Inner] = {}
    met: set[tuple[str, ...]] = set()
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
    return found


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
