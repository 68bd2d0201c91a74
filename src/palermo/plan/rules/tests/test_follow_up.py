"""How far a measure is, on a day."""

from datetime import date

import pytest

from palermo.plan.rules import follow_up as rules
from palermo.plan.rules.follow_up import Told

JUSTICE, COLLEGE, BUREAU = 1, 2, 3


def told(owner, status, order=1, role="lead"):
    return Told(owner, role, status, order)


def test_a_measure_of_which_nobody_told_has_no_answer():
    assert rules.status([], {JUSTICE}) == "no-answer"


def test_the_latest_word_of_a_lead_counts():
    words = [told(JUSTICE, "substantial", 2), told(JUSTICE, "limited", 1)]
    assert rules.status(words, {JUSTICE}) == "substantial"


@pytest.mark.parametrize(
    ("one", "other", "stands"),
    [
        ("completed", "limited", "limited"),
        ("completed", "abandoned", "abandoned"),
        ("abandoned", "substantial", "substantial"),
        ("completed", "replaced", "replaced"),
        ("not-started", "abandoned", "not-started"),
        ("completed", "completed", "completed"),
    ],
)
def test_where_leads_differ_the_least_advanced_stands(one, other, stands):
    words = [told(JUSTICE, one), told(COLLEGE, other)]
    assert rules.status(words, {JUSTICE, COLLEGE}) == stands


def test_a_silent_lead_does_not_silence_the_other():
    assert rules.status([told(JUSTICE, "completed")], {JUSTICE, COLLEGE}) == "completed"


def test_who_only_helps_does_not_decide_the_status():
    words = [told(JUSTICE, "limited"), told(BUREAU, "completed", 2, role="with")]
    assert rules.status(words, {JUSTICE}) == "limited"
    assert rules.status(words[1:], {JUSTICE}) == "no-answer"


def test_a_measure_that_nobody_leads_counts_everybodys_words():
    words = [told(JUSTICE, "completed", role="with"), told(BUREAU, "limited", role="consulted")]
    assert rules.status(words, set()) == "limited"


def test_a_new_lead_replaces_the_words_of_the_one_before_once_it_has_told():
    before = told(JUSTICE, "limited", 1)
    assert rules.status([before], {COLLEGE}) == "limited"
    assert rules.status([before, told(COLLEGE, "completed", 2)], {COLLEGE}) == "completed"


def test_every_status_that_can_be_told_has_its_place_in_the_order():
    assert sorted(rules.ADVANCE) == sorted(rules.TELLABLE)


EARLY, LATE = date(2017, 1, 1), date(2017, 3, 31)


@pytest.mark.parametrize(
    ("on", "due", "overdue", "late_since"),
    [
        (date(2016, 12, 31), False, False, None),
        (date(2017, 1, 1), True, False, None),
        (date(2017, 3, 31), True, False, None),
        (date(2017, 4, 1), False, True, date(2017, 4, 1)),
        (date(2019, 1, 1), False, True, date(2017, 4, 1)),
    ],
)
def test_a_quarter_is_due_from_its_first_day_and_late_after_its_last(on, due, overdue, late_since):
    assert rules.is_due(EARLY, LATE, "limited", on) is due
    assert rules.is_overdue(LATE, "limited", on) is overdue
    assert rules.late_since(LATE, "limited", on) == late_since


@pytest.mark.parametrize("status", sorted(rules.FINISHED))
def test_what_is_finished_is_neither_due_nor_late(status):
    assert not rules.is_due(EARLY, LATE, status, EARLY)
    assert not rules.is_overdue(LATE, status, date(2019, 1, 1))
    assert rules.late_since(LATE, status, date(2019, 1, 1)) is None


def test_what_must_be_done_by_a_day_is_due_until_that_day():
    assert rules.is_due(None, LATE, "no-answer", date(2015, 1, 1))
    assert not rules.is_due(None, LATE, "no-answer", date(2017, 4, 1))


def test_what_has_no_day_is_neither_due_nor_late():
    assert not rules.is_due(None, None, "no-answer", EARLY)
    assert not rules.is_overdue(None, "no-answer", EARLY)


def test_an_undecided_owner_is_no_owner():
    assert rules.has_no_owner([])
    assert rules.has_no_owner(["undecided", "undecided"])
    assert not rules.has_no_owner(["undecided", "class"])
    assert not rules.has_no_owner(["party"])


def test_an_evaluation_is_due_after_the_measures_time_until_one_is_on_record():
    after = date(2017, 4, 1)
    assert rules.is_evaluation_due(has_duty=True, latest=LATE, evaluated=False, on=after)
    assert not rules.is_evaluation_due(has_duty=True, latest=LATE, evaluated=False, on=LATE)
    assert not rules.is_evaluation_due(has_duty=True, latest=LATE, evaluated=True, on=after)
    assert not rules.is_evaluation_due(has_duty=False, latest=LATE, evaluated=False, on=after)
    assert not rules.is_evaluation_due(has_duty=True, latest=None, evaluated=False, on=after)


def test_a_ministry_that_leads_has_a_duty_and_one_that_helps_is_invited():
    assert rules.tone("duty", "lead") == "duty"
    assert rules.tone("duty", "with") == "invitation"
    assert rules.tone("invitation", "lead") == "invitation"
    assert rules.tone("information", "with") == "information"


def test_those_who_lead_or_help_are_asked_once_in_their_strongest_role():
    owners = [(JUSTICE, "with"), (JUSTICE, "lead"), (COLLEGE, "with"), (BUREAU, "follow-up")]
    assert rules.asked(owners) == {JUSTICE: "lead", COLLEGE: "with"}


def test_where_nobody_leads_whoever_is_named_is_asked():
    assert rules.asked([(BUREAU, "follow-up")]) == {BUREAU: "follow-up"}
    assert rules.asked([]) == {}
