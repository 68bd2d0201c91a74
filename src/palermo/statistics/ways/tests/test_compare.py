"""Each way is attacked with what a reader of it knows, and what it costs is counted as it is."""

import csv
import json
from dataclasses import replace

import numpy as np
import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from palermo.cli import app
from palermo.errors import Refused
from palermo.statistics.disclosure.verify import check
from palermo.statistics.figures import Inner
from palermo.statistics.specification import Specification, specification
from palermo.statistics.ways.compare import perturbation_by, rounding_to, suppressed, without
from palermo.statistics.ways.noise import noise
from palermo.statistics.ways.telling import cut
from palermo.statistics.ways.tests.make import ENDLESS, PAIR, SMALL, narrow, tables

SPEC = """
group_by: [year]
dimensions:
  sex: {total: T, parts: [F, M]}
  age/years: {total: T, parts: {adult: [young, old], child: []}}
  form: {total: T, parts: [labour, other]}
rule: {threshold: 4, width: 3}
"""
KEYS = [(sex, age, form) for sex in "FM" for age in ("young", "old", "child") for form in ("labour", "other")]
NAMES = ["suppression", "rounding-3", "rounding-5", "perturbation"]
NAMES += ["without-sex", "without-age/years", "without-form"]


@given(tables(SMALL, 5), st.just(3))
@settings(max_examples=30, deadline=None)
def test_a_reader_of_a_rounded_table_finds_what_every_possible_table_shows(made, base):
    by, inner = made
    told = rounding_to(base)(by, (), inner)
    off = abs(told.published - told.asked.counts).max()
    reach = np.where(by.grid.is_inner, base - 1, max(base - 1, off))
    assert told.attacked() == narrow(told, np.maximum(told.published - reach, 0), told.published + reach)


@given(tables(SMALL[:1], 12), st.binary(min_size=16, max_size=16))
@settings(max_examples=40, deadline=None)
def test_a_reader_of_noise_finds_what_every_possible_table_shows(made, secret):
    by, inner = made
    told = perturbation_by(by, secret)(by, (), inner)
    shares = noise(4, by.made.rule.width).shares
    most = shares.shape[1] // 2
    counts = np.arange(80)
    could = [
        [
            one
            for one in counts
            if abs(number - one) <= most and shares[min(one, len(shares) - 1), number - one + most]
        ]
        for number in told.published
    ]
    lows, highs = ([end(one) for one in could] for end in (min, max))
    assert told.attacked() == narrow(told, lows, highs)


@given(tables(most=9))
@settings(max_examples=30, deadline=None)
def test_what_is_hidden_falls_to_nobody(made):
    by, inner = made
    try:
        told = suppressed(by, (), inner)
    except Refused:
        return
    assert told.attacked() == {"exact": 0, "too_narrow": 0}


def test_a_table_that_hides_too_little_falls_to_the_same_attack():
    by = cut(Specification("n", PAIR))
    told = suppressed(by, (), Inner(np.array([[2, 9], [9, 2]])))
    shown = told.shown.copy()
    shown[1] = True
    counts = told.asked.counts
    between = by.known(np.where(shown, counts, 1), np.where(shown, counts, ENDLESS))
    assert replace(told, shown=shown, between=between).attacked() == {"exact": 2, "too_narrow": 0}


@pytest.fixture
def files(tmp_path):
    (tmp_path / "cut.yaml").write_text(SPEC, "utf-8")
    chance = np.random.default_rng(1)
    lines = [",".join((*key, year, str(chance.integers(0, 12)))) for year in ("2024", "2025") for key in KEYS]
    (tmp_path / "in.csv").write_text("\n".join(("sex,age/years,form,year,value", *lines)) + "\n", "utf-8")
    (tmp_path / "key").write_bytes(b"0123456789abcdef")
    return tmp_path


def compare(files, *more):
    command = ["statistics", "compare", str(files / "in.csv"), "--spec", str(files / "cut.yaml"), *more]
    return CliRunner().invoke(app, command)


