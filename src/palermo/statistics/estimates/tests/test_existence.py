"""The quick test of existence says what the linear programme of Fienberg and Rinaldo says."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog

from palermo.statistics.estimates.choosing import summed
from palermo.statistics.estimates.existence import is_estimable
from palermo.statistics.estimates.fitting import estimable, possible

from .make import counts_by_history, hierarchical, model, tables

MODELS = {lists: list(hierarchical(lists, lists - 1)) for lists in (3, 4)}


def by_programme(counts, terms):
    """The largest least cell of a table with the same sums is above 0, and the terms are told apart."""
    totals = summed(counts)
    kept = np.flatnonzero(possible(totals, terms))
    told = estimable(totals, terms)
    system = np.array([[history & one == one for history in kept] for one in told], float)
    if np.linalg.matrix_rank(system) < len(told):
        return False
    number = len(kept)
    found = linprog(
        [*np.zeros(number), -1],
        A_eq=np.hstack([system, np.zeros((len(told), 1))]),
        b_eq=totals[told],
        A_ub=np.hstack([-np.eye(number), np.ones((number, 1))]),
        b_ub=np.zeros(number),
        bounds=[(None, None)] * (number + 1),
    )
    assert found.status == 0
    return -found.fun > 1e-7


def agrees(counts, terms):
    return is_estimable(counts, summed(counts), terms) == by_programme(counts, terms)


@given(tables(3, least=0, most=2), st.sampled_from(MODELS[3]))
@settings(max_examples=150, deadline=None)
def test_it_agrees_with_the_linear_programme_on_three_lists(counts, terms):
    counts[[1, 2, 4]] += 1
    assert agrees(counts, terms)


@given(tables(4, least=0, most=1), st.sampled_from(MODELS[4]))
@settings(max_examples=200, deadline=None)
def test_it_agrees_with_the_linear_programme_on_four_lists(counts, terms):
    counts[[1, 2, 4, 8]] += 1
    assert agrees(counts, terms)


def test_an_estimate_does_not_exist_where_the_lists_share_nobody():
    counts = counts_by_history(3, A=5, B=4, C=3)
    assert not is_estimable(counts, summed(counts), model(3))


def test_the_first_published_example_is_told_as_it_was():
    """Chan, Silverman and Vincent's Artificial_3: A and C share nobody."""
    counts = counts_by_history(3, A=27, B=37, C=19, AB=4, BC=1)
    told = {
        pairs: is_estimable(counts, summed(counts), model(3, *pairs))
        for pairs in ((), ("AC",), ("AB", "AC", "BC"), ("AB", "BC"))
    }
    assert told == {(): True, ("AC",): True, ("AB", "AC", "BC"): False, ("AB", "BC"): False}


def test_terms_that_no_count_tells_apart_have_no_estimate():
    counts = counts_by_history(2, A=5, B=4, AB=3)
    assert not is_estimable(counts, summed(counts), model(2, "AB"))
