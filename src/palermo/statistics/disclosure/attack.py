"""What follows of the hidden cells of published figures: by one subtraction, exactly, or nearly.

A cell that follows exactly counts as exact alone; as too narrow counts one whose highest and lowest
possible whole values are not the same, and lie less than the width of the rule apart. A hidden inner cell is
taken to be `hidden_low` at least; a hidden sum is bounded by its mark alone. A cell without a row may be
any whole number from 0 on, but "other" and "unknown" without a row are nobody, unless the figures then
contradict each other.
A group in which they do in any case, or in which a key has two counts, is impossible: there only what one
subtraction gives, and the mark allows, is taken as known.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from palermo.statistics.checks.roles import roles
from palermo.statistics.checks.sums import Shape, shapes
from palermo.statistics.checks.table import Cell, Codes, Group, Table, table
from palermo.statistics.disclosure.bounds import UNLIMITED, Ranges, Told, ranges
from palermo.statistics.disclosure.equations import Layout, following, layout, widened
from palermo.statistics.disclosure.intervals import ContradictionError
from palermo.statistics.disclosure.programmes import Effort
from palermo.statistics.sheets import Sheet
from palermo.statistics.specification import Specification

LOWS = (1, 0)  # the attacker who knows more comes first: what is possible for him is so for the other

Fallen = dict[int, tuple[int, int]]
Still = Callable[[int, int], None]  # told how many cells are open, and of how many


@dataclass
class Fall:
    """What falls of one group, by cell: what one subtraction gives, and the range of what is too narrow."""

    subtracted: int
    narrow: dict[int, Fallen]  # for each low
    impossible: set[int]  # the lows for which no table is possible


@dataclass
class Attack:
    """An attack on all groups of a table of figures: what was solved, and who is told how far it is."""

    cut: Specification
    table: Table
    ways: list[Shape]
    effort: Effort = field(default_factory=Effort)
    still: Still | None = None
    layouts: dict[Any, Layout] = field(default_factory=dict)
    falls: dict[Any, Fall] = field(default_factory=dict)  # of figures that were met before

    def layout(self, cells: dict[Codes, Cell]) -> Layout:
        """How the cells of a group add up."""
        dimensions = tuple(
            widened(one, way, {codes[way.at] for codes in cells})
            for one, way in zip(self.cut.dimensions, self.ways, strict=True)
        )
        key = tuple(one.parts for one in dimensions)
        if key not in self.layouts:
            self.layouts[key] = layout(dimensions, [way.rest for way in self.ways])
        return self.layouts[key]

    def fall(self, known: Layout, cells: dict[Codes, Cell]) -> Fall:
        """What falls of a group; figures that were met before are not attacked again."""
        told = self.told(known, cells)
        twice = any(is_twice(cell) for cell in cells.values())
        key = (id(known), twice, told.lows.tobytes(), told.highs.tobytes(), told.hidden.tobytes())
        if key not in self.falls:
            self.falls[key] = self.fallen(known, told, twice=twice)
        return self.falls[key]

    def fallen(self, known: Layout, told: Told, *, twice: bool) -> Fall:
        """What falls of figures that were not met before."""
        unnamed = told.highs == -1
        told.highs[unnamed] = 0
        subtracted: dict[int, int] = {}
        for cell, value in following(known, told.lows.tolist(), told.highs.tolist(), told.hidden):
            if told.lows[cell] <= value <= told.highs[cell]:
                subtracted.setdefault(cell, value)  # where equations contradict each other, the first
        made = Fall(len(subtracted), {}, set())
        seen = None
        for low in LOWS:
            found = None if twice else self.possible(known, told, low, unnamed, seen)
            if found is None:
                made.impossible.add(low)
                made.narrow[low] = {cell: (value, value) for cell, value in subtracted.items()}
            else:
                seen = found
                made.narrow[low] = fallen(told, found[1])
        return made

    def possible(self, known: Layout, told: Told, low: int, unnamed: Any, seen: Any) -> Any:
        """The ranges of all cells for a reader, with what was assumed; nothing where no table is possible."""
        lows = np.where(told.hidden & known.grid.is_inner, np.maximum(told.lows, low), told.lows)
        ways = [told.highs]
        if unnamed.any():
            ways.append(np.where(unnamed, UNLIMITED, told.highs))
        for way, highs in enumerate(ways):
            if (lows > highs).any():
                continue
            before = seen[1] if seen and seen[0] == way else None
            asked = Told(lows, highs, told.hidden, told.widths)
            try:
                return way, ranges(known, asked, before, self.effort, self.still)
            except ContradictionError:
                continue
        return None

    def told(self, known: Layout, cells: dict[Codes, Cell]) -> Told:
        """What everybody knows of the cells of a group."""
        count = len(known.rest)
        made = Told(
            np.zeros(count, np.int64), np.full(count, UNLIMITED), np.zeros(count, bool), self.widths(known)
        )
        made.highs[known.rest] = -1  # no row: nobody is there
        for codes, cell in cells.items():
            at = known.places.get(codes)
            if at is not None:
                made.lows[at] = cell.low
                made.highs[at] = UNLIMITED if cell.high is None else cell.high
                made.hidden[at] = self.is_hidden(cell)
        return made

    def is_hidden(self, cell: Cell) -> bool:
        """Whether a cell is empty, has the mark, or holds what tells no number at all."""
        mark = self.cut.mark
        texts = {text.strip() for _line, text in cell.rows}
        return cell.high is None or texts <= ({"", mark.text.strip()} if mark else {""})

    def widths(self, known: Layout) -> Any:
        """How far the values of each cell must lie apart."""
        found = np.full(len(known.rest), self.cut.rule.width)
        for key, width in self.cut.widths:
            codes = tuple(key.get(one.name, one.total) for one in self.cut.dimensions)
            found[known.places[codes]] = width
        return found


def is_twice(cell: Cell) -> bool:
    """Whether rows of one key tell different counts."""
    return len({text.strip() for _line, text in cell.rows}) > 1


def fallen(told: Told, found: Ranges) -> Fallen:
    """The hidden cells that are exact or too narrow, with their ranges."""
    apart = found.highs - found.lows
    narrow = np.flatnonzero(told.hidden & (apart < told.widths))
    return {int(at): (int(found.lows[at]), int(found.highs[at])) for at in narrow}


def attack(
    sheet: Sheet, cut: Specification, step: Callable[[float, int], None] | None = None
) -> dict[str, Any]:
    """Attack published figures, as the contract answers; `step` is told how many groups of all are done.

    A group that takes long is told in parts.
    """
    figures = table(sheet, cut)
    made = Attack(cut, figures, shapes(figures, roles(figures, sheet.columns)))
    groups = sorted(figures.groups.items())
    fell: list[tuple[Group, Layout, Fall]] = []
    suppressed = 0
    for done, (group, cells) in enumerate(groups, start=1):
        if step:
            made.still = partial(within, step, done, len(groups))
        known = made.layout(cells)
        suppressed += sum(made.is_hidden(cell) for codes, cell in cells.items() if codes in known.places)
        fell.append((group, known, made.fall(known, cells)))
        if step:
            step(done, len(groups))
    by_low = {str(low): report(made, fell, low, suppressed) for low in sorted(LOWS)}
    programmes = {"linear": made.effort.linear, "integer": made.effort.integer}
    return {**by_low[str(cut.rule.hidden_low)], "by_low": by_low, "programmes": programmes}


def within(step: Callable[[float, int], None], done: int, groups: int, left: int, of: int) -> None:
    """Tell how far a group is of which some cells are still open."""
    step(done - left / of, groups)


def report(made: Attack, fell: list[tuple[Group, Layout, Fall]], low: int, suppressed: int) -> dict[str, Any]:
    """What falls to one attacker."""
    cells = [cell for one in fell for cell in told_cells(made, *one, low)]
    exact = sum(one["low"] == one["high"] for one in cells)
    return {
        "suppressed": suppressed,
        "one_subtraction": sum(one.subtracted for _group, _known, one in fell),
        "exact": exact,
        "too_narrow": len(cells) - exact,
        "impossible_groups": [made.table.key(group) for group, _known, one in fell if low in one.impossible],
        "cells": cells,
    }


def told_cells(made: Attack, group: Group, known: Layout, one: Fall, low: int) -> Iterator[dict[str, Any]]:
    """The cells of a group that fell, each with its key and its range."""
    key = dict(zip(made.cut.groups, group, strict=True))
    for cell, (least, most) in sorted(one.narrow[low].items()):
        yield {"key": {**key, **known.grid.key(cell)}, "low": least, "high": most}
