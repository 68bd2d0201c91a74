"""The attack agrees with every table that is possible, and finds what is known to be unsafe."""

from itertools import product
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.statistics.checks.reading import Sheet
from palermo.statistics.disclosure.attack import attack
from palermo.statistics.disclosure.grid import grid
from palermo.statistics.specification import specification

DATA = Path(__file__).resolve().parents[6] / "shared/data"
MOST = 3  # of an inner cell in the tables that are enumerated
RULE = "suppressed: {mark: x, low: 0, high: 3}\nrule: {width: 3, hidden_low: 0}\n"
PAIR = "dimensions: {a: {total: T, parts: [p, q]}, b: {total: T, parts: [r, s]}}\n"
ROW = "dimensions: {a: {total: T, parts: [p, q, r]}}\n"
NESTED = "dimensions: {a: {total: T, parts: {m: [p, q], n: [r]}}}\n"
LINKED = (
    "dimensions: {a: {total: T, parts: [p, q]}, b: {total: T, parts: [r, s]}, c: {total: T, parts: [u, v]}}\n"
)
WIDE = "dimensions: {a: {total: T, parts: [p, q, r]}, b: {total: T, parts: [u, v]}}\n"


def cut(text):
    return specification(yaml.load(text, yaml.BaseLoader))


def sheet(made, cells):
    """Figures as a file has them: the codes of each cell, then its count."""
    columns = (*made.groups, *(one.name for one in made.dimensions), made.count)
    return Sheet(columns, [(line, list(row)) for line, row in enumerate(cells, start=2)])


def ranges(told):
    return {tuple(one["key"].values()): (one["low"], one["high"]) for one in told["cells"]}


def enumerated(made, told, low):
    """The hidden cells that are narrow, from every table of whole numbers that has these figures."""
    cells = grid(made.dimensions)
    keys = [tuple(cells.key(at).values()) for at in range(len(cells.told))]
    inner = np.flatnonzero(cells.is_inner)
    shape = [axis.parts for axis in cells.axes]
    holds = np.array([cells.with_margins(one.reshape(shape)) for one in np.eye(len(inner), dtype=int)])
    most = [3 if told.get(key) == "x" else int(told.get(key, 99)) for key in keys]
    least = [low if told.get(keys[at]) == "x" else 0 for at in inner]
    caps = [min(most[at] for at in np.flatnonzero(row)) for row in holds]
    between = (range(a, b + 1) for a, b in zip(least, caps, strict=True))
    every = np.array(list(product(*between)), int).reshape(-1, len(inner)) @ holds
    told_at = [at for at, key in enumerate(keys) if key in told]
    floor = [0 if told[keys[at]] == "x" else most[at] for at in told_at]
    told_cells = every[:, told_at]
    found = every[(told_cells <= np.array(most)[told_at]).all(1) & (told_cells >= np.array(floor)).all(1)]
    if not len(found):
        return None
    spans = {
        key: (found[:, at].min(), found[:, at].max()) for at, key in enumerate(keys) if told.get(key) == "x"
    }
    return {key: one for key, one in spans.items() if one[1] - one[0] < made.rule.width}


@st.composite
def figures(draw):
    """A cut and figures of which each inner cell is told or hidden, so that all tables can be enumerated."""
    text = draw(st.sampled_from([PAIR, WIDE, NESTED, LINKED, ROW]))
    made = cut(RULE + text)
    cells = grid(made.dimensions)
    size = int(cells.is_inner.sum())
    inner = draw(st.lists(st.integers(0, 1 if text == LINKED else MOST), min_size=size, max_size=size))
    counts = cells.with_margins(np.array(inner).reshape([axis.parts for axis in cells.axes]))
    told = {}
    for at, count in enumerate(counts):
        key = tuple(cells.key(at).values())
        seen = draw(st.integers(0, 2))
        always = cells.is_inner[at] or text == LINKED
        if (text != LINKED or "T" in key[1:]) and (seen or always):  # two tables: a by b, and a by c
            told[key] = "x" if count <= 3 and seen < 2 else str(count)
    if draw(st.integers(0, 9)) == 0 and told:
        key = draw(st.sampled_from(sorted(told)))
        told[key] = str(draw(st.integers(0, MOST)))
    return made, told


