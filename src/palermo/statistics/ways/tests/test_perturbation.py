"""Keyed noise: without bias, the same for the same people, and no small count is told."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.errors import Refused
from palermo.statistics.disclosure.grid import grid
from palermo.statistics.disclosure.tests.make import FLAT, THREE
from palermo.statistics.figures import Inner
from palermo.statistics.specification import Specification
from palermo.statistics.ways.compare import perturbation_by
from palermo.statistics.ways.noise import noise
from palermo.statistics.ways.perturbation import MOST, cell_keys, perturbed, record_keys, refuse_short
from palermo.statistics.ways.telling import cut
from palermo.statistics.ways.tests.make import tables

SECRET = b"a secret of many bytes"
RULES = st.tuples(st.integers(0, 8), st.integers(1, 8))


@given(RULES)
@settings(max_examples=30, deadline=None)
def test_noise_is_unbiased_and_keeps_what_it_promises(rule):
    threshold, width = rule
    made = noise(threshold, width)
    by = np.arange(-made.greatest, made.greatest + 1)
    assert made.shares.sum(axis=1) == pytest.approx(1)
    assert made.shares @ by == pytest.approx(0, abs=1e-9)
    told = np.arange(len(made.shares))[:, None] + by
    forbidden = (told < 0) | ((told > 0) & (told < threshold))
    assert (made.shares[forbidden] == 0).all()
    assert (made.shares[~forbidden][1:] >= 0).all()
    assert made.shares[0, made.greatest] == 1


@given(RULES)
@settings(max_examples=30, deadline=None)
def test_every_number_that_is_told_leaves_the_width_open(rule):
    threshold, width = rule
    made = noise(threshold, width)
    every = 4 * (made.greatest + threshold)
    by = made.greatest
    can_be = {}
    for count in range(every):
        for deviation in np.flatnonzero(made.shares[min(count, len(made.shares) - 1)]) - by:
            can_be.setdefault(count + int(deviation), []).append(count)
    for told in range(every - 2 * by):
        if told in can_be:
            lows, highs = made.possible(np.array([told]))
            assert (lows[0], highs[0]) == (min(can_be[told]), max(can_be[told]))
            assert highs[0] - lows[0] >= width


def test_the_variance_is_the_one_that_is_asked_where_nothing_is_forbidden():
    made = noise(4, 3)
    by = np.arange(-4, 5)
    assert made.shares[-1] @ by**2 == pytest.approx(4)
    assert made.shares[-1] == pytest.approx(made.shares[-1][::-1])


def test_drawn_noise_has_the_shares_of_its_table():
    made = noise(4, 3)
    keys = np.random.default_rng(1).integers(0, 2**64, 200_000, np.uint64)
    for count in (1, 2, 3, 4, 7, 50):
        found = made.deviations(np.full(len(keys), count), keys)
        drawn = np.bincount(found + 4, minlength=9) / len(keys)
        assert drawn == pytest.approx(made.shares[min(count, len(made.shares) - 1)], abs=0.005)


@given(tables(), st.binary(min_size=16, max_size=40))
@settings(max_examples=40, deadline=None)
def test_what_is_told_is_0_or_the_threshold_at_least_and_near_the_truth(made, secret):
    by, inner = made
    found = perturbation_by(by, secret)(by, (), inner)
    told = found.published[by.grid.told]
    true = found.asked.counts[by.grid.told]
    assert ((told == 0) | (told >= by.made.rule.threshold)).all()
    assert (told[true == 0] == 0).all()
    assert (abs(told - true) <= max(by.made.rule.threshold, by.made.rule.width)).all()
    lows, highs = found.between
    assert ((lows <= found.asked.counts) & (found.asked.counts <= highs)).all()


@given(st.lists(st.integers(0, 9), min_size=8, max_size=8))
@settings(max_examples=40, deadline=None)
def test_the_same_people_have_the_same_noise_in_whatever_table_they_stand(cells):
    inner = np.array(cells).reshape(2, 2, 2)
    made = noise(4, 3)
    whole, turned = grid(THREE), grid(THREE[::-1])
    one = perturbed(whole, inner, {}, SECRET, made)
    other = perturbed(turned, inner.transpose(), {}, SECRET, made)
    for cell in range(len(one)):
        key = whole.key(cell)
        there = next(at for at in range(len(other)) if turned.key(at) == key)
        assert one[cell] == other[there]
    people = [tuple(np.flatnonzero(row)) for row in cut(Specification("n", THREE)).layout.holds.toarray()]
    held = [tuple(at for at in row if inner.ravel()[at]) for row in people]
    for first in range(len(held)):
        for second in range(first):
            if held[first] == held[second]:
                assert one[first] == one[second]


def test_one_person_more_leaves_the_keys_of_the_others():
    codes = {"sex": "F", "age": "child"}
    four, five = (record_keys(SECRET, {}, codes, people).tolist() for people in (4, 5))
    assert four == five[:4]
    assert len({*five}) == 5


def test_another_group_or_another_secret_has_other_noise():
    made, inner = grid(FLAT), np.full((2, 3), 9)
    keys = [
        cell_keys(made, inner, group, secret)
        for group, secret in (
            ({"year": "2024"}, SECRET),
            ({"year": "2025"}, SECRET),
            ({"year": "2024"}, SECRET * 2),
        )
    ]
    assert len({one[0] for one in keys}) == 3


def test_a_key_that_can_be_guessed_is_refused_and_so_are_too_many_people():
    with pytest.raises(Refused, match="15 bytes"):
        refuse_short(b"x" * 15)
    refuse_short(b"x" * 16)
    with pytest.raises(Refused, match="more than"):
        cell_keys(grid(FLAT), np.full((2, 3), MOST), {}, SECRET)


def test_counts_are_told_without_bias_over_many_keys():
    made = noise(4, 3)
    inner = Inner(np.array([[1, 2, 3], [4, 5, 9]])).counts
    whole = grid(FLAT)
    found = [perturbed(whole, inner, {}, b"%030d" % key, made) for key in range(4000)]
    assert np.mean(found, axis=0) == pytest.approx(whole.with_margins(inner), abs=0.2)
