"""Certified elimination: a cell is told again where every hidden cell stays uncertain enough without it.

To tell a cell again, all moves that touch it must go. What is not uncertain enough after that needs other
moves: combinations of two of them in which the cell cancels out. Each move that goes leaves such a
combination behind, so that the pool stays as rich as it was, as in Gaussian elimination.
"""

from __future__ import annotations

import numpy as np

from palermo.statistics.compiled import compiled, inlined
from palermo.statistics.disclosure.cubes import UNBOUND, Flags, Numbers, Search, corners, through
from palermo.statistics.disclosure.moves import (
    ALONE,
    Pool,
    State,
    added,
    change_at,
    combined,
    counted,
    taken_back,
    touching,
    uncertainty,
    wanting,
)

PAIRS = (300, 30_000)  # of moves, tried for one cell: where it may stay hidden, and where it must be told
HEIRS = 4  # other moves with which one that goes is tried to be combined


@compiled
def filled(search: Search, state: State, sample: int) -> None:
    """Put into a pool a sample of the cubes through each primary cell that hide nothing more."""
    cubes = np.empty((sample, len(search.edges.sizes)), np.int64)
    cells, signs = search.desk.cells[0].copy(), search.desk.signs[0].copy()
    for cell in np.flatnonzero(state.primary):
        for at in range(min(through(search, int(cell), 0, cubes), sample)):
            number = corners(search.edges, cubes[at], cells, signs)
            if not added(state.pool, search.table, cells, signs, number):
                return


@compiled
def eliminated(state: State, seed: int) -> None:
    """Tell again as many cells as can be, each tried once, those with fewest moves first."""
    np.random.seed(seed)
    open_to = state.table.told & ~state.primary
    while True:
        cell = fewest(state.pool, open_to)
        if cell < 0:
            return
        open_to[cell] = False
        told_again(state, cell, ALONE)


@inlined
def fewest(pool: Pool, open_to: Flags) -> int:
    """The cell that fewest moves touch, of those that may be told; -1 where there is none."""
    cell, least = -1, UNBOUND
    for at in range(len(open_to)):
        if open_to[at] and 0 < pool.used[at] < least:
            cell, least = at, pool.used[at]
    return cell


@compiled
def told_again(state: State, cell: int, way: int) -> bool:
    """Take out all moves that touch a cell, others in their place; False, and nothing done, where that fails.

    What comes in their place is enough for all its cells ALONE, or only TOGETHER with other moves.
    """
    rows, by = touching(state.pool, cell)
    before = state.pool.size[0]
    for row in rows:
        counted(state.pool, row, -1)
    if replaced(state, rows, by, way):
        bequeathed(state, rows, by)
        return True
    taken_back(state.pool, before)
    for row in rows:
        counted(state.pool, row, 1)
    return False


@compiled
def replaced(state: State, rows: Numbers, by: Numbers, way: int) -> bool:
    """Put combinations of moves that went in their place; False where a cell is not uncertain enough."""
    pool = state.pool
    for _round in range(2):  # a combination may hide anew a cell that came before
        for row in rows:
            for entry in range(pool.begins[row], pool.begins[row + 1]):
                while wanting(state, pool.cells[entry]):
                    if not widened(state, rows, by, pool.cells[entry], way):
                        return False
    return True


@inlined
def without(state: State, rows: Numbers, by: Numbers, one: int, other: int, way: int) -> int:
    """Write the combination of two moves in which what they change by `by` cancels out; 0 where none is."""
    if one == other:
        return 0
    divisor = np.gcd(by[one], by[other])
    return combined(state, rows[one], by[other] // divisor, rows[other], -by[one] // divisor, way)


@compiled
def bequeathed(state: State, rows: Numbers, by: Numbers) -> None:
    """Let each move that went leave a combination that is enough for each of its cells."""
    for one in range(len(rows)):
        for _heir in range(HEIRS):
            number = without(state, rows, by, one, np.random.randint(len(rows)), ALONE)
            if number:
                added(state.pool, state.table, state.scratch.cells, state.scratch.changes, number)
                break


@compiled
def widened(state: State, rows: Numbers, by: Numbers, cell: int, way: int) -> bool:
    """Add a combination of these moves that makes a cell more uncertain; False where none is found."""
    pool, scratch = state.pool, state.scratch
    changes = np.array([change_at(pool, row, cell) for row in rows])
    bearing = np.flatnonzero(changes)
    before, first, pairs = uncertainty(pool, cell), pool.size[0], len(bearing) * len(rows)
    pair, step = np.random.randint(pairs), np.random.randint(1, pairs + 1)
    while np.gcd(step, pairs) != 1:  # so that a walk in such steps meets every pair once
        step = np.random.randint(1, pairs + 1)
    for _turn in range(min(PAIRS[way], pairs)):
        pair = (pair + step) % pairs
        one, other = bearing[pair // len(rows)], pair % len(rows)
        if changes[one] * by[other] == changes[other] * by[one]:
            continue
        found = without(state, rows, by, one, other, way)
        if found:
            is_in = added(pool, state.table, scratch.cells, scratch.changes, found)
            if is_in and uncertainty(pool, cell) > before:
                return True
            taken_back(pool, first)
    return False
