"""`palermo procedure trace` answers as its contract says."""

import json

import pytest
from typer.testing import CliRunner

from palermo.cli import app

CASE = {
    "country": "be",
    "as_of": "2018-04-10",
    "person": {
        "citizenship": ["MA"],
        "born_on": "1990-01-01",
        "unaccompanied_minor": False,
        "diplomatic_household": False,
        "ground": "trafficking",
        "exploited_in": ["BE"],
        "belgian_proceedings": True,
    },
    "events": [
        {"on": "2018-03-01", "type": "detected"},
        {"on": "2018-03-02", "type": "centre_accepted"},
        {"on": "2018-03-05", "type": "document_issued", "kind": "annex-15"},
        {"on": "2018-04-11", "type": "statement_made"},
    ],
}


@pytest.fixture
def asked(tmp_path):
    def asked(content, *words):
        file = tmp_path / "case.json"
        file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
        return CliRunner().invoke(app, ["procedure", "trace", str(file), *words])

    return asked


def test_a_case_is_told_as_json(asked):
    done = asked(CASE, "--json")
    assert done.exit_code == 0
    told = json.loads(done.stdout)
    assert list(told) == [
        *("stage", "since", "document", "clocks", "possible", "blocked", "duties", "refused", "flags"),
    ]
    assert told["document"] == {"kind": "annex-15", "issued_on": "2018-03-05", "expires_on": "2018-04-19"}
    assert [one["move"] for one in told["possible"]] == ["end:voluntary-return", "end:other"]
    assert told["blocked"][0]["move"] == "issue-provisional-document"
    assert told["blocked"][0]["why"] == ["no-statement"]
    assert told["duties"][0]["done_on"] is None


def test_people_get_lines(asked):
    done = asked({**CASE, "events": [*CASE["events"], {"on": "2018-03-06", "type": "prosecutor_asked"}]})
    assert done.exit_code == 0
    for said in ("reflection, since 2018-03-05", "reflection-ends: running", "refused: event 4: wrong-stage"):
        assert said in done.output


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ("{", "no-json"),
        ("[" * 100_000, "no-json"),
        ("\ud800".encode("utf-8", "surrogatepass").decode("latin-1"), "no-json"),
        ({}, "case"),
        ({**CASE, "as_of": "2018-02-28"}, "not-detected"),
    ],
)
def test_what_is_no_case_is_refused(asked, content, code):
    done = asked(content, "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["refused"]["code"] == code


def test_a_file_that_is_not_there_is_refused(tmp_path):
    done = CliRunner().invoke(app, ["procedure", "trace", str(tmp_path / "none.json"), "--json"])
    assert json.loads(done.stdout)["refused"]["code"] == "no-file"
