"""Protection of one table with all its margins: what is hidden, and the moves that prove it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NoReturn

import numpy as np

from palermo.errors import Refused, words
from palermo.statistics.disclosure.choosing import Move, chosen
from palermo.statistics.disclosure.cover import SWEEPS, Cover, cover, covered
from palermo.statistics.disclosure.cubes import UNBOUND, Edges, Search, Table, corners, edges, search, through
from palermo.statistics.disclosure.elimination import eliminated, filled, told_again
from palermo.statistics.disclosure.grid import PRIMARY, PUBLISHED, SECONDARY, UNTOLD, Counts, Flags, Grid
from palermo.statistics.disclosure.grid import grid as grid_of
from palermo.statistics.disclosure.insiders import Insider, insiders, view, withstood
from palermo.statistics.disclosure.moves import TOGETHER, State, added, lacking, pool, scratch, touching
from palermo.statistics.disclosure.primary import primary
from palermo.statistics.disclosure.programmed import mended_by_all
from palermo.statistics.figures import Inner
from palermo.statistics.specification import Dimension, Rule, Specification

COVERS = 16  # are begun, and the one that hides fewest cells is swept further
SAMPLE = 20  # cubes through each primary cell that hide nothing more
ROWS, ENTRIES, LONG = 50_000, 60_000_000, 120  # room for moves: at least, at most, and in one
RICH, DEARER = 100, 3  # cubes through a cell that must be told, and how much dearer than the cheapest
TURNS = 4  # in which there are more of them


@dataclass(frozen=True)
class Asked:
    """What must be hidden in a grid and what cannot be: counts, primary cells, cells that everybody knows.

    Of these, `before` were told by earlier releases, where they count the same; cells that are `revised`
    counted otherwise there. `lost` would be primary, and was told before.
    """

    counts: Counts
    primary: Flags
    known: Flags
    width: Counts
    rule: Rule
    before: Flags
    revised: Flags
    lost: Flags
    insiders: tuple[Insider, ...] = ()


@dataclass(frozen=True)
class Protection:
    """What becomes of each cell of a grid, and moves that leave every hidden one uncertain enough."""

    states: Counts
    moves: tuple[Move, ...]


def protect(grid: Grid, asked: Asked, starts: int = 1) -> Protection:
    """Hide what must be hidden, and as little else as was found in so many starts.

    Raises Refused where a cell cannot be protected.
    """
    table = table_of(grid, asked)
    if (closed := asked.primary & ~table.free).any():
        refuse_open(grid, closed)
    best: State | None = None
    fewest_open = np.ones(len(asked.counts), bool)
    total = np.zeros_like(asked.known)
    total[cell_of(grid, {})] = True
    for seed in range(starts):
        found = attempt(grid, table, asked, seed, total)
        if open_cells(found, asked).any():
            found = attempt(grid, table, asked, seed, np.zeros_like(total))
        left = open_cells(found, asked)
        if not left.any():
            left = withstood(grid, table, found, asked.counts, asked.insiders)
        if left.sum() < fewest_open.sum():
            fewest_open = left
        if not left.any() and (best is None or hides(found) < hides(best)):
            best = found
    if best is None:
        refuse_open(grid, fewest_open)
    states = np.where(grid.told, PUBLISHED, UNTOLD)
    states[grid.told & (best.pool.used > 0)] = SECONDARY
    states[asked.primary] = PRIMARY
    return Protection(states, chosen(best, [view(grid, table, asked.counts, one) for one in asked.insiders]))


def table_of(grid: Grid, asked: Asked) -> Table:
    """What a search needs to know: nobody falls below what everybody knows of a hidden cell."""
    room = np.where(grid.told, asked.counts - asked.rule.hidden_low, UNBOUND)
    room = np.where(grid.is_inner & ~grid.told, asked.counts, room)
    fixed = asked.known.copy()
    if asked.rule.zeros == "published":
        fixed |= grid.told & (asked.counts == 0)
    return Table(room.astype(np.int64), ~fixed, grid.told, asked.width)


def attempt(grid: Grid, table: Table, asked: Asked, seed: int, through_known: Flags) -> State:
    """One start: a cover, mended where it must be, a pool of moves around it, and elimination.

    Moves may lead through some cells that everybody knows; those cells are told again before any other.
    """
    made, cells = edges(grid), len(asked.primary)
    rows = max(ROWS, 12 * cells)
    moves = pool(cells, rows, min(ENTRIES, LONG * rows), int(table.width.max()))
    state = State(table, asked.primary, moves, scratch(cells))
    looked, laid = min(
        (begun(made, table, asked.primary, seed * COVERS + at) for at in range(COVERS)),
        key=lambda found: int(np.count_nonzero(found[0].hidden & table.told)),
    )
    put(state, looked, covered(looked, laid, asked.primary, seed, SWEEPS))
    opened = looked._replace(table=table._replace(free=table.free | (through_known & (asked.counts > 0))))
    left = looked.wanted.copy()
    put(state, opened, covered(opened, cover(left, len(made.sizes)), left, seed, 0))
    if mended_by_all(grid, looked, state):
        filled(looked, state, SAMPLE)
        known = np.flatnonzero(asked.known & (moves.used > 0)).tolist()
        if all(told_after_all(opened, state, cell) for cell in known):
            eliminated(state, seed)
    return state


def begun(made: Edges, table: Table, primary: Flags, seed: int) -> tuple[Search, Cover]:
    """A cover of the primary cells, swept once, with the search that knows what it hides."""
    looked, laid = search(made, table, primary.copy(), primary.copy()), cover(primary, len(made.sizes))
    covered(looked, laid, primary, seed, 1)
    return looked, laid


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


def told_after_all(looked: Search, state: State, cell: int) -> bool:
    """Tell again a cell that everybody knows, with more cubes through it each time that this fails."""
    for _turn in range(TURNS):
        enriched(looked, state, cell)
        if told_again(state, cell, TOGETHER):
            return True
    return False


def open_cells(state: State, asked: Asked) -> Flags:
    """The cells that are not uncertain enough, or only where one is hidden that everybody knows."""
    short = lacking(state)
    for known in np.flatnonzero(asked.known & (state.pool.used > 0)).tolist():
        for row in touching(state.pool, known)[0]:
            cells = state.pool.cells[state.pool.begins[row] : state.pool.begins[row + 1]]
            short[cells] |= asked.primary[cells]
    return short


def hides(state: State) -> int:
    """How many cells the moves of a pool hide."""
    return int(np.count_nonzero(state.table.told & (state.pool.used > 0)))


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


def asked(
    grid: Grid, inner: Inner, made: Specification, earlier: Sequence[Mapping[tuple[str, ...], int]] = ()
) -> Asked:
    """What a specification asks of a group, after what earlier releases told of it.

    The grand total is told, whatever it is; so is a cell that was told before. One that counted otherwise
    then is primary where the difference is as small as a count that must be hidden, unless it is published as
    empty.
    """
    counts = grid.with_margins(inner.counts)
    largest = np.zeros(len(counts), np.int64)
    for one in inner.contributions.values():
        largest = np.maximum(largest, grid.with_margins(one))
    width = np.full(len(counts), made.rule.width, np.int64)
    for key, wanted in made.widths:
        width[cell_of(grid, key)] = wanted
    before, revised, differs = told_before(grid, counts, earlier, made.rule.threshold)
    known = before.copy()
    known[cell_of(grid, {})] = True
    empty = (counts == 0) & (made.rule.zeros == "published")
    first = primary(grid, counts, made.rule, largest)
    first[[cell_of(grid, key) for key in made.hidden]] = True
    return Asked(
        counts,
        (first | (differs & ~empty)) & grid.told & ~known,
        known,
        width,
        made.rule,
        before,
        revised,
        lost=first & before,
        insiders=tuple(insiders(grid, inner, made.rule)),
    )


def told_before(
    grid: Grid, counts: Counts, earlier: Sequence[Mapping[tuple[str, ...], int]], threshold: int
) -> tuple[Flags, Flags, Flags]:
    """Cells that counted the same in an earlier release, that counted otherwise, and nearly the same."""
    same, other, near = (np.zeros(len(counts), bool) for _ in range(3))
    for release in earlier:
        for codes, count in release.items():
            cell = cell_of(grid, dict(zip((axis.name for axis in grid.axes), codes, strict=True)))
            apart = abs(int(counts[cell]) - count)
            same[cell] |= apart == 0
            other[cell] |= apart > 0
            near[cell] |= 0 < apart < threshold
    return same, other & ~same, near & grid.told & ~same


def prepared() -> None:
    """Have the search compiled, or its compiled form read, by protecting the smallest table."""
    made = Specification("value", tuple(Dimension(name, ("a", "b"), {"T": (0, 1)}) for name in "de"))
    small = grid_of(made.dimensions)
    protect(small, asked(small, Inner(np.array([[1, 0], [0, 9]])), made))
