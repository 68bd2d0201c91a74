"""Controlled rounding: every number that is told becomes a multiple of a base, and the table still adds up.

The inner cells are rounded, each to one of the two multiples beside it, and every sum is made of them by
adding; an inner cell that is a multiple stays, 0 among them. What is sought to be least is, of all numbers
that are told:

1. how many steps of the base they lie beyond the two multiples beside them, added up;
2. among the tables in which that is least, how far they lie from the true numbers, added up.

A search that flips cells alone and in pairs comes first, begun anew STARTS times. Where at most ALL inner
cells are no multiples, an integer programme then finds the least, unless it meets its limit of nodes.
Elsewhere programmes over SHARE of these cells, SOME at most, decide them anew TURNS times; what comes out is
near, and not proved to be nearest. No part reads a clock: the same table gives the same answer.

Rounding as near as possible under such conditions: L. H. Cox, "A constructive procedure for unbiased
controlled rounding", JASA 82 (1987); A. Hundepool et al., "Statistical Disclosure Control" (2012), 5.4.3.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from highspy._core import _Highs  # highspy.Highs itself writes a line on standard output when it is made
from numpy.typing import NDArray
from scipy import sparse

from palermo.statistics.disclosure.grid import Counts, Flags
from palermo.statistics.disclosure.programmes import model
from palermo.statistics.ways.flips import Web, cooled

ALL, ALL_NODES = 150, 2_000  # cells of a programme over all that are open, and its nodes
SOME, SOME_NODES, SHARE, TURNS = 400, 50, 0.6, 100
STARTS, FLIPS = 2, 4_000_000
SWEEPS = (50, 20_000)

Real = NDArray[np.float64]


@dataclass(frozen=True)
class Rounding:
    """The inner cells that are no multiples of the base, and the numbers that count any of them.

    `holds` has a row for each such number and a column for each such cell; `off` is how far each number is
    from the true one while every cell stands at the multiple below it.
    """

    base: int
    holds: sparse.csr_matrix
    columns: sparse.csc_matrix
    off: Counts

    def standing(self, up: Flags) -> Counts:
        """How far each number is from the true one where these cells stand above."""
        return np.asarray(self.off + self.base * (self.holds @ up.astype(np.int64)))

    def goodness(self, up: Flags) -> tuple[int, int]:
        """What is to be least: steps beyond the multiples beside the numbers, and the whole distance."""
        off = np.abs(self.standing(up))
        return int((off // self.base).sum()), int(off.sum())


def rounded(inner: Counts, holds: sparse.csr_matrix, told: Flags, base: int) -> Counts:
    """The inner cells of a table rounded to multiples of a base, as near as is found for all that is told.

    `inner` are the counts of persons of the inner cells, in one row; `holds` has a row for each cell of the
    table and a column for each inner cell that it counts; `told` says which of its cells are published.
    """
    low = inner - inner % base
    open_cells = np.flatnonzero(inner % base)
    if not len(open_cells):
        return low
    made = rounding(inner[open_cells] % base, holds[told].tocsc()[:, open_cells].tocsr(), base)
    found = low.copy()
    found[open_cells] += base * nearest(made)
    return found


def rounding(rest: Counts, holds: sparse.csr_matrix, base: int) -> Rounding:
    """What must be decided for cells that exceed a multiple by this rest."""
    holds = holds[np.diff(holds.indptr) > 0]
    return Rounding(base, holds, holds.tocsc(), -np.asarray(holds @ rest))


def nearest(made: Rounding) -> Flags:
    """Which cells go up in the best table that is found."""
    count = made.holds.shape[1]
    sweeps = int(np.clip(FLIPS // count, *SWEEPS))
    starts = [walked(made, seed, sweeps) for seed in range(STARTS)]
    best = min(starts, key=made.goodness)
    if count <= ALL:
        return improved(made, best, np.arange(count), ALL_NODES)
    random = np.random.default_rng(1)
    for _turn in range(TURNS):
        best = improved(made, best, chosen(made, best, random), SOME_NODES)
    return best


def walked(made: Rounding, seed: int, sweeps: int) -> Flags:
    """Which cells go up in the best table that flips meet."""
    web = Web(
        *(
            one.astype(np.int64)
            for one in (made.columns.indptr, made.columns.indices, made.holds.indptr, made.holds.indices)
        )
    )
    return cooled(web, np.zeros(made.holds.shape[1], np.bool_), made.off.copy(), made.base, seed, sweeps)


def chosen(made: Rounding, up: Flags, random: np.random.Generator) -> Counts:
    """Cells to decide anew together: those around some number, one that lies too far where there is any."""
    number = min(SOME, int(SHARE * len(up)))
    far = np.flatnonzero(np.abs(made.standing(up)) >= made.base)
    rows = [int(random.choice(far if len(far) else made.holds.shape[0]))]
    cells: set[int] = set()
    while len(cells) < number:
        for row in rows:
            near = made.holds.indices[made.holds.indptr[row] : made.holds.indptr[row + 1]]
            cells.update(random.permutation(near)[: number // 3].tolist())
        seen = random.choice(sorted(cells))
        rows = made.columns.indices[made.columns.indptr[seen] : made.columns.indptr[seen + 1]].tolist()
    return np.sort(random.permutation(sorted(cells))[:number])


def improved(made: Rounding, up: Flags, cells: Counts, nodes: int) -> Flags:
    """The best table in which all other cells stay; the same one where no better is found."""
    settled = up.copy()
    settled[cells] = False
    part = made.columns[:, cells].tocsr()
    touched = np.diff(part.indptr) > 0
    program = programme(made.base, part[touched], made.standing(settled)[touched], up[cells])
    program.setOptionValue("mip_max_nodes", nodes)
    program.run()
    value = np.array(program.getSolution().col_value[: len(cells)])
    if len(value) != len(cells):
        return up
    found = settled
    found[cells] = value > 0.5
    return min(up, found, key=made.goodness)


def programme(base: int, holds: sparse.csr_matrix, off: Counts, up: Flags) -> _Highs:
    """The integer programme of these cells, begun where these are up.

    Of a number that is `off` while all are down, `below` steps lead to the multiple below the true one, which
    lies `rest` below it. After the cells come for each number that may lie too far its steps above the
    multiple above, then its steps below the multiple below.
    """
    below, rest = -off // base, -off % base
    above = below + (rest > 0)
    binds = np.flatnonzero((below > 0) | (np.diff(holds.indptr) > above))
    rest_there, rows = rest[binds], holds[binds]
    dear = base * len(off) + np.abs(off + base * (holds @ up)).sum() + 1  # a step, more than all distance
    lying = rows @ up.astype(np.int64)
    costs = (holds.T @ (base - 2 * rest), dear + 2 * rest_there, dear + 2 * (base - rest_there))
    begun = (up, np.maximum(lying - above[binds], 0), np.maximum(below[binds] - lying, 0))
    steps = [sparse.identity(len(binds), format="csr") * sign for sign in (-1, 1)]
    return begun_at(
        sparse.hstack([rows, *steps], format="csr"),
        (below[binds].astype(float), above[binds].astype(float)),
        np.concatenate(costs).astype(float),
        np.concatenate(begun).astype(float),
    )


def begun_at(matrix: sparse.csr_matrix, bounds: tuple[Real, Real], costs: Real, begun: Real) -> _Highs:
    """A programme of which the columns are 0 or 1, but for two a row at the end, which are 0 or more."""
    rows, columns = matrix.shape
    count = columns - 2 * rows
    most = np.concatenate((np.ones(count), np.full(2 * rows, np.inf)))
    made = model(matrix, np.zeros(columns), most, *bounds, count)
    made.changeColsCost(columns, np.arange(columns, dtype=np.int32), costs)
    for name, value in (("mip_rel_gap", 0.0), ("mip_abs_gap", 0.9)):
        made.setOptionValue(name, value)
    solution = highspy.HighsSolution()
    solution.col_value = begun.tolist()
    made.setSolution(solution)
    return made
