"""Walks from possible table to possible table, along changes that are known to keep every published sum."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from palermo.statistics.compiled import compiled, inlined

Numbers = NDArray[np.int64]


class Walk(NamedTuple):
    """A possible table, and the lowest and highest value of each cell that was possible anywhere so far.

    `lows` and `highs`: between which values each cell must stay. All are changed in place as it goes on.
    """

    table: Numbers
    least: Numbers
    most: Numbers
    lows: Numbers
    highs: Numbers


@inlined
def room(walk: Walk, cells: Numbers, changes: Numbers) -> tuple[np.int64, np.int64]:
    """How often a change can be applied to the table, downwards and upwards."""
    down, up = np.int64(1) << 40, np.int64(1) << 40
    for at in range(len(cells)):
        cell, change = cells[at], changes[at]
        above, below = walk.highs[cell] - walk.table[cell], walk.table[cell] - walk.lows[cell]
        if change < 0:
            above, below, change = below, above, -change
        up, down = min(up, above // change), min(down, below // change)
    return down, up


@inlined
def slid(walk: Walk, cells: Numbers, changes: Numbers, weights: Numbers) -> None:
    """Slide along a change: note all that is possible on the way, and stop where weights are least."""
    down, up = room(walk, cells, changes)
    if down + up == 0:
        return
    slope = 0
    for at in range(len(cells)):
        cell = cells[at]
        one, other = walk.table[cell] - down * changes[at], walk.table[cell] + up * changes[at]
        walk.least[cell] = min(walk.least[cell], one, other)
        walk.most[cell] = max(walk.most[cell], one, other)
        slope += weights[cell] * changes[at]
    times = np.int64(np.random.randint(-down, up + 1))
    if slope != 0:
        times = up if slope < 0 else -down
    for at in range(len(cells)):
        walk.table[cells[at]] += times * changes[at]


@compiled
def walked(
    walk: Walk, begins: Numbers, cells: Numbers, changes: Numbers, weights: Numbers, steps: int, seed: int
) -> None:
    """Slide so many times along any of the changes: change `m` has `cells[begins[m]:begins[m + 1]]`."""
    np.random.seed(seed)
    for _step in range(steps):
        one = np.random.randint(len(begins) - 1)
        begin, end = begins[one], begins[one + 1]
        slid(walk, cells[begin:end], changes[begin:end], weights)