def agrees(made, told):
    found = attack(sheet(made, [(*key, text) for key, text in told.items()]), made)
    for low in (0, 1):
        expected = enumerated(made, told, low)
        one = found["by_low"][str(low)]
        assert bool(one["impossible_groups"]) == (expected is None)
        if expected is not None:
            assert ranges(one) == expected
            assert one["exact"] == sum(a == b for a, b in expected.values())
            assert one["too_narrow"] == len(expected) - one["exact"]


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(figures())
def test_the_attack_agrees_with_every_table_that_is_possible(drawn):
    agrees(*drawn)


@pytest.mark.long
@settings(max_examples=2000, deadline=None, suppress_health_check=list(HealthCheck))
@given(figures())
def test_the_attack_agrees_with_every_table_that_is_possible_at_length(drawn):
    agrees(*drawn)


UNSAFE = [  # a cut, its figures, and the hidden cells that fall with what is known of each
    (ROW, "p x, q 4, r 5, T 10", "p 1"),
    (ROW, "p 4, q x, r 5, T 9", "q 0"),
    (ROW, "p 4, q 5, r x, T 12", "r 3"),
    (ROW, "p 1, q 1, r 1, T x", "T 3"),
    (ROW, "p 0, q 0, r 0, T x", "T 0"),
    (ROW, "p x, q x, r 5, T 5", "p 0, q 0"),
    (ROW, "p x, q x, r 5, T 6", "p 0-1, q 0-1"),
    (ROW, "p x, q x, r 5, T 7", "p 0-2, q 0-2"),
    (ROW, "p x, q x, r 5, T 11", "p 3, q 3"),
    (ROW, "p x, q x, r 5, T 10", "p 2-3, q 2-3"),
    (ROW, "p x, q x, r 5, T 9", "p 1-3, q 1-3"),
    (ROW, "p x, q x, r x, T 9", "p 3, q 3, r 3"),
    (ROW, "p x, q x, r x, T 8", "p 2-3, q 2-3, r 2-3"),
    (ROW, "p x, q x, r x, T 0", "p 0, q 0, r 0"),
    (ROW, "p x, q x, r x, T 1", "p 0-1, q 0-1, r 0-1"),
    (ROW, "p 2, T x", "T 2-3"),
    (ROW, "p x, T 1", "p 0-1"),
    (PAIR, "p r x, p s 2, p T 3", "p r 1"),
    (PAIR, "p r x, q r 2, T r 2", "p r 0"),
    (PAIR, "p r x, p s x, q r x, q s x, p T 0, T T 3, T r 3", "p r 0, p s 0, q r 3, q s 0"),
    (PAIR, "p r x, p s x, q r x, q s x, p T 3, q T 3, T r 6, T s 0", "p r 3, p s 0, q r 3, q s 0"),
    (PAIR, "p r x, p s x, q r x, q s x, p T 1, q T 9, T r 5, T s 5", None),
    (PAIR, "p r x, p s x, q r x, q s x, p T 1, q T 5, T r 3, T s 3", "p r 0-1, p s 0-1, q r 2-3, q s 2-3"),
    (PAIR, "p r x, p s x, q r x, q s x, p T 3, q T 1, T r 2, T s 2", "p r 1-2, p s 1-2, q r 0-1, q s 0-1"),
    (PAIR, "p r x, T r x, q r 3", "p r 0, T r 3"),
    (PAIR, "p r x, p s x, p T x, q T 7, T T 9", "p r 0-2, p s 0-2, p T 2"),
    (NESTED, "p x, q 3, m x, r 4, T 8", "p 1"),
    (NESTED, "p x, q 4, m x, r 4, n 4, T 8", "p 0"),
    (NESTED, "p x, q 3, m 4, r x, T 6", "p 1, r 2"),
    (NESTED, "r x, n 2", "r 2"),
    (NESTED, "m x, n x, r 2, T 5", "m 3, n 2"),
    (LINKED, "p r T x, p s T 4, p T u 3, p T v 3", "p r T 2"),
    (LINKED, "p r T x, p T u x, p s T 0, p T v 0, p T T 2", "p r T 2, p T u 2"),
    (LINKED, "p r T x, p s T x, p T u 0, p T v 1", "p r T 0-1, p s T 0-1"),
]


def written(text):
    """Cells as the list above writes them."""
    return [tuple(one.split()) for one in text.split(", ")]
