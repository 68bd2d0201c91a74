"""What a row says, from the reading to the value that a person mends."""

from dataclasses import replace
from datetime import date

import pytest

from palermo.organisations.directory import load
from palermo.plan.rules import said as rules
from palermo.plan.rules.said import OwnerSaid, ReadRow, Said, TimingSaid

MEASURE = {
    "section": "4.2",
    "text": "Prepare a leaflet",
    "owners": [{"text": "FPS X", "party": None, "role": "lead", "kind": "party", "basis": "inherited"}],
    "timing": {"text": "Late 2015", "kind": "window", "edtf": "2015-39", "earliest": "2015-09-01"},
    "place": {"line": 360},
    "topics": ["awareness"],
    "evaluation": "8.3",
    "doubts": [{"code": "unknown-party", "message": "?"}],
}
COURSE = {
    "section": "4.1",
    "organiser": {"text": "Fedasil", "party": "be/fedasil"},
    "type": "basic",
    "type_text": "Basic training",
    "frequency": {"text": "Every 2 years", "recurrence": "R/P2Y", "at_least": None, "at_most": None},
    "place": {},
    "doubts": [],
}
SENTENCE = {
    "section": "8.1",
    "text": "Fedasil will help.",
    "actor": "Fedasil",
    "strength": "firm",
    "timing": {},
}
CLAUSE = {"section": "8.3", "text": "All will be evaluated.", "topics": ["awareness"], "place": {"line": 700}}


def row(kind, reading):
    return ReadRow(kind, reading["section"], rules.row_text(kind, reading), reading)


def said(kind, reading):
    return rules.from_row(row(kind, reading), load())


def test_a_reading_becomes_rows_of_every_kind_in_order():
    found = rules.rows(
        {"measures": [MEASURE], "training": [COURSE], "commitments": [SENTENCE], "obligations": [CLAUSE]}
    )
    assert [one.kind for one in found] == ["measure", "training", "commitment", "obligation"]
    assert found[0].doubts[0]["code"] == "unknown-party"
    assert found[3].place == {"line": 700}


def test_a_duty_that_follows_from_an_obligation_stays_with_the_obligation():
    [bound, _clause] = rules.rows({"measures": [MEASURE], "obligations": [CLAUSE]})
    assert bound.reading["evaluation"] is None
    [own] = rules.rows({"measures": [{**MEASURE, "evaluation": "own words"}]})
    assert said("measure", own.reading).evaluation == "own words"
    [scheme, _clause] = rules.rows({"measures": [{**MEASURE, "evaluation": "4.2"}], "obligations": [CLAUSE]})
    assert said("measure", scheme.reading).evaluation == "4.2"


def test_a_measure_keeps_its_words_its_window_and_its_owners():
    found = said("measure", MEASURE)
    assert found.timing == TimingSaid("Late 2015", "window", "2015-39", date(2015, 9, 1))
    assert found.owners == (OwnerSaid("FPS X", None, "lead", "party", "inherited"),)
    assert found.topics == ("awareness",)


def test_a_training_cycle_is_owned_by_who_organises_it_and_is_training():
    found = said("training", COURSE)
    assert found.text == "Fedasil – Basic training"
    assert found.owners == (OwnerSaid("Fedasil", "be/fedasil"),)
    assert (found.timing.kind, found.timing.recurrence, found.topics) == ("recurring", "R/P2Y", ("training",))


@pytest.mark.parametrize(
    ("frequency", "kind", "earliest"),
    [
        ({"text": "Every 3 years (2015)", "recurrence": "R/2015/P3Y"}, "recurring", date(2015, 1, 1)),
        ({"text": "Every year or two", "at_least": "P1Y", "at_most": "P2Y"}, "recurring", None),
        ({"text": "As needed"}, "unread", None),
        ({}, "none", None),
    ],
)
def test_how_often_becomes_a_time_only_as_far_as_it_is_known(frequency, kind, earliest):
    found = rules.frequency_of(frequency)
    assert (found.kind, found.earliest, found.text) == (kind, earliest, frequency.get("text", ""))


def test_the_actor_of_a_sentence_owns_it_only_when_the_directory_knows_the_whole_name():
    assert said("commitment", SENTENCE).owners == (OwnerSaid("Fedasil", "be/fedasil"),)
    assert said("commitment", {**SENTENCE, "actor": "somebody near Fedasil"}).owners == ()
    assert said("commitment", {**SENTENCE, "actor": None}).owners == ()


def test_only_the_parts_that_changed_are_taken_from_a_new_reading():
    standing = Said("measure", "4.2", "Mended", TimingSaid("2015"), owners=(OwnerSaid("A"),))
    new = Said("measure", "4.3", "Read", TimingSaid("2016"), owners=(OwnerSaid("B"),), place={"line": 9})
    assert rules.with_parts(standing, new, ["timing"]) == replace(
        standing, timing=TimingSaid("2016"), place={"line": 9}
    )
    taken = rules.with_parts(standing, new, ["organiser", "frequency", "section"])
    assert taken == replace(new, text="Mended")


def test_a_persons_own_words_for_a_time_are_read_as_a_plans_are():
    found = rules.retimed("mi-2016", "fr")
    assert (found.earliest, found.latest, found.basis) == (date(2016, 5, 1), date(2016, 8, 31), "decided")
    assert rules.retimed("one fine day", "en").kind == "unread"


@pytest.mark.parametrize(
    ("words", "years"),
    [
        ("be-2015-2019", (2015, 2019)),
        ("Plan 2015–2019", (2015, 2019)),
        ("fr-2024", (2024, 2024)),
        ("a plan", None),
        ("article 433 of 12015", None),
    ],
)
def test_a_plans_years_are_those_that_it_states(words, years):
    assert rules.years_in(words) == years


def test_a_plan_that_states_no_years_begins_with_its_earliest_timing():
    reading = {"document": {"name": "x.txt"}, "title": "A plan", "measures": [MEASURE]}
    assert rules.period_of("x", reading, date(2026, 5, 1)) == (date(2015, 1, 1), None)
    bare = {"document": {"name": "x.txt"}, "title": "A plan"}
    assert rules.period_of("x", bare, date(2026, 5, 1)) == (date(2026, 1, 1), None)
    assert rules.period_of("be-2015-2019", reading, date(2026, 5, 1)) == (
        date(2015, 1, 1),
        date(2019, 12, 31),
    )


def test_sections_stand_in_the_order_of_their_numbers():
    numbers = ["10", "4.10", "4.2", "", "4", "4.2.1", "9.3"]
    assert sorted(numbers, key=rules.section_order) == ["4", "4.2", "4.2.1", "4.10", "9.3", "10", ""]
