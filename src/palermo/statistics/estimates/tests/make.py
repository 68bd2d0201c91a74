"""What tests of estimates are made of: counts by history, models, the published tables."""

from itertools import combinations
from pathlib import Path

import numpy as np
import pytest
from hypothesis import strategies

from palermo.statistics.estimates.reading import read

SHARED = Path(__file__).resolve().parents[6] / "shared/data/mse"


def counts_by_history(lists, **people):
    """Counts of histories that are named by their lists, as in A=10, AB=3."""
    counts = np.zeros(1 << lists)
    for name, number in people.items():
        counts[term(name)] = number
    return counts


def term(name):
    """A term by its lists' letters."""
    return sum(1 << "ABCDEFGHIJ".index(letter) for letter in name)


def model(lists, *names):
    """The terms of a model: the intercept, each list, and what is named."""
    return np.array([0, *(1 << one for one in range(lists)), *map(term, names)], np.int64)


def published(name):
    """Counts of a published table; the test is passed over where it is not there."""
    path = SHARED / f"{name}.csv"
    if not path.exists():
        pytest.skip("the published tables are not here")
    return read(path).counts


def hierarchical(lists, order):
    """Every hierarchical model of some lists, as the terms beyond the lists themselves."""
    every = [one for one in range(1 << lists) if 2 <= one.bit_count() <= order]
    for size in range(len(every) + 1):
        for chosen in combinations(every, size):
            if all(
                one ^ 1 << place in chosen or one.bit_count() == 2
                for one in chosen
                for place in range(lists)
                if one >> place & 1
            ):
                yield np.array([0, *(1 << one for one in range(lists)), *chosen], np.int64)


def tables(lists, least=1, most=200):
    """Counts of every history but nobody's, each from `least` to `most`."""
    places = (1 << lists) - 1
    numbers = strategies.lists(strategies.integers(least, most), min_size=places, max_size=places)
    return numbers.map(lambda found: np.array([0, *found], float))
