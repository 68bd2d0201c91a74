"""A specification says how a table is cut, or what is wrong in it."""

import pytest
import yaml

from palermo.errors import Refused
from palermo.statistics.specification import Dimension, Mark, Rule, read, specification

GOOD = """
count: persons
group_by: [country, year]
dimensions:
  sex: {total: Total, parts: [Female, Male]}
  age: {total: Total, parts: {adult: [y18_24, y25_plus], child: []}, also: {young: [child, y18_24]}}
suppressed: {mark: "<5", low: 0, high: 4}
rule: {threshold: 5, zeros: hidden, width: 2}
tables: [[sex, age], [age]]
hidden: [{sex: Female, age: child}]
widths: [{cell: {age: adult}, width: 9}]
roles: {sex: sex, year: year, form: age}
reference: {period: 2022, instance: first}
forms: several
"""


def told(content):
    return specification(yaml.load(content, yaml.BaseLoader))


def test_a_specification_says_how_a_table_is_cut():
    made = told(GOOD)
    assert made.dimensions == (
        Dimension("sex", ("Female", "Male"), {"Total": (0, 1)}),
        Dimension(
            "age", ("y18_24", "y25_plus", "child"), {"Total": (0, 1, 2), "adult": (0, 1), "young": (0, 2)}
        ),
    )
    assert [one.total for one in made.dimensions] == ["Total", "Total"]
    assert made.dimensions[1].codes == ("y18_24", "y25_plus", "child", "Total", "adult", "young")
    assert (made.count, made.groups, made.mark) == ("persons", ("country", "year"), Mark("<5", 0, 4))
    assert made.rule == Rule(5, "hidden", 0, 2)
    assert made.tables == (("sex", "age"), ("age",))
    assert made.hidden == ({"sex": "Female", "age": "child"},)
    assert made.widths == (({"age": "adult"}, 9),)
    assert made.roles == {"sex": "sex", "year": "year", "form": "age"}
    assert (made.reference, made.forms) == ({"period": "2022", "instance": "first"}, "several")


def test_sums_nest_as_deep_as_they_are_told():
    made = told("dimensions: {geo: {total: BE, parts: {BRU: [], FL: {ANT: [a, b], LIM: []}, NO: [c]}}}")
    (geo,) = made.dimensions
    assert geo.parts == ("BRU", "a", "b", "LIM", "c")
    assert geo.sums == {"BE": (0, 1, 2, 3, 4), "FL": (1, 2, 3), "ANT": (1, 2), "NO": (4,)}
    assert list(geo.sums) == ["BE", "FL", "ANT", "NO"]


def test_a_sum_may_stand_in_earlier_releases_alone():
    (age,) = told("dimensions: {age: {total: T, parts: [a, b, c], before: {young: [a, b]}}}").dimensions
    assert age == Dimension("age", ("a", "b", "c"), {"T": (0, 1, 2), "young": (0, 1)}, frozenset({"young"}))


def test_what_is_left_out_is_what_everybody_does():
    assert told("dimensions: {sex: {total: T, parts: [F, M]}}").rule == Rule(4, "published", 1, 3)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ("count: persons", "counts: persons", "the specification has the key counts, which means nothing"),
        ("count: persons", "count: [persons]", "count is no text"),
        ("count: persons", "count: year", "the column year stands twice"),
        ("[country, year]", "country", "group_by is no list"),
        ("[country, year]", "[country, country]", "the column country stands twice"),
        ("total: Total, parts: [Female", "parts: [Female", "the dimension sex has no total"),
        ("parts: [Female, Male]", "part: [Female, Male]", "the dimension sex has the key part, which"),
        ("parts: [Female, Male]", "parts: []", "the dimension sex has no parts"),
        ("[Female, Male]", "[Female, Female]", "the code Female of sex stands twice"),
        ("[Female, Male]", "[Female, Total]", "the code Total of sex stands twice"),
        ("child: []}", "y18_24: []}", "the code y18_24 of age stands twice"),
        ("[y18_24, y25_plus]", "{adult: [y18_24], y25_plus: []}", "the code adult of age stands twice"),
        ("young: [child", "young: [kid", "young of age names kid, which is no part"),
        ("also: {young", "before: {adult", "the code adult of age stands twice"),
        ("young: [", "adult: [", "the code adult of age stands twice"),
        ('mark: "<5", ', "", "suppressed has no mark"),
        ("high: 4", "high: many", "the high of suppressed is no whole number from 0 on"),
        ("low: 0, high: 4", "low: 5, high: 4", "the high of suppressed lies below its low"),
        ("zeros: hidden", "zeros: shown", "zeros are published or hidden"),
        ("zeros: hidden", "zeros: hidden, hidden_low: 1", "hidden_low is 0"),
        ("zeros: hidden", "hidden_low: 2", "hidden_low is 0 or 1"),
        ("width: 2", "width: 0", "a width is from 1 to 1000"),
        ("width: 9", "width: 0", "a width is from 1 to 1000"),
        ("width: 9", "width: 99999999", "a width is from 1 to 1000"),
        ("width: 2", "threshold: 999999999", "a threshold is from 1 to 1000"),
        ("width: 2", "width: -2", "width is no whole number from 0 on"),
        ("width: 2", "dominance: 0.8", "dominance needs the column of contributors"),
        ("width: 2", "insider: contributor", "insiders who contribute need the column of contributors"),
        ("width: 2", "insider: everybody", "an insider is a contributor or a person"),
        ("width: 2", "dominance: 1.5", "dominance is a share above 0, and 1 at most"),
        ("width: 2", "dominance: most", "dominance is a share above 0, and 1 at most"),
        ("[[sex, age], [age]]", "[[sex, place]]", "a table names place, which is no dimension"),
        ("[[sex, age], [age]]", "[[sex, sex]]", "the dimension sex of a table stands twice"),
        ("[{sex: Female", "[{place: Female", "a cell names Female, which is no code of place"),
        ("[{sex: Female", "[{sex: Woman", "a cell names Woman, which is no code of sex"),
        ("{cell: {age: adult}, width: 9}", "{cell: {age: adult}}", "widths are cells, each with its width"),
        ("{sex: sex, ", "{sexes: sex, ", "roles has the key sexes, which means nothing"),
        ("{sex: sex, ", "{sex: year, ", "the role sex names year, which is no column that could have it"),
        ("year: year,", "year: sex,", "the role year names sex, which is no column that could have it"),
        ("year: year,", "year: [year],", "year of roles is no text"),
        ("period: 2022", "year: 2022", "reference has the key year, which means nothing"),
        ("forms: several", "forms: many", "forms are single or several"),
        ("dimensions:", "dimension:", "the key dimension, which means nothing"),
    ],
)
def test_what_is_wrong_in_a_specification_is_told(old, new, fault):
    assert old in GOOD
    with pytest.raises(Refused) as refused:
        told(GOOD.replace(old, new, 1))
    assert fault in refused.value.message


@pytest.mark.parametrize(
    "content", ["", "5", "[a]", "a: [", "\0", "a: &b [*b, *b]\nc: *d", "x: " + "[" * 5000]
)
def test_what_is_no_specification_is_refused(content, tmp_path):
    path = tmp_path / "cut.yaml"
    path.write_text(content, "utf-8")
    with pytest.raises(Refused) as refused:
        read(path)
    assert refused.value.code == "specification"


def test_a_file_that_is_not_there_is_refused(tmp_path):
    with pytest.raises(Refused) as refused:
        read(tmp_path / "none.yaml")
    assert refused.value.code == "no-file"
