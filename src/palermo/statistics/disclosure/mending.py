"""Cells that no single cube makes uncertain enough: several of them together, or one applied with another."""

from __future__ import annotations

import numpy as np

from palermo.statistics.compiled import compiled
from palermo.statistics.disclosure.cubes import Numbers, Search, corners, through
from palermo.statistics.disclosure.moves import (
    TOGETHER,
    State,
    added,
    change_at,
    combined,
    counted,
    taken_back,
    uncertainty,
    wanting,
)

ROUNDS = 8  # how often all is looked at
CUBES, DEARER = 12, 2  # cubes through a cell, more in each round, and how much dearer than the cheapest


@compiled
def mended(strong: Search, weak: Search, state: State) -> bool:
    """Add moves until every hidden cell is uncertain enough; False where that fails.

    `strong` finds cubes that are enough for each of their corners, `weak` cubes that can be applied at all.
    Both share what is hidden.
    """
    for turn in range(1, ROUNDS + 1):
        done = True
        for cell in np.random.permutation(len(state.primary)):
            if wanting(state, cell):
                done = False
                for at in range(len(state.primary)):
                    strong.hidden[at] = state.primary[at] or state.pool.used[at] > 0
                if not alone(strong, state, cell):
                    together(weak, state, cell, turn)
        if done:
            return True
    return False


@compiled
def alone(search: Search, state: State, cell: int) -> bool:
    """Add the cheapest cube that is enough for a cell; False where there is none."""
    cubes = np.empty((1, len(search.edges.sizes)), np.int64)
    if not through(search, cell, len(state.primary), cubes):
        return False
    cells, signs = search.desk.cells[0].copy(), search.desk.signs[0].copy()
    number = corners(search.edges, cubes[0], cells, signs)
    return added(state.pool, state.table, cells, signs, number)


@compiled
def together(search: Search, state: State, cell: int, turn: int) -> None:
    """Add cubes through a cell and sums of them, and keep those that make it more uncertain."""
    first = np.empty((1, len(search.edges.sizes)), np.int64)
    if not through(search, cell, len(state.primary), first):
        return
    cubes = np.empty((CUBES * turn, len(search.edges.sizes)), np.int64)
    limit = search.desk.cost[len(search.edges.sizes)] + DEARER * turn
    cells, signs = search.desk.cells[0].copy(), search.desk.signs[0].copy()
    begun, pool = state.pool.size[0], state.pool
    for at in range(min(through(search, cell, limit, cubes), len(cubes))):
        added(pool, state.table, cells, signs, corners(search.edges, cubes[at], cells, signs))
    rows, needed = np.arange(begun, pool.size[0]), state.table.width[cell]
    for _depth in range(needed):
        for one in rows:
            for other in np.arange(begun, pool.size[0]):
                if uncertainty(pool, cell) < needed:
                    both(state, cell, one, other)
    spared(state, cell, rows)


@compiled
def spared(state: State, cell: int, rows: Numbers) -> None:
    """Take out the moves without which a cell is as uncertain as with them."""
    for row in rows:
        before = uncertainty(state.pool, cell)
        counted(state.pool, row, -1)
        if uncertainty(state.pool, cell) < before:
            counted(state.pool, row, 1)


@compiled
def both(state: State, cell: int, one: int, other: int) -> None:
    """Add two moves applied together, both raising a cell, where that makes it more uncertain."""
    if one != other:
        first, second = change_at(state.pool, one, cell), change_at(state.pool, other, cell)
        number = combined(state, one, 1 if first > 0 else -1, other, 1 if second > 0 else -1, TOGETHER)
        if number:
            widens(state, cell, state.scratch.cells, state.scratch.changes, number)


@compiled
def widens(state: State, cell: int, cells: Numbers, changes: Numbers, number: int) -> None:
    """Add a move where it makes a cell more uncertain."""
    before, rows = uncertainty(state.pool, cell), state.pool.size[0]
    is_in = added(state.pool, state.table, cells, changes, number)
    if is_in and uncertainty(state.pool, cell) <= before:
        taken_back(state.pool, rows)
