"""The terms that models are made of, and which of them stand together."""

from __future__ import annotations

import numpy as np

from palermo.statistics.compiled import compiled
from palermo.statistics.estimates.fitting import Chosen, Numbers, Terms


@compiled
def size(term: int) -> int:
    """How many lists a term or a history has."""
    lists = 0
    while term:
        lists += term & 1
        term >>= 1
    return lists


@compiled
def interactions(totals: Numbers, order: int) -> Terms:
    """Every useful term of two lists up to `order` lists, those of fewer lists first."""
    found = np.empty(totals.size, np.int64)
    number = 0
    for wanted in range(2, order + 1):
        for term in range(totals.size):
            if size(term) == wanted:
                found[number] = term
                number += 1
    return useful(totals, found[:number])


@compiled
def useful(totals: Numbers, terms: Terms) -> Terms:
    """Those of some terms of which every term below is held by somebody; the others add nothing to these."""
    held = np.empty(totals.size, np.bool_)
    for term in range(totals.size):
        held[term] = totals[term] > 0
    found = np.empty(terms.size, np.int64)
    number = 0
    for term in terms:
        if fits_in(term, held):
            found[number] = term
            number += 1
    return found[:number]


@compiled
def independent(size: int) -> Chosen:
    """The model without interactions, by term: the intercept and each list."""
    chosen = np.zeros(size, np.bool_)
    chosen[0] = True
    bit = 1
    while bit < size:
        chosen[bit] = True
        bit <<= 1
    return chosen


@compiled
def listed(chosen: Chosen) -> Terms:
    """The chosen terms, the intercept first."""
    found = np.empty(chosen.size, np.int64)
    number = 0
    for term in range(chosen.size):
        if chosen[term]:
            found[number] = term
            number += 1
    return found[:number]


@compiled
def fits_in(term: int, chosen: Chosen) -> bool:
    """Every term with one list fewer is chosen, as hierarchy asks."""
    bit = 1
    while bit <= term:
        if term & bit and not chosen[term ^ bit]:
            return False
        bit <<= 1
    return True


@compiled
def stands_free(term: int, chosen: Chosen) -> bool:
    """No chosen term has one list more, so that hierarchy lets the term go."""
    bit = 1
    while bit < chosen.size:
        if not term & bit and chosen[term | bit]:
            return False
        bit <<= 1
    return True


@compiled
def widest(barred: Chosen, every: Terms) -> Chosen:
    """The largest hierarchical model of these interactions without those that are barred."""
    chosen = independent(barred.size)
    for term in every:
        chosen[term] = not barred[term] and fits_in(term, chosen)
    return chosen
