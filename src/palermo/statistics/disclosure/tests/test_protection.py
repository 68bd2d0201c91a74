"""What is protected stays uncertain for whoever tries every table there is."""

import csv
import json
import subprocess
import sys
from copy import deepcopy
from pathlib import Path
from random import Random

import numpy as np
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from palermo.cli import app
from palermo.errors import Refused
from palermo.statistics.disclosure import verify
from palermo.statistics.disclosure.grid import PRIMARY, PUBLISHED, SECONDARY
from palermo.statistics.disclosure.release import certificate, proof, rows
from palermo.statistics.disclosure.tests.make import (
    FLAT,
    THREE,
    choices,
    known_to,
    possible,
    protected,
    releases,
)
from palermo.statistics.disclosure.verify import check
from palermo.statistics.figures import Inner
from palermo.statistics.specification import Rule, Specification

INSTANCES = Path(__file__).parents[5].parent / "shared/data/sdc"
EXAMPLES, ALL, TABLES = 60, 2_000, 200_000
SLOW = [HealthCheck.too_slow, HealthCheck.filter_too_much]


def stays_uncertain(made, inner, earlier):
    try:
        cut, told, found = protected(made, inner, 1, [earlier])
    except Refused:
        assume(False)
    hidden = np.isin(found.states, (PRIMARY, SECONDARY))
    assert (found.states[told.primary] == PRIMARY).all()
    assert not (hidden & (told.counts == 0)).any() or made.rule.zeros == "hidden"
    assert (found.states[told.known & cut.told] == PUBLISHED).all()
    readers = [one for one in (None, *told.insiders) if few(choices(cut, told, found, one))]
    assume(readers)
    for one in readers:
        low, high = possible(cut, told, found, one)
        open_to = hidden & ~known_to(cut, told, found, one)[1]
        assert (high[open_to] - low[open_to] >= told.width[open_to]).all()


def few(choices):
    return np.prod([len(one) for one in choices]) <= TABLES


@given(releases())
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW)
def test_no_hidden_cell_is_known_to_fewer_values_than_was_promised(drawn):
    stays_uncertain(*drawn)


@pytest.mark.long
@given(releases())
@settings(max_examples=ALL, deadline=None, suppress_health_check=SLOW)
def test_no_hidden_cell_of_two_thousand_tables_is_known_too_well(drawn):
    stays_uncertain(*drawn)


def told_of(made, inner, earlier=()):
    cut, told, found = protected(made, inner, 1, [earlier] if earlier else ())
    return list(rows(made, cut, (), told.counts, found)), certificate(
        made, [proof(cut, (), told, found.moves)]
    )


@given(releases())
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=SLOW)
def test_the_checker_says_so_too_without_the_search(drawn):
    try:
        table, proven = told_of(*drawn)
    except Refused:
        assume(False)
    hidden = sum(row["value"] == "" for row in table)
    assert check(table, json.loads(json.dumps(proven))) == {
        "cells": len(table), "hidden": hidden, "certified": hidden,
    }  # fmt: skip


TRUE = Inner(np.array([[2, 9, 14], [7, 3, 25]]))
MADE = Specification("value", FLAT, rule=Rule())


def worsened(table, proven, chance):
    """The same with one thing changed: a count, a hidden cell told or a told one hidden, a move, a bound."""
    table, proven = deepcopy(table), deepcopy(proven)
    (group,), row = proven["groups"], chance.choice(table)
    moves = group["moves"]
    move = chance.choice(moves)
    ways = (
        lambda: row.update(value=str(int(row["value"] or -2) + 1)),
        lambda: row.update(value="" if row["value"] else "1"),
        lambda: table.remove(row),
        lambda: table.append(row),
        lambda: chance.choice(group["inner"]).append(chance.choice(group["inner"]).pop() + 1),
        lambda: move["changes"].remove(chance.choice(move["changes"])),
        lambda: move.update(up=move["up"] + 30, down=move["down"] + 30),
        lambda: proven.update(width=60),
    )
    chance.choice(ways)()
    return table, proven


