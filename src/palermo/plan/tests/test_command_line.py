"""`palermo plan import` and `plan status` on the published plan, against its facts."""

import csv
import json
from datetime import date
from pathlib import Path

import pytest
from typer.testing import CliRunner

from palermo.cli import app
from palermo.plan import queries
from palermo.plan.models import Plan
from palermo.plan.tests import make

SHARED = Path(__file__).resolve().parents[4].parent / "shared"
SEED = SHARED / "seed/action-plan-2015-2019.txt"
FACTS = SHARED / "facts/plan-measures.tsv"
DAYS = [
    date(2014, 6, 1),
    date(2015, 6, 30),
    date(2015, 12, 31),
    date(2016, 1, 1),
    date(2017, 3, 1),
    date(2018, 12, 31),
]

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(not SEED.exists(), reason="the published plan is not beside the repository"),
]


def run(*arguments, exit_code=0):
    result = CliRunner().invoke(app, [str(one) for one in arguments])
    assert result.exit_code == exit_code, result.output
    return json.loads(result.stdout)


def imported(*options):
    make.secretary()
    return run("plan", "import", SEED, "--plan", "be-2015-2019", "--as", "ana", "--json", *options)


def facts():
    with FACTS.open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    reference = {"M07"}  # refers to another table; its days are inferred, so it is never due and never late
    return [
        (
            date.fromisoformat(one["edtf_start"]) if one["id"] not in reference else None,
            date.fromisoformat(one["edtf_end"]) if one["id"] not in reference else None,
            one["assessment"].startswith("y"),
        )
        for one in rows
    ]


def test_the_plan_is_imported_once_and_a_second_time_nothing_is_new():
    first = imported("--accept-all")
    assert first["added"] >= 38
    assert (first["waiting"], first["changed"], first["unchanged"], first["missing"]) == (0, 0, 0, 0)
    assert imported() == {
        "plan": "be-2015-2019",
        "added": 0,
        "changed": 0,
        "unchanged": first["added"],
        "missing": 0,
        "waiting": 0,
    }


def test_what_was_imported_without_accepting_waits():
    first = imported()
    assert first["waiting"] == first["added"] >= 38
    assert Plan.objects.get().since_on == date(2015, 1, 1)


@pytest.mark.parametrize("on", DAYS)
def test_the_status_of_each_day_is_what_the_facts_say(on):
    imported("--accept-all")
    told = run("plan", "status", "--plan", "be-2015-2019", "--on", on, "--as", "ana", "--json")
    known = facts()
    assert told == {
        "on": on.isoformat(),
        "measures": 30,
        "by_status": {
            "not-started": 0,
            "limited": 0,
            "substantial": 0,
            "completed": 0,
            "abandoned": 0,
            "replaced": 0,
            "no-answer": 30,
        },
        "due": sum(bool(first) and first <= on <= last for first, last, _duty in known),
        "overdue": sum(bool(last) and last < on for _first, last, _duty in known),
        "no_owner": 2,
        "evaluation_due": sum(bool(last) and last < on and duty for _first, last, duty in known),
    }


def test_nineteen_of_the_thirty_measures_must_be_evaluated():
    imported("--accept-all")
    found = queries.as_of(make.secretary(), Plan.objects.get(), make.DAY, kind="measure")
    with FACTS.open(encoding="utf-8") as file:
        expected = {
            one["id"] for one in csv.DictReader(file, delimiter="\t") if one["assessment"].startswith("y")
        }
    assert {one.reference for one in found if one.duty} == expected
    assert len(expected) == 19


def test_somebody_who_may_not_import_is_refused_and_nothing_begins():
    make.reader()
    told = run("plan", "import", SEED, "--plan", "x", "--as", "rita", "--json", exit_code=1)
    assert told["refused"]["code"] == "not-permitted"
    assert not Plan.objects.exists()


def test_a_plan_that_does_not_exist_is_refused_with_what_to_do():
    make.secretary()
    told = run("plan", "status", "--plan", "x", "--on", "2017-03-01", "--as", "ana", "--json", exit_code=1)
    assert told["refused"]["code"] == "no-plan"
