"""The cells of a file, by the table in which they stand and by their code of each dimension."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from itertools import product
from pathlib import Path

from palermo.statistics.checks.count import Count, count
from palermo.statistics.figures import WRITTEN
from palermo.statistics.sheets import Sheet, complete, read
from palermo.statistics.specification import Specification

Group = tuple[str, ...]
Codes = tuple[str, ...]


@dataclass(slots=True)
class Cell:
    """What the rows of one key tell together: where they disagree, all that any of them tells."""

    low: int
    high: int | None
    rows: list[tuple[int, str]]  # line and text

    @property
    def exact(self) -> int | None:
        """The count, where only one is possible."""
        return self.low if self.low == self.high else None

    @property
    def text(self) -> str:
        """The count as the file writes it; two that disagree stand side by side."""
        return " / ".join(sorted({text for _line, text in self.rows}))


@dataclass
class Table:
    """All cells of a file, by the codes of `group_by` and then by the code of each dimension."""

    specification: Specification
    groups: dict[Group, dict[Codes, Cell]] = field(default_factory=dict)
    faults: list[tuple[Group, Codes, str, str]] = field(default_factory=list)  # with the text and its fault
    cells: int = 0

    def key(self, group: Group, codes: Codes = ()) -> dict[str, str]:
        """The columns that name a table, or a cell of it."""
        names = (one.name for one in self.specification.dimensions)
        return {
            **dict(zip(self.specification.groups, group, strict=True)),
            **dict(zip(names, codes, strict=bool(codes))),
        }

    def add(self, group: Group, codes: Codes, line: int, text: str) -> None:
        """Add a row."""
        self.cells += 1
        told = count(text, self.specification.mark)
        if told.fault:
            self.faults.append((group, codes, text, told.fault))
        cells = self.groups.setdefault(group, {})
        if (known := cells.get(codes)) is None:
            cells[codes] = Cell(told.low, told.high, [(line, text)])
        else:
            widen(known, told)
            known.rows.append((line, text))

    def above(self, codes: Codes, among: Container[Codes]) -> list[Codes]:
        """Those cells of `among` that hold this one: the same, but at the total of more dimensions."""
        ways = [
            (code,) if code == one.total else (code, one.total)
            for code, one in zip(codes, self.specification.dimensions, strict=True)
        ]
        return [one for one in product(*ways) if one != codes and one in among]

    def widest(self, cells: Mapping[Codes, object]) -> list[Codes]:
        """The cells that no other one of them holds: the total, where it is among them."""
        return [codes for codes in cells if not self.above(codes, cells)]


def widen(cell: Cell, told: Count) -> None:
    """Let a cell be all that two rows tell."""
    cell.low = min(cell.low, told.low)
    cell.high = None if cell.high is None or told.high is None else max(cell.high, told.high)


def published(path: Path, cut: Specification) -> tuple[Sheet, Specification]:
    """Figures that somebody published, and how they are cut. Raises Refused with what is wrong with the file.

    The count may also stand in `value`, as `protect` writes it.
    """
    sheet = read(path, (*cut.groups, *(one.name for one in cut.dimensions)))
    if cut.count not in sheet.columns and WRITTEN in sheet.columns:
        return sheet, replace(cut, count=WRITTEN)
    complete(sheet.columns, (cut.count,), path)
    return sheet, cut


def table(sheet: Sheet, specification: Specification) -> Table:
    """The cells of a sheet that has the columns of a specification."""
    place = {name: at for at, name in enumerate(sheet.columns)}
    groups = [place[one] for one in specification.groups]
    dimensions = [place[one.name] for one in specification.dimensions]
    value = place[specification.count]
    made = Table(specification)
    for line, row in sheet.rows:
        made.add(tuple(row[at] for at in groups), tuple(row[at] for at in dimensions), line, row[value])
    return made
