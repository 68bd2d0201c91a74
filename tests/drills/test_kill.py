"""Somebody pulls the plug: what was acknowledged is there, an import is whole or not there, the trail holds.

Every round is an office of its own, copied from one that was prepared once, in which a process is killed at a
random moment with a signal that no program can catch. PALERMO_DRILL_SEED repeats the moments of a drill.
"""

import hashlib
import json
import os
import random
import secrets
import shutil
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.drills.installation import OFFICE, ROOT

DOCUMENT = str(ROOT / "src/palermo/cli/demonstration/action-plan-2015-2019.docx")
SHA256 = hashlib.sha256(Path(DOCUMENT).read_bytes()).hexdigest()
IMPORT = ["plan", "import", DOCUMENT, "--plan", "drill", "--accept-all", "--as", "ana", "--json"]
SIX_OR_FIFTY = pytest.mark.parametrize(
    "rounds", [6, pytest.param(50, marks=[pytest.mark.long, pytest.mark.timeout(1800)])]
)


@dataclass(frozen=True)
class Whole:
    """An import that nobody killed: what was kept before and after it, when it wrote, how long it took."""

    before: dict
    after: dict
    counts: dict
    writes_after: float
    took: float


def written(office):
    """Whether an import has kept its document, which it does within its transaction."""
    return (office.home / "files" / SHA256[:2] / SHA256).exists()


def unkilled(prepared):
    """Import once without a kill, to know the moments and what a whole import keeps."""
    office = prepared.copied("whole")
    assert not written(office), "the drill could not tell when an import writes"
    before = office.opened()
    begun = time.monotonic()
    child = office.started("-m", "palermo", *IMPORT)
    while not written(office) and child.poll() is None:
        time.sleep(0.002)
    writes_after = time.monotonic() - begun
    told, wrong = child.communicate(timeout=120)
    assert child.returncode == 0, wrong
    took = time.monotonic() - begun
    print(f"an import takes {took:.2f} s, of which {took - writes_after:.2f} s in its transaction")
    return Whole(before, office.opened(), json.loads(told), writes_after, took)


def drill(rounds):
    """The chance of each round; printed, so that a drill that fails can be repeated."""
    seed = int(os.environ.get("PALERMO_DRILL_SEED") or secrets.randbelow(10**6))
    print(f"PALERMO_DRILL_SEED={seed}")
    return [random.Random(seed + number) for number in range(rounds)]


def killed_import(office, whole, chance, *, while_writing):
    """Kill an import anywhere, or within its transaction; whether it had told its end."""
    child = office.started("-m", "palermo", *IMPORT)
    if while_writing:
        while not written(office) and child.poll() is None:
            time.sleep(0.001)
        time.sleep(chance.uniform(0, 1.1 * (whole.took - whole.writes_after)))
    else:
        time.sleep(chance.uniform(0, whole.took))
    child.kill()
    told, _wrong = child.communicate(timeout=30)
    return told.endswith("}\n")


def unlike(found, expected):
    """The kinds of records of which there are more or fewer than expected."""
    return {key: (found[key], number) for key, number in expected.items() if found[key] != number}


def imports_killed(prepared, rounds):
    """Kill an import in each round; how many were not there afterwards, and how many whole."""
    whole = unkilled(prepared)
    ends = {"nothing": 0, "nothing, killed while it wrote": 0, "whole": 0, "whole and told": 0}
    for number, chance in enumerate(drill(rounds)):
        office = prepared.copied(f"round_{number}")
        told = killed_import(office, whole, chance, while_writing=number % 3 > 0)
        had_begun = written(office)
        found = office.gone_on(DOCUMENT)
        nothing = found["records"] == whole.before["records"]
        assert nothing or found["records"] == whole.after["records"], (
            unlike(found["records"], whole.before["records"]),
            unlike(found["records"], whole.after["records"]),
        )
        assert not (told and nothing), "an import that was acknowledged is gone"
        still_sound(found)
        assert found["again"] == [whole.counts if nothing else known_already(whole.counts)]
        assert found["after"]["records"]["plan.Measure"] == whole.after["records"]["plan.Measure"]
        ends["nothing" if nothing else "whole"] += 1
        ends["nothing, killed while it wrote"] += nothing and had_begun
        ends["whole and told"] += told
        shutil.rmtree(office.home)
    print(ends)
    return ends


def known_already(counts):
    return {**counts, "added": 0, "unchanged": counts["added"]}


def still_sound(found):
    for one in (found, found["after"]):
        assert one["holds"], "the trail is broken"
        assert one["database"] == "ok"
        assert one["files_whole"]


def answers_killed(prepared, rounds):
    """Kill somebody who answers without a pause; how many of their answers were acknowledged."""
    acknowledged_in_all = 0
    for number, chance in enumerate(drill(rounds)):
        office = prepared.copied(f"answers_{number}")
        child = office.started(OFFICE, "answer")
        first = child.stdout.readline()
        time.sleep(chance.uniform(0, 0.6))
        child.kill()
        told = first + child.communicate(timeout=30)[0]
        acknowledged = [line.strip() for line in told.splitlines(keepends=True) if line.endswith("\n")]
        found = office.gone_on()
        kept = found["contributions"]
        assert acknowledged
        assert kept[: len(acknowledged)] == acknowledged, "an answer that was acknowledged is gone"
        assert len(kept) <= len(acknowledged) + 1, "more was kept than anybody gave"
        assert found["version"] == len(kept) + 1
        still_sound(found)
        acknowledged_in_all += len(acknowledged)
        shutil.rmtree(office.home)
    print(f"{acknowledged_in_all} answers acknowledged before {rounds} kills, none lost")
    return acknowledged_in_all


@SIX_OR_FIFTY
def test_an_import_that_is_killed_is_there_whole_or_not_at_all(sqlite, rounds):
    ends = imports_killed(sqlite, rounds)
    assert rounds < 50 or ends["nothing, killed while it wrote"], "no kill came while an import was writing"


@SIX_OR_FIFTY
def test_an_answer_that_was_acknowledged_outlives_the_program(sqlite, rounds):
    assert answers_killed(sqlite, rounds) > rounds


@pytest.mark.postgresql
@pytest.mark.long
@pytest.mark.timeout(1800)
def test_an_import_that_is_killed_on_postgresql_is_there_whole_or_not_at_all(postgresql):
    imports_killed(postgresql, 50)


@pytest.mark.postgresql
@pytest.mark.long
@pytest.mark.timeout(1800)
def test_an_answer_acknowledged_on_postgresql_outlives_the_program(postgresql):
    assert answers_killed(postgresql, 50) > 50
