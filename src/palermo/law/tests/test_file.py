"""The law's files: what stands in them, and what they refuse, with the line."""

import tomllib
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.errors import Refused
from palermo.law.file import CONFIDENCES, DATA, UNITS, load, read

GOOD = """\
[period]
unit = "days"

[[period.version]]
since = 2007-06-01
until = 2017-05-19
value = 45
source = "Act, art. 1"
confidence = "verified"

[[period.version]]
since = 2017-05-20
value = 45
source = "Act, art. 2"
confidence = "to verify"
"""


def law(tmp_path, content):
    file = tmp_path / "some.toml"
    file.write_text(content, "utf-8")
    return read("be", [file])


def test_a_version_holds_from_its_first_day_through_its_last(tmp_path):
    known = law(tmp_path, GOOD)
    assert known.on("period", date(2017, 5, 19)).source == "Act, art. 1"
    assert known.on("period", date(2017, 5, 20)).source == "Act, art. 2"
    assert known.on("period", date(2100, 1, 1)).confidence == "to verify"


@pytest.mark.parametrize(
    ("old", "new", "line", "fault"),
    [
        ("since = 2017-05-20", "since = 2017-05-21", 11, "nothing holds between 2017-05-19 and 2017-05-21"),
        (
            "since = 2017-05-20",
            "since = 2017-05-19",
            11,
            "it overlaps the one before, which ends on 2017-05-19",
        ),
        ("since = 2017-05-20", "since = 2007-06-01", 11, "it stands after one that begins on 2007-06-01"),
        ("until = 2017-05-19\n", "", 10, "the one before, of 2007-06-01, has no end"),
        ("until = 2017-05-19", "until = 2007-05-31", 4, "it ends before it begins"),
        ('source = "Act, art. 2"\n', "", 11, "it has no source"),
        ('source = "Act, art. 2"', 'source = ""', 11, "it has no source"),
        ("value = 45\n", "", 4, "it has no value"),
        ("value = 45\n", "value = 0\n", 4, "its value is none in days"),
        ("value = 45\n", "value = true\n", 4, "its value is none in days"),
        (
            'confidence = "to verify"',
            'confidence = "sure"',
            11,
            f"its confidence is none of {', '.join(CONFIDENCES)}",
        ),
        ('confidence = "to verify"\n', "", 11, "it has no confidence"),
        ("since = 2007-06-01", 'since = "2007"', 4, "its since is no date"),
        ("since = 2007-06-01", "since = 2007-06-01T10:00:00", 4, "its since is no date"),
        ('unit = "days"', 'unit = "weeks"', 1, f"period has a unit that is none of {', '.join(UNITS)}"),
        ('unit = "days"\n', "", 1, "period needs a unit and versions, and nothing else"),
        ("value = 45\n", "value = 45\nuse = 1\n", 4, "the key use means nothing"),
        ("value = 45\n", "value = \n", 7, "Invalid value (at line 7, column 9)"),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_line(old, new, line, fault, tmp_path):
    with pytest.raises(Refused) as refused:
        law(tmp_path, GOOD.replace(old, new, 1))
    assert (refused.value.code, refused.value.params["line"]) == ("law-file", line)
    assert str(refused.value) == (
        f"The file {tmp_path.name}/some.toml of the law cannot be used: line {line}, {fault}. Mend that line."
    )


@pytest.mark.parametrize(
    ("unit", "good", "bad"),
    [
        ("days", ["1", "45"], ["0", "-1", "1.5", "true", "'45'", "[45]"]),
        ("working-days", ["1"], ["0"]),
        ("months", ["1"], ["0"]),
        ("years", ["30"], ["0"]),
        ("times", ["1"], ["0"]),
        ("factor", ["1", "5.5", "0.5"], ["0", "0.0", "-5.5", "true", "'8'"]),
        ("euro", ["150", "137.5"], ["0", "'150'"]),
        ("boolean", ["true", "false"], ["1", "0", "'true'"]),
        ("article", ["'258'"], ["258", "['258']"]),
        ("articles", ["['258']", "['258', '260-1']"], ["'258'", "[]", "[258]"]),
        ("grounds", ["['minor']", "[]"], ["'minor'", "[1]"]),
        ("body", ["'inspection'"], ["1"]),
        ("document", ["'annex-15'"], ["15"]),
        ("clause", ["'every-form'"], ["1"]),
        ("recurrence", ["'R/2017/P2Y'"], ["'P2Y'", "'r/2017/P2Y'", "2"]),
        ("aims", ["['labour']", "['labour', 'begging']", "[]"], ["'labour'", "[1]", "['labour', '']"]),
        ("holidays", ["['07-21']"], ["'07-21'", "[721]"]),
        (
            "penalty",
            [
                "{imprisonment = [1, 5], fine = [500, 50000]}",
                "{imprisonment = [1, 1], fine = [500, 500], level = 3, grounds = ['minor']}",
                "{kind = 'x', imprisonment = [1, 1], fine = [500, 500], level = 3, grounds = ['minor']}",
            ],
            [
                *("5", "['imprisonment', 'fine']", "{}", "{imprisonment = [1, 5]}", "{fine = [500, 50000]}"),
                "{imprisonment = [5, 1], fine = [500, 50000]}",
                "{imprisonment = [0, 5], fine = [500, 50000]}",
                "{imprisonment = [1], fine = [500, 50000]}",
                "{imprisonment = [1, 5, 9], fine = [500, 50000]}",
                "{imprisonment = {1 = 1, 2 = 5}, fine = [500, 50000]}",
                "{imprisonment = [1, 5], fine = [500, 'more']}",
                "{imprisonment = [1, 5], fine = ['500', 50000]}",
                "{imprisonment = [1, 5], fine = [500, 50000], level = 0}",
                "{imprisonment = [1, 5], fine = [500, 50000], kind = 0}",
                "{imprisonment = [1, 5], fine = [500, 50000], grounds = 'minor'}",
                "{imprisonment = [1, 5], fine = [500, 50000], months = 3}",
            ],
        ),
        (
            "penalty-in-months",
            ["{imprisonment = [6, 36], fine = [500, 25000]}"],
            [
                *("5", "[[6, 36], [500, 25000]]", "{imprisonment = [6, 36]}", "{fine = [500, 25000]}"),
                "{imprisonment = [36, 6], fine = [500, 25000]}",
                "{imprisonment = [6, 36], fine = [500]}",
                "{imprisonment = [6, 36], fine = [500, 25000], level = 3}",
            ],
        ),
        (
            "span-of-years",
            ["[0, 3]", "[1, 20]", "[5, 5]"],
            ["3", "[3]", "[0, 0]", "[0, 3, 5]", "[-1, 3]", "[false, 3]", "[0, '3']", "[5, 3]"],
        ),
    ],
)
def test_each_unit_has_its_values(unit, good, bad, tmp_path):
    told = GOOD.replace('unit = "days"', f'unit = "{unit}"').replace("value = 45", "value = {0}")
    for value in good:
        found = law(tmp_path, told.replace("{0}", value)).values["period"]
        assert (found.name, found.unit) == ("period", unit)
        assert [one.value for one in found.versions] == [tomllib.loads(f"v = {value}")["v"]] * 2
    for value in bad:
        with pytest.raises(Refused, match=f"line 4, its value is none in {unit}"):
            law(tmp_path, told.replace("{0}", value))


def test_every_unit_is_tried_here():
    tried = test_each_unit_has_its_values.pytestmark[0].args[1]
    assert {unit for unit, _good, _bad in tried} == {*UNITS}


@pytest.mark.parametrize(
    ("content", "line", "fault"),
    [
        ("loose = 1\n" + GOOD, 1, "loose needs a unit and versions, and nothing else"),
        ("# said first\n[period]\nunit = 'days'\n", 2, "period needs a unit and versions, and nothing else"),
        ("[period]\nunit = 'days'\nversion = []\n", 1, "period needs a unit and versions, and nothing else"),
        ("[period]\nunit = 'days'\nversion = [1]\n", 1, "period needs a unit and versions, and nothing else"),
        ("[period]\nunit = 'days'\nversion = {}\n", 1, "period needs a unit and versions, and nothing else"),
        (
            GOOD.replace("[[", "use = 1\n[[", 1),
            1,
            "period needs a unit and versions, and nothing else",
        ),
        (GOOD.replace('"days"', "5"), 1, f"period has a unit that is none of {', '.join(UNITS)}"),
        (GOOD.replace('"days"', "['days']"), 1, f"period has a unit that is none of {', '.join(UNITS)}"),
        ("\n[period]\nunit = 'days'\nversion = [{value = 45}]\n", 2, "it has no confidence"),
        (GOOD.replace("value = 45\nsource", "zeal = 1\nuse = 1\nsource", 1), 4, "the key use means nothing"),
        (GOOD.replace("since = 2007-06-01\n", "", 1), 4, "it has no since"),
        (GOOD.replace("until = 2017-05-19", "until = ''", 1), 4, "its until is no date"),
        (GOOD.replace("until = 2017-05-19", "until = 2017-05-19T00:00:00", 1), 4, "its until is no date"),
        (GOOD + 'note = """', 16, "(at end of document)"),
        (GOOD + "note = \xff\n", 16, "(at line 16, column 8)"),
    ],
)
def test_a_file_of_another_form_is_refused_with_its_line(content, line, fault, tmp_path):
    file = tmp_path / "some.toml"
    file.write_bytes(content.encode("latin-1"))
    with pytest.raises(Refused) as refused:
        read("be", [file])
    assert refused.value.params["line"] == line
    assert refused.value.params["fault"].endswith(fault)


def test_a_version_may_hold_for_one_day_and_say_more_in_a_note(tmp_path):
    found = law(
        tmp_path,
        GOOD.replace("until = 2017-05-19", "until = 2007-06-01\nnote = 'a day'", 1).replace(
            "since = 2017-05-20", "since = 2007-06-02"
        ),
    )
    assert [one.note for one in found.values["period"].versions] == ["a day", ""]
    assert found.on("period", date(2007, 6, 1)).until == date(2007, 6, 1)
    assert found.on("period", date(2007, 6, 2)).until is None
    assert found.country == "be"


def test_versions_may_be_written_in_another_way_and_none_is_lost(tmp_path):
    second = "[[period.version]]\nsince = 2017"
    for other in ('[["period".version]]\nsince = 2017', "[[ period . version ]]\nsince = 2017"):
        told = GOOD.replace(second, other)
        assert law(tmp_path, told) == law(tmp_path, GOOD)
        with pytest.raises(Refused, match="line 1, its confidence is none of"):
            law(tmp_path, told.replace("to verify", "sure"))
        with pytest.raises(Refused, match="line 1, it overlaps the one before"):
            law(tmp_path, told.replace("2017-05-20", "2017-05-19"))


def test_where_no_country_is_named_the_law_of_belgium_is_meant():
    assert load() == load("be")
    assert [load(country).country for country in ("be", "eu")] == ["be", "eu"]


def test_a_value_stands_in_one_place(tmp_path):
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(GOOD, "utf-8")
    with pytest.raises(Refused) as refused:
        read("be", [tmp_path / "b.toml", tmp_path / "a.toml"])
    assert str(refused.value) == (
        f"The file {tmp_path.name}/b.toml of the law cannot be used: line 1, period stands in two places. "
        "Mend that line."
    )


@pytest.mark.parametrize("country", ["xx", "..", "be/../be", ""])
def test_a_country_without_law_is_refused(country):
    with pytest.raises(Refused) as refused:
        load(country)
    assert refused.value.code == "no-law"


@pytest.mark.parametrize("country", sorted(one.name for one in DATA.iterdir()))
def test_every_version_of_every_country_cites_its_source_and_how_sure_it_is(country):
    for value in load(country).values.values():
        for version in value.versions:
            assert version.source.strip() == version.source != "", value.name
            assert version.confidence in CONFIDENCES


def test_what_is_not_verified_was_not_read(tmp_path):
    read_in = law(tmp_path, GOOD).values["period"].versions
    assert [(one.confidence, one.is_read) for one in read_in] == [("verified", True), ("to verify", False)]


@given(st.dates(date(1994, 1, 1), date(2050, 1, 1)))
def test_each_day_has_one_version_or_none(day):
    for country in sorted(one.name for one in DATA.iterdir()):
        for value in load(country).values.values():
            held = [version for version in value.versions if version.holds(day)]
            assert len(held) <= 1
            assert bool(held) == (value.versions[0].since <= day <= (value.versions[-1].until or date.max)), (
                value.name
            )
