"""`palermo statistics check-table` answers as its contract says, and refuses what is no table."""

import csv
import json
import subprocess
import sys

import pytest
from typer.testing import CliRunner

from palermo.cli import app
from palermo.statistics import sheets
from palermo.statistics.checks.countries import LONGEST, country_of, names

SPECIFICATION = """
count: n
group_by: [geo, TIME_PERIOD]
dimensions:
  SEX: {total: T, parts: [F, M]}
suppressed: {mark: "<5", low: 0, high: 4}
"""
HEADING = "geo,TIME_PERIOD,SEX,n\n"
GOOD = HEADING + 'BE,2020,T,84\nBE,2020,F,28\nBE,2020,M,57\n"BE",2021,T,"1,131"\n'


@pytest.fixture
def asked(tmp_path):
    def ask(content, *words, exit_code=0, spec=SPECIFICATION):
        written = content if isinstance(content, bytes) else content.encode()
        (tmp_path / "figures.csv").write_bytes(written)
        (tmp_path / "spec.yaml").write_text(spec, "utf-8")
        line = [
            "statistics",
            "check-table",
            str(tmp_path / "figures.csv"),
            "--spec",
            str(tmp_path / "spec.yaml"),
        ]
        done = CliRunner().invoke(app, [*line, *words])
        assert done.exit_code == exit_code, done.output
        return done.stdout if not words else json.loads(done.stdout)

    return ask


def test_errors_and_warnings_have_a_rule_a_key_and_a_sentence(asked):
    told = asked(GOOD, "--json")
    assert set(told) == {"cells", "errors", "warnings"}
    assert told["cells"] == 4
    assert told["errors"][0] == {
        "rule": "R1",
        "key": {"geo": "BE", "TIME_PERIOD": "2020", "SEX": "T"},
        "message": "SEX: the parts come to 85, the total is 84: one of them is off by 1 (F 28 + M 57).",
    }
    assert [one["rule"] for one in told["errors"]] == ["R1", "R5"]
    assert all(set(one) == {"rule", "key", "message"} for one in told["errors"] + told["warnings"])


def test_what_could_not_be_asked_is_a_warning(asked):
    told = asked(GOOD, "--json")["warnings"]
    unasked = {one["rule"] for one in told if one["message"].startswith("Not asked")}
    assert unasked == {"R3", "R9", "R10"}
    less = asked(
        "sort,n\nT,3\na,1\nb,2\n", "--json", spec="{count: n, dimensions: {sort: {total: T, parts: [a, b]}}}"
    )
    assert [one["rule"] for one in less["warnings"]] == [
        "R3", "R6", "R7", "R8", "R8", "R9", "R10", "R10", "R11", "R12", "R12",
    ]  # fmt: skip
    assert less["errors"] == []


def test_roles_are_told_where_nobody_would_guess(asked):
    spec = """
    {count: n, group_by: [a, b], dimensions: {c: {total: T, parts: [F, M]}},
     roles: {country: a, year: b, sex: c}, reference: {period: "2020", instance: final}}
    """
    told = asked("a,b,c,n\nBelgium,2019,T,500\nBelgium,2020,T,50\n", "--json", spec=spec)
    assert [(one["rule"], one["key"]["a"]) for one in told["errors"]] == [("R6", "Belgium")]
    assert [one["rule"] for one in told["warnings"]] == ["R3", "R7", "R9", "R10", "R11"]


def test_people_are_told_how_many_there_are_and_the_first(asked):
    told = asked(GOOD)
    assert "cells: 4\nerrors: 2\n  R1: 1\n    BE · 2020 · T: SEX: the parts come to 85" in told
    many = HEADING + "".join(f"BE,{year},T,none\n" for year in range(2001, 2021))
    assert "… and 15 more: --json tells them all." in asked(many)


def test_what_a_file_holds_commands_no_terminal(asked):
    hostile = "B\x1b[2J\u202eE"
    assert "B\ufffd[2J\ufffdE" in asked(GOOD + f"{hostile},2020,T,3\n")
    told = asked(GOOD + f"{hostile},2020,T,3\n", "--json")
    assert hostile in [one["key"].get("geo") for one in told["errors"]]


