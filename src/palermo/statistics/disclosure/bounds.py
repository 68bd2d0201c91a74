"""Between which whole numbers each hidden cell of a group can lie: by intervals, walks, and programmes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from palermo.statistics.disclosure.equations import Layout
from palermo.statistics.disclosure.intervals import ContradictionError, drawn, narrowed, through
from palermo.statistics.disclosure.programmes import Aim, Effort, Patience, Programmes
from palermo.statistics.disclosure.sliding import Walk, walked
from palermo.statistics.disclosure.system import system

UNLIMITED = 10**15  # no count of people comes near it
PATIENCE = (Patience(300, 5), Patience(2000, 20))  # what is easy comes first
MANY = 1000  # ends not seen: with more, integer programmes push all cells where linear ones give fractions
ENOUGH = 15  # ends that such a table must show to be worth its time
LONG = 400  # cells: a change of more is hardly ever possible again
STRIDE = 4  # steps of a walk for each change that is known

Whole = NDArray[np.int64]


@dataclass
class Ranges:
    """The lowest and highest whole value of each cell; of one that is wide, two values that far apart.

    `table`: some table of all cells that is possible, where one is known.
    """

    lows: Whole
    highs: Whole
    table: Whole | None = None


@dataclass(frozen=True)
class Told:
    """What everybody knows of each cell, and how far apart the values of a hidden one must lie."""

    lows: Whole
    highs: Whole
    hidden: NDArray[np.bool_]
    widths: Whole


def ranges(
    layout: Layout,
    told: Told,
    known: Ranges | None = None,
    effort: Effort | None = None,
    still: Callable[[int, int], None] | None = None,
) -> Ranges:
    """The range of every hidden cell; `known` are values that are possible. Raises ContradictionError.

    `effort` counts the programmes; `still` is told how many cells are open, of how many at first.
    """
    lows, highs = told.lows.tolist(), told.highs.tolist()
    narrowed(layout.equations, lows, highs)
    outer = Ranges(np.array(lows), np.array(highs))
    if (outer.lows == outer.highs).all():
        return outer
    return Search(layout, told, outer, effort or Effort()).found(known, still)


class Search:
    """Possible tables of a group, sought until every hidden cell is shown to be wide, or is bounded.

    `seen` holds what was met in possible tables, `outer` what no table exceeds.
    """

    def __init__(self, layout: Layout, told: Told, outer: Ranges, effort: Effort) -> None:
        self.told, self.outer = told, outer
        self.system = system(layout, told.lows, told.highs, outer.lows, outer.highs)
        self.caps = np.minimum(outer.highs, outer.lows + self.system.cap)[self.system.cells]
        self.programmes = Programmes(self.system, self.room, effort)
        self.seen = Ranges(outer.highs.copy(), outer.lows.copy())  # nothing yet: the wrong way round
        self.table = np.empty(0, np.int64)
        self.changes: dict[bytes, tuple[Whole, Whole]] = {}
        self.through = through(layout.equations, outer.lows < outer.highs)
        self.random = np.random.default_rng(1)

    def found(self, known: Ranges | None, still: Callable[[int, int], None] | None) -> Ranges:
        """The range of every hidden cell. Raises ContradictionError where no table is possible."""
        if known is not None:
            self.seen = Ranges(known.lows.copy(), known.highs.copy(), known.table)
            if not len(self.narrow_cells()):
                return self.seen
        self.begin()
        self.harvest()
        cells = self.narrow_cells()
        for patience in PATIENCE:
            for cell in self.random.permutation(self.narrow_cells()):
                if self.is_narrow(cell):
                    self.bound(int(cell), patience)
                    if still:
                        still(len(self.narrow_cells()), len(cells))
        return Ranges(self.seen.lows, self.seen.highs, self.table)

    @property
    def room(self) -> tuple[Whole, Whole]:
        """Between which values each open cell lies, as far as is known by now."""
        cells = self.system.cells
        return self.outer.lows[cells], np.minimum(self.outer.highs[cells], self.caps)

    def begin(self) -> None:
        """Find any possible table. Raises ContradictionError where there is none."""
        if self.seen.table is not None:
            self.table = self.seen.table.copy()
            return
        answer = self.programmes.best(np.zeros_like(self.told.lows))
        if answer is not None and self.keep(np.rint(answer).astype(np.int64)):
            return
        whole = None if answer is None else self.programmes.whole(self.room[0], *self.room)
        if whole is None or not self.keep(whole):
            raise ContradictionError

    def keep(self, cells: Whole) -> bool:
        """Whether a table with these open cells is possible; if so it is kept, and we stand there."""
        values = self.system.base + self.system.holds @ cells
        if (values < self.told.lows).any() or (values > self.told.highs).any():
            return False
        np.minimum(self.seen.lows, values, out=self.seen.lows)
        np.maximum(self.seen.highs, values, out=self.seen.highs)
        if len(self.table):
            self.learn(values - self.table)
        else:
            self.table = values
        return True

    def learn(self, change: Whole) -> None:
        """Slide along a change that is possible, then along those that are known, from where that ends."""
        cells = np.flatnonzero(change)
        if not len(cells):
            return
        least = change[cells] // np.gcd.reduce(change[cells])
        if len(cells) <= LONG:
            self.changes.setdefault((least * np.sign(least[0])).tobytes() + cells.tobytes(), (cells, least))
        self.slide(np.array([0, len(cells)]), cells, least, np.zeros_like(change), 1)
        wish = self.wish()
        wish[self.random.random(len(wish)) < 1 / 3] = 0
        self.stroll(wish)

    def unseen(self) -> int:
        """How many ends of the narrow cells are not seen."""
        upwards, downwards = self.ends()
        return int(upwards.sum() + downwards.sum())

    def ends(self) -> tuple[NDArray[np.bool_], NDArray[np.bool_]]:
        """Which narrow cells may be higher than was seen, and which lower."""
        seen, outer = self.seen, self.outer
        narrow = self.told.hidden & (seen.highs - seen.lows < self.told.widths)
        return narrow & (seen.highs < outer.highs), narrow & (seen.lows > outer.lows)

    def wish(self) -> Whole:
        """What each narrow cell weighs to go where it was not seen, at random where that is both ways."""
        upwards, downwards = self.ends()
        either = self.random.choice([-1, 1], len(upwards))
        return np.where(upwards & downwards, either, downwards.astype(np.int64) - upwards)

    def stroll(self, weights: Whole) -> None:
        """Go on along the changes that are known, to where these weights are small."""
        if not self.changes:
            return
        begins = np.cumsum([0, *(len(one) for one, _by in self.changes.values())])
        along, by = (np.concatenate(one) for one in zip(*self.changes.values(), strict=True))
        self.slide(begins, along, by, weights, STRIDE * len(self.changes))

    def slide(self, begins: Whole, along: Whole, by: Whole, weights: Whole, steps: int) -> None:
        """Go on from where we stand, so many steps, along any of these changes."""
        seen, outer = self.seen, self.outer
        walk = Walk(self.table, seen.lows, seen.highs, outer.lows, outer.highs)
        walked(walk, begins, along, by, weights, steps, int(self.random.integers(2**31)))

    def is_narrow(self, cell: int) -> bool:
        """Whether a hidden cell is not yet shown to be wide, nor at its bounds."""
        low, high = self.seen.lows[cell], self.seen.highs[cell]
        bounded = low == self.outer.lows[cell] and high == self.outer.highs[cell]
        return bool(self.told.hidden[cell] and high - low < self.told.widths[cell] and not bounded)

    def narrow_cells(self) -> Whole:
        """The hidden cells that are not yet shown to be wide, nor at their bounds."""
        upwards, downwards = self.ends()
        return np.flatnonzero(upwards | downwards)

    def harvest(self) -> None:
        """Push all narrow cells at once, up or down: a possible table may show new ends of many."""
        idle, many = 0, self.unseen() > MANY
        while idle < 3 and (left := self.unseen()) > 2:
            wish, enough = self.wish(), 1
            answer = self.programmes.best(wish)
            if (answer is None or not self.keep(np.rint(answer).astype(np.int64))) and many:
                enough = ENOUGH
                whole = self.programmes.whole(self.table[self.system.cells], *self.room, None, wish)
                if whole is not None:
                    self.keep(whole)
            idle = 0 if self.unseen() <= left - enough else idle + 1

    def bound(self, cell: int, patience: Patience) -> None:
        """Find the lowest and the highest whole value of a cell, or that it is wide, if patience lasts."""
        for sign in (1, -1):
            seen, outer = self.side(sign)
            while self.is_narrow(cell) and seen[cell] != outer[cell]:
                before = int(seen[cell])
                if not self.pushed(cell, sign, patience):
                    break
                if seen[cell] == before:
                    self.proved(cell, sign)

    def side(self, sign: int) -> tuple[Whole, Whole]:
        """The highest values (sign 1) or the lowest (sign -1): those seen, and those that none exceeds."""
        if sign > 0:
            return self.seen.highs, self.outer.highs
        return self.seen.lows, self.outer.lows

    def pushed(self, cell: int, sign: int, patience: Patience) -> bool:
        """Let a cell rise above (sign 1) or fall below (sign -1) all that was seen of it, where it can.

        False where patience does not last to find out.
        """
        seen = self.side(sign)[0]
        before = int(seen[cell])
        weights = np.zeros(len(self.table), np.int64)
        weights[cell] = -sign
        self.stroll(weights)
        if seen[cell] != before:
            return True
        aim = Aim(cell, sign, 1 + sign * (before - int(self.table[cell])))
        now = self.table[self.system.cells]
        found = self.programmes.change(now, aim, self.room, patience)
        if found.values is not None and self.keep(now + np.rint(found.values).astype(np.int64)):
            return True
        if found.decided and found.values is None:
            return True
        if patience != PATIENCE[-1]:
            return False
        whole = self.programmes.whole(now, *self.room, aim, self.wish())
        if whole is not None and not self.keep(whole):
            raise ArithmeticError("the solver's table does not add up")
        return True

    def proved(self, cell: int, sign: int) -> None:
        """Keep that no table exceeds what was seen of a cell, on one side, and what follows for others."""
        seen, outer = self.side(sign)
        outer[cell] = seen[cell]
        drawn(self.through, cell, self.outer.lows, self.outer.highs)
