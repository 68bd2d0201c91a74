"""A first protection: every primary cell is a corner of some cube, and the cubes hide few cells more."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from palermo.statistics.compiled import compiled
from palermo.statistics.disclosure.cubes import Flags, Numbers, Search, corners, through

SWEEPS = 4  # how often every secondary cell is tried to be told again, after once
CROWD = 8  # cubes that are lifted together at most


class Cover(NamedTuple):
    """Cubes by their slots, and for each cell how many have it as a corner, and their slots, -1 where none.

    `empty` holds the slots without a cube, `left` how many there are.
    """

    cubes: Numbers
    used: Numbers
    owners: Numbers
    empty: Numbers
    left: Numbers


def cover(primary: Flags, axes: int) -> Cover:
    """An empty cover, with room for a cube for each primary cell."""
    slots = int(primary.sum())
    return Cover(
        cubes=np.empty((slots, axes), np.int64),
        used=np.zeros(len(primary), np.int64),
        owners=np.full((len(primary), CROWD), -1, np.int64),
        empty=np.arange(slots),
        left=np.array([slots]),
    )


@compiled
def covered(search: Search, made: Cover, primary: Flags, seed: int, sweeps: int) -> Numbers:
    """Cubes that cover the primary cells, in any order, swept so that they hide few cells more.

    A cell through which no cube leads is left out. The search must hide and want the primary cells.
    """
    np.random.seed(seed)
    for cell in np.random.permutation(np.flatnonzero(primary)):
        laid(search, made, cell, len(primary))
    for _sweep in range(sweeps):
        for cell in np.random.permutation(len(primary)):
            if search.hidden[cell] and not primary[cell] and search.table.told[cell]:
                spared(search, made, primary, cell)
    is_empty = np.zeros(len(made.cubes), np.bool_)
    is_empty[made.empty[: made.left[0]]] = True
    return made.cubes[~is_empty]


@compiled
def laid(search: Search, made: Cover, cell: int, limit: int) -> int:
    """Lay the cheapest cube through a cell that has none yet; the cells it hides more, -1 where none is."""
    if not search.wanted[cell]:
        return 0
    one = np.empty((1, made.cubes.shape[1]), np.int64)
    if not through(search, cell, limit, one):
        return -1
    made.left[0] -= 1
    slot = made.empty[made.left[0]]
    made.cubes[slot] = one[0]
    return put(search, made, slot)


@compiled
def put(search: Search, made: Cover, slot: int) -> int:
    """Hide the corners of the cube in a slot; the cells that it hides more."""
    cells, signs, cost = search.desk.cells[0], search.desk.signs[0], 0
    for at in range(corners(search.edges, made.cubes[slot], cells, signs)):
        cell = cells[at]
        cost += search.table.told[cell] and not search.hidden[cell]
        search.wanted[cell], search.hidden[cell] = False, True
        made.used[cell] += 1
        for place in range(CROWD):
            if made.owners[cell, place] < 0:
                made.owners[cell, place] = slot
                break
    return cost


@compiled
def lifted(search: Search, made: Cover, primary: Flags, slot: int) -> int:
    """Lift the cube of a slot; how many secondary cells are told again. Its primary ones are wanted again."""
    cells, signs, freed = search.desk.cells[0], search.desk.signs[0], 0
    for at in range(corners(search.edges, made.cubes[slot], cells, signs)):
        cell = cells[at]
        made.used[cell] -= 1
        for place in range(CROWD):
            if made.owners[cell, place] == slot:
                made.owners[cell, place] = -1
        if made.used[cell] == 0:
            search.wanted[cell], search.hidden[cell] = primary[cell], primary[cell]
            freed += search.table.told[cell] and not primary[cell]
    made.empty[made.left[0]] = slot
    made.left[0] += 1
    return freed


@compiled
def spared(search: Search, made: Cover, primary: Flags, cell: int) -> bool:
    """Cover anew what is covered through a cell, without it, where that hides no more; whether it was."""
    slots = made.owners[cell][made.owners[cell] >= 0]
    if len(slots) < made.used[cell]:
        return False
    gone, budget = made.cubes[slots], 0
    for slot in slots:
        budget += lifted(search, made, primary, slot)
    lost, first, cost = wanted(search, gone), made.left[0], 0
    is_free = search.table.free[cell]
    search.table.free[cell] = False
    for one in lost:
        cost = laid(search, made, one, budget)
        budget -= cost
        if cost < 0:
            break
    search.table.free[cell] = is_free
    if cost >= 0:
        return True
    while made.left[0] < first:
        lifted(search, made, primary, made.empty[made.left[0]])
    for one in gone:
        made.left[0] -= 1
        made.cubes[made.empty[made.left[0]]] = one
        put(search, made, made.empty[made.left[0]])
    return False


@compiled
def wanted(search: Search, cubes: Numbers) -> Numbers:
    """The corners of some cubes that no cube has any more, in any order."""
    cells, signs = search.desk.cells[0], search.desk.signs[0]
    found, number = np.empty(len(cubes) * len(cells), np.int64), 0
    for cube in cubes:
        for at in range(corners(search.edges, cube, cells, signs)):
            if search.wanted[cells[at]]:
                found[number] = cells[at]
                number += 1
    return np.random.permutation(np.unique(found[:number]))
