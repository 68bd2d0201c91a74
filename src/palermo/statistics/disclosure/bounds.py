"""Between which whole numbers each hidden cell of a group can lie: by intervals, then by programmes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from palermo.statistics.disclosure.equations import Equation, Layout
from palermo.statistics.disclosure.programmes import Programmes

UNLIMITED = 10**15  # no count of people comes near it
SWEEPS = 60  # of intervals; what they have not narrowed by then is left to the programmes

Whole = NDArray[np.int64]


class ContradictionError(Exception):
    """No table of whole numbers has these published figures."""


@dataclass
class Ranges:
    """The lowest and highest whole value of each cell; of one that is wide, two values that far apart."""

    lows: Whole
    highs: Whole


@dataclass(frozen=True)
class Told:
    """What everybody knows of each cell, and how far apart the values of a hidden one must lie."""

    lows: Whole
    highs: Whole
    hidden: NDArray[np.bool_]
    widths: Whole


def narrowed(equations: Sequence[Equation], lows: list[int], highs: list[int]) -> None:
    """Draw the intervals together by every equation, until none moves. Raises ContradictionError."""
    for _sweep in range(SWEEPS):
        moved = False
        for total, parts in equations:
            moved |= narrow(total, parts, lows, highs)
        if not moved:
            return


def narrow(total: int, parts: Sequence[int], lows: list[int], highs: list[int]) -> bool:
    """Draw the intervals of one equation together; whether any moved."""
    least, most = sum([lows[one] for one in parts]), sum([highs[one] for one in parts])
    moved = within(total, least, most, lows, highs)
    for one in parts:
        low, high = lows[one], highs[one]
        if low == high:
            continue
        if within(one, lows[total] - (most - high), highs[total] - (least - low), lows, highs):
            least, most = least + lows[one] - low, most + highs[one] - high
            moved = True
    return moved


def within(cell: int, low: int, high: int, lows: list[int], highs: list[int]) -> bool:
    """Keep a cell within an interval; whether its own became smaller."""
    moved = False
    if low > lows[cell]:
        lows[cell], moved = low, True
    if high < highs[cell]:
        highs[cell], moved = high, True
    if lows[cell] > highs[cell]:
        raise ContradictionError
    return moved


def ranges(layout: Layout, told: Told, known: Ranges | None = None) -> Ranges:
    """The range of every hidden cell; `known` are values that are possible. Raises ContradictionError."""
    lows, highs = told.lows.tolist(), told.highs.tolist()
    narrowed(layout.equations, lows, highs)
    outer = Ranges(np.array(lows), np.array(highs))
    if (outer.lows == outer.highs).all():
        return outer
    return Search(layout, told, outer, known).found()


class Search:
    """Possible tables of a group, sought until every hidden cell is shown to be wide, or is bounded."""

    def __init__(self, layout: Layout, told: Told, outer: Ranges, known: Ranges | None) -> None:
        self.told, self.outer, self.holds = told, outer, layout.holds
        self.programmes = Programmes(layout, told.lows, told.highs, outer.lows, outer.highs)
        self.seen = known and Ranges(known.lows.copy(), known.highs.copy())
        self.random = np.random.default_rng(1)

    def found(self) -> Ranges:
        """The range of every hidden cell. Raises ContradictionError where no table is possible."""
        if self.seen is None and not self.settled_by_first():
            raise ContradictionError
        self.harvest()
        for cell in self.narrow_cells():
            if self.is_narrow(cell):
                self.bound(int(cell))
        return self.seen_ranges

    @property
    def seen_ranges(self) -> Ranges:
        """What is known to be possible."""
        if self.seen is None:
            raise ContradictionError
        return self.seen

    def settled_by_first(self) -> bool:
        """Whether any table of whole numbers is possible; it is kept."""
        found = self.programmes.linear({}) or self.programmes.whole({})
        return found is not None and (self.keep(found.inner) or self.keep_whole({}))

    def keep(self, inner: NDArray[np.float64]) -> bool:
        """Whether a table is possible when it is rounded; if so its values are kept."""
        values = self.holds @ np.rint(inner).astype(np.int64)
        if (values < self.told.lows).any() or (values > self.told.highs).any():
            return False
        seen = self.seen or Ranges(values, values)
        self.seen = Ranges(np.minimum(seen.lows, values), np.maximum(seen.highs, values))
        return True

    def keep_whole(self, cost: dict[int, int]) -> bool:
        """Whether an integer programme finds a table; it is kept."""
        found = self.programmes.whole(cost)
        return found is not None and self.keep(found.inner)

    def is_narrow(self, cell: int) -> bool:
        """Whether a hidden cell is not yet shown to be wide, nor at its bounds."""
        low, high = self.seen_ranges.lows[cell], self.seen_ranges.highs[cell]
        bounded = low == self.outer.lows[cell] and high == self.outer.highs[cell]
        return bool(self.told.hidden[cell] and high - low < self.told.widths[cell] and not bounded)

    def narrow_cells(self) -> Whole:
        """The hidden cells that are not yet shown to be wide, nor at their bounds."""
        seen, outer = self.seen_ranges, self.outer
        bounded = (seen.lows == outer.lows) & (seen.highs == outer.highs)
        return np.flatnonzero(self.told.hidden & (seen.highs - seen.lows < self.told.widths) & ~bounded)

    def harvest(self) -> None:
        """Push all narrow cells at once, up or down at random: each possible table widens every cell."""
        idle = 0
        while idle < 3 and len(narrow := self.narrow_cells()) > 2:
            signs = self.random.choice([-1, 1], len(narrow))
            for sign in (1, -1):
                cost = dict(zip(narrow.tolist(), (sign * signs).tolist(), strict=True))
                found = self.programmes.linear(cost)
                if found is not None:
                    self.keep(found.inner)
            idle = 0 if len(self.narrow_cells()) < len(narrow) else idle + 1

    def bound(self, cell: int) -> None:
        """Find the lowest and the highest whole value of a cell, or show that it is wide."""
        for sign, seen, outer in ((1, "lows", self.outer.lows), (-1, "highs", self.outer.highs)):
            outer[cell] = self.best(cell, sign, seen, int(outer[cell]))
            if not self.is_narrow(cell):
                return

    def best(self, cell: int, sign: int, side: str, outer: int) -> int:
        """The least (sign 1) or the highest (sign -1) whole value of a cell."""
        found = self.programmes.linear({cell: sign})
        if found is not None:
            self.keep(found.inner)
            bound = sign * int(np.ceil(found.bound - 1e-6))
            outer = max(outer, bound) if sign > 0 else min(outer, bound)
        if int(getattr(self.seen, side)[cell]) == outer or not self.is_narrow(cell):
            return outer
        if not self.keep_whole({cell: sign}):
            raise ContradictionError
        return int(getattr(self.seen, side)[cell])
