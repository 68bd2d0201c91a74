"""Possible tables of a group, from linear and integer programmes that are asked again and again.

Most questions are asked from a table that is known to be possible: how can as few people as can be change
their cells, so that one cell rises or falls? Such an answer is short, quickly found, and most often whole.
"""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from highspy._core import _Highs  # highspy.Highs itself writes a line on standard output when it is made
from numpy.typing import NDArray
from scipy import sparse

from palermo.statistics.disclosure.diving import UNDECIDED, Answer, Dive
from palermo.statistics.disclosure.system import System, Whole

Real = NDArray[np.float64]
Numbers = Whole | Real
EDGES = ("simplex_dual_edge_weight_strategy", 1)  # weights that cost nothing to begin with
DUAL, PRIMAL = 1, 4  # ways of HiGHS: from a table that is best; from the last one to another question
FOUND = (highspy.HighsModelStatus.kOptimal, highspy.HighsModelStatus.kSolutionLimit)
NONE = (highspy.HighsModelStatus.kInfeasible, highspy.HighsModelStatus.kUnboundedOrInfeasible)


@dataclass
class Effort:
    """How many programmes were solved."""

    linear: int = 0
    integer: int = 0


@dataclass(frozen=True)
class Patience:
    """How long a change is sought: iterations of the linear programmes, and how many of these."""

    iterations: int
    steps: int


@dataclass(frozen=True)
class Aim:
    """That a cell shall rise (sign 1) or fall (sign -1) by so many at least."""

    cell: int
    sign: int
    by: int


class Programmes:
    """The tables that are possible over the open inner cells of a system; `room`: least and most of each."""

    def __init__(self, system: System, room: tuple[Whole, Whole], effort: Effort) -> None:
        self.system, self.room, self.effort = system, room, effort
        self.any: _Highs | None = None
        self.near: _Highs | None = None

    def best(self, weights: Whole) -> Real | None:
        """The open cells of the table with the least weighted sum of these cells, in fractions."""
        system = self.system
        count = len(system.free)
        if self.any is None:
            self.any = model(system.rows, *self.room, system.floor, system.ceiling)
        self.any.changeColsCost(count, np.arange(count, dtype=np.int32), real(system.holds.T @ weights))
        self.effort.linear += 1
        found = solved(self.any)
        self.any.setOptionValue("simplex_strategy", PRIMAL)
        return known(found)

    def change(self, table: Whole, aim: Aim, bounds: tuple[Whole, Whole], patience: Patience) -> Answer:
        """A small change of a possible table, in whole numbers, that does what is aimed at.

        `table` and `bounds`, the least and the most: of the open cells. The bounds that the model keeps
        afterwards mean nothing.
        """
        system = self.system
        count, end = len(system.free), len(system.floor)
        if self.near is None:
            self.near = self.from_here()
        now = system.rows @ table
        for row in np.flatnonzero(system.floor < system.ceiling):  # the others stay as they are
            ends = float(system.floor[row] - now[row]), float(system.ceiling[row] - now[row])
            self.near.changeRowBounds(int(row), *ends)
        room = real(np.concatenate([bounds[1] - table, table - bounds[0]]))
        both = np.arange(2 * count, dtype=np.int32)
        self.near.changeColsBounds(2 * count, both, np.zeros(2 * count), room)
        aimed = system.holds[aim.cell]
        columns = np.concatenate([aimed.indices, aimed.indices + count]).astype(np.int32)
        signs = aim.sign * np.concatenate([aimed.data, -aimed.data]).astype(float)
        self.near.addRow(float(aim.by), np.inf, len(columns), columns, signs)
        self.near.clearSolver()
        self.near.setOptionValue("simplex_iteration_limit", patience.iterations)
        dive = Dive(self.near, np.zeros(2 * count), room)
        found = dive.whole(self.ask_near(), patience.steps, self.ask_near)
        self.near.deleteRows(1, np.array([end], np.int32))
        if found.values is None:
            return found
        return Answer(decided=True, values=found.values[:count] - found.values[count:])

    def ask_near(self) -> Answer:
        """What the model of changes answers as it stands."""
        if self.near is None:
            return UNDECIDED
        self.effort.linear += 1
        return solved(self.near)

    def from_here(self) -> _Highs:
        """The model of changes: upwards and downwards of each open cell, each of which costs one."""
        rows = sparse.hstack([self.system.rows, -self.system.rows]).tocsr()
        ends, count = np.zeros(rows.shape[0], np.int64), rows.shape[1]
        made = model(rows, np.zeros(count, np.int64), np.zeros(count, np.int64), ends, ends)
        made.changeColsCost(count, np.arange(count, dtype=np.int32), np.ones(count))
        for name, value in (("presolve", "off"), ("simplex_strategy", DUAL), EDGES):
            made.setOptionValue(name, value)
        return made

    def whole(
        self,
        table: Whole,
        least: Whole,
        most: Whole,
        aim: Aim | None = None,
        weights: Whole | None = None,
    ) -> Whole | None:
        """A table of whole numbers, in which a cell is so much more or less than in `table`.

        Every cell stays between `least` and `most`. With weights, the first table that is found where the
        weighted sum of all cells is small: it shows more of other cells too.
        """
        system = self.system
        open_cells = np.flatnonzero(least < most)
        rows, floor, ceiling = system.rows, system.floor, system.ceiling
        if aim is not None:
            row = system.holds[aim.cell]
            start = int((row @ table)[0])
            limit = np.iinfo(np.int64).max // 2
            ends = (start + aim.by, limit) if aim.sign > 0 else (-limit, start - aim.by)
            rows = sparse.vstack([rows, row]).tocsr()
            floor, ceiling = np.append(floor, ends[0]), np.append(ceiling, ends[1])
        found = least.copy()
        left = rows @ np.where(least < most, 0, least)
        rows = rows[:, open_cells]
        made = model(rows, least[open_cells], most[open_cells], floor - left, ceiling - left, len(open_cells))
        if weights is not None:
            cost = real(system.holds.T @ weights)[open_cells]
            made.changeColsCost(len(open_cells), np.arange(len(open_cells), dtype=np.int32), cost)
            made.setOptionValue("mip_max_improving_sols", 1)
        self.effort.integer += 1
        answer = known(solved(made))
        if answer is None:
            return None
        found[open_cells] = np.rint(answer).astype(np.int64)
        return found


