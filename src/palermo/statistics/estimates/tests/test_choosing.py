"""What each way of choosing finds, beside trying every model by hand and beside what was published."""

import math

import numpy as np
import pytest
from hypothesis import given, settings
from scipy.stats import poisson

from palermo.statistics.estimates.choosing import downhill, log_tail, stepwise, summed
from palermo.statistics.estimates.existence import is_estimable
from palermo.statistics.estimates.fitting import fit
from palermo.statistics.estimates.searching import best, weightiest

from .make import counts_by_history, hierarchical, published, tables, term

MODELS = {lists: list(hierarchical(lists, lists - 1)) for lists in (3, 4)}


def information(counts, terms):
    """BIC up to what all models share."""
    return fit(counts, summed(counts), terms)[0] + math.log(counts.sum()) * len(terms)


def lowest(counts, lists):
    """The lowest BIC of every hierarchical model whose estimate exists, tried one by one."""
    fitting = [one for one in MODELS[lists] if is_estimable(counts, summed(counts), one)]
    return min(information(counts, one) for one in fitting)


@given(tables(3, least=0, most=30))
@settings(max_examples=60, deadline=None)
def test_the_search_finds_the_best_of_all_models_of_three_lists(counts):
    counts[[1, 2, 4, 7]] += 1
    model, _unseen, _fits = best(counts, weightiest(counts, 2), 1000)
    assert information(counts, model) == pytest.approx(lowest(counts, 3), abs=1e-5)


@given(tables(4, least=0, most=12))
@settings(max_examples=25, deadline=None)
def test_the_search_finds_the_best_of_all_models_of_four_lists(counts):
    counts[[1, 2, 4, 8, 15]] += 1
    model, _unseen, fits = best(counts, weightiest(counts, 3), 1000)
    assert information(counts, model) == pytest.approx(lowest(counts, 4), abs=1e-5)
    assert fits <= len(MODELS[4])


def test_a_search_that_may_not_fit_enough_tells_so_and_keeps_the_best_so_far():
    counts = np.arange(32.0)
    terms = weightiest(counts, 3)
    model, unseen, fits = best(counts, terms, 2)
    assert fits == 3
    assert (model.tolist(), unseen) == (downhill(counts, terms)[0].tolist(), downhill(counts, terms)[1])


def test_lists_that_share_nobody_have_no_answer():
    counts = counts_by_history(3, A=5, B=4, C=3)
    terms = weightiest(counts, 2)
    assert [found[1] for found in (stepwise(counts), downhill(counts, terms), best(counts, terms, 99))] == [
        math.inf
    ] * 3


def test_independent_lists_stay_without_interactions():
    chances = np.array([0.3, 0.4, 0.2])
    people = [
        1000 * np.prod([one if history >> place & 1 else 1 - one for place, one in enumerate(chances)])
        for history in range(8)
    ]
    counts = np.array([0, *people[1:]])
    for found in (stepwise(counts), downhill(counts, weightiest(counts, 2))):
        assert max(found[0]).bit_count() == 1
        assert found[1] == pytest.approx(people[0])


def test_a_strong_dependence_is_found():
    counts = counts_by_history(3, A=50, B=60, C=80, AB=90, AC=10, BC=12, ABC=15)
    for model, _unseen in (stepwise(counts), downhill(counts, weightiest(counts, 2))):
        assert term("AB") in model


@pytest.mark.parametrize(
    ("seen", "expected"), [(0, 3.0), (2, 3.0), (3, 3.0), (9, 3.0), (40, 90.0), (400, 90.0), (5, 0.01)]
)
def test_the_chance_of_an_overlap_is_the_tail_of_poisson_on_its_side(seen, expected):
    tail = poisson.logcdf(seen, expected) if seen <= expected else poisson.logsf(seen - 1, expected)
    assert log_tail(seen, expected) == pytest.approx(tail)


POINTS = [
    ("UKdat", "stepwise", 11_418), ("UKdat_5", "stepwise", 11_313), ("UKdat_5", "bic-all", 25_311),
    ("UKdat_5", "downhill", 12_262), ("NewOrl_5", "stepwise", 1_034), ("Western", "stepwise", 2_483),
    ("Kosovo", "bic-all", 10_357), ("Korea", "bic-all", 157),
]  # fmt: skip


@pytest.mark.parametrize(("name", "method", "point"), POINTS)
def test_the_published_points_are_met(name, method, point):
    counts = published(name)
    terms = weightiest(counts, min(3, len(counts).bit_length() - 2))
    ways = {
        "stepwise": lambda: stepwise(counts),
        "downhill": lambda: downhill(counts, terms),
        "bic-all": lambda: best(counts, terms, 10_000),
    }
    assert counts.sum() + ways[method]()[1] == pytest.approx(point, abs=0.51)
