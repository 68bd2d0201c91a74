"""Intervals: from the same seed the same, wider where the choice wavers, and in agreement with textbooks."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import norm

from palermo.statistics.estimates.choosing import stepwise
from palermo.statistics.estimates.resampling import (
    acceleration,
    corrected,
    drawn,
    percentile,
    quantile,
    repeated,
)

from .make import counts_by_history, published

COUNTS = counts_by_history(3, A=90, B=70, C=80, AB=12, AC=9, BC=7, ABC=3)
numbers = st.lists(st.floats(0, 1e6), min_size=2, max_size=40).map(sorted)


@given(numbers, st.floats(0, 1))
def test_quantiles_are_median_unbiased(found, share):
    wanted = np.quantile(found, share, method="median_unbiased")
    assert quantile(np.array(found), share) == pytest.approx(wanted)


def test_a_quantile_among_repetitions_without_an_answer_is_infinite():
    found = np.array([1, 2, 3, math.inf, math.inf])
    assert quantile(found, 0.3) == pytest.approx(1.9333, abs=1e-4)
    assert [quantile(found, share) for share in (0.6, 0.95)] == [math.inf, math.inf]


def test_without_bias_and_bend_the_corrected_interval_is_the_middle():
    found = np.arange(1.0, 1001.0)
    assert corrected(found, 500.5, 0.0) == pytest.approx(percentile(found), rel=1e-6)


def test_repetitions_above_the_estimate_shift_the_corrected_interval_down():
    found = np.arange(1.0, 1001.0)
    bias = norm.ppf(0.3)
    wanted = [1000 * norm.cdf(2 * bias + norm.ppf(share)) for share in (0.025, 0.975)]
    assert corrected(found, 300.5, 0.0) == pytest.approx(wanted, abs=1)


def test_repetitions_that_are_the_estimate_lie_half_below_it():
    found = np.sort(np.concatenate([np.full(600, 50.0), np.arange(51.0, 251.0), np.arange(-150.0, 50.0)]))
    assert corrected(found, 50.0, 0.0) == pytest.approx(percentile(found), rel=1e-6)


def test_three_people_do_not_give_an_interval_without_width():
    three = counts_by_history(2, A=1, B=1, AB=1)
    found = corrected(repeated(drawn(three, 1000, 1), stepwise), 4.0, 0.0)
    assert (found[0], found[1]) == (pytest.approx(4.0), math.inf)


def test_a_bend_stretches_the_corrected_interval():
    found = np.arange(1.0, 1001.0)
    assert corrected(found, 500.5, 0.1)[1] > percentile(found)[1]
    assert corrected(found, 500.5, -0.1)[0] < percentile(found)[0]


def test_an_estimate_outside_all_repetitions_still_has_an_interval():
    found = np.arange(1.0, 101.0)
    assert all(math.isfinite(end) for end in (*corrected(found, 0, 0.0), *corrected(found, 1e6, 0.0)))


def test_the_bend_counts_each_person_once():
    def mean(counts):
        return None, float(counts @ np.arange(8.0) ** 2)

    people = np.repeat(np.arange(8), COUNTS.astype(int))
    alone = np.array([COUNTS.sum() - 1 + mean(COUNTS)[1] - one**2 for one in people])
    away = alone.mean() - alone
    assert acceleration(COUNTS, mean) == pytest.approx((away**3).sum() / (6 * (away**2).sum() ** 1.5))


def test_what_does_not_depend_on_one_person_has_no_bend():
    assert acceleration(COUNTS, lambda counts: (None, 5 - counts.sum())) == 0
    assert acceleration(COUNTS, lambda counts: (None, math.inf)) == 0


def test_the_same_seed_gives_the_same_and_another_seed_something_else():
    def answers(seed):
        return repeated(drawn(COUNTS, 50, seed), stepwise).tolist()

    assert answers(1) == answers(1) != answers(2)


def test_samples_have_as_many_people_and_none_where_nobody_was():
    samples = drawn(counts_by_history(2, A=5, AB=3), 20, 1)
    assert samples.shape == (20, 4)
    assert set(samples.sum(axis=1)) == {8}
    assert not samples[:, [0, 2]].any()


INTERVALS = [
    ("UKdat_5", 9_566, 15_478, 600),
    ("NewOrl_5", 589, 1_703, 350),
    ("Western", 1_293, 3_670, 600),
]


@pytest.mark.parametrize(("name", "low", "high", "error"), INTERVALS)
def test_the_published_stepwise_intervals_are_met(name, low, high, error):
    counts = published(name)
    whole = counts.sum() + stepwise(counts)[1]
    found = corrected(repeated(drawn(counts, 2000, 1), stepwise), whole, acceleration(counts, stepwise))
    assert found == pytest.approx((low, high), abs=error)
