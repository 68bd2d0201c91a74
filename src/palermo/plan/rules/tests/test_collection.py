"""What a collection round asks about, and when it reminds."""

from datetime import date

import pytest

from palermo.plan.rules import collection as rules
from palermo.plan.rules.collection import Moment

FROM, TO = date(2016, 1, 1), date(2016, 12, 31)


def window(earliest, latest, status="no-answer", kind="window", recurrence=None):
    return Moment(kind, earliest, latest, recurrence, status)


@pytest.mark.parametrize(
    ("moment", "reason"),
    [
        (window(date(2016, 5, 1), date(2016, 8, 31)), "due"),
        (window(date(2015, 1, 1), date(2016, 1, 1)), "due"),
        (window(date(2016, 12, 31), date(2018, 1, 1)), "due"),
        (window(None, date(2017, 6, 30)), "due"),
        (window(date(2015, 1, 1), date(2015, 12, 31)), "overdue"),
        (window(date(2015, 1, 1), date(2015, 12, 31), "limited"), "overdue"),
        (window(date(2015, 1, 1), date(2015, 12, 31), "completed"), None),
        (window(date(2017, 1, 1), date(2017, 12, 31)), None),
        (window(None, None, kind="none"), "undated"),
        (window(None, None, kind="reference"), "undated"),
        (window(None, None, "completed", kind="unread"), None),
    ],
)
def test_a_round_asks_about_what_meets_its_period_is_late_or_has_no_day(moment, reason):
    assert rules.reason_to_ask(moment, FROM, TO) == reason


def test_a_continuous_measure_is_asked_about_in_each_round_even_when_it_was_told_completed():
    moment = window(None, None, "completed", kind="continuous")
    assert rules.reason_to_ask(moment, FROM, TO) == "continuous"
    assert rules.reason_to_ask(window(None, None, "abandoned", kind="continuous"), FROM, TO) is None


@pytest.mark.parametrize(("year", "asked"), [(2016, False), (2017, True), (2018, False), (2019, True)])
def test_a_measure_of_every_two_years_is_asked_about_every_two_years(year, asked):
    first = window(date(2017, 1, 1), date(2017, 12, 31), "completed", "recurring", "R/2017/P2Y")
    reason = rules.reason_to_ask(first, date(year, 1, 1), date(year, 12, 31))
    assert reason == ("recurring" if asked else None)


def test_a_first_occurrence_that_was_never_told_is_asked_about_until_it_is():
    first = window(date(2017, 1, 1), date(2017, 12, 31), "no-answer", "recurring", "R/2017/P2Y")
    assert rules.reason_to_ask(first, date(2018, 1, 1), date(2018, 12, 31)) == "recurring"


def test_a_recurrence_that_states_no_beginning_is_asked_about_in_each_round():
    assert rules.reason_to_ask(window(None, None, "completed", "recurring", "R/P2Y"), FROM, TO) == "recurring"


def test_a_training_cycle_counts_from_the_year_that_anchors_it():
    cycle = window(None, None, "completed", "recurring", "R/2015/P3Y")
    assert rules.reason_to_ask(cycle, date(2018, 1, 1), date(2018, 12, 31)) == "recurring"
    assert rules.reason_to_ask(cycle, date(2017, 1, 1), date(2017, 12, 31)) is None


@pytest.mark.parametrize(
    ("recurrence", "starts"),
    [
        ("R/2015/P1Y", [date(2015, 1, 1), date(2016, 1, 1)]),
        ("R/2015-11/P6M", [date(2015, 11, 1), date(2016, 5, 1), date(2016, 11, 1)]),
        ("R/2016-01-31/P1M", [date(2016, 1, 31), date(2016, 2, 29), date(2016, 3, 31), date(2016, 4, 30)]),
        ("R/2016-01-04/P2W", [date(2016, 1, 4), date(2016, 1, 18)]),
        ("R/2016-01-04/P0D", [date(2016, 1, 4)]),
    ],
)
def test_each_occurrence_counts_from_the_intended_one_before_it(recurrence, starts):
    moment = window(None, None, kind="recurring", recurrence=recurrence)
    found = [start for start, _end in rules.windows(moment, date(2016, 12, 31))]
    assert found[: len(starts)] == starts


