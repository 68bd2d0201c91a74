"""Processes that are killed at random moments: what was acknowledged is there, and nothing is there by half.

Six moments each in the ordinary proof, fifty in `./check --full`. The database is read with SQLite itself.
"""

import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest
from tests.pictures import DOCUMENT, ROOT

MOMENTS = [6, pytest.param(50, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]
IMPORT = ["plan", "import", str(DOCUMENT), "--plan", "drill", "--accept-all", "--as", "bureau-secretary"]
COUNTS = (
    "select count(*) from plan_importedrow r join plan_import i on i.id = r.imported_id"
    " join plan_plan p on p.id = i.plan_id where p.code = 'drill'",
    "select count(*) from plan_measure m join plan_plan p on p.id = m.plan_id where p.code = 'drill'",
    "select count(*) from plan_wording w join plan_measure m on m.id = w.measure_id"
    " join plan_plan p on p.id = m.plan_id where p.code = 'drill'",
)


def environment(home: Path) -> dict[str, str]:
    known = {key: value for key, value in os.environ.items() if key != "DATABASE_URL"}
    return known | {
        "PALERMO_HOME": str(home),
        "PALERMO_TODAY": "2017-03-01",
        "PYTHONPATH": str(ROOT / "src"),
        "DJANGO_SETTINGS_MODULE": "palermo.config.settings",
    }


def palermo(home: Path, *words: str) -> dict:
    done = subprocess.run(
        [sys.executable, "-m", "palermo", *words], env=environment(home), capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr.decode()
    return json.loads(done.stdout) if "--json" in words else {}


def rows(home: Path, *questions: str) -> list[list[tuple]]:
    with sqlite3.connect(next(home.glob("*.sqlite3"))) as database:
        return [database.execute(one).fetchall() for one in questions]


@pytest.fixture(scope="module")
def office(tmp_path_factory):
    home = tmp_path_factory.mktemp("office")
    palermo(home, "demo", "--no-serve")
    return home


@pytest.fixture(scope="module")
def whole(office, tmp_path_factory):
    """What an import leaves that nobody disturbs, and how long it takes."""
    home = copied(office, tmp_path_factory.mktemp("whole"))
    begun = time.monotonic()
    palermo(home, *IMPORT, "--json")
    seconds = time.monotonic() - begun
    return [one[0][0] for one in rows(home, *COUNTS)], seconds


def copied(office: Path, folder: Path) -> Path:
    return Path(shutil.copytree(office, folder / "home"))


@pytest.mark.parametrize("moments", MOMENTS)
def test_an_import_that_is_killed_is_whole_or_not_there(moments, office, whole, tmp_path):
    undisturbed, seconds = whole
    chance = random.Random(moments)
    ends = set()
    for moment in range(moments):
        home = copied(office, tmp_path / str(moment))
        with subprocess.Popen(
            [sys.executable, "-m", "palermo", *IMPORT, "--json"],
            env=environment(home),
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        ) as child:
            time.sleep(chance.uniform(0.25, 1.05) * seconds)
            child.send_signal(signal.SIGKILL)
            acknowledged = child.stdout.read()
        found = [one[0][0] for one in rows(home, *COUNTS)]
        assert found in ([0, 0, 0], undisturbed)
        assert found == undisturbed or not acknowledged
        ends.add(found == undisturbed)
        assert palermo(home, "audit", "verify", "--json")["holds"]
        palermo(home, *IMPORT, "--json")
        assert [one[0][0] for one in rows(home, *COUNTS)] == undisturbed
        shutil.rmtree(home)
    assert False in ends, "no kill came in time to disturb anything"


@pytest.mark.parametrize("moments", MOMENTS)
def test_an_answer_that_was_acknowledged_outlives_the_process(moments, office, tmp_path):
    chance = random.Random(moments)
    home = copied(office, tmp_path)
    question = rows(
        home,
        "select q.id from plan_question q join organisations_organisation o on o.id = q.organisation_id"
        " where o.code = 'be/immigration-office'",
    )[0][0][0]
    acknowledged: dict[int, str] = {}
    for _ in range(moments):
        with subprocess.Popen(
            [sys.executable, "-m", "palermo.plan.tests.answering", str(question)],
            env=environment(home),
            stdout=subprocess.PIPE,
        ) as child:
            first = child.stdout.readline()
            time.sleep(chance.uniform(0, 0.3))
            child.send_signal(signal.SIGKILL)
            lines = (first + child.stdout.read()).decode().splitlines(keepends=True)
        for line in lines:
            if line.endswith("\n"):
                version, account = line.rstrip("\n").split("\t")
                acknowledged[int(version)] = account
        kept, bare, chain = rows(
            home,
            f"select version, account from plan_contribution where question_id = {question}",
            "select count(*) from plan_contribution c where c.account like 'Answer %' and not exists"
            " (select 1 from plan_contribution_evidence e where e.contribution_id = c.id)",
            "select count(*) from audit_entry where action = 'plan.contribute'",
        )
        assert acknowledged.items() <= dict(kept).items()
        assert bare[0][0] == 0, "an answer without the evidence that it was sent with"
        every = rows(home, "select count(*) from plan_contribution")[0][0][0]
        assert chain[0][0] == every, "each answer has its entry in the trail, and each entry its answer"
    assert len(acknowledged) >= moments
    assert palermo(home, "audit", "verify", "--json")["holds"]
