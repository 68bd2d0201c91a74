"""Lists that overlap, read from CSV: a column of 0 and 1 for each list, and how many people are on these.

A history that does not stand in the file has nobody; one that stands twice is summed, as a row for each
group of people is, and told. What is wrong in a file is refused with its line.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NoReturn

import numpy as np

from palermo.errors import Refused, words
from palermo.statistics import sheets
from palermo.statistics.estimates.cautions import Caution
from palermo.statistics.estimates.fitting import Numbers

LARGEST = 1_000_000  # bytes: 2**10 histories are some kilobytes
MOST_LISTS = 10  # each doubles the histories; with more, nobody can try the models
COUNTED = {"count", "frequency", "freq", "n"}
SEPARATORS = ",;\t"
ADDED_UP = words("Add up the people of each combination of lists: one row for each is enough.")
Row = tuple[int, list[str]]  # its line and its cells


@dataclass(frozen=True)
class Lists:
    """The names of the lists, and how many people have each history (2**lists; the bits are the lists).

    Place 0, the people on no list, holds 0. `cautions` tell what was done to the file's content.
    """

    names: tuple[str, ...]
    counts: Numbers
    cautions: tuple[Caution, ...] = ()

    @property
    def known(self) -> int:
        """How many people are on some list."""
        return int(self.counts.sum())

    def without(self, place: int) -> Lists:
        """The same lists less one; people who are on no other are no longer known."""
        counts = np.zeros(self.counts.size // 2)
        for history, number in enumerate(self.counts):
            below = history & ((1 << place) - 1)
            counts[below | (history >> place + 1) << place] += number
        counts[0] = 0
        return Lists(self.names[:place] + self.names[place + 1 :], counts)


def read(path: Path) -> Lists:
    """Lists from their file. Raises Refused with what is wrong in it."""
    header, rows = table(sheets.decoded(sheets.content(path, LARGEST, ADDED_UP), path))
    column = count_column(header, rows)
    names = tuple(name for place, name in enumerate(header) if place != column)
    refuse_lists(names)
    counts = np.zeros(1 << len(names))
    twice: list[int] = []
    met: set[int] = set()
    for line, cells in rows:
        history = history_of([cell for place, cell in enumerate(cells) if place != column], line)
        counts[history] += whole(cells[column], line)
        if history in met:
            twice.append(line)
        met.add(history)
    if not counts.any():
        refuse("it counts nobody")
    return Lists(names, counts, cautions_of(twice))


def cautions_of(twice: list[int]) -> tuple[Caution, ...]:
    """What is to be told of lines whose combination stood on an earlier one."""
    if not twice:
        return ()
    told = words(
        "Some combinations of lists stand more than once and were added up; the first on line {line}."
    )
    return (Caution("combination-twice", told, {"line": twice[0]}),)


def table(text: str) -> tuple[list[str], list[Row]]:
    """The header and the rows, each as wide as it; separated by comma, semicolon or tab."""
    first = text.lstrip().split("\n", 1)[0]
    separator = max(SEPARATORS, key=first.count)
    rows = list(filled(text, separator))
    if not rows:
        refuse("it is empty")
    header = rows[0][1]
    if len(header) > MOST_LISTS + 1:
        too_many(len(header) - 1)
    for line, cells in rows[1:]:
        if len(cells) != len(header):
            refuse(f"line {line} has {len(cells)} columns, the first one {len(header)}")
    if len(rows) == 1:
        refuse("it has no row below its header")
    return header, rows[1:]


def filled(text: str, separator: str) -> Iterator[Row]:
    """Every row that has something in it, with the line on which it ends."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for cells in reader:
            stripped = [cell.strip() for cell in cells]
            if any(stripped):
                yield reader.line_num, stripped
    except csv.Error as reason:
        refuse(f"line {reader.line_num} is no CSV ({reason})")


def count_column(header: list[str], rows: list[Row]) -> int:
    """Where the counts stand: in the column of that name, else in the only one that is not all 0 and 1."""
    names = [name.casefold() for name in header]
    if names.count("count") == 1:  # a list may be called N
        return names.index("count")
    named = [place for place, name in enumerate(names) if name in COUNTED]
    if not named:
        named = [
            place for place in range(len(header)) if not {cells[place] for _line, cells in rows} <= {"0", "1"}
        ]
    if len(named) != 1:
        refuse("it is not clear which column counts people: name one of them count")
    return named[0]


def refuse_lists(names: tuple[str, ...]) -> None:
    """Refuse lists without a name or with the same one, and fewer than two."""
    if not all(names):
        refuse("a list has no name")
    for name in names:
        if names.count(name) > 1:
            refuse(f"two lists have the name {name}")
    if len(names) < 2:
        raise Refused(
            "one-list",
            words("One list alone tells nothing of people who are on none."),
            words("Give two lists or more that share people; three or more can be checked."),
        )


def history_of(cells: list[str], line: int) -> int:
    """On which lists the people of a row are, as bits."""
    for cell in cells:
        if cell not in {"0", "1"}:
            refuse(f"line {line} has {cell[:40] or 'nothing'} where a list has 0 or 1")
    history = sum(1 << place for place, cell in enumerate(cells) if cell == "1")
    if not history:
        raise Refused(
            "row-of-nobody",
            words("Line {line} counts people who are on no list: that is what is estimated."),
            words("Leave that line out."),
            line=line,
        )
    return history


def whole(told: str, line: int) -> int:
    """A count of people: a whole number from 0 on."""
    if not told.isascii() or not told.isdigit() or len(told) > 9:
        refuse(f"line {line} has {told[:40] or 'nothing'} where a whole number from 0 on is asked")
    return int(told)


def too_many(number: int) -> NoReturn:
    """Refuse more lists than can be computed."""
    raise Refused(
        "too-many-lists",
        words("There are {number} lists; {most} is the most that can be computed."),
        words("Merge lists of the same kind, or leave some out."),
        number=number,
        most=MOST_LISTS,
    )


def refuse(fault: str) -> NoReturn:
    """Refuse a file."""
    raise Refused(
        "lists",
        words("The lists cannot be used: {fault}."),
        words("Give a column of 0 and 1 for each list, and a column count, as CSV."),
        fault=fault,
    )
