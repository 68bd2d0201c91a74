"""The published figures of a group as few, short equations over the inner cells that are not known yet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from palermo.statistics.disclosure.equations import Layout

Whole = NDArray[np.int64]
MARGIN = 4096  # how far above all that is published a cell that nothing bounds may lie

Row = tuple[list[int], int, int]  # cells, and between which values their sum lies


@dataclass(frozen=True)
class System:
    """What the open inner cells must fulfil: `floor <= rows @ cells <= ceiling`, and each its own bounds.

    `inner`: all inner cells by their places among the cells; `free`: which of them are open, by their places
    in `inner`. `holds`: a row for each cell, with the open inner cells that it counts. `base`: what each cell
    counts besides. `cap`: how far an open cell may lie above its least.
    """

    inner: Whole
    free: Whole
    holds: sparse.csr_matrix
    base: Whole
    rows: sparse.csr_matrix
    floor: Whole
    ceiling: Whole
    cap: int

    @property
    def cells(self) -> Whole:
        """The open inner cells, by their places among the cells."""
        return self.inner[self.free]


def system(layout: Layout, lows: Whole, highs: Whole, least: Whole, most: Whole) -> System:
    """The system of a group: what is told of each cell, and between which values it lies as is known by now.

    `least` and `most` must follow from `lows` and `highs` and the sums of the group.
    """
    inner = np.array(layout.inner)
    cap = int(lows.sum()) + int(highs[highs < highs.max(initial=0)].sum()) + MARGIN
    free = np.flatnonzero(least[inner] < most[inner])
    holds = layout.holds.tocsc()[:, free].tocsr()
    known = least[inner].copy()
    known[free] = 0
    base = layout.holds @ known
    reach = base + holds @ np.minimum(most[inner][free], least[inner][free] + cap)
    least_sums = base + holds @ least[inner][free]
    has_open = (np.diff(holds.indptr) > 0) & ~layout.grid.is_inner
    ranged = has_open & (least < most) & ((lows > least_sums) | (highs < reach))
    found = [([int(cell)], int(lows[cell]), int(highs[cell])) for cell in np.flatnonzero(ranged)]
    found.extend(exact(layout, holds, has_open, least, most))
    picks = sparse.csr_matrix(
        (
            np.ones(sum(len(cells) for cells, _low, _high in found), np.int64),
            [cell for cells, _low, _high in found for cell in cells],
            np.cumsum([0, *(len(cells) for cells, _low, _high in found)]),
        ),
        shape=(len(found), len(least)),
    )
    apart = picks @ base
    floor = np.array([low for _cells, low, _high in found], np.int64) - apart
    ceiling = np.array([high for _cells, _low, high in found], np.int64) - apart
    return System(inner, free, holds, base, (picks @ holds).tocsr(), floor, ceiling, cap)


def exact(
    layout: Layout, holds: sparse.csr_matrix, has_open: NDArray[np.bool_], least: Whole, most: Whole
) -> Iterator[Row]:
    """Of each sum that is known, the shortest equation: what its open parts come to, once for each.

    The parts that are known have an equation of their own, so that nothing is lost: a sum whose parts are
    all known needs none.
    """
    is_open = least < most
    sizes = np.diff(holds.indptr)
    best: dict[int, tuple[int, list[int], int]] = {}
    for total, parts in layout.equations:
        if is_open[total] or not has_open[total]:
            continue
        left = [one for one in parts if is_open[one]]
        size = int(sizes[left].sum())
        if total not in best or size < best[total][0]:
            value = int(least[total]) - sum(int(least[one]) for one in parts if not is_open[one])
            best[total] = size, left, value
    met = set()
    for _size, left, value in best.values():
        key = (tuple(sorted(left)), value)
        if key not in met and key != ((), 0):
            met.add(key)
            yield left, value, value
