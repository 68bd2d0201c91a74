"""Cubes: the smallest changes of a table that leave every sum as it is, and the search for the cheapest.

On every axis an edge moves one person from a part to another, or into a part: it changes the codes that
hold the one and not the other. A cube is one edge on every axis; its corners, products of changed codes,
change by one up or down, and nothing else of the table changes. A cube whose corners are all hidden can be
applied in multiples, up and down, until an inner cell reaches the least that it can be: that is the
uncertainty of each of its corners. Sums that nest or overlap need nothing more: an edge changes them too.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from palermo.statistics.compiled import compiled, inlined
from palermo.statistics.disclosure.grid import Axis, Grid

Numbers = NDArray[np.int64]
Flags = NDArray[np.bool_]
UNBOUND = np.int64(1) << 40  # further than any count
CHANCE = 1 << 20  # parts of a price that are drawn, so that equal ones come in any order


Leaves = tuple[np.int64, np.int64, np.int64, np.int64]  # what corners cost, need, and leave up and down


class Edges(NamedTuple):
    """The edges of every axis, and which of them change a code.

    Edge `e` changes the codes `steps[begins[e]:begins[e + 1]]`, told as the distance of their cells, by
    `signs`. Code `n` of axis `a` is changed by `choices[starts[first[a] + n]:starts[first[a] + n + 1]]`.
    """

    begins: Numbers
    steps: Numbers
    signs: Numbers
    first: Numbers
    starts: Numbers
    choices: Numbers
    strides: Numbers
    sizes: Numbers


def edges(grid: Grid) -> Edges:
    """The edges of a grid."""
    strides = np.array([int(np.prod(grid.shape[at + 1 :])) for at in range(len(grid.shape))], np.int64)
    begins, starts = [0], [0]
    steps: list[int] = []
    signs: list[int] = []
    choices: list[int] = []
    first: list[int] = []
    for axis, stride in zip(grid.axes, strides, strict=True):
        changes = changes_of(axis)
        number = len(begins) - 1
        for change in changes:
            places = np.flatnonzero(change)
            steps.extend(places * stride)
            signs.extend(change[places])
            begins.append(len(steps))
        first.append(len(starts) - 1)
        for node in range(len(axis.codes)):
            choices.extend(number + at for at, change in enumerate(changes) if change[node])
            starts.append(len(choices))
    told = (begins, steps, signs, first, starts, choices, strides, grid.shape)
    return Edges(*(np.array(one, np.int64) for one in told))


def changes_of(axis: Axis) -> Sequence[NDArray[np.int64]]:
    """What each edge changes on an axis, a number for each code: into a part, and from part to part."""
    holds = axis.holds.astype(np.int64)
    pairs = [(one, other) for one in range(axis.parts) for other in range(one)]
    return [holds[:, one] for one in range(axis.parts)] + [
        holds[:, one] - holds[:, other] for one, other in pairs
    ]


class Table(NamedTuple):
    """What a search needs to know of each cell.

    `room`: how far it can fall, UNBOUND where nothing bounds it. `free`: whether it may be hidden.
    `told`: whether it stands in a table. `width`: how uncertain it must be where it is hidden.
    """

    room: Numbers
    free: Flags
    told: Flags
    width: Numbers


class Desk(NamedTuple):
    """Room to work in, a level for each axis taken so far: the corners found, their sums, what is next.

    `up` and `down`: how often the corners can be applied. `cost`: cells that they hide anew. `width`: how
    uncertain they must be. `choices` and `prices`: the edges that may come next, and the cost with them.
    """

    cells: Numbers
    signs: Numbers
    numbers: Numbers
    up: Numbers
    down: Numbers
    cost: Numbers
    width: Numbers
    choices: Numbers
    prices: Numbers
    left: Numbers


class Search(NamedTuple):
    """A search for cubes: where, in which state of the table, and which cells are wanted as corners."""

    edges: Edges
    table: Table
    hidden: Flags
    wanted: Flags
    desk: Desk


def search(edges: Edges, table: Table, hidden: Flags, wanted: Flags) -> Search:
    """A search with a desk of its own."""
    held = np.diff(edges.begins)
    number = np.diff(edges.starts)
    axes = len(edges.sizes)
    most = 1
    for axis in range(axes):
        first = edges.starts[edges.first[axis]]
        last = edges.starts[edges.first[axis] + edges.sizes[axis]]
        most *= int(held[edges.choices[first:last]].max())
    row, wide, long = axes + 1, (axes + 1, most), (axes + 1, int(number.max()))
    shapes = (wide, wide, row, row, row, row, row, long, long, row)
    return Search(edges, table, hidden, wanted, Desk(*(np.empty(one, np.int64) for one in shapes)))


@inlined
def corners(edges: Edges, cube: Numbers, cells: Numbers, signs: Numbers) -> int:
    """Write the corners of a cube and how each changes; their number."""
    number = 1
    cells[0], signs[0] = 0, 1
    for edge in cube:
        begin, end = edges.begins[edge], edges.begins[edge + 1]
        for block in range(end - begin - 1, -1, -1):  # the first block last: all others are made from it
            step, sign = edges.steps[begin + block], edges.signs[begin + block]
            for at in range(number):
                cells[block * number + at] = cells[at] + step
                signs[block * number + at] = signs[at] * sign
        number *= end - begin
    return number


@inlined
def taken(search: Search, cell: int, sign: int, leaves: Leaves) -> Leaves:
    """What is left when a corner is taken too; no room at all where it may not be hidden."""
    table = search.table
    cost, width, up, down = leaves
    if table.told[cell]:
        cost += not search.hidden[cell]
        width = max(width, table.width[cell])
    if not table.free[cell]:
        return cost, width, np.int64(-1), np.int64(-1)
    if sign > 0:
        return cost, width, up, min(down, table.room[cell])
    return cost, width, min(up, table.room[cell]), down


@inlined
def extended(search: Search, level: int, edge: int, node: int, limit: int) -> bool:
    """Lay the corners of a level on the next one with an edge that changes `node`; False where that fails.

    It fails where a corner may not be hidden, or all cost too much, or too little uncertainty is left.
    """
    edges, desk = search.edges, search.desk
    number, above = desk.numbers[level], level + 1
    cells, signs = desk.cells[level], desk.signs[level]
    leaves = (desk.cost[level], desk.width[level], desk.up[level], desk.down[level])
    here = edges.begins[edge]
    while edges.steps[here] != node:
        here += 1
    filled = number
    for step in range(edges.begins[edge], edges.begins[edge + 1]):
        if step == here:
            continue
        distance, turn = edges.steps[step] - node, edges.signs[step] * edges.signs[here]
        for at in range(number):
            cell, sign = cells[at] + distance, signs[at] * turn
            leaves = taken(search, cell, sign, leaves)
            cost, width, up, down = leaves
            if cost > limit or up + down < width:
                return False
            desk.cells[above, filled], desk.signs[above, filled] = cell, sign
            filled += 1
    for at in range(number):
        desk.cells[above, at], desk.signs[above, at] = cells[at], signs[at]
    desk.cost[above], desk.width[above], desk.up[above], desk.down[above] = leaves
    desk.numbers[above] = filled
    return True


@inlined
def offered(search: Search, level: int, axis: int, node: int, limit: int) -> None:
    """Write the edges of an axis that may come next, the cheapest last, in any order among equals."""
    edges, desk = search.edges, search.desk
    choices, prices = desk.choices[level], desk.prices[level]
    number, start = 0, edges.first[axis] + node
    for at in range(edges.starts[start], edges.starts[start + 1]):
        if not extended(search, level, edges.choices[at], node * edges.strides[axis], limit):
            continue
        price = desk.cost[level + 1] * CHANCE + np.random.randint(CHANCE)
        place = number
        while place > 0 and prices[place - 1] < price:
            choices[place], prices[place] = choices[place - 1], prices[place - 1]
            place -= 1
        choices[place], prices[place] = edges.choices[at], price
        number += 1
    desk.left[level] = number


@compiled
def begun(search: Search, cell: int, nodes: Numbers) -> Numbers:
    """Lay a cell on the desk, and write its code on each axis; the axes, those with fewest edges first."""
    edges, desk = search.edges, search.desk
    desk.cells[0, 0], desk.signs[0, 0], desk.numbers[0], desk.cost[0] = cell, 1, 1, 0
    desk.up[0], desk.down[0], desk.width[0] = UNBOUND, search.table.room[cell], search.table.width[cell]
    number = np.empty(len(nodes), np.int64)
    for axis in range(len(nodes)):
        nodes[axis] = cell // edges.strides[axis] % edges.sizes[axis]
        start = edges.first[axis] + nodes[axis]
        number[axis] = edges.starts[start + 1] - edges.starts[start]
    return np.argsort(number, kind="mergesort")


@inlined
def score(search: Search, level: int) -> float:
    """What a cube costs: the cells that it hides anew, less a tenth for each wanted corner."""
    gained = 0
    for at in range(search.desk.numbers[level]):
        gained += search.wanted[search.desk.cells[level, at]]
    return float(search.desk.cost[level] - 0.1 * gained)


@compiled
def kept(search: Search, cube: Numbers, number: int, best: float, cubes: Numbers) -> float:
    """Keep a cube: the best where there is room for one, else a fair sample; the best score so far."""
    room, place = len(cubes), number - 1
    if room == 1:
        now = score(search, len(cube))
        if now < best:
            best, cubes[0] = now, cube
        return best
    if number > room:
        place = np.random.randint(number)
    if place < room:
        cubes[place] = cube
    return best


@compiled
def through(search: Search, cell: int, limit: int, cubes: Numbers) -> int:
    """Find the cubes through a cell that hide at most `limit` cells more; write them, and tell their number.

    Where there is room for one, the cheapest is written, none that is dearer is looked at, and its cost
    stands on the last level of the desk.
    """
    desk, nodes = search.desk, np.empty(len(search.edges.sizes), np.int64)
    order = begun(search, cell, nodes)
    cube = np.empty(len(order), np.int64)
    level, number, best = 0, 0, np.inf
    offered(search, 0, order[0], nodes[order[0]], limit)
    while level >= 0:
        if desk.left[level] == 0:
            level -= 1
            continue
        desk.left[level] -= 1
        axis, edge = order[level], desk.choices[level, desk.left[level]]
        if not extended(search, level, edge, nodes[axis] * search.edges.strides[axis], limit):
            continue
        cube[axis] = edge
        if level + 1 < len(order):
            level += 1
            offered(search, level, order[level], nodes[order[level]], limit)
            continue
        number += 1
        best = kept(search, cube, number, best, cubes)
        if len(cubes) == 1:
            limit = min(limit, desk.cost[level + 1])
    desk.cost[len(order)] = limit
    return number
