"""`palermo statistics estimate` answers as its contract says, and refuses without a traceback."""

import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from palermo.cli import app
from palermo.cli.statistics_estimate import people
from palermo.statistics.estimates.contract import finite

LISTS = "A,B,C,count\n1,0,0,90\n0,1,0,70\n0,0,1,80\n1,1,0,12\n1,0,1,9\n0,1,1,7\n1,1,1,3\n"


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "lists.csv"
    path.write_text(LISTS)
    return path


def run(*words):
    return CliRunner().invoke(app, ["statistics", "estimate", *map(str, words)])


def test_an_estimate_is_told_as_json(file):
    done = run(file, "--json", "--bootstraps", 50, "--seed", 3)
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    assert (told["known"], told["seed"], told["models"][0]["bootstraps"]) == (271, 3, 50)
    low, high = told["interval95"]
    assert 271 < low < told["estimate"] < high
    assert run(file, "--json", "--bootstraps", 50, "--seed", 3).stdout == done.stdout


def test_whole_people_are_rounded_once():
    """Kosovo's answer was published as 10,357."""
    told = {"estimate": finite(10_356.519), "interval95": [finite(6_946.9), None]}
    assert people(told) == "10,357 (6,947 to no end)"


def test_for_people_no_number_stands_without_its_interval(file):
    lines = run(file, "--bootstraps", 50).stdout.splitlines()
    assert lines[0] == "271 people are known."
    for line in lines[1:]:
        assert line.startswith("! ") or (" to " in line and "(" in line) or "no answer" in line


def test_the_order_bounds_the_terms(file):
    told = json.loads(run(file, "--json", "--bootstraps", 50, "--order", 1).stdout)
    assert {one["method"]: one["terms"] for one in told["models"]}["bic-all"] == []
    assert [one for one in told["stability"] if not one["left_out"]] == []


def test_a_picture_is_written_with_its_data_inside(file, tmp_path):
    assert run(file, "--bootstraps", 50, "--picture", tmp_path / "out.json").exit_code == 0
    drawn = json.loads((tmp_path / "out.json").read_text("utf-8"))
    assert {one["group"] for one in drawn["data"]["values"]} >= {"Models", "One list left out"}


def test_a_picture_that_cannot_be_written_is_refused(file, tmp_path):
    done = run(file, "--json", "--bootstraps", 50, "--picture", tmp_path / "none" / "out.json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["refused"]["code"] == "file-trouble"


@pytest.mark.parametrize(
    ("content", "code"), [(LISTS + "0,0,0,5\n", "row-of-nobody"), ("A,B,n\n1,0,3\n0,1,2\n", "no-information")]
)
def test_what_cannot_be_answered_is_refused_as_json(file, content, code):
    file.write_text(content)
    done = run(file, "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["refused"]["code"] == code


def test_commands_start_without_what_computes():
    loaded = (
        "import sys, palermo.cli; print([one for one in ('numba', 'numpy', 'scipy') if one in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
