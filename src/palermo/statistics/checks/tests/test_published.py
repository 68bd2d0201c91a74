"""The release of the United Nations: the known defects of one country are found, each by its rule and key."""

from collections import Counter

import pytest

from palermo.statistics.checks.check import check
from palermo.statistics.checks.sentences import sentence
from palermo.statistics.tests.release import part

VICTIMS, CONTACT = "Detected trafficking victims", "Persons brought into formal contact"
PROSECUTED, CONVICTED = "Persons prosecuted", "Persons convicted"


@pytest.fixture(scope="module")
def found():
    known = part("BEL")
    if not known:
        pytest.skip("the release is not part of this repository")
    return check(*known)


def of(found, rule, **key):
    """The sentences of the findings of a rule whose key has these codes, errors first."""
    return [
        (one.level, sentence(one))
        for one in (*found.errors, *found.warnings)
        if one.rule == rule and key.items() <= one.key.items()
    ]


def test_every_row_is_a_cell(found):
    assert found.cells == 811


@pytest.mark.parametrize(
    ("indicator", "year", "children", "adults"),
    [
        (PROSECUTED, "2021", 211, 603),
        (PROSECUTED, "2022", 120, 320),
        (CONTACT, "2019", 38, 102),
        (CONTACT, "2020", 128, 317),
        (CONTACT, "2022", 15, 63),
    ],
)
def test_ages_repeat_the_sexes(found, indicator, year, children, adults):
    ((level, said),) = of(found, "R10", Indicator=indicator, Year=year, Sex="Total", Age="Total")
    assert level == "error"
    assert f"repeat the sexes' totals: {children} children and {adults} adults" in said
    assert len(of(found, "R10")) == 5


def test_women_and_men_of_one_year_are_swapped_and_more_than_all_victims(found):
    key = {"Indicator": VICTIMS, "Category": "Forced labour", "Year": "2018", "Age": "18 years or over"}
    assert of(found, "R8", **key)[0][0] == "error"
    assert "66 women and 8 men" in of(found, "R8", **key)[0][1]
    assert "66 are more than the 39" in of(found, "R3", Sex="Female", **key)[0][1]
    assert len(of(found, "R8")) == 1


def test_the_sexes_of_2014_come_to_one_too_many(found):
    ((level, said),) = of(found, "R1", Indicator=VICTIMS, Year="2014", Sex="Total", Age="Total")
    assert level == "error"
    assert "the parts come to 85, the total is 84: one of them is off by 1" in said


@pytest.mark.parametrize(("year", "form", "total"), [("2007", 290, 74), ("2008", 204, 65), ("2009", 200, 50)])
def test_forms_exceed_the_totals_of_another_source(found, year, form, total):
    key = {"Indicator": VICTIMS, "Category": "Forced labour", "Year": year, "Sex": "Total", "Age": "Total"}
    ((level, said),) = of(found, "R3", **key)
    assert level == "error"
    assert f"{form} are more than the {total}" in said


def test_a_key_stands_twice(found):
    key = {"Indicator": CONVICTED, "Category": "Other forms of exploitation", "Year": "2019"}
    ((level, said),) = of(found, "R4", **key)
    assert level == "error"
    assert said.endswith("with different counts: 49, 38.")
    assert len(of(found, "R4")) == 1


@pytest.mark.parametrize(("year", "before", "now"), [("2019", "493", "63"), ("2021", "64", "1,131")])
def test_the_prosecuted_jump(found, year, before, now):
    key = {"Indicator": PROSECUTED, "Year": year, "Sex": "Total", "Age": "Total"}
    ((level, said),) = of(found, "R7", **key)
    assert level == "warning"
    assert f"{before} the year before and {now} in {year}" in said


def test_as_many_hidden_cells_follow_as_others_have_counted(found):
    assert Counter(one.code for one in found.warnings)["recoverable"] == 63
    key = {"Indicator": VICTIMS, "Year": "2014", "Age": "0 to 17 years"}
    assert "it is 2." in of(found, "R11", Sex="Female", **key)[0][1]
    assert "it is 2." in of(found, "R11", Sex="Male", **key)[0][1]


def test_a_separator_of_thousands_is_told(found):
    ((level, said),) = of(found, "R5")
    assert (level, "“1,131”" in said) == ("error", True)


def test_nothing_is_left_unasked_but_the_instance(found):
    assert [one.rule for one in found.warnings if not one.key and one.code.startswith("no-")] == ["R12"]
