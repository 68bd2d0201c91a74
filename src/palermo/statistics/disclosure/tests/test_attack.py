"""The attack agrees with every table that is possible, and finds what is known to be unsafe."""

import csv
import io
from itertools import product
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.statistics.checks.reading import Sheet, read
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
    inner = [key for key, one in zip(keys, cells.is_inner, strict=True) if one]
    least = [low if told.get(key, "") == "x" else 0 for key in inner]
    most = [int(told[key]) if told.get(key, "x") != "x" else MOST for key in inner]
    drawn = np.array(list(product(*(range(a, b + 1) for a, b in zip(least, most, strict=True)))))
    if not len(drawn):
        return None
    shape = [axis.parts for axis in cells.axes]
    every = np.array([cells.with_margins(one.reshape(shape)) for one in drawn])
    possible = np.ones(len(every), bool)
    for at, key in enumerate(keys):
        if told.get(key, "") == "x":
            possible &= every[:, at] <= 3
        elif key in told:
            possible &= every[:, at] == int(told[key])
    if not possible.any():
        return None
    found = every[possible]
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
    inner = draw(
        st.lists(st.integers(0, MOST), min_size=int(cells.is_inner.sum()), max_size=int(cells.is_inner.sum()))
    )
    counts = cells.with_margins(np.array(inner).reshape([axis.parts for axis in cells.axes]))
    told = {}
    for at, count in enumerate(counts):
        key = tuple(cells.key(at).values())
        seen = draw(st.integers(0, 2))
        is_told = text != LINKED or "T" in key[1:]  # two tables, a by b and a by c
        if is_told and (seen or cells.is_inner[at]):
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
