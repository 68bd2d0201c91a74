"""Protection of one table with all its margins: what is hidden, and the moves that prove it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import NoReturn

import numpy as np

from palermo.errors import Refused, words
from palermo.statistics.disclosure.cover import SWEEPS, covered, laid
from palermo.statistics.disclosure.cubes import UNBOUND, Edges, Search, Table, corners, edges, search, through
from palermo.statistics.disclosure.elimination import TOGETHER, eliminated, filled, told_again
from palermo.statistics.disclosure.grid import PRIMARY, PUBLISHED, SECONDARY, UNTOLD, Counts, Flags, Grid
from palermo.statistics.disclosure.grid import grid as grid_of
from palermo.statistics.disclosure.mending import mended
from palermo.statistics.disclosure.moves import Pool, State, added, pool, scratch, touching, wanting
from palermo.statistics.disclosure.primary import primary
from palermo.statistics.figures import Inner
from palermo.statistics.specification import Dimension, Rule, Specification

SAMPLE = 20  # cubes through each primary cell that hide nothing more
ROWS, ENTRIES, LONG = 50_000, 60_000_000, 120  # room for moves: at least, at most, and in one
RICH, DEARER = 100, 3  # cubes through a cell that must be told, and how much dearer than the cheapest


@dataclass(frozen=True)
class Asked:
    """What must be hidden in a grid and what cannot be: counts, primary cells, cells that everybody knows."""

    counts: Counts
    primary: Flags
    known: Flags
    width: Counts
    rule: Rule


@dataclass(frozen=True)
class Move:
    """A change of some cells, and how often it can be applied to the true table, upwards and downwards."""

    cells: tuple[int, ...]
    changes: tuple[int, ...]
    up: int
    down: int


@dataclass(frozen=True)
class Protection:
    """What becomes of each cell of a grid, and moves that leave every hidden one uncertain enough."""

    states: Counts
    moves: tuple[Move, ...]


def protect(grid: Grid, asked: Asked, starts: int = 1) -> Protection:
    """Hide what must be hidden, and as little else as was found in so many starts.

    Raises Refused where a cell cannot be protected.
    """
    table, made = table_of(grid, asked), edges(grid)
    best: State | None = None
    fewest_open = np.ones(len(asked.counts), bool)
    for seed in range(starts):
        found = attempt(made, table, asked, seed, asked.known)
        if open_cells(found, asked).any():
            found = attempt(made, table, asked, seed, np.zeros_like(asked.known))
        left = open_cells(found, asked)
        if left.sum() < fewest_open.sum():
            fewest_open = left
        if not left.any() and (best is None or hides(found) < hides(best)):
            best = found
    if best is None:
        refuse_open(grid, fewest_open)
    states = np.where(grid.told, PUBLISHED, UNTOLD)
    states[grid.told & (best.pool.used > 0)] = SECONDARY
    states[asked.primary] = PRIMARY
    return Protection(states, chosen(best.pool, table))


def table_of(grid: Grid, asked: Asked) -> Table:
    """What a search needs to know: nobody falls below what everybody knows of a hidden cell."""
    room = np.where(grid.told, asked.counts - asked.rule.hidden_low, UNBOUND)
    room = np.where(grid.is_inner & ~grid.told, asked.counts, room)
    fixed = asked.known.copy()
    if asked.rule.zeros == "published":
        fixed |= asked.counts == 0
    return Table(room.astype(np.int64), ~(grid.told & fixed), grid.told, asked.width)


def attempt(made: Edges, table: Table, asked: Asked, seed: int, through_known: Flags) -> State:
    """One start: a cover, mended where it must be, a pool of moves around it, and elimination.

    Moves may lead through some cells that everybody knows; those cells are told again before any other.
    """
    cells = len(asked.primary)
    rows = max(ROWS, 12 * cells)
    moves = pool(cells, rows, min(ENTRIES, LONG * rows), int(table.width.max()))
    state = State(table, asked.primary, moves, scratch(cells))
    looked = search(made, table, asked.primary.copy(), asked.primary.copy())
    put(state, looked, covered(looked, asked.primary, seed, SWEEPS))
    opened = looked._replace(table=table._replace(free=table.free | (through_known & (asked.counts > 0))))
    left = np.flatnonzero(looked.wanted)
    cubes = np.empty((len(left) + 1, len(made.sizes)), np.int64)
    put(state, opened, cubes[: laid(opened, left, cubes, 0, np.zeros(cells, np.int64))])
    weak = looked._replace(table=table._replace(width=np.ones_like(table.width)))
    if mended(looked, weak, state):
        filled(looked, state, SAMPLE)
        known = np.flatnonzero(asked.known & (moves.used > 0)).tolist()
        for cell in known:
            enriched(opened, state, cell)
        if all(told_again(state, cell, TOGETHER) for cell in known):
            eliminated(state, seed)
    return state


def put(state: State, looked: Search, cubes: Counts) -> None:
    """Put cubes into a pool."""
    cells, signs = looked.desk.cells[0].copy(), looked.desk.signs[0].copy()
    for cube in cubes:
        added(state.pool, looked.table, cells, signs, corners(looked.edges, cube, cells, signs))


def enriched(looked: Search, state: State, cell: int) -> None:
    """Put cubes through a cell into a pool that hide few cells more."""
    one, more = (np.empty((number, len(looked.edges.sizes)), np.int64) for number in (1, RICH))
    if through(looked, cell, len(looked.hidden), one):
        limit = looked.desk.cost[len(looked.edges.sizes)] + DEARER
        put(state, looked, more[: through(looked, cell, limit, more)])


def open_cells(state: State, asked: Asked) -> Flags:
    """The cells that are not uncertain enough, or only where one is hidden that everybody knows."""
    short = np.array([wanting(state, cell) for cell in range(len(asked.primary))])
    for known in np.flatnonzero(asked.known & (state.pool.used > 0)).tolist():
        for row in touching(state.pool, known)[0]:
            cells = state.pool.cells[state.pool.begins[row] : state.pool.begins[row + 1]]
            short[cells] |= asked.primary[cells]
    return short


def hides(state: State) -> int:
    """How many cells the moves of a pool hide."""
    return int(np.count_nonzero(state.table.told & (state.pool.used > 0)))


def chosen(found: Pool, table: Table) -> tuple[Move, ...]:
    """Few moves of a pool that leave every cell that it hides uncertain enough."""
    raised, lowered = np.zeros(len(table.width), np.int64), np.zeros(len(table.width), np.int64)
    moves: list[Move] = []
    rows = np.flatnonzero(found.alive[: found.size[0]])
    longest = np.argsort(found.begins[rows] - found.begins[rows + 1], kind="stable")
    for row in rows[longest]:
        entries = slice(found.begins[row], found.begins[row + 1])
        cells, changes = found.cells[entries].astype(np.int64), found.changes[entries].astype(np.int64)
        up, down = int(found.up[row]), int(found.down[row])
        raises = np.where(changes > 0, up, down) * np.abs(changes)
        lowers = np.where(changes > 0, down, up) * np.abs(changes)
        lacks = table.told[cells] & (raised[cells] + lowered[cells] < table.width[cells])
        if (lacks & ((raises > raised[cells]) | (lowers > lowered[cells]))).any():
            raised[cells] = np.maximum(raised[cells], raises)
            lowered[cells] = np.maximum(lowered[cells], lowers)
            moves.append(Move(tuple(cells.tolist()), tuple(changes.tolist()), up, down))
    return tuple(moves)


def refuse_open(grid: Grid, left: Flags) -> NoReturn:
    """Refuse a table of which these cells cannot be protected."""
    first = [named(grid.key(int(cell))) for cell in np.flatnonzero(left)[:3]]
    raise Refused(
        "not-protected",
        words("{number} cells cannot be made uncertain enough, the first of them: {cells}."),
        words("Publish fewer dimensions, join codes, or choose rounding."),
        number=int(left.sum()),
        cells="; ".join(first),
    )


def named(key: Mapping[str, str]) -> str:
    """A cell as a person names it."""
    return ", ".join(f"{name} {code}" for name, code in key.items())


def cell_of(grid: Grid, key: Mapping[str, str]) -> int:
    """The cell of a key; a dimension that is left out stands at its total."""
    places = [axis.codes.index(key[axis.name]) if axis.name in key else axis.parts for axis in grid.axes]
    return int(np.ravel_multi_index(places, grid.shape))


def asked(grid: Grid, inner: Inner, made: Specification) -> Asked:
    """What a specification asks of a group; the grand total is told, whatever it is."""
    counts = grid.with_margins(inner.counts)
    largest = np.zeros(len(counts), np.int64)
    for one in inner.contributions.values():
        largest = np.maximum(largest, grid.with_margins(one))
    width = np.full(len(counts), made.rule.width, np.int64)
    for key, wanted in made.widths:
        width[cell_of(grid, key)] = wanted
    known = np.zeros(len(counts), bool)
    known[cell_of(grid, {})] = True
    first = primary(grid, counts, made.rule, largest)
    first[[cell_of(grid, key) for key in made.hidden]] = True
    return Asked(counts, first & ~known, known, width, made.rule)


def compiled() -> None:
    """Have the search compiled, or its compiled form read, by protecting the smallest table."""
    made = Specification("value", tuple(Dimension(name, ("a", "b"), {"T": (0, 1)}) for name in "de"))
    small = grid_of(made.dimensions)
    protect(small, asked(small, Inner(np.array([[1, 0], [0, 9]])), made))