def real(numbers: Numbers) -> Real:
    """Numbers as a solver wants them."""
    return np.asarray(numbers).astype(float)


def model(
    rows: sparse.csr_matrix,
    least: Numbers,
    most: Numbers,
    floor: Numbers,
    ceiling: Numbers,
    whole: int = 0,
) -> _Highs:
    """The programme of a system of rows, without a wish; the first columns, so many, are whole numbers."""
    program = highspy.HighsLp()
    program.num_row_, program.num_col_ = rows.shape
    program.col_cost_ = np.zeros(rows.shape[1])
    program.col_lower_, program.col_upper_ = real(least), real(most)
    program.row_lower_, program.row_upper_ = real(floor), real(ceiling)
    program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    program.a_matrix_.start_, program.a_matrix_.index_ = rows.indptr, rows.indices
    program.a_matrix_.value_ = real(rows.data)
    if whole:
        kinds = highspy.HighsVarType
        program.integrality_ = [kinds.kInteger] * whole + [kinds.kContinuous] * (rows.shape[1] - whole)
    made = _Highs()
    made.setOptionValue("output_flag", False)  # noqa: FBT003
    made.setOptionValue("threads", 1)
    made.passModel(program)
    return made


def solved(asked: _Highs) -> Answer:
    """What a model answers."""
    asked.run()
    status = asked.getModelStatus()
    if status in NONE:
        return Answer(decided=True)
    if status not in FOUND:
        return UNDECIDED
    return Answer(decided=True, values=np.array(asked.getSolution().col_value))


def known(answer: Answer) -> Real | None:
    """What was found, if anything. Raises ArithmeticError where a solver without a limit cannot decide."""
    if not answer.decided:
        raise ArithmeticError("the solver ended without an answer")
    return answer.values
