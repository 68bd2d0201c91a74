"""Small tables, and every table that somebody who sees one protected could hold for the true one."""

import numpy as np
from hypothesis import strategies as st

from palermo.statistics.disclosure.grid import PUBLISHED, UNTOLD, grid
from palermo.statistics.disclosure.protection import asked, protect
from palermo.statistics.figures import Inner
from palermo.statistics.specification import Dimension, Rule, Specification

FLAT = (
    Dimension("sex", ("F", "M"), {"T": (0, 1)}),
    Dimension("age", ("child", "young", "old"), {"T": (0, 1, 2)}),
)
NESTED = (
    Dimension("sex", ("F", "M"), {"T": (0, 1)}),
    Dimension("age", ("child", "young", "old"), {"T": (0, 1, 2), "adult": (1, 2)}),
)
OVERLAPPING = (
    Dimension("sex", ("F", "M"), {"T": (0, 1)}),
    Dimension("age", ("child", "young", "old"), {"T": (0, 1, 2), "adult": (1, 2), "under 25": (0, 1)}),
)
THREE = (
    Dimension("sex", ("F", "M"), {"T": (0, 1)}),
    Dimension("age", ("child", "adult"), {"T": (0, 1)}),
    Dimension("form", ("labour", "other"), {"T": (0, 1)}),
)
LINKED = (("sex", "age"), ("age", "form"))
CUTS = [(FLAT, ()), (NESTED, ()), (OVERLAPPING, ()), (THREE, ()), (THREE, LINKED)]
MOST = 8


@st.composite
def specifications(draw):
    """A specification of a small table, and its inner cells."""
    dimensions, tables = draw(st.sampled_from(CUTS))
    zeros = draw(st.sampled_from(("published", "hidden")))
    low = draw(st.sampled_from((0, 1))) if zeros == "published" else 0
    rule = Rule(draw(st.integers(2, 4)), zeros, low, draw(st.integers(1, 4)))
    shape = [len(one.parts) for one in dimensions]
    cells = draw(st.lists(st.integers(0, 9), min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
    made = Specification("value", dimensions, rule=rule, tables=tables)
    return made, Inner(np.array(cells).reshape(shape))


def protected(made, inner, starts=1):
    """The grid, what was asked, and the protection."""
    cut = grid(made.dimensions, made.tables)
    told = asked(cut, inner, made)
    return cut, told, protect(cut, told, starts)


def choices(cut, told, found):
    """The values that each inner cell may have, for whoever sees what is published."""
    for cell in np.flatnonzero(cut.is_inner):
        count, state = told.counts[cell], found.states[cell]
        least = told.rule.hidden_low if state != UNTOLD else 0
        yield [count] if state == PUBLISHED else np.arange(least, count + MOST + 1)


def possible(cut, told, found):
    """The lowest and highest value of each cell over all tables that agree with what is published.

    No inner cell is tried more than MOST above what it is: no range is wider than what is found.
    """
    tried = np.stack([one.ravel() for one in np.meshgrid(*choices(cut, told, found), indexing="ij")])
    sums = np.array(
        [
            cut.with_margins(one.reshape([axis.parts for axis in cut.axes]))
            for one in np.eye(len(tried), dtype=int)
        ]
    )
    tables = sums.T @ tried
    shown = found.states == PUBLISHED
    agree = tables[:, (tables[shown] == told.counts[shown, None]).all(axis=0)]
    return agree.min(axis=1), agree.max(axis=1)
