"""Readers who know more than others: those with earlier releases, and those with figures of their own."""

import json
from itertools import product

import numpy as np
import pytest
from typer.testing import CliRunner

from palermo.cli import app
from palermo.errors import Refused
from palermo.statistics.disclosure import release, verify
from palermo.statistics.disclosure.grid import PRIMARY, PUBLISHED, SECONDARY
from palermo.statistics.disclosure.insiders import insiders
from palermo.statistics.disclosure.tests.make import FLAT, known_to, possible, protected
from palermo.statistics.figures import Inner
from palermo.statistics.specification import Rule, Specification


def narrowest(counts, one, rule):
    """How uncertain a hidden cell stays at least, for a service with own figures that does not know it."""
    inner = Inner(counts, {"one": one, "other": counts - one})
    made = Specification("value", FLAT, rule=Rule(insider=rule), contributor="service")
    cut, told, found = protected(made, inner)
    reader = next(insiders(cut, Inner(counts, {"one": one}), Rule(insider="contributor")))
    low, high = possible(cut, told, found, reader)
    open_to = np.isin(found.states, (PRIMARY, SECONDARY)) & ~known_to(cut, told, found, reader)[1]
    return (high - low)[open_to].min(initial=3)


def test_a_service_that_knows_its_own_figures_learns_no_others():
    chance = np.random.default_rng(4)
    tables = [
        (counts, counts * chance.integers(0, 2, (2, 3))) for counts in chance.integers(1, 9, (12, 2, 3))
    ]
    tables = [(counts, one) for counts, one in tables if one.any()]
    seen = []
    for counts, one in tables:
        try:
            assert narrowest(counts, one, "contributor") >= 3
        except Refused:
            continue
        seen.append(narrowest(counts, one, ""))
    assert len(seen) >= 4
    assert min(seen) < 3  # who is alone in cells of a pattern subtracts them


def certified(made, cut, told, found):
    """Have a protected table read by the checker."""
    proof = release.proof(cut, (), told, found.moves)
    verify.check(release.rows(made, cut, (), told.counts, found), release.certificate(made, [proof]))


def test_where_a_service_is_alone_it_knows_that_the_cells_within_are_empty():
    rule = Rule(zeros="hidden", hidden_low=0, insider="contributor")
    counts = np.array([[9, 0, 14], [7, 5, 25]])
    one = np.array([[4, 0, 6], [7, 5, 12]])  # alone with the middle column
    made = Specification("value", FLAT, rule=rule, contributor="service")
    cut, told, found = protected(made, Inner(counts, {"one": one, "other": counts - one}))
    reader = next(insiders(cut, Inner(counts, {"one": one}), Rule(insider="contributor")))
    low, high = possible(cut, told, found, reader)
    assert (low[1], high[1]) == (0, 0)
    assert found.states[1] == PRIMARY
    certified(made, cut, told, found)
    before = {("T", "young"): 5}  # what they are alone with was told
    cut, told, found = protected(made, Inner(counts, {"one": one, "other": counts - one}), earlier=[before])
    assert found.states[1] == PRIMARY
    certified(made, cut, told, found)


def test_each_person_is_an_insider_of_the_own_cell():
    counts = np.array([[1, 9, 14], [7, 1, 25]])
    made = Specification("value", FLAT, rule=Rule(insider="person"))
    cut, told, found = protected(made, Inner(counts))
    assert len(told.insiders) == 2
    for one in told.insiders:
        low, high = possible(cut, told, found, one)
        (other,) = np.flatnonzero((counts == 1).ravel() & ~known_to(cut, told, found, one)[1][cut.is_inner])
        cell = np.flatnonzero(cut.is_inner)[other]
        assert high[cell] - low[cell] >= 3
    assert not protected(Specification("value", FLAT), Inner(counts))[1].insiders


def test_a_refusal_names_the_cells_that_an_insider_sees_through():
    with pytest.raises(Refused) as refused:
        protected(
            Specification("value", FLAT, rule=Rule(insider="person")), Inner(np.array([[0, 0, 1], [6, 5, 7]]))
        )
    assert refused.value.message.startswith("1 cells cannot be made uncertain enough")


SPEC = """
count: persons
group_by: [year]
dimensions:
  sex: {total: T, parts: [F, M]}
  age: {total: T, parts: [child, young, old]AGES}
"""
FIGURES = "year,sex,age,persons\n" + "".join(
    f"2022,{sex},{age},{count}\n"
    for (sex, age), count in zip(product("FM", ("child", "young", "old")), (2, 9, 14, 7, 3, 25), strict=True)
)


