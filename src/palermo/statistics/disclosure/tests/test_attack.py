"""The attack agrees with every table that is possible, and finds what is known to be unsafe."""

import json
import sys
from itertools import product
from pathlib import Path
from subprocess import run

import numpy as np
import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from palermo.statistics.disclosure.attack import attack
from palermo.statistics.disclosure.bounds import Ranges
from palermo.statistics.disclosure.grid import grid
from palermo.statistics.sheets import Sheet
from palermo.statistics.specification import specification
from palermo.statistics.tests.release import part

DATA = Path(__file__).resolve().parents[6] / "shared/data"
MOST = 3  # of an inner cell in the tables that are enumerated
RULE = "suppressed: {mark: x, low: 0, high: 3}\nrule: {width: 3, hidden_low: 0}\n"
PAIR = "dimensions: {a: {total: T, parts: [p, q]}, b: {total: T, parts: [r, s]}}\n"
ROW = "dimensions: {a: {total: T, parts: [p, q, r]}}\n"
NESTED = "dimensions: {a: {total: T, parts: {m: [p, q], n: [r]}}}\n"
LINKED = (
    "dimensions: {a: {total: T, parts: [p, q]}, b: {total: T, parts: [r, s]}, c: {total: T, parts: [u, v]}}\n"
)
DEEP = "dimensions: {a: {total: T, parts: {m: [p, q], n: [r]}}, b: {total: T, parts: [u, v]}}\n"
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
    text = draw(st.sampled_from([PAIR, WIDE, NESTED, DEEP, LINKED, ROW]))
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
    (PAIR, "p r x, p s x, q r x, q s x, p T 1, q T 5, T r 3, T s 3", "p r 0-1, p s 0-1, q r 2-3, q s 2-3"),
    (PAIR, "p r x, p s x, q r x, q s x, p T 3, q T 1, T r 2, T s 2", "p r 1-2, p s 1-2, q r 0-1, q s 0-1"),
    (PAIR, "p r x, T r x, q r 3", "p r 0, T r 3"),
    (PAIR, "p r x, p s x, p T x, q T 7, T T 9", "p r 0-2, p s 0-2, p T 2"),
    (NESTED, "p x, q 3, m x, r 5, T 8", "p 0, m 3"),
    (NESTED, "p x, q 1, m x, r 4, n 4, T 7", "p 2, m 3"),
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


@pytest.mark.parametrize(("text", "published", "expected"), UNSAFE)
def test_a_planted_pattern_is_found(text, published, expected):
    made = cut(RULE + text)
    found = attack(sheet(made, written(published)), made)
    known = {
        tuple(codes): (int(least.split("-")[0]), int(least.split("-")[-1]))
        for *codes, least in written(expected)
    }
    assert found["impossible_groups"] == []
    assert ranges(found) == known
    assert found["exact"] == sum(low == high for low, high in known.values())


def test_thirty_patterns_are_planted():
    assert len(UNSAFE) >= 30


@pytest.mark.parametrize(
    ("text", "published", "expected"),
    [
        (ROW, "p 4, q 5, r x, T 8", {}),  # the parts come to more
        (ROW, "p 4, q 5, r x, T 13", {}),  # the mark tells 3 at most
        (ROW, "p 1, q x, r 5, T 9, p 2", {}),  # two counts of one key, so that nothing follows
        (ROW, "p 1, q x, r 5, T 7, T x", {}),
        (PAIR, "p r x, p s 4, p T 6, q r 1, q s 2, q T 4", {("p", "r"): (2, 2)}),
        (PAIR, "p r x, p s x, q r x, q s x, p T 1, q T 9, T r 5, T s 5", {}),
        (NESTED, "p 1, q 3, m 5, r x, T 7", {("r",): (3, 3)}),
    ],
)
def test_figures_that_contradict_each_other_are_attacked_by_subtraction_alone(text, published, expected):
    made = cut(RULE + text)
    found = attack(sheet(made, written(published)), made)
    assert found["impossible_groups"] == [{}]
    assert ranges(found) == expected
    assert found["one_subtraction"] == found["exact"] == len(expected)


def test_an_impossible_group_leaves_others_as_they_are():
    made = cut("group_by: [g]\n" + RULE + ROW)
    cells = [(group, *one) for group in "hk" for one in written("p x, q 4, r 5, T 10")]
    found = attack(sheet(made, [*cells, ("k", "q", "9")]), made)
    assert found["impossible_groups"] == [{"g": "k"}]
    assert found["suppressed"] == 2
    assert [one["key"] for one in found["cells"]] == [{"g": "h", "a": "p"}]


def test_an_empty_value_has_no_high():
    made = cut("rule: {width: 3, hidden_low: 1}\n" + ROW)
    found = attack(sheet(made, [("p", ""), ("q", ""), ("r", "90"), ("T", "100")]), made)
    assert (found["suppressed"], found["exact"], found["too_narrow"]) == (2, 0, 0)
    found = attack(sheet(made, [("p", ""), ("q", ""), ("r", "90"), ("T", "93")]), made)
    assert ranges(found) == {("p",): (1, 2), ("q",): (1, 2)}
    assert ranges(found["by_low"]["0"]) == {}
    found = attack(sheet(made, [("p", ""), ("q", "7")]), made)
    assert found["cells"] == []


