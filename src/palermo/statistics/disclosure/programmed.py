"""Cells that no cubes make uncertain enough: the change that does is sought by an integer programme."""

from __future__ import annotations

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from palermo.statistics.disclosure.cubes import Numbers, Search
from palermo.statistics.disclosure.grid import Grid
from palermo.statistics.disclosure.mending import mended
from palermo.statistics.disclosure.moves import State, added, ends, lacking, wanting

ROUNDS = 8  # of cubes and programmes by turns
STEPS = 12  # from what is needed of a change down to nothing
LARGEST = 100  # the most that a change raises or lowers a cell
SLIGHT = 1e-3  # what it costs to change a cell that is hidden already, where hiding one costs 1
EFFORT = {"mip_rel_gap": 0.2, "node_limit": 2000}


def mended_by_all(grid: Grid, strong: Search, state: State) -> bool:
    """Add moves until every hidden cell is uncertain enough, by cubes or programmes; False where not.

    `strong` finds cubes that are enough for each of their corners.
    """
    weak = strong._replace(table=state.table._replace(width=np.ones_like(state.table.width)))
    for _round in range(ROUNDS):
        if mended(strong, weak, state):
            return True
        for cell in np.flatnonzero(lacking(state)).tolist():
            if wanting(state, cell) and not programmed(grid, state, cell):
                return False
    return False


def programmed(grid: Grid, state: State, cell: int) -> bool:
    """Add moves that make a cell uncertain enough and hide few cells more; False where there are none."""
    for sign, side in ((1, 0), (-1, 1)):
        need = int(state.table.width[cell]) - ends(state.pool, cell)[1 - side]
        for by in range(min(need, LARGEST), ends(state.pool, cell)[side], -max(1, need // STEPS)):
            found = change(grid, state, cell, sign * by)
            if found is not None and np.abs(found).max() <= LARGEST:
                cells = np.flatnonzero(found)
                if not added(state.pool, state.table, cells, found[cells], len(cells)):
                    return False
                break
        if not wanting(state, cell):
            return True
    return False


def change(grid: Grid, state: State, cell: int, by: int) -> Numbers | None:
    """How each cell changes where one changes by so much, once, and few more are hidden than there are.

    Each inner cell rises or falls, a number for each, and so does each sum that may be hidden, no further
    than it can fall; at the price of hiding it, or slightly. Nothing where there is no such change.
    """
    table, holds, inner = state.table, grid.summing, np.flatnonzero(grid.is_inner)
    hidden = state.primary | (state.pool.used > 0)
    price = np.where(table.told & ~hidden, 1.0, SLIGHT)
    open_sums = np.flatnonzero(table.told & table.free & ~grid.is_inner)
    bound_sums = np.flatnonzero(~table.free & ~grid.is_inner)
    rows = np.concatenate([open_sums, bound_sums, [cell]])
    slack = sparse.csr_matrix(
        (np.ones(len(open_sums)), (np.arange(len(open_sums)), np.arange(len(open_sums)))),
        (len(rows), len(open_sums)),
    )
    sums = holds[rows]
    wanted = np.zeros(len(rows))
    wanted[-1] = by
    most = np.where(table.free[inner], LARGEST, 0)
    falls = np.where(table.free[inner], np.minimum(table.room[inner], LARGEST), 0)
    cost = np.concatenate([price[inner], price[inner], price[open_sums], price[open_sums]])
    found = milp(
        cost,
        constraints=LinearConstraint(sparse.hstack([sums, -sums, -slack, slack], "csr"), wanted, wanted),
        bounds=Bounds(
            0, np.concatenate([most, falls, np.full(len(open_sums), np.inf), table.room[open_sums]])
        ),
        integrality=np.concatenate([np.ones(2 * len(inner)), np.zeros(2 * len(open_sums))]),
        options=EFFORT,
    )
    if found.x is None:
        return None
    up, down = np.rint(found.x[: 2 * len(inner)]).astype(np.int64).reshape(2, -1)
    return np.asarray(holds @ (up - down), np.int64)
