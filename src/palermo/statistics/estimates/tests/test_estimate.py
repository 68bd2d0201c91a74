"""Everything that is told of some lists, and of how little is certain."""

import math
from contextlib import suppress
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.errors import Refused
from palermo.statistics.estimates import estimate as whole
from palermo.statistics.estimates.cautions import of_interval
from palermo.statistics.estimates.contract import as_json
from palermo.statistics.estimates.estimate import Answer, Plan, estimate
from palermo.statistics.estimates.picture import axis, picture
from palermo.statistics.estimates.reading import Lists

from .make import counts_by_history, tables

SPARSE = counts_by_history(4, A=90, B=70, C=80, D=30, AB=20, AC=9, BC=7, AD=2, ABC=3)
PLAN = Plan(bootstraps=60)


def lists(counts, names="ABCDEFGHIJ"):
    return Lists(tuple(names[: len(counts).bit_length() - 1]), counts)


@pytest.fixture(scope="module")
def found():
    return estimate(lists(SPARSE), PLAN)


def told(cautions):
    return {one.code: one.message for one in cautions}


def test_every_method_answers_with_an_interval_about_its_estimate(found):
    assert [one.method for one in found.models] == ["bic-all", "downhill", "stepwise"]
    assert found.headline == found.models[0]
    for one in found.models:
        assert (one.known, one.bootstraps) == (311, 60)
        assert one.known <= one.interval[0] <= one.estimate <= one.interval[1]


def test_each_list_is_left_out_and_each_order_tried(found):
    assert {one.left_out for one in found.stability} == {"", *"ABCD"}
    without = [one for one in found.stability if one.left_out == "D"]
    assert [(one.method, one.known, one.order) for one in without] == [
        ("bic-all", 281, 2), ("downhill", 281, 2), ("stepwise", 281, 2),
    ]  # fmt: skip
    orders = [(one.method, one.order) for one in found.stability if not one.left_out]
    assert orders == [("bic-all", 1), ("downhill", 1), ("bic-all", 2), ("downhill", 2)]


def test_thin_and_empty_overlaps_are_told(found):
    messages = told(found.cautions)
    assert messages["overlap-empty"] == "Pairs of lists that share nobody: B – D, C – D."
    assert messages["overlap-thin"] == "Pairs of lists that share fewer than 5 people: A – D."


def test_the_same_seed_gives_the_same_answer_and_another_not(found):
    again = as_json(estimate(lists(SPARSE), PLAN), PLAN)
    assert again == as_json(found, PLAN)
    other = Plan(bootstraps=60, seed=2)
    assert as_json(estimate(lists(SPARSE), other), other)["models"] != again["models"]


def test_a_list_that_shares_nobody_is_told():
    counts = counts_by_history(3, A=90, B=70, C=80, AB=20)
    assert told(estimate(lists(counts), PLAN).cautions)["list-alone"] == (
        "The list C shares nobody with any other list."
    )


def test_two_lists_are_answered_with_a_warning():
    found = estimate(lists(counts_by_history(2, A=80, B=60, AB=20)), PLAN)
    assert found.headline.estimate == pytest.approx(100 * 80 / 20)
    assert found.stability == []
    assert "two-lists" in told(found.cautions)


def test_a_list_with_nobody_is_left_out():
    counts = counts_by_history(3, A=80, C=60, AC=20)
    found = estimate(lists(counts), PLAN)
    assert found.headline.estimate == pytest.approx(400)
    assert told(found.cautions)["list-empty"] == "The list B has nobody and was left out."


@pytest.mark.parametrize(
    "people",
    [
        {"A": 5, "B": 4, "C": 3},
        {"AB": 9},
        {"A": 7},
        {"A": 5, "AB": 4, "AC": 3, "ABC": 2},
        {"ABC": 9},
    ],
)
def test_lists_that_tell_nothing_are_refused(people):
    with pytest.raises(Refused) as refused:
        estimate(lists(counts_by_history(3, **people)), PLAN)
    assert refused.value.code == "no-information"


def test_a_list_that_holds_everybody_is_named_in_the_refusal():
    with pytest.raises(Refused, match="everybody is on the list B"):
        estimate(lists(counts_by_history(3, B=80, AB=60, BC=20, ABC=5)), PLAN)


def test_a_list_within_another_is_told():
    counts = counts_by_history(3, A=80, AB=20, C=50, AC=10, ABC=4)
    assert told(estimate(lists(counts), PLAN).cautions)["list-within"] == (
        "Everybody on the list B is on A too: if one is made from the other, leave it out."
    )
    assert "list-within" not in told(estimate(lists(SPARSE), PLAN).cautions)


def test_groups_of_lists_that_share_nobody_are_told():
    counts = counts_by_history(5, A=80, C=60, AC=20, B=50, D=40, BD=9, E=8)
    assert told(estimate(lists(counts), PLAN).cautions)["groups-apart"] == (
        "The lists fall into groups that share nobody: A, C / B, D. Do they count the same people?"
    )
    assert "groups-apart" not in told(estimate(lists(SPARSE), PLAN).cautions)


