"""A model's fit answers in closed form where there is one, and keeps the sums that its terms ask for."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.statistics.estimates.choosing import summed
from palermo.statistics.estimates.fitting import add_subsets, add_supersets, fit, means, possible

from .make import counts_by_history, model, tables, term


def unseen(counts, terms):
    return math.exp(fit(counts, summed(counts), terms)[1][0])


def expected(counts, terms):
    totals = summed(counts)
    _lost, values = fit(counts, totals, terms)
    return means(values, values, 0.0, possible(totals, terms))


@given(tables(2))
@settings(deadline=None)
def test_two_independent_lists_are_lincoln_and_petersen(counts):
    first, second, both = counts[1] + counts[3], counts[2] + counts[3], counts[3]
    whole = counts.sum() + unseen(counts, model(2))
    assert whole == pytest.approx(first * second / both, rel=1e-8)


@given(tables(3))
@settings(deadline=None)
def test_all_pairs_of_three_lists_have_a_closed_form(counts):
    odd, even = counts[[1, 2, 4, 7]].prod(), counts[[3, 5, 6]].prod()
    assert unseen(counts, model(3, "AB", "AC", "BC")) == pytest.approx(odd / even, rel=1e-7)


@given(tables(3))
@settings(deadline=None)
def test_two_lists_that_depend_are_one_list_for_the_third(counts):
    either, third, shared = counts[[1, 2, 3]].sum(), counts[4], counts[[5, 6, 7]].sum()
    assert unseen(counts, model(3, "AB")) == pytest.approx(either * third / shared, rel=1e-7)


@given(tables(4, least=0), st.sets(st.sampled_from(["AB", "AC", "AD", "BC", "BD", "CD"])))
@settings(max_examples=60, deadline=None)
def test_the_fit_keeps_the_sum_of_each_term(counts, pairs):
    counts[[1, 2, 4, 8, 15]] += 1  # so that the estimate exists
    terms = model(4, *sorted(pairs))
    sums = summed(expected(counts, terms))
    assert sums[terms] == pytest.approx(summed(counts)[terms], rel=1e-6, abs=1e-6)


@given(tables(4), st.permutations(range(4)))
@settings(max_examples=60, deadline=None)
def test_the_order_of_the_lists_changes_nothing(counts, order):
    def moved(one):
        return sum(1 << order[place] for place in range(4) if one >> place & 1)

    other = np.zeros_like(counts)
    for history, number in enumerate(counts):
        other[moved(history)] = number
    terms = model(4, "AB", "BC", "AC", "ABC", "CD")
    there = np.array([moved(int(one)) for one in terms])
    assert unseen(other, there) == pytest.approx(unseen(counts, terms), rel=1e-7)


@given(tables(4), st.integers(2, 1000))
@settings(max_examples=60, deadline=None)
def test_as_many_times_the_people_are_as_many_times_unseen(counts, times):
    terms = model(4, "AB", "BC", "CD")
    assert unseen(times * counts, terms) == pytest.approx(times * unseen(counts, terms), rel=1e-7)


def test_an_overlap_without_people_is_the_limit_of_one_with_hardly_any():
    counts = counts_by_history(4, A=90, B=70, C=80, D=60, AC=9, BC=7, AD=8, BD=5, CD=6, ACD=2, BCD=1)
    terms = model(4, "AB", "CD")
    nearly = counts.copy()
    nearly[term("AB")] = 1e-7
    assert unseen(counts, terms) == pytest.approx(unseen(nearly, terms), rel=1e-5)
    assert expected(counts, terms)[[term("AB"), term("ABC"), term("ABCD")]] == pytest.approx(0)


def test_an_overlap_without_people_costs_nothing_but_its_term():
    counts = counts_by_history(3, A=50, B=40, C=30, AC=6, BC=4)
    with_it, _values = fit(counts, summed(counts), model(3, "AB"))
    nearly = counts.copy()
    nearly[term("AB")] = 1e-9
    assert with_it == pytest.approx(fit(nearly, summed(nearly), model(3, "AB"))[0], abs=1e-5)


def test_a_term_that_the_counts_cannot_tell_stays_finite():
    counts = counts_by_history(3, A=5, B=4, C=3)
    lost, values = fit(counts, summed(counts), model(3, "AB", "AC", "BC"))
    assert math.isfinite(lost)
    assert np.isfinite(values).all()


@given(tables(3, least=0))
@settings(deadline=None)
def test_sums_over_supersets_and_subsets_are_what_they_say(counts):
    up, down = counts.copy(), counts.copy()
    add_supersets(up)
    add_subsets(down)
    for one in range(8):
        assert up[one] == sum(counts[other] for other in range(8) if other & one == one)
        assert down[one] == sum(counts[other] for other in range(8) if other & one == other)
