"""Small tables, and every table that somebody who sees one protected could hold for the true one."""

import numpy as np
from hypothesis import strategies as st

from palermo.statistics.disclosure.grid import PRIMARY, PUBLISHED, SECONDARY, grid
from palermo.statistics.disclosure.protection import asked, protect
from palermo.statistics.figures import Inner
from palermo.statistics.specification import INSIDERS, Dimension, Rule, Specification

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
    insider = draw(st.sampled_from(INSIDERS))
    rule = Rule(draw(st.integers(2, 4)), zeros, low, draw(st.integers(1, 4)), insider=insider)
    shape = [len(one.parts) for one in dimensions]
    cells = draw(st.lists(st.integers(0, 9), min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
    made = Specification("value", dimensions, rule=rule, tables=tables, contributor="service")
    one = np.array([draw(st.sampled_from((0, count // 2, count))) for count in cells])
    services = {"one": one.reshape(shape), "other": (cells - one).reshape(shape)}
    return made, Inner(np.array(cells).reshape(shape), services)


@st.composite
def releases(draw):
    """A specification, its inner cells, and what an earlier release told of the same people."""
    made, inner = draw(specifications())
    cut = grid(made.dimensions, made.tables)
    counts = cut.with_margins(inner.counts)
    cells = draw(st.sets(st.integers(0, len(counts) - 1), max_size=6))
    return made, inner, {tuple(cut.key(cell).values()): int(counts[cell]) for cell in cells}


def protected(made, inner, starts=1, earlier=()):
    """The grid, what was asked, and the protection."""
    cut = grid(made.dimensions, made.tables)
    told = asked(cut, inner, made, earlier)
    return cut, told, protect(cut, told, starts)


def known_to(cut, told, found, insider):
    """How many each cell has at least, and whether it is known, to somebody who may have own figures."""
    least = np.where(np.isin(found.states, (PRIMARY, SECONDARY)), told.rule.hidden_low, 0)
    known = (found.states == PUBLISHED) | told.before
    if insider:
        least[insider.cells] = np.maximum(least[insider.cells], insider.counts)
        mine = insider.cells[(told.counts[insider.cells] == insider.counts) & cut.told[insider.cells]]
        holds = cut.summing.toarray()
        inside = [any((holds[cell] <= holds[one]).all() for one in mine) for cell in range(len(holds))]
        known |= np.array(inside) & cut.told
    return least, known


def choices(cut, told, found, insider=None):
    """The values that each inner cell may have, for whoever sees what is published."""
    least, known = known_to(cut, told, found, insider)
    for cell in np.flatnonzero(cut.is_inner):
        count = told.counts[cell]
        yield [count] if known[cell] else np.arange(least[cell], count + MOST + 1)


def possible(cut, told, found, insider=None):
    """The lowest and highest value of each cell over all tables that agree with what is published.

    No inner cell is tried more than MOST above what it is: no range is wider than what is found.
    """
    least, known = known_to(cut, told, found, insider)
    tried = np.stack([one.ravel() for one in np.meshgrid(*choices(cut, told, found, insider), indexing="ij")])
    sums = np.array(
        [
            cut.with_margins(one.reshape([axis.parts for axis in cut.axes]))
            for one in np.eye(len(tried), dtype=int)
        ]
    )
    tables = sums.T @ tried
    agrees = (tables[known] == told.counts[known, None]).all(axis=0)
    agree = tables[:, agrees & (tables >= least[:, None]).all(axis=0)]
    return agree.min(axis=1), agree.max(axis=1)
