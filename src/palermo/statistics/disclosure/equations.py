"""How the cells of a group add up: its codes, those of the file alone among them, and every published sum."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from scipy import sparse

from palermo.statistics.checks.sums import Shape, nearest
from palermo.statistics.disclosure.grid import Flags, Grid, grid
from palermo.statistics.specification import Dimension

STRAY = "\0"  # stands for all codes of a file that nobody knows: as many people as one likes

Equation = tuple[int, tuple[int, ...]]  # a cell, and those whose sum it is


@dataclass(frozen=True)
class Layout:
    """The cells of a group: what is a sum of what.

    `rest` are cells of "other" and "unknown": where a table has no row for one, nobody is there.
    """

    grid: Grid
    equations: tuple[Equation, ...]
    holds: sparse.csr_matrix  # a row for each cell: the inner cells that it counts
    inner: tuple[int, ...]
    rest: Flags
    places: dict[tuple[str, ...], int]


def layout(dimensions: Sequence[Dimension], rest: Sequence[frozenset[str]]) -> Layout:
    """How the cells of these dimensions add up."""
    made = grid(dimensions)
    is_rest = np.zeros(made.shape, bool)
    for at, (axis, codes) in enumerate(zip(made.axes, rest, strict=True)):
        of_rest = np.array([code in codes for code in axis.codes])
        is_rest |= of_rest.reshape([-1 if other == at else 1 for other in range(len(made.axes))])
    places = {codes: at for at, codes in enumerate(product(*(axis.codes for axis in made.axes)))}
    inner = tuple(int(at) for at in np.flatnonzero(made.is_inner))
    return Layout(made, tuple(equations(dimensions, made)), made.summing, inner, is_rest.ravel(), places)


def equations(dimensions: Sequence[Dimension], made: Grid) -> Iterator[Equation]:
    """Every sum along one dimension with the others fixed: of the nearest parts, and of the least ones."""
    cells = np.arange(int(np.prod(made.shape))).reshape(made.shape)
    for at, dimension in enumerate(dimensions):
        along = np.moveaxis(cells, at, 0).reshape(len(dimension.codes), -1)
        for total, parts in sums(dimension):
            yield from ((int(one[0]), tuple(one[1:].tolist())) for one in along[[total, *parts]].T)


def sums(dimension: Dimension) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Each sum of a dimension with its nearest parts, and with its least ones where these are others."""
    place = {code: at for at, code in enumerate(dimension.codes)}
    for code, least in dimension.sums.items():
        near = tuple(place[one] for one in nearest(dimension, code))
        yield place[code], near
        if {*near} != {*least}:
            yield place[code], tuple(least)


def widened(dimension: Dimension, shape: Shape, used: set[str]) -> Dimension:
    """A dimension with "other" and "unknown" as a group has them, and one code for all strange ones."""
    further = sorted((used & shape.rest) - {*dimension.codes})
    if used & shape.strays:
        further.append(STRAY)
    if not further:
        return dimension
    parts = (*dimension.parts, *further)
    return Dimension(dimension.name, parts, {**dimension.sums, dimension.total: tuple(range(len(parts)))})


def following(
    known: Layout, lows: Sequence[int], highs: Sequence[int], hidden: Flags
) -> Iterator[tuple[int, int]]:
    """Each hidden cell that is alone in an equation of published ones, with its count there."""
    for total, parts in known.equations:
        open_cells = [one for one in (total, *parts) if hidden[one] or lows[one] != highs[one]]
        if len(open_cells) != 1 or not hidden[open_cells[0]]:
            continue
        published = sum(lows[one] for one in parts if one != open_cells[0])
        yield open_cells[0], published if open_cells[0] == total else lows[total] - published
