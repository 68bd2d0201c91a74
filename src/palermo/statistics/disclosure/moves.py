"""Moves: whole-number changes of the hidden cells that leave every told cell as it is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from palermo.statistics.compiled import compiled, inlined
from palermo.statistics.disclosure.cubes import UNBOUND, Flags, Numbers, Table

LARGEST = 4  # the most that a combination changes a cell when it is applied once
ALONE, TOGETHER = 0, 1  # whether a move must be enough by itself for each of its cells


class Pool(NamedTuple):
    """Moves as sparse rows, and for each cell the rows that touch it, chained.

    Row `m` holds entries `begins[m]:begins[m + 1]`, the tight ones before `loose[m]`: cells that cannot fall
    as far as they must be uncertain. It can be applied `up[m]` times upwards, `down[m]` times
    downwards; `chain[entry]` is the next entry of the same cell, -1 after the last, `heads[cell]` the first.
    `used` counts the rows alive that touch a cell; `raises[cell, k]` and `lowers[cell, k]` those that raise
    and lower it by k, the last k standing for all that is further. `size`: rows and entries.
    """

    begins: Numbers
    loose: Numbers
    up: Numbers
    down: Numbers
    alive: Flags
    cells: NDArray[np.int32]
    changes: NDArray[np.int8]
    rows: NDArray[np.int32]
    chain: NDArray[np.int32]
    heads: NDArray[np.int32]
    used: Numbers
    raises: NDArray[np.int32]
    lowers: NDArray[np.int32]
    size: Numbers


class Scratch(NamedTuple):
    """Room to combine moves in: a change for each cell, all 0 between uses, and the move that comes out.

    `reach`: how often that move can be applied, upwards and downwards, and how often it must be.
    """

    sums: Numbers
    cells: Numbers
    changes: Numbers
    reach: Numbers


def pool(cells: int, rows: int, entries: int, widest: int) -> Pool:
    """An empty pool for a number of cells, with room for so many rows and entries."""
    return Pool(
        begins=np.zeros(rows + 1, np.int64),
        loose=np.zeros(rows, np.int64),
        up=np.zeros(rows, np.int64),
        down=np.zeros(rows, np.int64),
        alive=np.zeros(rows, np.bool_),
        cells=np.empty(entries, np.int32),
        changes=np.empty(entries, np.int8),
        rows=np.empty(entries, np.int32),
        chain=np.empty(entries, np.int32),
        heads=np.full(cells, -1, np.int32),
        used=np.zeros(cells, np.int64),
        raises=np.zeros((cells, widest + 1), np.int32),
        lowers=np.zeros((cells, widest + 1), np.int32),
        size=np.zeros(2, np.int64),
    )


def scratch(cells: int) -> Scratch:
    """Room to combine moves of so many cells in."""
    return Scratch(*(np.zeros(number, np.int64) for number in (cells, cells, cells, 3)))


class State(NamedTuple):
    """A protection as it stands: what is known of each cell, which are primary, and the moves."""

    table: Table
    primary: Flags
    pool: Pool
    scratch: Scratch


@inlined
def reach(table: Table, cells: Numbers, changes: Numbers, number: int) -> tuple[np.int64, np.int64]:
    """How often a move can be applied upwards and downwards."""
    up, down = UNBOUND, UNBOUND
    for at in range(number):
        room, change = table.room[cells[at]], changes[at]
        if change > 0:
            down = min(down, room // change)
        else:
            up = min(up, room // -change)
    return up, down


@inlined
def added(pool: Pool, table: Table, cells: Numbers, changes: Numbers, number: int) -> bool:
    """Add a move; False where there is no room."""
    row, entry = pool.size
    if row >= len(pool.alive) or entry + number > len(pool.cells):
        return False
    for half in range(2):
        for at in range(number):
            cell = cells[at]
            if (table.room[cell] >= table.width[cell]) == (half == 1):
                pool.cells[entry], pool.changes[entry], pool.rows[entry] = cell, changes[at], row
                pool.chain[entry], pool.heads[cell] = pool.heads[cell], entry
                entry += 1
        if half == 0:
            pool.loose[row] = entry
    pool.size[0], pool.size[1], pool.begins[row + 1] = row + 1, entry, entry
    pool.up[row], pool.down[row] = reach(table, cells, changes, number)
    counted(pool, row, 1)
    return True


@inlined
def counted(pool: Pool, row: int, by: int) -> None:
    """Count a row in (1), or out (-1), where it touches cells."""
    pool.alive[row] = by > 0
    most = pool.raises.shape[1] - 1
    for entry in range(pool.begins[row], pool.begins[row + 1]):
        cell, change = pool.cells[entry], np.int64(pool.changes[entry])
        up, down = pool.up[row] * abs(change), pool.down[row] * abs(change)
        if change < 0:
            up, down = down, up
        pool.used[cell] += by
        pool.raises[cell, min(up, most)] += by
        pool.lowers[cell, min(down, most)] += by


@inlined
def ends(pool: Pool, cell: int) -> tuple[int, int]:
    """How far a cell can rise, and how far it can fall, as far as that is counted."""
    up = down = int(pool.raises.shape[1] - 1)
    while up > 0 and pool.raises[cell, up] == 0:
        up -= 1
    while down > 0 and pool.lowers[cell, down] == 0:
        down -= 1
    return up, down


@inlined
def uncertainty(pool: Pool, cell: int) -> int:
    """How far the highest and the lowest value of a cell lie apart, as far as that is counted."""
    up, down = ends(pool, cell)
    return up + down


@inlined
def wanting(state: State, cell: int) -> bool:
    """Whether a cell is hidden, and not uncertain enough."""
    is_hidden = state.table.told[cell] and (state.primary[cell] or state.pool.used[cell] > 0)
    return bool(is_hidden and uncertainty(state.pool, cell) < state.table.width[cell])


@compiled
def lacking(state: State) -> Flags:
    """The hidden cells that are not uncertain enough."""
    found = np.zeros(len(state.primary), np.bool_)
    for cell in range(len(found)):
        found[cell] = wanting(state, cell)
    return found


@inlined
def taken_back(pool: Pool, rows: int) -> None:
    """Take back the moves that were added after so many rows, the last first."""
    while pool.size[0] > rows:
        row = pool.size[0] - 1
        counted(pool, row, -1)
        for entry in range(pool.begins[row + 1] - 1, pool.begins[row] - 1, -1):
            pool.heads[pool.cells[entry]] = pool.chain[entry]
        pool.size[0], pool.size[1] = row, pool.begins[row]


@compiled
def touching(pool: Pool, cell: int) -> tuple[Numbers, Numbers]:
    """The rows alive that touch a cell, and how each changes it."""
    rows, by = np.empty(pool.used[cell], np.int64), np.empty(pool.used[cell], np.int64)
    entry, at = np.int64(pool.heads[cell]), 0
    while entry >= 0:
        if pool.alive[pool.rows[entry]]:
            rows[at], by[at] = pool.rows[entry], pool.changes[entry]
            at += 1
        entry = np.int64(pool.chain[entry])
    return rows, by


@inlined
def written(pool: Pool, row: int, scratch: Scratch) -> int:
    """Write a move of a pool as it is; how many cells it changes."""
    number = pool.begins[row + 1] - pool.begins[row]
    for at in range(number):
        scratch.cells[at] = pool.cells[pool.begins[row] + at]
        scratch.changes[at] = pool.changes[pool.begins[row] + at]
    return int(number)


@inlined
def change_at(pool: Pool, row: int, cell: int) -> int:
    """How a move changes a cell."""
    for entry in range(pool.begins[row], pool.begins[row + 1]):
        if pool.cells[entry] == cell:
            return int(pool.changes[entry])
    return 0


@inlined
def gathered(state: State, begin: int, end: int, number: int, way: int) -> int:
    """Write what the sums say of the cells of some entries, after so many others, and clear them there.

    How many are written then; -1 where a cell is changed too much, or the move cannot be applied enough.
    """
    table, scratch = state.table, state.scratch
    up, down, needed = scratch.reach
    for entry in range(begin, end):
        cell = state.pool.cells[entry]
        change = scratch.sums[cell]
        if change == 0:
            continue
        scratch.sums[cell] = 0
        if number < 0:
            continue
        scratch.cells[number], scratch.changes[number] = cell, change
        number += 1
        size = abs(change)
        often = table.room[cell] if size == 1 else table.room[cell] // size
        if change > 0:
            down = min(down, often)
        else:
            up = min(up, often)
        if way == ALONE and table.told[cell]:
            needed = max(needed, table.width[cell] if size == 1 else -(-table.width[cell] // size))
        if size > LARGEST or up + down < needed:
            number = -1
    scratch.reach[0], scratch.reach[1], scratch.reach[2] = up, down, needed
    return number


@inlined
def combined(state: State, one: int, times: int, other: int, more: int, way: int) -> int:
    """Write the sum of multiples of two moves; 0 where it changes a cell too much, or is not enough.

    ALONE it must make each hidden cell that it changes uncertain enough, TOGETHER be possible at all. Both
    moves must have been added for the same table, so that they have the same cells as tight ones.
    """
    if max(abs(times), abs(more)) > LARGEST:
        return 0
    pool, scratch, number = state.pool, state.scratch, 0
    scratch.reach[0], scratch.reach[1], scratch.reach[2] = UNBOUND, UNBOUND, 1
    for half in range(2):  # what can fall least comes first: there most combinations fail
        for row, by in ((one, times), (other, more)):
            begin, end = part(pool, row, half)
            for entry in range(begin, end):
                scratch.sums[pool.cells[entry]] += by * pool.changes[entry]
        for row in (one, other):
            begin, end = part(pool, row, half)
            number = gathered(state, begin, end, number, way)
        if number < 0:
            return 0
    return number


@inlined
def part(pool: Pool, row: int, half: int) -> tuple[int, int]:
    """The entries of a move that are tight (0), or the others (1)."""
    if half == 0:
        return pool.begins[row], pool.loose[row]
    return pool.loose[row], pool.begins[row + 1]
