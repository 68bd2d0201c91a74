"""Two who answer at once: no answer is lost, whichever database keeps them."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

SOURCE = Path(__file__).resolve().parents[3]
ON_POSTGRESQL = SOURCE.parent / "tests/on_postgresql.py"
FULL = pytest.param(1000, marks=[pytest.mark.long, pytest.mark.timeout(900)])


def told_by(home, program, *through):
    known = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    environment = {
        **known,
        "PALERMO_HOME": str(home),
        "PYTHONPATH": str(SOURCE),
        "DJANGO_SETTINGS_MODULE": "palermo.config.settings",
    }
    run = subprocess.run(
        [*through, sys.executable, "-m", *program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    return json.loads(run.stdout)


def raced(home, races, *through):
    return told_by(home, ["palermo.plan.tests.races", str(races)], *through)


def nothing_lost(races):
    return {
        "acknowledged": 2 * races,
        "kept_as_acknowledged": True,
        "versions": True,
        "accounts": 2 * races,
        "claimed_to_have_seen": 0,
        "chain_holds": True,
    }


@pytest.mark.parametrize("races", [20, FULL])
def test_two_people_who_answer_at_once_never_lose_an_answer(tmp_path, races):
    assert raced(tmp_path, races) == nothing_lost(races)


@pytest.mark.postgresql
@pytest.mark.parametrize("races", [20, FULL])
def test_nor_do_they_on_postgresql(tmp_path, races):
    assert raced(tmp_path, races, sys.executable, str(ON_POSTGRESQL)) == nothing_lost(races)


@pytest.mark.postgresql
def test_what_is_clicked_twice_at_once_breaks_nothing_and_is_refused_where_it_is_done_once(tmp_path):
    told = told_by(tmp_path, ["palermo.plan.tests.twice"], sys.executable, str(ON_POSTGRESQL))
    again = {name for name, one in told.items() if one == ["done", "done"]}
    assert {name: one for name, one in told.items() if one != ["done", "refused"]}.keys() == again
    assert again == {"final", "reword", "remind"}, "a later edition, the same words, nobody left to remind"