def test_the_last_day_of_a_month_stays_the_last_day_of_a_month():
    moment = window(None, None, kind="recurring", recurrence="R/2015-11/P3M")
    assert [end for _start, end in rules.windows(moment, date(2016, 6, 1))] == [
        date(2015, 11, 30),
        date(2016, 2, 29),
        date(2016, 5, 31),
    ]


DEADLINE = date(2017, 3, 31)


@pytest.mark.parametrize(
    ("on", "planned", "kind"),
    [
        (date(2017, 3, 20), None, "before"),
        (date(2017, 3, 21), date(2017, 3, 21), "before"),
        (date(2017, 3, 28), date(2017, 3, 21), "before"),
        (date(2017, 3, 31), date(2017, 3, 29), "before"),
        (date(2017, 4, 1), date(2017, 3, 29), "after"),
        (date(2017, 4, 2), date(2017, 4, 2), "after"),
        (date(2017, 4, 14), date(2017, 4, 14), "after"),
        (date(2017, 12, 1), date(2017, 4, 28), "after"),
    ],
)
def test_reminders_are_planned_before_the_deadline_and_after_it(on, planned, kind):
    assert (rules.last_planned(DEADLINE, on), rules.reminder_kind(DEADLINE, on)) == (planned, kind)


@pytest.mark.parametrize(
    ("told", "signed", "verdict", "closed", "state"),
    [
        (False, False, None, False, "waiting"),
        (True, False, None, False, "awaiting-signature"),
        (True, True, None, False, "told"),
        (True, True, "asked", False, "asked"),
        (True, True, "accepted", True, "accepted"),
        (False, False, None, True, "unanswered"),
        (True, False, None, True, "never-signed"),
        (True, True, None, True, "told"),
    ],
)
def test_a_question_stands_where_its_last_answer_stands(told, signed, verdict, closed, state):
    assert rules.question_state(told=told, signed=signed, verdict=verdict, closed=closed) == state


def lacking(status, account, decision="", reason="", *, late=False):
    return rules.lacking(status, account, decision, reason, late=late)


def test_an_answer_needs_words_and_an_end_needs_the_decision_that_made_it():
    assert lacking("limited", "Two posts informed.") == []
    assert lacking("limited", "  ") == ["account"]
    assert lacking("abandoned", "Given up.", " ") == ["decision"]
    assert lacking("replaced", "Replaced.", "Council of Ministers, 3 March 2017") == []
    assert lacking("no-answer", "") == ["status", "account"]


def test_what_is_late_and_not_finished_needs_the_reason_that_held_it_up():
    assert lacking("limited", "Two posts informed.", late=True) == ["reason"]
    assert lacking("limited", "Two posts informed.", reason="The printer.", late=True) == []
    assert lacking("completed", "Every post was informed.", late=True) == []
    assert lacking("abandoned", "Given up.", "Bureau, 3 May", late=True) == []


@pytest.mark.parametrize(
    ("status", "decision", "replaced_by", "wrong"),
    [
        ("limited", "Bureau, 3 May", True, ["decision", "replaced_by"]),
        ("completed", "Bureau, 3 May", False, ["decision"]),
        ("abandoned", "Bureau, 3 May", True, ["replaced_by"]),
        ("abandoned", "Bureau, 3 May", False, []),
        ("replaced", "Bureau, 3 May", True, []),
        ("limited", " ", False, []),
    ],
)
def test_what_goes_on_was_ended_by_no_decision_and_replaced_by_nothing(status, decision, replaced_by, wrong):
    assert rules.contradicting(status, decision, replaced_by=replaced_by) == wrong