def refuses_changed(number):
    table, proven = told_of(MADE, TRUE)
    assert check(table, proven)["certified"] > 3
    chance = Random(7)
    for _time in range(number):
        with pytest.raises(ValueError, match=r"."):
            check(*worsened(table, proven, chance))


def test_a_changed_table_or_certificate_is_refused():
    refuses_changed(200)


@pytest.mark.long
def test_a_thousand_changed_certificates_are_refused():
    refuses_changed(1_000)


def test_what_cannot_be_protected_is_refused_with_its_cells():
    alone = Inner(np.array([[2, 0, 0], [0, 0, 0]]))
    with pytest.raises(Refused) as refused:
        protected(MADE, alone)
    assert "sex F, age child" in refused.value.message


@pytest.mark.parametrize(
    ("counts", "low", "can_be"),
    [
        ([[2, 2, 2], [9, 9, 9]], 1, True),  # one falls by one, or two fall for one that rises by two
        ([[1, 1, 1], [1, 1, 1]], 0, True),
        ([[1, 1, 1], [1, 1, 1]], 1, False),  # six people in six cells: one in each
        ([[2, 0, 0], [0, 9, 9]], 1, True),
        ([[2, 0, 0], [0, 0, 9]], 1, True),
        ([[9, 9, 9], [9, 9, 9]], 1, True),
        ([[0, 0, 0], [0, 0, 0]], 1, True),
    ],
)
def test_few_people_are_protected_where_that_can_be(counts, low, can_be):
    made = Specification("value", FLAT, rule=Rule(hidden_low=low))
    if not can_be:
        with pytest.raises(Refused):
            protected(made, Inner(np.array(counts)))
        return
    cut, told, found = protected(made, Inner(np.array(counts)))
    hidden = np.isin(found.states, (PRIMARY, SECONDARY))
    least, most = possible(cut, told, found)
    assert (most[hidden] - least[hidden] >= 3).all()
    assert hidden.any() == told.primary.any()


def test_a_dimension_that_no_table_tells_costs_no_protection():
    cells = np.array([[[2, 0], [0, 9]], [[0, 7], [3, 0]]])  # no cube leads from person to person
    made = Specification("value", THREE, rule=Rule(), tables=(("sex", "age"),))
    cut, _told, found = protected(made, Inner(cells))
    assert np.isin(found.states, (PRIMARY, SECONDARY)).sum() == 4
    assert (found.states[cut.told] == PUBLISHED).sum() == 5


def test_a_contributor_who_dominates_is_hidden():
    made = Specification("value", FLAT, rule=Rule(dominance=0.9), contributor="service")
    counts = np.full((2, 3), 40)
    by = {"police": np.full((2, 3), 20), "centre": np.full((2, 3), 20)}
    by["police"][0, 1], by["centre"][0, 1] = 38, 2
    _cut, _told, found = protected(made, Inner(counts, by))
    assert found.states[1] == PRIMARY
    assert (found.states == PRIMARY).sum() == 1


def test_cells_are_hidden_by_hand_and_may_need_another_width():
    made = Specification(
        "value", FLAT, rule=Rule(), hidden=({"sex": "F", "age": "old"},),
        widths=(({"sex": "F", "age": "old"}, 9),),
    )  # fmt: skip
    cut, told, found = protected(made, Inner(np.full((2, 3), 20)))
    assert found.states[2] == PRIMARY
    low, high = possible(cut, told, found)
    assert high[2] - low[2] >= 9


def test_nobody_is_hidden_where_everybody_sees_that_nobody_is():
    made = Specification("value", FLAT, rule=Rule(), hidden=({"sex": "F", "age": "child"},))
    with pytest.raises(Refused) as refused:
        protected(made, Inner(np.array([[0, 20, 20], [20, 20, 20]])))
    assert refused.value.message.startswith("1 cells cannot be made uncertain enough")


