"""The fit of one log-linear model to the counts of lists that overlap.

Lists are bits: a history, and a term of a model, is the whole number whose bits are its lists. Arrays over
histories have 2**lists places; place 0 is nobody's history, the people on no list, and holds 0.
"""

from __future__ import annotations

import math

import numpy as np
from numpy.typing import NDArray

from palermo.statistics.compiled import compiled

Numbers = NDArray[np.float64]
Terms = NDArray[np.int64]
Chosen = NDArray[np.bool_]
ROUNDS, PATIENCE = 60, 25
EXACT, ALIASED, SHORTEST, HIGHEST = 1e-10, 1e-11, 1e-6, 700.0


@compiled
def add_supersets(values: Numbers) -> None:
    """Turn values by history into sums over every history that holds all its lists, in place."""
    bit = 1
    while bit < values.size:
        for history in range(values.size):
            if not history & bit:
                values[history] += values[history | bit]
        bit <<= 1


@compiled
def add_subsets(values: Numbers) -> None:
    """Turn values by term into sums over every term whose lists a history holds, in place."""
    bit = 1
    while bit < values.size:
        for history in range(values.size):
            if history & bit:
                values[history] += values[history ^ bit]
        bit <<= 1


@compiled
def possible(totals: Numbers, terms: Terms) -> Chosen:
    """Which histories can be seen at all: not 0, and without a term that nobody's lists hold.

    Such a term is estimated at minus infinity, so that what it covers is 0 with certainty.
    """
    kept = np.ones(totals.size, np.bool_)
    kept[0] = False
    for term in terms:
        if totals[term] == 0:
            for history in range(term, totals.size):
                if history & term == term:
                    kept[history] = False
    return kept


@compiled
def estimable(totals: Numbers, terms: Terms) -> Terms:
    """The terms of a model whose value is finite: those that somebody's lists hold."""
    found = np.empty(terms.size, np.int64)
    number = 0
    for term in terms:
        if totals[term] > 0:
            found[number] = term
            number += 1
    return found[:number]


@compiled
def solve(matrix: Numbers, right: Numbers) -> None:
    """Solve a symmetric system in place, by Cholesky; what the terms before determine already stays 0."""
    size = right.size
    for column in range(size):
        whole = matrix[column, column]
        for row in range(column, size):
            left = matrix[row, column]
            for inner in range(column):
                left -= matrix[row, inner] * matrix[column, inner]
            matrix[row, column] = left
        root = math.sqrt(matrix[column, column]) if matrix[column, column] > ALIASED * whole else math.inf
        matrix[column, column] = root
        for row in range(column + 1, size):
            matrix[row, column] /= root
        for inner in range(column):
            right[column] -= matrix[column, inner] * right[inner]
        right[column] /= root
    for column in range(size - 1, -1, -1):
        for row in range(column + 1, size):
            right[column] -= matrix[row, column] * right[row]
        right[column] /= matrix[column, column]


@compiled
def solved(weights: Numbers, forces: Numbers, terms: Terms) -> Numbers:
    """The values by term that answer these forces by history under these weights; both are overwritten."""
    add_supersets(weights)
    add_supersets(forces)
    matrix = np.empty((terms.size, terms.size))
    right = np.empty(terms.size)
    for row in range(terms.size):
        right[row] = forces[terms[row]]
        for column in range(row + 1):
            matrix[row, column] = weights[terms[row] | terms[column]]
    solve(matrix, right)
    values = np.zeros(weights.size)
    for row in range(terms.size):
        values[terms[row]] = right[row]
    return values


@compiled
def means(values: Numbers, step: Numbers, share: float, kept: Chosen) -> Numbers:
    """The expected count of each history when the values by term have gone a share of a step."""
    expected = np.empty(kept.size)
    for term in range(kept.size):
        expected[term] = values[term] + share * step[term]
    add_subsets(expected)
    for history in range(kept.size):
        expected[history] = math.exp(min(expected[history], HIGHEST)) if kept[history] else 0.0
    return expected


@compiled
def deviance(counts: Numbers, expected: Numbers) -> float:
    """How far expected counts lie from those observed: twice the loss of log-likelihood."""
    lost = 0.0
    for history in range(1, counts.size):
        lost += expected[history] - counts[history]
        if counts[history] > 0:
            lost += counts[history] * math.log(counts[history] / max(expected[history], 1e-300))
    return 2 * lost


@compiled
def started(counts: Numbers, terms: Terms, kept: Chosen) -> Numbers:
    """Values by term to begin with: least squares on the logarithms of the counts."""
    weights = np.zeros(counts.size)
    forces = np.zeros(counts.size)
    for history in range(counts.size):
        if kept[history]:
            weights[history] = counts[history] + 0.1
            forces[history] = weights[history] * math.log(weights[history]) - 0.1
    return solved(weights, forces, terms)


@compiled
def stepped(counts: Numbers, expected: Numbers, terms: Terms) -> Numbers:
    """The step by term that Newton's method takes."""
    forces = np.empty(counts.size)
    for history in range(counts.size):
        forces[history] = counts[history] - expected[history]
    return solved(expected.copy(), forces, terms)


@compiled
def fit(counts: Numbers, totals: Numbers, model: Terms) -> tuple[float, Numbers]:
    """The least deviance of a model, and the likeliest values by term; the value at 0 is the intercept.

    `totals` are the sums of counts over supersets. The people on no list are exp of the intercept.
    """
    terms = estimable(totals, model)
    kept = possible(totals, model)
    values = started(counts, terms, kept)
    step = np.zeros(counts.size)
    expected = means(values, step, 0.0, kept)
    lost = deviance(counts, expected)
    for attempt in range(ROUNDS):
        step = stepped(counts, expected, terms)
        share, farther = 1.0, math.inf
        while share > SHORTEST and not farther <= lost + 1e-9 * (1 + lost):
            expected = means(values, step, share, kept)
            farther = deviance(counts, expected)
            share /= 2
        if share <= SHORTEST:
            break
        for term in terms:
            values[term] += 2 * share * step[term]
        gained, lost = lost - farther, farther
        if gained < EXACT * (1 + lost) and (abs(step[0]) < EXACT or attempt >= PATIENCE):
            break
    return lost, values