@pytest.fixture
def files(tmp_path):
    (tmp_path / "cut.yaml").write_text(SPEC.replace("AGES", ""), "utf-8")
    (tmp_path / "in.csv").write_text(FIGURES, "utf-8")
    return tmp_path


def protect(folder, out, *more):
    words = (
        "protect",
        folder / "in.csv",
        "--spec",
        folder / "cut.yaml",
        "--out",
        folder / out,
        *more,
        "--json",
    )
    done = CliRunner().invoke(app, ["statistics", *map(str, words)])
    return done.exit_code, json.loads(done.stdout)


def test_what_was_published_before_is_told_and_no_difference_betrays_a_cell(files):
    assert protect(files, "first.csv")[0] == 0
    (files / "cut.yaml").write_text(SPEC.replace("AGES", ", before: {under 25: [child, young]}"), "utf-8")
    (files / "short.csv").write_text(
        "year,age,persons\n2022,under 25,21\n2022,old,39\n2021,old,40\n", "utf-8"
    )
    (files / "rows.csv").write_text(
        "year,sex,age,value,status\n2022,F,under 25,11,published\n2022,F,child,,primary\n", "utf-8"
    )
    before = [
        "--published",
        files / "first.csv",
        "--published",
        files / "short.csv",
        "--published",
        files / "rows.csv",
    ]
    code, told = protect(files, "second.csv", *before)
    assert code == 0
    assert told["before"] == {"told": 8 + 2, "lost": 0, "revised": 0}
    assert told["cells"] == 12
    proof = json.loads((files / "second.certificate.json").read_text("utf-8"))
    assert ["F", "under 25"] in proof["groups"][0]["before"]
    verified = CliRunner().invoke(
        app, ["statistics", "verify", str(files / "second.csv"), str(files / "second.certificate.json")]
    )
    assert verified.exit_code == 0


def test_a_small_count_that_was_told_before_is_lost_and_a_small_difference_is_hidden(files):
    (files / "old.csv").write_text(
        "year,sex,age,persons\n2022,M,young,3\n2022,M,old,24\n2022,F,old,9\n", "utf-8"
    )
    code, told = protect(files, "out.csv", "--published", files / "old.csv")
    assert code == 0
    assert told["before"] == {"told": 1, "lost": 1, "revised": 2}
    rows = (files / "out.csv").read_text("utf-8")
    assert "2022,M,young,3,published" in rows
    assert "2022,M,old,,primary" in rows  # 24 then, 25 now: one person
    assert "2022,F,old,,primary" not in rows


@pytest.mark.parametrize(
    ("content", "fault"),
    [
        ("year,place,persons\n2022,BRU,4\n", "line 1, the column place is no dimension"),
        ("year,age,number\n2022,old,4\n", "line 1, the column number is no dimension"),
        ("year,age\n2022,old\n", "line 1, there is no column persons, or one stands there twice"),
        ("year,age,age,persons\n2022,old,old,4\n", "there is no column persons, or one stands there twice"),
        ("year,age,persons\n2022,under 25,4\n", "line 2, 'under 25' is no code of age"),
        ("year,age,persons\n2022,old,4\n2022,old,4\n", "line 3, its cell stands there twice"),
        ("year,age,persons\n2022,old,few\n", "line 2, 'few' is no whole number"),
        ("age,persons\nold,4\n", "lacks these columns: year"),
    ],
)
def test_what_is_wrong_in_an_earlier_release_is_told(content, fault, files):
    (files / "old.csv").write_text(content, "utf-8")
    code, told = protect(files, "out.csv", "--published", files / "old.csv")
    assert code == 1
    assert fault in told["refused"]["message"]
    assert not (files / "out.csv").exists()


def test_a_cell_that_was_told_is_told_again(files):
    made = Specification("value", FLAT)
    cut, told, found = protected(
        made, Inner(np.array([[2, 9, 14], [7, 3, 25]])), 1, [{("M", "T"): 35, ("F", "child"): 2}]
    )
    assert (found.states[told.before] == PUBLISHED).all()
    assert [cut.key(cell) for cell in np.flatnonzero(told.lost)] == [{"sex": "F", "age": "child"}]
