"""A table with every margin as one grid: each axis holds the parts of a dimension, then its sums."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from palermo.statistics.specification import Dimension

UNTOLD, PUBLISHED, PRIMARY, SECONDARY = range(4)  # a cell that stands in no table; and what is done with one

Counts = NDArray[np.int64]
Flags = NDArray[np.bool_]


@dataclass(frozen=True)
class Axis:
    """A dimension as an axis: `holds[node, part]` says whether a code, part or sum, counts a part."""

    name: str
    codes: tuple[str, ...]
    holds: Flags

    @property
    def parts(self) -> int:
        """How many parts it has; they stand first."""
        return int(self.holds.shape[1])


@dataclass(frozen=True)
class Grid:
    """Every cell of a table and its margins, in one long row: the last axis runs fastest.

    `told` says which cells stand in a table that is published.
    """

    axes: tuple[Axis, ...]
    told: Flags

    @property
    def shape(self) -> tuple[int, ...]:
        """How many codes each axis has."""
        return tuple(len(axis.codes) for axis in self.axes)

    @property
    def is_inner(self) -> Flags:
        """Which cells are sums of nothing: a part on every axis."""
        within = np.zeros(self.shape, bool)
        within[tuple(slice(axis.parts) for axis in self.axes)] = True
        return within.ravel()

    @property
    def summing(self) -> sparse.csr_matrix:
        """A row for each cell: which inner cells it counts."""
        holds = sparse.csr_matrix(np.ones((1, 1), np.int64))
        for axis in self.axes:
            holds = sparse.kron(holds, axis.holds.astype(np.int64), format="csr")
        return holds

    def with_margins(self, inner: Counts) -> Counts:
        """The count of each cell, from those of the inner cells (one axis a dimension)."""
        found = inner
        for at, axis in enumerate(self.axes):
            found = np.moveaxis(np.tensordot(axis.holds.astype(np.int64), found, (1, at)), 0, at)
        return found.ravel()

    def key(self, cell: int) -> dict[str, str]:
        """The code of a cell on each dimension."""
        places = np.unravel_index(cell, self.shape)
        return {axis.name: axis.codes[place] for axis, place in zip(self.axes, places, strict=True)}


def grid(dimensions: Sequence[Dimension], tables: Sequence[Sequence[str]] = ()) -> Grid:
    """The grid of these dimensions, of which these tables are told; all of it where none is named.

    Codes of earlier releases have their cells in it, which are not told.
    """
    axes = tuple(axis(one) for one in dimensions)
    shape = [len(one.codes) for one in axes]
    told = np.full(shape, not tables)
    for table in tables:
        told[tuple(slice(None) if one.name in table else one.parts for one in axes)] = True
    for at, one in enumerate(dimensions):
        np.moveaxis(told, at, 0)[[code in one.before for code in one.codes]] = False
    return Grid(axes, told.ravel())


def axis(dimension: Dimension) -> Axis:
    """A dimension as an axis; its total stands after its parts."""
    holds = np.zeros((len(dimension.codes), len(dimension.parts)), bool)
    np.fill_diagonal(holds, val=True)
    for at, places in enumerate(dimension.sums.values(), start=len(dimension.parts)):
        holds[at, list(places)] = True
    return Axis(dimension.name, dimension.codes, holds)