def test_repetitions_without_an_answer_are_told_where_the_interval_hides_them():
    headline = Answer("bic-all", 1, 20, 40.0, (30.0, 80.0), (30.0, math.inf), (), 100, 3)
    assert told(of_interval(headline))["no-answer-often"] == (
        "3 of 100 repetitions have no answer: the upper end may lie higher."
    )
    assert of_interval(replace(headline, without_answer=2)) == []


def test_a_list_without_which_there_is_no_answer_is_named():
    counts = counts_by_history(3, A=90, B=70, C=80, AB=9, AC=8)
    found = estimate(lists(counts), PLAN)
    assert told(found.cautions)["list-needed"] == "Without the list A there would be no answer."
    nothing = next(one for one in as_json(found, PLAN)["stability"] if one["left_out"] == "A")
    assert (nothing["estimate"], nothing["interval95"]) == (None, [None, None])
    drawn = next(one for one in picture(found)["data"]["values"] if one["label"] == "without A")
    assert (drawn["estimate"], drawn["low"], drawn["high"]) == (None, None, None)


def test_an_interval_without_an_end_says_so_and_ends_in_an_arrow():
    counts = counts_by_history(2, A=80, B=60, AB=2)
    found = estimate(lists(counts), PLAN)
    assert found.headline.interval[1] == math.inf
    assert found.headline.without_answer > 0
    assert "interval-open" in told(found.cautions)
    assert as_json(found, PLAN)["interval95"][1] is None
    rows = picture(found)["data"]["values"]
    assert [one["open"] for one in rows] == [True] * 3
    assert all(one["high"] > one["estimate"] for one in rows)


def test_methods_that_disagree_are_told():
    korea = counts_by_history(3, A=5, B=5, C=41, AB=54, AC=6, ABC=12)
    found = estimate(lists(korea), PLAN)
    assert [round(one.estimate) for one in found.models] == [157, 157, 269]
    assert told(found.cautions)["methods-disagree"] == (
        "The choice of the model moves the answer from 157 to 269."
    )


def test_a_search_that_takes_too_long_is_left_out_and_told(monkeypatch):
    monkeypatch.setattr(whole, "ALL_SEARCHES", 1_000_000)
    found = estimate(lists(SPARSE), PLAN)
    assert found.headline.method == "downhill"
    assert "search-left-out" in told(found.cautions)


def test_a_search_that_cannot_be_repeated_often_enough_is_repeated_less(monkeypatch):
    plan = Plan(bootstraps=150)
    full = estimate(lists(SPARSE), plan)
    monkeypatch.setattr(whole, "FEWEST", 5)
    monkeypatch.setattr(whole, "ALL_SEARCHES", 5_000_000)
    found = estimate(lists(SPARSE), plan)
    assert 5 <= found.headline.bootstraps < full.headline.bootstraps == 150
    assert "fewer-bootstraps" in told(found.cautions)
    assert "fewer-bootstraps" not in told(full.cautions)


def test_numbers_that_lie_far_apart_have_a_logarithmic_axis():
    for lower, kind in ((90.0, {"scale": {"type": "log"}}), (110.0, {})):
        told = axis(lower, 10_000.0)
        assert {name: told[name] for name in told if name == "scale"} == kind


def test_a_picture_shows_each_answer_with_its_interval(found):
    drawn = picture(found)
    assert drawn["$schema"] == "https://vega.github.io/schema/vega-lite/v6.json"
    values = drawn["data"]["values"]
    assert len(values) == len(found.models) + len(found.stability)
    for one in values:
        assert one["low"] <= one["high"]
        assert one["known"] <= one["estimate"]
    labels = [one["label"] for one in drawn["data"]["values"]]
    assert labels[2] == "stepwise, terms of 2 lists"
    assert len(labels) == len(set(labels))
    known, intervals, _arrows, points, _nothing = drawn["spec"]["layer"]
    assert known["encoding"]["x"] == {"datum": 311}
    assert (intervals["encoding"]["x"]["field"], intervals["encoding"]["x2"]["field"]) == ("low", "high")
    assert points["encoding"]["x"]["field"] == "estimate"
    assert drawn["description"].startswith("311 people are known. bic-all, terms of up to 3 lists: ")


def test_what_the_command_writes_has_every_part_of_the_contract(found):
    written = as_json(found, PLAN)
    assert {"known", "estimate", "interval95", "models", "stability", "warnings"} <= set(written)
    for one in written["models"]:
        assert {"method", "estimate", "interval95", "terms"} <= set(one)
    assert written["models"][0]["terms"][0] == "A:B"


@given(st.sampled_from([2, 3, 4]).flatmap(lambda number: tables(number, least=0, most=2)))
@settings(max_examples=40, deadline=None)
def test_whatever_few_people_lists_have_they_are_answered_or_refused(counts):
    with suppress(Refused):
        found = estimate(lists(counts), Plan(bootstraps=20))
        assert math.isfinite(found.headline.estimate)
        for one in [*found.models, *found.stability]:
            assert one.known <= one.estimate
            assert one.interval[0] <= one.interval[1]
