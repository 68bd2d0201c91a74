"""Possible tables near the true one: an attack that begins with what they show has less to seek.

One inner cell after the other is moved by one, towards what raises or lowers chosen cells, as long as every
number stays within what a reader knows of it. Each table that is met is one that is possible.
"""

from __future__ import annotations

import numpy as np

from palermo.statistics.compiled import compiled
from palermo.statistics.disclosure.bounds import Ranges
from palermo.statistics.disclosure.equations import Layout
from palermo.statistics.disclosure.grid import Counts, Flags
from palermo.statistics.ways.flips import Numbers

WALKS, SWEEPS = 40, 20  # for all cells together; and how often each inner cell may move in one walk


def met(layout: Layout, between: tuple[Counts, Counts], true: Counts, wanted: Flags) -> Ranges:
    """The lowest and highest value of each cell in tables that are met, and the true one; `wanted` move."""
    columns = layout.holds.tocsc()
    starts, rows = columns.indptr.astype(np.int64), columns.indices.astype(np.int64)
    inner = np.array(layout.inner)
    found = Ranges(true, true, true)
    random = np.random.default_rng(1)
    for _walk in range(WALKS):
        pull = np.where(wanted, random.choice((-1, 1), len(true)), 0)
        for sign in (1, -1):
            leaning = np.asarray(layout.holds.T @ (sign * pull)).astype(np.int64)
            order = random.permutation(len(inner))
            table = walked(starts, rows, true.copy(), between[0], between[1], leaning, order)
            found = Ranges(np.minimum(found.lows, table), np.maximum(found.highs, table), true)
    return found


@compiled
def walked(
    starts: Numbers,
    rows: Numbers,
    table: Numbers,
    lows: Numbers,
    highs: Numbers,
    leaning: Numbers,
    order: Numbers,
) -> Numbers:
    """The table that is reached when each inner cell, in this order, moves as it leans while it can."""
    for _sweep in range(SWEEPS):
        moved = False
        for cell in order:
            by = np.sign(leaning[cell])
            free = by != 0
            for at in range(starts[cell], starts[cell + 1]):
                to = table[rows[at]] + by
                free &= lows[rows[at]] <= to <= highs[rows[at]]
            if free:
                moved = True
                for at in range(starts[cell], starts[cell + 1]):
                    table[rows[at]] += by
        if not moved:
            break
    return table
