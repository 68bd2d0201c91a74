"""Primary cells: those that must be hidden for what they are themselves."""

from __future__ import annotations

import numpy as np

from palermo.statistics.disclosure.grid import Counts, Flags, Grid
from palermo.statistics.specification import Rule


def primary(grid: Grid, counts: Counts, rule: Rule, largest: Counts) -> Flags:
    """The told cells that hide a small count, or a contributor who dominates.

    `counts` and `largest`, the most that one contributor has in a cell, are those of every cell of the grid;
    `largest` is 0 everywhere where nobody contributes by name.
    """
    least = 0 if rule.zeros == "hidden" else 1
    small = (counts >= least) & (counts < rule.threshold)
    dominated = np.zeros(len(counts), bool)
    if rule.dominance is not None:
        dominated = (counts > 0) & (largest >= rule.dominance * counts)
    return (small | dominated) & grid.told