def rows(path):
    with path.open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def test_every_way_is_shown_with_what_it_costs(files):
    told = json.loads(compare(files, "--json").stdout)
    lines = rows(files / "in.csv")
    assert told["people"] == sum(int(line["value"]) for line in lines)
    assert told["cells"] == 2 * 3 * 5 * 3
    ways = {way["way"]: way for way in told["ways"]}
    assert list(ways) == NAMES
    for name in ("rounding-3", "rounding-5", "perturbation"):
        assert (ways[name]["told"], ways[name]["persons"]) == (told["cells"], told["people"])
        assert 0 < ways[name]["mean_error"] <= ways[name]["largest_error"]
    for name in ("suppression", "without-sex"):
        assert ways[name]["attack"] == {"exact": 0, "too_narrow": 0}
        assert ways[name]["largest_error"] == 0
    assert ways["without-sex"]["cells"] == 2 * 5 * 3


def test_a_way_that_cannot_be_done_says_why_and_has_no_figures(files):
    (files / "cut.yaml").write_text(SPEC.replace("width: 3", "width: 60"), "utf-8")
    ways = {way["way"]: way for way in json.loads(compare(files, "--json").stdout)["ways"]}
    assert set(ways["suppression"]) == {"way", "refused"}
    assert "uncertain enough" in ways["suppression"]["refused"]
    assert "uncertain enough" in compare(files).stdout
    assert ways["rounding-3"]["attack"]["too_narrow"] > 0


def test_people_see_one_line_for_each_way_and_how_to_read_it(files):
    shown = compare(files).stdout
    assert [line.split()[0] for line in shown.splitlines()[2 : 2 + len(NAMES)]] == NAMES
    assert "publish that one alone" in shown


def test_each_table_is_written_and_what_is_hidden_is_certified_for_its_owner_alone(files):
    out = files / "out"
    assert compare(files, "--out", str(out), "--key", str(files / "key")).exit_code == 0
    tables = {path.stem: rows(path) for path in out.glob("*.csv")}
    assert set(tables) == {name.replace("/", "_") for name in NAMES}
    for name in ("suppression", "without-age_years"):
        proof = out / f"{name}.certificate.json"
        assert proof.stat().st_mode & 0o777 == 0o600
        assert check(tables[name], json.loads(proof.read_text("utf-8")))["cells"] == len(tables[name])
    assert not (out / "rounding-3.certificate.json").exists()
    assert list(tables["rounding-3"][0]) == ["year", "sex", "age/years", "form", "value", "status"]
    assert list(tables["without-form"][0]) == ["year", "sex", "age/years", "value", "status"]
    assert all(int(row["value"]) % 3 == 0 for row in tables["rounding-3"])


def test_the_same_key_gives_the_same_noise_and_no_key_another(files):
    told = []
    for at, more in enumerate((["--key", str(files / "key")], ["--key", str(files / "key")], [], [])):
        compare(files, "--out", str(files / f"out{at}"), *more)
        told.append((files / f"out{at}/perturbation.csv").read_bytes())
    assert told[0] == told[1]
    assert len(set(told)) == 3


@pytest.mark.parametrize(("key", "fault"), [(b"short", "5 bytes"), (None, "cannot be read")])
def test_a_key_that_is_short_or_absent_is_refused(key, fault, files):
    (files / "key").unlink()
    if key:
        (files / "key").write_bytes(key)
    done = compare(files, "--key", str(files / "key"), "--json")
    assert done.exit_code == 1
    assert fault in json.loads(done.stdout)["refused"]["message"]


def test_a_place_where_nothing_can_be_written_is_refused(files):
    done = compare(files, "--out", str(files / "in.csv"), "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["refused"]["code"] == "not-written"


def test_a_cell_hidden_by_hand_stays_where_its_dimension_is_left_out_at_its_total():
    made = specification(
        yaml.load(
            SPEC
            + "tables: [[sex, form], [form]]\n"
            + "hidden: [{sex: F}, {sex: F, form: labour}, {form: labour}]\n"
            + "widths: [{cell: {sex: M, form: T}, width: 5}]\n"
            + "roles: {sex: sex}\n",
            yaml.BaseLoader,
        )
    )
    left = without(made, "form")
    assert left.hidden == ({"sex": "F"},)
    assert left.widths == (({"sex": "M"}, 5),)
    assert left.tables == (("sex",), ())
    assert without(made, "sex").tables == (("form",),)
    assert without(made, "sex").roles == {}