def test_a_mark_that_nobody_declared_hides_a_cell():
    made = cut("rule: {width: 3, hidden_low: 0}\n" + ROW)
    found = attack(sheet(made, [("p", "<5"), ("q", "4"), ("r", "2"), ("T", "7")]), made)
    assert (found["suppressed"], found["one_subtraction"]) == (1, 1)
    assert ranges(found) == {("p",): (1, 1)}


def test_a_cell_that_needs_another_width_is_measured_by_it():
    made = cut("rule: {width: 3, hidden_low: 0}\nwidths: [{cell: {a: p}, width: 6}]\n" + ROW)
    found = attack(sheet(made, [("p", ""), ("q", ""), ("r", "2"), ("T", "7")]), made)
    assert ranges(found) == {("p",): (0, 5)}


def test_other_without_a_row_is_nobody_unless_the_figures_then_contradict_each_other():
    made = cut("group_by: [g]\ndimensions: {Sex: {total: Total, parts: [Female, Male]}}\n" + RULE)
    first = [("a", "Female", "x"), ("a", "Male", "4"), ("a", "Other", "1"), ("a", "Total", "7")]
    second = [("b", "Female", "x"), ("b", "Male", "4"), ("b", "Total", "6")]
    found = attack(sheet(made, [*first, *second]), made)
    assert ranges(found) == {("a", "Female"): (2, 2), ("b", "Female"): (2, 2)}


def test_the_order_of_rows_does_not_matter():
    made = cut(RULE + WIDE)
    cells = written("p u x, p v x, q u x, q v x, p T 3, q T 1, r u 2, r v x, r T 4, T u 4, T v x, T T 8")
    first = attack(sheet(made, cells), made)
    for seed in range(5):
        order = np.random.default_rng(seed).permutation(len(cells))
        assert attack(sheet(made, [cells[one] for one in order]), made) == first


def test_a_table_that_only_fractions_fill_is_impossible():
    odd = "dimensions: {a: {total: T, parts: [p, q, r], also: {pq: [p, q], qr: [q, r], pr: [p, r]}}}\n"
    made = cut("rule: {width: 2, hidden_low: 0}\n" + odd)
    cells = [("p", ""), ("q", ""), ("r", ""), ("pq", "1"), ("qr", "1"), ("pr", "1")]
    assert attack(sheet(made, cells), made)["impossible_groups"] == [{}]  # each would be a half


def test_every_group_is_announced():
    made = cut("group_by: [g]\n" + RULE + ROW)
    said = []
    attack(sheet(made, [("h", "p", "x"), ("k", "p", "x")]), made, lambda *done: said.append(done))
    assert said == sorted(said)
    assert {(1, 2), (2, 2)} <= {*said}


def test_a_group_that_takes_long_is_told_in_parts(monkeypatch):
    def ranges(_layout, told, _before, effort, still):
        effort.linear += 1
        still(3, 4)
        return Ranges(told.lows, told.highs)

    monkeypatch.setattr("palermo.statistics.disclosure.attack.ranges", ranges)
    made = cut("group_by: [g]\n" + RULE + ROW)
    said = []
    found = attack(sheet(made, [("h", "p", "x"), ("k", "p", "x")]), made, lambda *done: said.append(done))
    assert said == [(0.25, 2), (0.25, 2), (1, 2), (2, 2)]  # two readers; the other group was met before
    assert found["programmes"] == {"linear": 2, "integer": 0}


def test_as_many_cells_of_a_release_follow_as_others_have_counted():
    known = part("BEL")
    if not known:
        pytest.skip("the release is not part of this repository")
    found = attack(*known)
    assert found["one_subtraction"] == 63
    assert found["exact"] > 63
    for sex in ("Female", "Male"):
        key = {"Year": "2014", "Sex": sex, "Age": "0 to 17 years", "Dimension": "Total"}
        assert [one["low"] for one in found["cells"] if key.items() <= one["key"].items()] == [2]
    assert "2014" in {one["Year"] for one in found["impossible_groups"]}


def test_the_command_writes_one_document_and_nothing_else(tmp_path):
    (tmp_path / "figures.csv").write_text("a,value\np,\nq,\nr,2\nT,3\n", encoding="utf-8")
    (tmp_path / "cut.yaml").write_text("rule: {hidden_low: 0}\n" + ROW, encoding="utf-8")
    command = [sys.executable, "-c", "from palermo.cli import main; main()", "statistics", "attack", "--json"]
    files = [str(tmp_path / "figures.csv"), "--spec", str(tmp_path / "cut.yaml")]
    told = json.loads(run([*command, *files], capture_output=True, check=True, text=True).stdout)
    assert (told["suppressed"], told["exact"], told["too_narrow"]) == (2, 0, 2)
    assert set(told["by_low"]) == {"0", "1"}
    assert set(told) - {"by_low", "programmes"} == set(told["by_low"]["0"])
    assert set(told["programmes"]) == {"linear", "integer"}
    (tmp_path / "cut.yaml").write_text(
        "count: persons\nrule: {hidden_low: 0}\n" + ROW.replace("count: value\n", ""), encoding="utf-8"
    )
    again = json.loads(run([*command, *files], capture_output=True, check=True, text=True).stdout)
    assert again == told  # the count may stand in `value`, as `protect` writes it
