"""A table with all its margins."""

import numpy as np

from palermo.statistics.disclosure.grid import grid
from palermo.statistics.disclosure.tests.make import FLAT, LINKED, NESTED, THREE
from palermo.statistics.specification import Dimension


def test_every_margin_is_the_sum_of_what_it_holds():
    cut = grid(NESTED)
    counts = cut.with_margins(np.array([[1, 2, 4], [8, 16, 32]])).reshape(cut.shape)
    assert cut.axes[1].codes == ("child", "young", "old", "T", "adult")
    assert counts.tolist() == [[1, 2, 4, 7, 6], [8, 16, 32, 56, 48], [9, 18, 36, 63, 54]]
    assert cut.key(14) == {"sex": "T", "age": "adult"}
    assert cut.is_inner.reshape(cut.shape).sum() == 6


def test_a_sum_of_earlier_releases_has_cells_that_are_not_told():
    age = Dimension(
        "age", ("child", "young", "old"), {"T": (0, 1, 2), "under 25": (0, 1)}, frozenset({"under 25"})
    )
    made = grid([FLAT[0], age])
    untold = [made.key(cell) for cell in np.flatnonzero(~made.told)]
    assert untold == [{"sex": sex, "age": "under 25"} for sex in ("F", "M", "T")]


def test_of_linked_tables_only_their_own_cells_are_told():
    cut = grid(THREE, LINKED)
    told = cut.told.reshape(cut.shape)
    assert told.sum() == 9 + 9 - 3
    assert not told[0, 0, 0]
    assert told[0, 0, 2]
    assert told[2, 0, 0]
    assert told[2, 2, 2]
