"""One way of telling one group: what is published, what a reader knows by it, and what falls to him."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from palermo.statistics.disclosure.attack import fallen
from palermo.statistics.disclosure.bounds import UNLIMITED, Told, ranges
from palermo.statistics.disclosure.choosing import Move
from palermo.statistics.disclosure.equations import Layout, layout
from palermo.statistics.disclosure.grid import Counts, Flags, Grid, grid
from palermo.statistics.disclosure.protection import Asked
from palermo.statistics.specification import Specification
from palermo.statistics.ways.wandering import met


@dataclass(frozen=True)
class Cut:
    """A specification with its grid, and how the cells of the grid add up, told or not."""

    made: Specification
    grid: Grid
    layout: Layout

    @property
    def finest(self) -> Flags:
        """The cells with a part on every dimension; of several tables, those of the one with most of them."""
        table = max(self.made.tables, key=len, default=[axis.name for axis in self.grid.axes])
        found = np.zeros(self.grid.shape, bool)
        found[tuple(slice(axis.parts) if axis.name in table else axis.parts for axis in self.grid.axes)] = (
            True
        )
        return found.ravel()

    def known(self, lows: Counts, highs: Counts) -> tuple[Counts, Counts]:
        """Between which counts each cell lies: these where it is told, any from 0 on where it is not."""
        told = self.grid.told
        return np.where(told, np.maximum(lows, 0), 0), np.where(told, highs, UNLIMITED)


@dataclass(frozen=True)
class Telling:
    """What is told of each cell of a table, with what was asked of it.

    `published` are the numbers, and `shown` says of which cells there is one; `between` are the lowest and
    the highest count that a reader who knows the way holds possible for each cell, from what is told of that
    cell alone; `status` is what was done with each; `moves` prove what is hidden, where that was the way.
    """

    cut: Cut
    asked: Asked
    published: Counts
    shown: Flags
    between: tuple[Counts, Counts]
    status: Sequence[str]
    moves: Sequence[Move] | None = None

    def rows(self, group: Sequence[str]) -> Iterator[dict[str, str]]:
        """A row for each told cell: its codes, its number where there is one, and what was done with it."""
        for cell in np.flatnonzero(self.cut.grid.told).tolist():
            yield {
                **dict(zip(self.cut.made.groups, group, strict=True)),
                **self.cut.grid.key(cell),
                "value": str(self.published[cell]) if self.shown[cell] else "",
                "status": self.status[cell],
            }

    @property
    def errors(self) -> Counts:
        """How far each number that is published lies from the true one."""
        return np.asarray(np.abs(self.published - self.asked.counts)[self.shown])

    @property
    def persons(self) -> int:
        """How many people stand in the finest cells of which a number is published."""
        return int(self.asked.counts[self.cut.finest & self.shown].sum())

    def attacked(self) -> Counter[str]:
        """How many cells that must be protected follow exactly, or too nearly, for who combines everything.

        The search begins with tables near the true one, which are possible; what it finds is the same.
        """
        told = Told(*self.between, self.asked.primary, self.asked.width)
        seen = met(self.cut.layout, self.between, self.asked.counts, self.asked.primary)
        fell = fallen(told, ranges(self.cut.layout, told, seen)).values()
        exact = sum(low == high for low, high in fell)
        return Counter(exact=exact, too_narrow=len(fell) - exact)


def cut(made: Specification) -> Cut:
    """How a specification cuts."""
    nobody: list[frozenset[str]] = [frozenset()] * len(made.dimensions)
    return Cut(made, grid(made.dimensions, made.tables), layout(made.dimensions, nobody))
