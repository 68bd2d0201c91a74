"""The proof: few of the moves of a protection, enough for every reader of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from palermo.statistics.compiled import compiled
from palermo.statistics.disclosure.cubes import Numbers, Table
from palermo.statistics.disclosure.insiders import View, entered, open_to, put_back
from palermo.statistics.disclosure.moves import (
    Pool,
    State,
    added,
    lacking,
    pool,
    reach,
    scratch,
    taken_back,
    touching,
    uncertainty,
    wanting,
    written,
)


@dataclass(frozen=True)
class Move:
    """A change of some cells, and how often it can be applied to the true table, upwards and downwards."""

    cells: tuple[int, ...]
    changes: tuple[int, ...]
    up: int
    down: int


def chosen(state: State, views: Sequence[View]) -> tuple[Move, ...]:
    """Few moves that leave every hidden cell uncertain enough, for everybody and for each insider."""
    found, table = state.pool, state.table
    cells = len(found.heads)
    few = pool(cells, len(found.alive), len(found.cells), found.raises.shape[1] - 1)
    rows = np.flatnonzero(found.alive[: found.size[0]])
    longest = rows[np.argsort(found.begins[rows] - found.begins[rows + 1], kind="stable")]
    hidden = table.told & (found.used > 0)
    everybody = State(table, hidden, few, scratch(cells))
    picked(found, longest, everybody)
    for view in views:
        theirs = State(view.table, hidden & ~view.knows, few, everybody.scratch)
        gone, came = entered(theirs, view.knows, view.tight)
        if open_to(theirs, gone):
            for cell in np.flatnonzero(lacking(theirs)).tolist():
                if wanting(theirs, cell):
                    picked(found, open_rows(found, view, touching(found, cell)[0]), theirs)
        put_back(few, gone, came)
    return tuple(moves(few, table))


def open_rows(found: Pool, view: View, rows: Numbers) -> Numbers:
    """Those of some moves that touch nothing that an insider knows."""
    return np.array([row for row in rows.tolist() if not view.knows[entries(found, row)[0]].any()], np.int64)


def entries(found: Pool, row: int) -> tuple[Numbers, Numbers]:
    """The cells of a move, and how it changes them."""
    part = slice(found.begins[row], found.begins[row + 1])
    return found.cells[part].astype(np.int64), found.changes[part].astype(np.int64)


def moves(few: Pool, table: Table) -> Iterator[Move]:
    """The moves of a pool, each as often as it can be applied."""
    for row in np.flatnonzero(few.alive[: few.size[0]]).tolist():
        cells, changes = entries(few, row)
        up, down = reach(table, cells, changes, len(cells))
        yield Move(tuple(cells.tolist()), tuple(changes.tolist()), int(up), int(down))


@compiled
def picked(found: Pool, rows: Numbers, into: State) -> None:
    """Put those of some moves into another pool that make a hidden cell of it more uncertain."""
    few, scratch = into.pool, into.scratch
    for row in rows:
        number = written(found, row, scratch)
        before = shortage(into, number)
        is_in = before > 0 and added(few, into.table, scratch.cells, scratch.changes, number)
        if is_in and shortage(into, number) == before:
            taken_back(few, few.size[0] - 1)


@compiled
def shortage(state: State, number: int) -> int:
    """How much uncertainty the hidden cells of the move that was written lack together."""
    lacks = 0
    for cell in state.scratch.cells[:number]:
        if wanting(state, cell):
            lacks += state.table.width[cell] - uncertainty(state.pool, cell)
    return lacks
