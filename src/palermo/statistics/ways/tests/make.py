"""Small tables told in some way, and every table that somebody who sees them could hold for the true one."""

import numpy as np
from hypothesis import strategies as st

from palermo.statistics.disclosure.tests.make import CUTS, FLAT, NESTED, OVERLAPPING
from palermo.statistics.figures import Inner
from palermo.statistics.specification import Dimension, Rule, Specification
from palermo.statistics.ways.telling import cut

PAIR = tuple(Dimension(name, ("p", "q"), {"T": (0, 1)}) for name in ("a", "b"))
ENDLESS = 10**9


@st.composite
def tables(draw, cuts=CUTS, most=9):
    """A cut, and the inner cells of a table."""
    dimensions, told = draw(st.sampled_from(cuts))
    shape = [len(one.parts) for one in dimensions]
    cells = draw(st.lists(st.integers(0, most), min_size=int(np.prod(shape)), max_size=int(np.prod(shape))))
    made = Specification("value", dimensions, rule=Rule(width=draw(st.integers(1, 5))), tables=told)
    return cut(made), Inner(np.array(cells).reshape(shape))


SMALL = [(PAIR, ()), (FLAT, ()), (NESTED, ()), (OVERLAPPING, ())]


def narrow(told, lows, highs):
    """How many primary cells are exact, and how many too narrow, over every table within these bounds."""
    holds = told.cut.layout.holds.toarray()
    inner = np.array(told.cut.layout.inner)
    between = [np.arange(lows[at], highs[at] + 1) for at in inner]
    every = np.stack([one.ravel() for one in np.meshgrid(*between, indexing="ij")])
    for row, low, high in zip(holds, lows, highs, strict=True):
        sums = row @ every
        every = every[:, (sums >= low) & (sums <= high)]
    sums = holds @ every
    apart = (sums.max(axis=1) - sums.min(axis=1))[told.asked.primary]
    asked = told.asked.width[told.asked.primary]
    return {"exact": int((apart == 0).sum()), "too_narrow": int(((apart > 0) & (apart < asked)).sum())}
