"""The best of all hierarchical models, found without fitting most of them."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from palermo.statistics.compiled import compiled
from palermo.statistics.estimates.choosing import TIED, downhill, scored, summed
from palermo.statistics.estimates.existence import is_estimable
from palermo.statistics.estimates.fitting import Chosen, Numbers, Terms, fit
from palermo.statistics.estimates.terms import independent, interactions, listed, useful, widest

LOWEST, FITS, MOST = 0, 1, 2  # what the record of a search holds
PLACE, INSIDE, BOUND, STALE = 0, 1, 2, 3  # what a node holds


@compiled
def best(counts: Numbers, terms: Terms, most: int) -> tuple[Terms, float, int]:
    """The model with the lowest BIC of all hierarchical ones of these terms whose estimate exists.

    No model is passed over: where every model that is left would cost too much even if it fitted as well as
    all of their terms together, none of them can win. With it comes how many fits that took; where more than
    `most` would be needed the search ends and the model is the best one so far.
    """
    totals = summed(counts)
    every = useful(totals, terms)
    model, unseen = downhill(counts, every)
    if math.isinf(unseen):
        return model, unseen, 0
    chosen = np.zeros(counts.size, np.bool_)
    for term in model:
        chosen[term] = True
    record = np.zeros(3)
    record[LOWEST], record[MOST] = scored(counts, totals, chosen), most
    nodes = np.zeros((2 * every.size + 2, 4))
    barred = np.zeros((nodes.shape[0], counts.size), np.bool_)
    nodes[0, INSIDE] = listed(independent(counts.size)).size
    nodes[0, STALE] = 1
    depth = 1
    while depth > 0 and record[FITS] <= record[MOST]:
        depth = explore(depth - 1, nodes, barred, record, chosen, every, counts, totals)
    _lost, values = fit(counts, totals, listed(chosen))
    return listed(chosen), math.exp(values[0]), int(record[FITS])


@compiled
def explore(
    top: int, nodes: Numbers, barred: NDArray[np.bool_], record: Numbers, chosen: Chosen,
    every: Terms, counts: Numbers, totals: Numbers,
) -> int:  # fmt: skip
    """Take the top node off the search and put what is below it on; how many nodes are then open.

    A node has decided the terms before its place: so many are in, some are barred, and no model below it has
    a deviance under its bound, which is stale until the model of all that is not barred is fitted.
    """
    price, place = math.log(totals[0]), int(nodes[top, PLACE])
    if nodes[top, BOUND] + price * nodes[top, INSIDE] >= record[LOWEST] - TIED:
        return top
    widely = widest(barred[top], every)
    if nodes[top, STALE]:
        nodes[top, BOUND], _values = fit(counts, totals, listed(widely))
        record[FITS] += 1
    lowest = nodes[top, BOUND] + price * nodes[top, INSIDE]
    if lowest >= record[LOWEST] - TIED:
        return top
    if place == every.size:
        if is_estimable(counts, totals, listed(widely)):
            copy(widely, chosen)
            record[LOWEST] = lowest
        return top
    return divide(top, nodes, barred, every[place], widely[every[place]])


@compiled
def copy(chosen: Chosen, into: Chosen) -> None:
    """Let one choice of terms be as another."""
    for term in range(chosen.size):
        into[term] = chosen[term]


@compiled
def divide(top: int, nodes: Numbers, barred: NDArray[np.bool_], term: int, is_free: bool) -> int:  # noqa: FBT001
    """Replace a node by those with its next term in and out, where that is free; how many are then open."""
    nodes[top, PLACE] += 1
    nodes[top, STALE] = 0
    if not is_free:  # it went with a barred one
        return top + 1
    for column in range(nodes.shape[1]):
        nodes[top + 1, column] = nodes[top, column]
    nodes[top + 1, INSIDE] += 1
    copy(barred[top], barred[top + 1])
    barred[top, term] = True
    nodes[top, STALE] = 1
    return top + 2


@dataclass
class Search:
    """The best of all models of some terms as a function of counts, and how many fits are left to it.

    A search of more than `most` fits ends with its best so far.
    """

    terms: Terms
    most: int
    left: int

    def __call__(self, counts: Numbers) -> tuple[Terms, float]:
        """The model and the people on no list."""
        model, unseen, fits = best(counts, self.terms, self.most)
        self.left -= max(fits, 1)
        return model, unseen


def weightiest(counts: Numbers, order: int) -> Terms:
    """The terms of two lists up to `order`, in the order in which to decide them.

    Those of fewer lists come first, and of these the one without which all others together fit worst.
    """
    totals = summed(counts)
    every = interactions(totals, order)
    losses = {}
    for term in every.tolist():
        barred = np.zeros(counts.size, np.bool_)
        barred[term] = True
        losses[term], _values = fit(counts, totals, listed(widest(barred, every)))
    return np.array(sorted(losses, key=lambda term: (term.bit_count(), -losses[term])), np.int64)
