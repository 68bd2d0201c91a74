"""The law's files: what stands in them, and what they refuse, with the line."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.errors import Refused
from palermo.law.file import CONFIDENCES, DATA, load, read

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
        ("since = 2017-05-20", "since = 2017-05-19", 11, "overlaps"),
        ("since = 2017-05-20", "since = 2007-06-01", 11, "stands after one that begins on 2007-06-01"),
        ("until = 2017-05-19\n", "", 10, "has no end"),
        ("until = 2017-05-19", "until = 2007-05-31", 4, "ends before it begins"),
        ('source = "Act, art. 2"\n', "", 11, "has no source"),
        ('source = "Act, art. 2"', 'source = ""', 11, "has no source"),
        ("value = 45\n", "", 4, "has no value"),
        ("value = 45\n", "value = 0\n", 4, "none in days"),
        ("value = 45\n", "value = true\n", 4, "none in days"),
        ('confidence = "to verify"', 'confidence = "sure"', 11, "confidence is none of"),
        ('confidence = "to verify"\n', "", 11, "has no confidence"),
        ("since = 2007-06-01", 'since = "2007"', 4, "since is no date"),
        ("since = 2007-06-01", "since = 2007-06-01T10:00:00", 4, "since is no date"),
        ('unit = "days"', 'unit = "weeks"', 1, "a unit that is none of"),
        ('unit = "days"\n', "", 1, "needs a unit"),
        ("value = 45\n", "value = 45\nuse = 1\n", 4, "use means nothing"),
        ("value = 45\n", "value = \n", 7, ""),
    ],
)
def test_a_file_that_is_wrong_is_refused_with_its_line(old, new, line, fault, tmp_path):
    with pytest.raises(Refused) as refused:
        law(tmp_path, GOOD.replace(old, new, 1))
    assert refused.value.params["file"].endswith("some.toml")
    assert refused.value.params["line"] == line
    assert fault in refused.value.message


def test_a_value_stands_in_one_place(tmp_path):
    for name in ("a.toml", "b.toml"):
        (tmp_path / name).write_text(GOOD, "utf-8")
    with pytest.raises(Refused, match="two places"):
        read("be", tmp_path.glob("*.toml"))


@pytest.mark.parametrize("country", ["xx", "..", "be/../be", ""])
def test_a_country_without_law_is_refused(country):
    with pytest.raises(Refused, match="no law"):
        load(country)


@pytest.mark.parametrize("country", sorted(one.name for one in DATA.iterdir()))
def test_every_version_of_every_country_cites_its_source_and_how_sure_it_is(country):
    for value in load(country).values.values():
        for version in value.versions:
            assert version.source.strip() == version.source != "", value.name
            assert version.confidence in CONFIDENCES


@given(st.dates(date(1994, 1, 1), date(2050, 1, 1)))
def test_each_day_has_one_version_or_none(day):
    for country in sorted(one.name for one in DATA.iterdir()):
        for value in load(country).values.values():
            held = [version for version in value.versions if version.holds(day)]
            assert len(held) <= 1
            assert bool(held) == (value.versions[0].since <= day <= (value.versions[-1].until or date.max)), (
                value.name
            )
