"""A first protection: every primary cell is a corner of some cube, and the cubes hide few cells more."""

from __future__ import annotations

import numpy as np
from numba import njit

from palermo.statistics.disclosure.cubes import Flags, Numbers, Search, corners, through

SWEEPS = 5


@njit(cache=True)
def covered(search: Search, primary: Flags, seed: int, sweeps: int) -> Numbers:
    """Cubes that cover the primary cells, taken in any order, each swept out and sought again.

    A cell through which no cube leads is left out. The search must hide and want the primary cells.
    """
    np.random.seed(seed)
    used = np.zeros(len(primary), np.int64)  # how many cubes have a cell as a corner
    taken = np.empty((primary.sum() + 1, len(search.edges.sizes)), np.int64)
    number = laid(search, np.random.permutation(np.flatnonzero(primary)), taken, 0, used)
    for _sweep in range(sweeps):
        for _cube in range(number):
            at = np.random.randint(number)
            left = lifted(search, primary, taken[at], used)
            number -= 1
            taken[at] = taken[number]
            number = laid(search, left, taken, number, used)
    return taken[:number]


@njit(cache=True)
def laid(search: Search, cells: Numbers, taken: Numbers, number: int, used: Numbers) -> int:
    """Lay the cheapest cube through each of these cells that no cube has yet; the number of cubes then."""
    changed, signs = search.desk.cells[0].copy(), search.desk.signs[0].copy()
    one = np.empty((1, taken.shape[1]), np.int64)
    for cell in cells:
        if search.wanted[cell] and through(search, cell, len(used), one):
            taken[number] = one[0]
            number += 1
            for at in range(corners(search.edges, one[0], changed, signs)):
                used[changed[at]] += 1
                search.wanted[changed[at]], search.hidden[changed[at]] = False, True
    return number


@njit(cache=True)
def lifted(search: Search, primary: Flags, cube: Numbers, used: Numbers) -> Numbers:
    """Lift a cube; the primary cells that no other covers, in any order."""
    changed, signs = search.desk.cells[0].copy(), search.desk.signs[0].copy()
    number, left = corners(search.edges, cube, changed, signs), 0
    lost = np.empty(number, np.int64)
    for at in range(number):
        cell = changed[at]
        used[cell] -= 1
        if used[cell] == 0:
            search.wanted[cell], search.hidden[cell] = primary[cell], primary[cell]
            if primary[cell]:
                lost[left] = cell
                left += 1
    return np.random.permutation(lost[:left])
