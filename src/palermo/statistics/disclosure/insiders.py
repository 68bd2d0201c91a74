"""Insiders: who contributes to a table knows the own figures, and where nobody else stands.

To an insider a cell of which every person is the own one is a published cell, an empty one within it too, and
no other falls below the own count. Moves that touch nothing of that prove for that reader too that a hidden
cell stays uncertain.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product
from typing import NamedTuple

import numpy as np

from palermo.statistics.compiled import compiled
from palermo.statistics.disclosure.cubes import Flags, Numbers, Table, edges, search
from palermo.statistics.disclosure.grid import Counts, Grid
from palermo.statistics.disclosure.moves import (
    Pool,
    State,
    added,
    counted,
    lacking,
    taken_back,
    touching,
    wanting,
    written,
)
from palermo.statistics.disclosure.programmed import mended_by_all
from palermo.statistics.figures import Inner
from palermo.statistics.specification import Rule

ROUNDS = 8  # what is hidden for one insider must stay uncertain for all


@dataclass(frozen=True)
class Insider:
    """Somebody with figures of their own: the cells of the grid in which they stand, and how many there."""

    name: str
    cells: Counts
    counts: Counts


def insiders(grid: Grid, inner: Inner, rule: Rule) -> Iterator[Insider]:
    """Those who know more than others of a group: each contributor, or each person, or nobody."""
    if rule.insider == "contributor":
        for name, one in sorted(inner.contributions.items()):
            own = grid.with_margins(one)
            if own.any():
                yield Insider(name, np.flatnonzero(own), own[own > 0])
    if rule.insider == "person":
        alone = inner.counts == 1 if rule.hidden_low else inner.counts > 0  # others learn nothing by it
        for place in np.argwhere(alone).tolist():
            cells = holding(grid, place)
            yield Insider("", cells, np.ones(len(cells), np.int64))


def holding(grid: Grid, place: list[int]) -> Counts:
    """The cells of a grid that count an inner cell, itself among them."""
    nodes = (np.flatnonzero(axis.holds[:, at]) for axis, at in zip(grid.axes, place, strict=True))
    return np.array([np.ravel_multi_index(one, grid.shape) for one in product(*nodes)], np.int64)


class View(NamedTuple):
    """A table as an insider sees it, the cells that are known to them, and those that they know better."""

    table: Table
    knows: Flags
    tight: Numbers


def view(grid: Grid, table: Table, counts: Counts, one: Insider) -> View:
    """What an insider sees of a table."""
    knows, room = np.zeros(len(counts), bool), table.room.copy()
    knows[one.cells] = table.told[one.cells] & (one.counts == counts[one.cells])
    empty = np.flatnonzero(table.told & table.free & (counts == 0))
    knows[empty[within(grid, empty, np.flatnonzero(knows))]] = True  # nobody else is there either
    room[one.cells] = np.minimum(room[one.cells], counts[one.cells] - one.counts)
    tight = np.flatnonzero(knows | (room < table.room))
    seen = table._replace(room=room, free=table.free & ~knows, told=table.told & ~knows)
    return View(seen, knows, tight)


def within(grid: Grid, cells: Counts, others: Counts) -> Flags:
    """Of which cells whoever is counted there is counted in one of some others."""
    ones = grid.summing[cells]
    shared = (ones @ grid.summing[others].T).max(axis=1).toarray().ravel() if len(others) else 0
    return np.asarray(shared == np.diff(ones.indptr))


def withstood(grid: Grid, table: Table, state: State, counts: Counts, those: Sequence[Insider]) -> Flags:
    """Add moves until every hidden cell is uncertain enough for each insider; the cells that stay open."""
    for _round in range(ROUNDS):
        before = int((state.pool.used > 0).sum())
        for one in those:
            left = withstood_by(grid, view(grid, table, counts, one), state)
            if left.any():
                return left
        if int((state.pool.used > 0).sum()) == before:
            return np.zeros_like(state.primary)
    return state.primary


def withstood_by(grid: Grid, seen: View, state: State) -> Flags:
    """Add moves until every hidden cell is uncertain enough for one insider; the cells that stay open."""
    hidden = state.table.told & (state.primary | (state.pool.used > 0))
    theirs = State(seen.table, hidden & ~seen.knows, state.pool, state.scratch)
    gone, came = entered(theirs, seen.knows, seen.tight)
    if open_to(theirs, gone):
        mended_by_all(
            grid, search(edges(grid), seen.table, theirs.primary.copy(), theirs.primary.copy()), theirs
        )
    left = lacking(theirs)
    put_back(state.pool, gone, came)
    return left


@compiled
def entered(theirs: State, knows: Flags, tight: Numbers) -> tuple[Numbers, Numbers]:
    """Count out the moves that touch what an insider knows better; put those in that still can be applied.

    The rows that went, and those that came.
    """
    pool, scratch = theirs.pool, theirs.scratch
    meets = np.zeros(pool.size[0], np.bool_)
    for cell in tight:
        for row in touching(pool, cell)[0]:
            meets[row] = True
    gone, first = np.flatnonzero(meets), pool.size[0]
    for at in range(len(gone)):
        row = int(gone[at])
        counted(pool, row, -1)
        number = written(pool, row, scratch)
        if not knows[scratch.cells[:number]].any():
            added(pool, theirs.table, scratch.cells, scratch.changes, number)
    return gone, np.arange(first, pool.size[0])


@compiled
def open_to(theirs: State, gone: Numbers) -> bool:
    """Whether a hidden cell of the moves that went is not uncertain enough any more."""
    pool = theirs.pool
    for row in gone:
        for entry in range(pool.begins[row], pool.begins[row + 1]):
            cell = pool.cells[entry]
            if wanting(theirs, cell):
                return True
    return False


@compiled
def put_back(pool: Pool, gone: Numbers, came: Numbers) -> None:
    """Take out the moves that came for an insider, and put back those that went."""
    if len(came) and came[-1] == pool.size[0] - 1:
        taken_back(pool, came[0])
    else:
        for row in came:
            counted(pool, row, -1)
    for row in gone:
        counted(pool, row, 1)