def test_more_starts_never_hide_more():
    one, many = (protected(MADE, TRUE, starts)[2] for starts in (1, 8))
    assert (many.states == SECONDARY).sum() <= (one.states == SECONDARY).sum()


SPEC = """
count: persons
group_by: [year]
dimensions:
  sex: {total: T, parts: [F, M]}
  age: {total: T, parts: {adult: [young, old], child: []}}
"""
FIGURES = "year,sex,age,persons\n" + "".join(
    f"{year},{sex},{age},{count}\n"
    for year in (2021, 2022)
    for (sex, age), count in zip(
        [(sex, age) for sex in "FM" for age in ("young", "old", "child")],
        (2, 9, 14, 7, 3, 25 + year % 2),
        strict=True,
    )
)


def command(*words):
    return CliRunner().invoke(app, ["statistics", *map(str, words)])


@pytest.fixture
def files(tmp_path):
    (tmp_path / "cut.yaml").write_text(SPEC, "utf-8")
    (tmp_path / "in.csv").write_text(FIGURES, "utf-8")
    return tmp_path


def protect(folder):
    return command(
        "protect", folder / "in.csv", "--spec", folder / "cut.yaml", "--out", folder / "out.csv", "--json"
    )


def test_the_command_writes_the_table_and_a_certificate_for_its_owner_alone(files):
    done = protect(files)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    table = list(csv.DictReader((files / "out.csv").read_text("utf-8").splitlines()))
    assert told["cells"] == len(table) == 2 * 3 * 5
    assert told["published"] + told["primary"] + told["secondary"] == told["cells"]
    assert told["attack"]["certified_integer"] == told["primary"] + told["secondary"]
    assert {row["status"] for row in table if not row["value"]} == {"primary", "secondary"}
    kept = files / "out.certificate.json"
    assert kept.stat().st_mode & 0o777 == 0o600
    verified = json.loads(command("verify", files / "out.csv", kept, "--json").stdout)
    hidden = told["primary"] + told["secondary"]
    assert verified == {
        "cells": 30, "hidden": hidden, "certified": hidden, "width": 3, "low": 1, "insiders": 0, "before": 0,
    }  # fmt: skip
    content = (files / "out.csv").read_text("utf-8")
    (files / "out.csv").write_text(content.replace(",published", "0,published", 1), "utf-8")
    assert "does not prove this table" in command("verify", files / "out.csv", kept).output


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("year,sex", "jahr,sex", "lacks these columns: year"),
        ("2021,F,young,2", "2021,F,young,-2", "line 2, '-2' is no whole number"),
        ("2021,F,young,2", "2021,F,young,1.5", "line 2, '1.5' is no whole number"),
        ("2021,F,young,2", "2021,F,T,2", "line 2, T of age is a sum; only inner cells"),
        ("2021,F,young,2", "2021,X,young,2", "line 2, 'X' is no code of sex"),
        ("2021,F,young,2", "2021,F,old,2", "line 3, its cell stands there twice"),
        ("2021,F,young,2", "2021,F,young", "Line 2 of the file has 3 fields, and its first line 4"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_line_and_nothing_is_written(old, new, fault, files):
    (files / "in.csv").write_text(FIGURES.replace(old, new, 1), "utf-8")
    done = protect(files)
    assert done.exit_code == 1
    assert fault in json.loads(done.stdout)["refused"]["message"]
    assert not list(files.glob("out*"))


def test_any_bytes_are_figures_or_refused(files):
    chance = Random(1)
    for _time in range(50):
        (files / "in.csv").write_bytes(chance.randbytes(300))
        assert protect(files).exit_code == 1


@pytest.mark.skipif(not INSTANCES.is_dir(), reason="the instances stand beside the project")
@pytest.mark.parametrize(("low", "most"), [(0, 293), (1, 560)])
def test_a_table_of_720_cells_hides_fewer_than_the_best_known_program(low, most, files):
    with (INSTANCES / "inst5_mid.csv").open(encoding="utf-8") as opened:
        head, *lines = csv.reader(opened)
    parts = [sorted({line[at] for line in lines}) for at in range(4)]
    cut = {name: {"total": "Total", "parts": of} for name, of in zip(head, parts, strict=False)}
    (files / "cut.yaml").write_text(
        json.dumps({"count": "freq", "dimensions": cut, "rule": {"hidden_low": str(low)}}), "utf-8"
    )
    (files / "in.csv").write_bytes((INSTANCES / "inst5_mid.csv").read_bytes())
    told = json.loads(protect(files).stdout)
    assert (told["cells"], told["primary"]) == (1540, 432)
    assert told["secondary"] <= most
    assert told["attack"]["certified_integer"] == told["primary"] + told["secondary"]


PROOF = {
    "dimensions": {"d": {"a": ["a"], "b": ["b"], "c": ["c"], "T": ["a", "b", "c"]}},
    "group_by": [],
    "tables": [[["a", "b", "c", "T"]]],
    "low": 1,
    "width": 3,
    "widths": [],
    "groups": [
        {
            "group": [],
            "inner": [["a", 4], ["b", 10], ["c", 5]],
            "before": [],
            "insiders": [],
            "moves": [{"up": 4, "down": 3, "changes": [["a", 1], ["c", -1]]}],
        }
    ],
}


@pytest.mark.parametrize(
    ("old", "new", "table"),
    [
        ("", "", "d,value\na,\nb,10\nc,\nT,19\n"),  # honest
        ('"up": 4, "down": 3, "changes": [["a", 1], ["c", -1]]',
         '"up": 0, "down": 3, "changes": [["a", 1], ["b", 1e17], ["b", -1e17]]',
         "d,value\na,\nb,10\nc,5\nT,19\n"),
        ('"up": 4, "down": 3', '"up": 4.0, "down": 3.0', None),
        ('[["a", 1], ["c", -1]]', '[["a", 0.5], ["c", -0.5]]', None),
        ('"width": 3', '"width": NaN', None),
        ('"width": 3', '"width": false', None),
        ('"widths": []', '"widths": [["a", NaN]]', None),
        ('"widths": []', '"widths": [["a", 0]]', None),
        ('"low": 1', '"low": -5', None),
        ('"insiders": []', '"insiders": [{"own": [["c", 5]]}]', None),
        ('"insiders": []', '"insiders": [{"own": [["c", NaN]]}]', None),
        ('"insiders": []', '"insiders": [{"own": [["c", 5], ["c", -5]]}]', None),
        ("", "", "d,value,status\na,,4\nb,10,,10\nc,,\nT,19,\n"),  # more fields than columns
        ("", "", "d,value,count\na,,4\nb,10,10\nc,,5\nT,19,19\n"),
    ],
)  # fmt: skip
def test_a_forged_certificate_is_refused(old, new, table, tmp_path):
    honest = "d,value\na,\nb,10\nc,\nT,19\n"
    told = json.dumps(PROOF)
    assert old in told
    (tmp_path / "t.csv").write_text(table or honest, "utf-8")
    (tmp_path / "t.json").write_text(told.replace(old, new, 1) if old else told, "utf-8")
    done = command("verify", tmp_path / "t.csv", tmp_path / "t.json", "--json")
    assert (done.exit_code == 0) == (table == honest), done.output
    script = [sys.executable, verify.__file__, str(tmp_path / "t.csv"), str(tmp_path / "t.json")]
    assert (subprocess.run(script, check=False, capture_output=True).returncode == 0) == (table == honest)


@given(st.binary(max_size=200))
@settings(max_examples=50, deadline=None)
def test_any_json_is_a_certificate_or_refused(content):
    with pytest.raises((ValueError, KeyError, TypeError, AttributeError)):
        check([{"sex": "F", "value": "1"}], json.loads(content or b"{}"))