@pytest.mark.parametrize(
    "content",
    [GOOD, "\ufeff" + GOOD, GOOD.replace(",", ";").replace('"1;131"', '"1,131"'),
     GOOD.replace(",", "\t").replace('"1\t131"', '"1,131"'), GOOD.replace("\n", "\r\n") + "\r\n,,,\r\n",
     GOOD.replace("\n", "\r"), GOOD.replace("geo,", '"geo", '), "\ufeffsep=,\r\n\r\n;;;\r\n" + GOOD],
    ids=["comma", "mark", "semicolon", "tab", "windows", "old", "quoted", "spreadsheet"],
)  # fmt: skip
def test_files_as_offices_save_them_are_read(asked, content):
    if ", " in content:
        content = content.replace('"geo", ', '"geo",')
    assert [one["rule"] for one in asked(content, "--json")["errors"]] == ["R1", "R5"]


@pytest.mark.parametrize(
    ("content", "code", "said"),
    [
        ("", "missing-columns", "lacks these columns: geo, TIME_PERIOD, SEX. It has: –."),
        ("geo,SEX,n\nBE,T,1\n", "missing-columns", "lacks these columns: TIME_PERIOD. It has: geo, SEX, n."),
        (HEADING.replace("SEX", "SEX,SEX"), "columns-twice", "has these columns twice: SEX."),
        (HEADING + "BE,2020,T\n", "ragged-row", "Line 2 of the file has 3 fields, and its first line 4."),
        ("sep=,\n\n" + HEADING + "BE,2020,T\n", "ragged-row", "Line 4 of the file has 3 fields"),
        (HEADING + "BE,2020,T,1,131\n", "ragged-row", "Line 2 of the file has 5 fields"),
        (HEADING + 'BE,2020,T,"1\n', "no-table", "cannot be read"),
        (HEADING + f"BE,2020,T,{'1' * 200_000}\n", "no-table", "Line 2 of the file cannot be read"),
        ((HEADING + "Curaçao,2020,T,1\n").encode("latin-1"), "not-utf-8", "line 2 has other bytes"),
        (GOOD.encode("utf-16"), "not-utf-8", "line 1 has other bytes"),
    ],
)
def test_what_is_no_table_is_refused(asked, content, code, said):
    before = csv.field_size_limit(10_000_000)  # as another reader may have left it
    try:
        told = asked(content, "--json", exit_code=1)["refused"]
    finally:
        csv.field_size_limit(before)
    assert told["code"] == code
    assert said in told["message"]
    assert told["what_next"]


def test_a_file_that_is_not_there_or_too_large_is_refused(asked, tmp_path, monkeypatch):
    monkeypatch.setattr(sheets, "LARGEST", 10)
    assert asked(GOOD, "--json", exit_code=1)["refused"]["code"] == "too-large"
    line = ["statistics", "check-table", str(tmp_path), "--spec", str(tmp_path / "spec.yaml"), "--json"]
    done = CliRunner().invoke(app, line)
    assert json.loads(done.stdout)["refused"]["code"] == "no-file"


def test_a_heading_alone_has_no_cells(asked):
    told = asked(HEADING, "--json")
    assert (told["cells"], told["errors"]) == (0, [])


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Albania", "AL"), ("ALBANIA", "AL"), ("Abania", "AL"), ("Albanians", "AL"), ("Albanie", "AL"),
        ("BARSIL", "BR"), ("Brésil", "BR"), ("2 maliens", ""), ("145", ""), ("Niger", "NE"),
        ("Nigerians", "NG"),
        ("Netherlands (own country)", "NL"), ("Bosnia and Herzegovina", "BA"), ("Other", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_label_means_one_country_or_none(label, code):
    assert country_of(label) == code


def test_a_label_without_an_end_is_no_country():
    assert max(map(len, names())) < LONGEST
    assert country_of("".join(chr(97 + at * at % 26) for at in range(90_000))) == ""


def test_the_command_starts_without_what_it_does_not_use():
    program = "import sys, palermo.cli; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert {*done.stdout.split()} & {"yaml", "babel", "numpy", "palermo.statistics.checks"} == set()
