"""A rounded table adds up, stays beside the true one, and is the nearest where that can be proved."""

from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.statistics.figures import Inner
from palermo.statistics.specification import Dimension, Specification
from palermo.statistics.ways import rounding
from palermo.statistics.ways.compare import rounding_to
from palermo.statistics.ways.rounding import rounded
from palermo.statistics.ways.telling import cut
from palermo.statistics.ways.tests.make import tables

BASES = st.sampled_from((3, 5))


def told(by, inner, base):
    """Every cell of the rounded table, and of the true one."""
    found = rounded(inner.counts.ravel(), by.layout.holds, by.grid.told, base)
    return by.grid.with_margins(found.reshape(inner.counts.shape)), by.grid.with_margins(inner.counts)


def far(off, base):
    """What is to be least: steps beyond the multiples beside each number, then the whole distance."""
    return int((abs(off) // base).sum()), int(abs(off).sum())


@given(tables(), BASES)
@settings(max_examples=40, deadline=None)
def test_every_number_is_a_multiple_and_the_table_adds_up(made, base):
    by, inner = made
    found = rounding_to(base)(by, (), inner)
    assert (found.published[by.grid.told] % base == 0).all()
    whole = found.published[list(by.layout.inner)]
    assert (by.layout.holds @ whole == found.published).all()
    assert found.shown[by.grid.told].all()


@given(tables(), BASES)
@settings(max_examples=40, deadline=None)
def test_inner_cells_go_to_a_multiple_beside_them_and_multiples_stay(made, base):
    by, inner = made
    found, true = told(by, inner, base)
    cells = list(by.layout.inner)
    assert (abs(found - true)[cells] < base).all()
    stays = [cell for cell in cells if true[cell] % base == 0]
    assert (found[stays] == true[stays]).all()
    assert (found >= 0).all()


@given(tables(), BASES)
@settings(max_examples=40, deadline=None)
def test_no_rounding_of_a_small_table_is_nearer(made, base):
    by, inner = made
    found, true = told(by, inner, base)
    open_cells = np.flatnonzero(inner.counts.ravel() % base)
    best = far((found - true)[by.grid.told], base)
    low = inner.counts.ravel() // base * base
    for up in product((0, 1), repeat=len(open_cells)):
        other = low.copy()
        other[open_cells] += base * np.array(up, int)
        off = by.grid.with_margins(other.reshape(inner.counts.shape)) - true
        assert best <= far(off[by.grid.told], base)


def flat(*sizes):
    return tuple(
        Dimension(f"d{at}", tuple(f"c{one}" for one in range(size)), {"T": tuple(range(size))})
        for at, size in enumerate(sizes)
    )


@pytest.mark.parametrize("base", [3, 5])
def test_a_table_of_two_dimensions_always_has_every_number_beside_the_true_one(base):
    by = cut(Specification("value", flat(20, 20)))
    counts = np.random.default_rng(base).integers(0, 9, (20, 20))
    found, true = told(by, Inner(counts), base)
    assert (abs(found - true) < base).all()


def test_the_same_table_is_rounded_in_the_same_way_twice():
    by = cut(Specification("value", flat(8, 6, 5)))
    inner = Inner(np.random.default_rng(3).integers(0, 6, (8, 6, 5)))
    assert (told(by, inner, 3)[0] == told(by, inner, 3)[0]).all()


def test_programmes_over_some_cells_at_a_time_make_a_large_table_no_worse(monkeypatch):
    by = cut(Specification("value", flat(12, 8, 5)))
    inner = Inner(np.random.default_rng(4).integers(0, 6, (12, 8, 5)))
    found, true = told(by, inner, 3)
    monkeypatch.setattr(rounding, "TURNS", 0)
    before, _true = told(by, inner, 3)
    assert far(found - true, 3) < far(before - true, 3)


@pytest.mark.long
def test_a_hundred_thousand_cells_are_rounded_beside_the_true_ones():
    by = cut(Specification("value", flat(50, 25, 16, 3)))
    counts = np.random.default_rng(5).poisson(2.0, (50, 25, 16, 3))
    found, true = told(by, Inner(counts), 5)
    assert (abs(found - true) >= 5).mean() < 0.02
    assert abs(found - true)[by.grid.is_inner].max() < 5
