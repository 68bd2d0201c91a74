"""The tests are tested: each hole that somebody might leave is planted in a copy, and a test there must fail.

`tests/holes/holes.toml` says what each hole is, which tests catch it and whether they need PostgreSQL;
the patch of its name plants it.
"""

import os
import shutil
import subprocess
import sys
import tomllib
import xml.etree.ElementTree as ET

import pytest
from tests.drills.installation import ROOT

pytestmark = pytest.mark.timeout(900)  # each starts programs of its own
FOLDER = ROOT / "tests/holes"
HOLES = tomllib.loads((FOLDER / "holes.toml").read_text())
QUICK = {"csv-formula", "xlsx-formula", "layout-opens-files", "digest-unchecked"}  # in every ./check
CAUGHT = ("AssertionError", "assert ", "Failed: ")  # how a test says that something is not as it must be


@pytest.fixture
def copy(tmp_path):
    """A copy of the program and its tests that may be spoiled; what nobody spoils is linked."""
    made = tmp_path / "copy"
    made.mkdir()
    for one in ROOT.iterdir():
        if one.name in {"src", "tests"}:
            shutil.copytree(one, made / one.name, ignore=shutil.ignore_patterns("__pycache__"))
        elif not one.name.startswith("."):
            (made / one.name).symlink_to(one)
    told = run(made, "-c", "import palermo; print(palermo.__file__)").stdout
    assert told.startswith(str(made)), f"the copy would not be tested, but {told}"
    return made


def run(copy, *command):
    """Run a program of the copy, which comes before the program that is installed."""
    ours = ("PYTEST_", "DATABASE_URL", "PALERMO_")
    known = {key: value for key, value in os.environ.items() if not key.startswith(ours)}
    environment = {**known, "PYTHONPATH": str(copy / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(
        [sys.executable, *command], cwd=copy, env=environment, capture_output=True, text=True, check=False
    )


def planted(copy, name):
    """Plant a hole."""
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(copy.parent)}
    told = subprocess.run(
        ["git", "apply", str(FOLDER / f"{name}.patch")],
        cwd=copy,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, f"{name}.patch no longer applies: make it anew.\n{told.stderr}"


def outcome_of(copy, tests, *, on_postgresql=False):
    """The exit code of some tests in a copy, what each that did not pass says, and all that was printed."""
    pytest = ["tests/on_postgresql.py", "pytest"] if on_postgresql else ["-m", "pytest"]
    ran = run(copy, *pytest, "-p", "no:cacheprovider", "--junit-xml=told.xml", *tests)
    if ran.returncode not in {0, 1}:
        return ran.returncode, [], ran.stdout + ran.stderr
    cases = ET.parse(copy / "told.xml").iter("testcase")
    wrong = [each.get("message") or "" for one in cases for each in one if each.tag in {"failure", "error"}]
    return ran.returncode, wrong, ran.stdout


def long_unless_quick(names):
    return [one if one in QUICK else pytest.param(one, marks=pytest.mark.long) for one in names]


def test_every_patch_has_its_words_and_its_tests_and_applies():
    assert {one.stem for one in FOLDER.glob("*.patch")} == set(HOLES)
    assert set(HOLES) >= QUICK
    for one in sorted(FOLDER.glob("*.patch")):
        told = subprocess.run(
            ["git", "apply", "--check", str(one)], cwd=ROOT, capture_output=True, text=True, check=False
        )
        assert told.returncode == 0, f"{one.name} no longer applies: make it anew.\n{told.stderr}"
    for name, hole in HOLES.items():
        assert hole["what"], name
        assert hole["caught_by"], name


@pytest.mark.parametrize(
    "names", [QUICK, pytest.param(HOLES, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]
)
def test_the_tests_pass_where_no_hole_is(copy, names):
    for on_postgresql in (False, True):
        holes = [HOLES[name] for name in names if HOLES[name].get("on_postgresql", False) == on_postgresql]
        if tests := sorted({test for hole in holes for test in hole["caught_by"]}):
            code, wrong, printed = outcome_of(copy, tests, on_postgresql=on_postgresql)
            assert (code, wrong) == (0, []), printed


@pytest.mark.parametrize("name", long_unless_quick(HOLES))
def test_a_hole_is_caught(copy, name):
    planted(copy, name)
    hole = HOLES[name]
    code, wrong, printed = outcome_of(copy, hole["caught_by"], on_postgresql=hole.get("on_postgresql", False))
    assert code == 1, f"nobody saw that {HOLES[name]['what']}\n{printed}"
    assert any(one.startswith(CAUGHT) for one in wrong), printed
