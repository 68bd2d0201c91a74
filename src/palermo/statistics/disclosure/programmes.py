"""The published figures of a group as one linear programme over its inner cells, asked again and again."""

from __future__ import annotations

from dataclasses import dataclass

import highspy
import numpy as np
from highspy._core import _Highs  # highspy.Highs itself writes a line on standard output when it is made
from numpy.typing import NDArray

from palermo.statistics.disclosure.equations import Layout

Whole = NDArray[np.int64]
Real = NDArray[np.float64]
MARGIN = 4096  # how far above all that is published a cell that nothing bounds may lie
PRIMAL = 4  # the way of HiGHS that goes on from the last table when only the question is another


@dataclass(frozen=True)
class Optimum:
    """The best table by its inner cells, and a value below which no table lies."""

    inner: Real
    bound: float


class Programmes:
    """The tables that are possible, over the inner cells that are not known yet."""

    def __init__(self, layout: Layout, lows: Whole, highs: Whole, least: Whole, most: Whole) -> None:
        inner = np.array(layout.inner)
        cap = int(lows.sum()) + int(highs[highs < highs.max(initial=0)].sum()) + MARGIN
        self.least = least[inner]
        free = np.flatnonzero(self.least < most[inner])
        self.free = free
        self.holds = layout.holds.tocsc()[:, free].tocsr()
        self.room = np.minimum(most[inner][free], self.least[free] + cap) - self.least[free]
        self.base = base = layout.holds @ self.least
        is_row = (np.diff(self.holds.indptr) > 0) & ~layout.grid.is_inner
        is_row &= (lows > base) | (highs < base + self.holds @ self.room)
        rows = np.flatnonzero(is_row)
        self.models = {  # apart, so that the linear one goes on from its last table
            whole: self.built(rows, lows - base, highs - base, whole=whole) for whole in (False, True)
        }

    def built(self, rows: Whole, lows: Whole, highs: Whole, *, whole: bool) -> _Highs:
        """The model: a column for each open inner cell above its least, a row for each sum that binds."""
        count = len(self.free)
        matrix = self.holds[rows]
        program = highspy.HighsLp()
        program.num_col_, program.num_row_ = count, len(rows)
        program.col_cost_ = np.zeros(count)
        program.col_lower_, program.col_upper_ = np.zeros(count), self.room.astype(float)
        program.row_lower_, program.row_upper_ = lows[rows].astype(float), highs[rows].astype(float)
        program.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        program.a_matrix_.start_, program.a_matrix_.index_ = matrix.indptr, matrix.indices
        program.a_matrix_.value_ = matrix.data.astype(float)
        model = _Highs()
        model.setOptionValue("output_flag", False)  # noqa: FBT003
        for name, value in (("threads", 1), ("mip_rel_gap", 0.0), ("mip_abs_gap", 0.9)):
            model.setOptionValue(name, value)
        if whole:
            program.integrality_ = [highspy.HighsVarType.kInteger] * count
        model.passModel(program)
        return model

    def linear(self, cost: dict[int, int]) -> Optimum | None:
        """The table with the least weighted sum of these cells, in numbers that need not be whole."""
        return self.solved(cost, whole=False)

    def whole(self, cost: dict[int, int]) -> Optimum | None:
        """The table of whole numbers with the least weighted sum of these cells."""
        return self.solved(cost, whole=True)

    def solved(self, cost: dict[int, int], *, whole: bool) -> Optimum | None:
        """The best table, or nothing where there is none."""
        count = len(self.free)
        weights = np.zeros(self.holds.shape[0])
        weights[list(cost)] = list(cost.values())
        model = self.models[whole]
        model.changeColsCost(count, np.arange(count, dtype=np.int32), self.holds.T @ weights)
        model.run()
        if model.getModelStatus() != highspy.HighsModelStatus.kOptimal:
            return None
        if not whole:
            model.setOptionValue("simplex_strategy", PRIMAL)
        return self.read(model, cost)

    def read(self, model: _Highs, cost: dict[int, int]) -> Optimum:
        """The table that was found."""
        inner = self.least.astype(float)
        inner[self.free] += np.array(model.getSolution().col_value)
        shift = sum(weight * int(self.base[cell]) for cell, weight in cost.items())
        return Optimum(inner, model.getInfo().objective_function_value + shift)
