"""Two ways to choose a model without looking at all: step by step, and downhill.

Each gives the model as its terms, and the people on no list; infinite where no estimate exists. Both give
the published points: `./palermo bench estimate` sets them side by side.
"""

from __future__ import annotations

import math

import numpy as np

from palermo.statistics.compiled import compiled
from palermo.statistics.estimates.existence import is_estimable
from palermo.statistics.estimates.fitting import (
    Chosen,
    Numbers,
    Terms,
    add_supersets,
    fit,
    means,
    possible,
)
from palermo.statistics.estimates.terms import fits_in, independent, interactions, listed, stands_free

THRESHOLD = math.log(0.02)  # Chan, Silverman and Vincent (2021)
TIED = 1e-8


@compiled
def summed(counts: Numbers) -> Numbers:
    """The people whose lists hold each term."""
    totals = counts.copy()
    add_supersets(totals)
    return totals


@compiled
def log_tail(seen: float, expected: float) -> float:
    """The logarithm of the chance of a Poisson count as far out as the one seen, on its side."""
    total, term, number = 1.0, 1.0, seen
    if expected <= 0:
        return 0.0
    if seen <= expected:
        while number > 0 and term > 1e-17 * total:
            term *= number / expected
            total += term
            number -= 1
    else:
        while term > 1e-17 * total:
            number += 1
            term *= expected / number
            total += term
    return seen * math.log(expected) - expected - math.lgamma(seen + 1) + math.log(total)


@compiled
def least(scores: Numbers, limit: float) -> int:
    """Where the lowest score below a limit stands, or -1."""
    found = -1
    for place in range(scores.size):
        if scores[place] < limit:
            found, limit = place, scores[place]
    return found


@compiled
def stepwise(counts: Numbers) -> tuple[Terms, float]:
    """Add the pair of lists whose overlap is least likely so far, while its chance is below 0.02.

    Chan, Silverman and Vincent (2021): the chance is the Poisson tail of the people on both lists, under the
    model without the pair. A pair with which no estimate exists is passed over.
    """
    totals = summed(counts)
    chosen = independent(counts.size)
    pairs = interactions(totals, 2)
    if not is_estimable(counts, totals, listed(chosen)):
        return listed(chosen), math.inf
    while True:
        _lost, values = fit(counts, totals, listed(chosen))
        chances = likelihoods(totals, values, pairs, chosen)
        found = least(chances, THRESHOLD)
        while found >= 0:
            chosen[pairs[found]] = True
            if is_estimable(counts, totals, listed(chosen)):
                break
            chosen[pairs[found]] = False
            chances[found] = 0
            found = least(chances, THRESHOLD)
        if found < 0:
            return listed(chosen), math.exp(values[0])


@compiled
def likelihoods(totals: Numbers, values: Numbers, pairs: Terms, chosen: Chosen) -> Numbers:
    """The logarithm of the chance of each pair's overlap under a model; 0 for a pair that is in it."""
    expected = means(values, values, 0.0, possible(totals, listed(chosen)))
    add_supersets(expected)
    chances = np.zeros(pairs.size)
    for place in range(pairs.size):
        if not chosen[pairs[place]]:
            chances[place] = log_tail(totals[pairs[place]], expected[pairs[place]])
    return chances


@compiled
def scored(counts: Numbers, totals: Numbers, chosen: Chosen) -> float:
    """BIC of a model, up to what all models share: each term costs the logarithm of the people observed."""
    model = listed(chosen)
    lost, _values = fit(counts, totals, model)
    return lost + math.log(totals[0]) * model.size


@compiled
def neighbours(counts: Numbers, totals: Numbers, chosen: Chosen, every: Terms) -> Numbers:
    """BIC of the model with each term taken in or out, infinite where hierarchy forbids it."""
    scores = np.full(every.size, math.inf)
    for place in range(every.size):
        term = every[place]
        if stands_free(term, chosen) if chosen[term] else fits_in(term, chosen):
            chosen[term] = not chosen[term]
            scores[place] = scored(counts, totals, chosen)
            chosen[term] = not chosen[term]
    return scores


@compiled
def downhill(counts: Numbers, every: Terms) -> tuple[Terms, float]:
    """From no interaction, move to the neighbour with the lowest BIC, among these terms, until none is lower.

    A neighbour has one term more or fewer and is hierarchical; BIC counts the people observed (Silverman,
    Chan and Vincent 2024). A neighbour whose estimate does not exist is passed over.
    """
    totals = summed(counts)
    chosen = independent(counts.size)
    if not is_estimable(counts, totals, listed(chosen)):
        return listed(chosen), math.inf
    lowest = scored(counts, totals, chosen)
    scores = neighbours(counts, totals, chosen, every)
    found = least(scores, lowest - TIED)
    while found >= 0:
        term = every[found]
        chosen[term] = not chosen[term]
        if is_estimable(counts, totals, listed(chosen)):
            lowest = scores[found]
            scores = neighbours(counts, totals, chosen, every)
        else:
            chosen[term] = not chosen[term]
            scores[found] = math.inf
        found = least(scores, lowest - TIED)
    _lost, values = fit(counts, totals, listed(chosen))
    return listed(chosen), math.exp(values[0])
