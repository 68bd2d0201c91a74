"""Whether a model has one likeliest estimate at all: it exists, and the counts tell it from others.

Fienberg and Rinaldo (2012): the estimate exists where some table without a zero has the same sums as the
observed one. Only which counts are 0 matters. Removing what the observed histories determine leaves a
small system, mostly none: it is enough to ask whether a weight of at least 1 for each unseen history
solves it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from palermo.statistics.compiled import compiled
from palermo.statistics.estimates.fitting import Chosen, Numbers, Terms, estimable, possible

TINY = 1e-9


@compiled
def is_estimable(counts: Numbers, totals: Numbers, model: Terms) -> bool:
    """The model's estimate exists and is the only one."""
    terms = estimable(totals, model)
    kept = possible(totals, model)
    system, seen = arranged(counts, terms, kept)
    determined = eliminate(system, seen, 0)
    if determined == terms.size:
        return True
    if eliminate(system, system.shape[1], determined) < terms.size:
        return False  # no count tells the terms apart
    return has_weights(system[determined:, seen:].copy())


@compiled
def arranged(counts: Numbers, terms: Terms, kept: Chosen) -> tuple[Numbers, int]:
    """Which term (row) each history (column) holds, those that somebody has first; and how many these are."""
    number = 0
    for history in range(counts.size):
        number += kept[history]
    system = np.zeros((terms.size, number))
    seen = 0
    last = number
    for history in range(counts.size):
        if kept[history]:
            if counts[history] > 0:
                column = seen
                seen += 1
            else:
                last -= 1
                column = last
            for row in range(terms.size):
                if history & terms[row] == terms[row]:
                    system[row, column] = 1
    return system, seen


@compiled
def eliminate(system: Numbers, columns: int, done: int) -> int:
    """Bring the first columns of a system to echelon form in place; how many rows they determine.

    `done` rows are determined already, and stay as they are.
    """
    for column in range(columns):
        pivot = done
        for row in range(done, system.shape[0]):
            if abs(system[row, column]) > abs(system[pivot, column]):
                pivot = row
        if done < system.shape[0] and abs(system[pivot, column]) >= TINY:
            clear(system, column, pivot, done)
            done += 1
    return done


@compiled
def clear(system: Numbers, column: int, pivot: int, done: int) -> None:
    """Exchange the pivot's row with the first that is not done, and take its column out of those below."""
    rows, width = system.shape
    for place in range(width):
        system[pivot, place], system[done, place] = system[done, place], system[pivot, place]
    for row in range(done + 1, rows):
        share = system[row, column] / system[done, column]
        if share != 0:
            for place in range(width):
                system[row, place] -= share * system[done, place]


@compiled
def has_weights(system: Numbers) -> bool:
    """Some weights of at least 1 for each column make every row 0: the first phase of the simplex method."""
    rows, columns = system.shape
    table = tableau(system)
    basis = np.empty(rows, np.int64)
    for row in range(rows):
        basis[row] = columns + row
    for _turn in range(50 * (rows + columns)):
        entering = first_negative(table, columns)
        if entering < 0:
            break
        leaving = tightest(table, basis, entering)
        turn(table, leaving, entering)
        basis[leaving] = entering
    return bool(table[rows, columns] > -1e-7)


@compiled
def tableau(system: Numbers) -> Numbers:
    """The system with its right-hand side last, each row signed so that it is not below 0; costs below.

    The weights are counted from 1 on. What lacks in a row costs 1 for each unit.
    """
    rows, columns = system.shape
    table = np.zeros((rows + 1, columns + 1))
    for row in range(rows):
        wanted = 0.0
        for place in range(columns):
            wanted -= system[row, place]
        sign = 1.0 if wanted >= 0 else -1.0
        table[row, columns] = sign * wanted
        for place in range(columns):
            table[row, place] = sign * system[row, place]
        for place in range(columns + 1):
            table[rows, place] -= table[row, place]
    return table


@compiled
def first_negative(table: Numbers, columns: int) -> int:
    """The first column whose cost is below 0, or -1: Bland's rule, which never goes round in circles."""
    for place in range(columns):
        if table[-1, place] < -TINY:
            return place
    return -1


@compiled
def tightest(table: Numbers, basis: NDArray[np.int64], entering: int) -> int:
    """The row that first reaches 0 when a column enters; of several the one that Bland's rule takes."""
    found, least = 0, np.inf
    for row in range(basis.size):
        if table[row, entering] > TINY:
            ratio = table[row, -1] / table[row, entering]
            if ratio < least - TINY or (ratio < least + TINY and basis[row] < basis[found]):
                found, least = row, ratio
    return found


@compiled
def turn(table: Numbers, leaving: int, entering: int) -> None:
    """Let a column enter the basis in a row."""
    rows, width = table.shape
    pivot = table[leaving, entering]
    for place in range(width):
        table[leaving, place] /= pivot
    for row in range(rows):
        share = table[row, entering]
        if row != leaving and share != 0:
            for place in range(width):
                table[row, place] -= share * table[leaving, place]
