"""What comes back: each time stands by itself, and lateness follows the first that was not done."""

from datetime import date

import pytest

from palermo.audit.action import NotPermitted
from palermo.errors import Refused
from palermo.plan import actions, queries
from palermo.plan.queries import Filters
from palermo.plan.tests import make

ASSESS = make.row(
    "3.2", "Assess the provisions", "every two years from 2015", make.owner("College", "college")
)


@pytest.fixture
def plan(db):
    return make.accepted_plan(make.document(ASSESS, *make.ROWS))


def stands(plan, on, user=None):
    state = queries.state_of(user or make.secretary(), make.measure(plan, "M01"), on)
    found = queries.happenings(user or make.secretary(), state)
    return state.late_since, {one.cycle.earliest.year: one.cycle.state for one in found}


def test_late_is_the_first_time_that_was_not_done_and_each_day_shows_what_was_known(plan):
    assert stands(plan, date(2015, 8, 1)) == (None, {2015: "due", 2017: "to-come"})
    assert stands(plan, make.DAY) == (date(2016, 1, 1), {2015: "late", 2017: "due", 2019: "to-come"})
    done = make.occurrence(plan, "M01", 2015, on=date(2016, 4, 1), done_on=date(2016, 3, 1))
    assert stands(plan, make.DAY) == (None, {2015: "done", 2017: "due", 2019: "to-come"})
    assert stands(plan, date(2018, 2, 1))[0] == date(2018, 1, 1), "the late first time moved no other"
    assert stands(plan, date(2016, 3, 15))[0] == date(2016, 1, 1), "done, and not known yet"
    make.occurrence(plan, "M01", 2019, on=make.DAY)
    assert stands(plan, date(2018, 2, 1))[0] == date(2018, 1, 1), "the next one done does not undo it"
    actions.take_back_occurrence(by=make.secretary(), occurrence=done, reason="No.", on=date(2017, 2, 1))
    assert stands(plan, make.DAY)[0] == date(2016, 1, 1)


def test_who_owes_and_the_register_follow(plan):
    def late():
        found = queries.who_owes_me(make.secretary(), plan, make.DAY).owners
        return {one.state.reference for account in found for one in account.owed if one.state.is_overdue}

    def overdue(**rest):
        page = queries.register(make.secretary(), plan, make.DAY, Filters(stands="overdue"), **rest)
        return {one.reference for one in page.rows}

    assert "M01" in late() & overdue()
    make.occurrence(plan, "M01", 2015)
    assert "M01" not in late() | overdue()
    in_2015 = queries.register(make.secretary(), plan, make.DAY, Filters(year=2015)).rows
    assert "M01" in {one.reference for one in in_2015}, "its words still speak of 2015"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"year": 2016}, "no-such-occurrence"),
        ({"done_on": date(2017, 3, 2)}, "done-ahead"),
        ({"summary": " "}, "nothing-told"),
        ({}, ""),
    ],
)
def test_what_cannot_have_been_done_is_refused(plan, change, code):
    told = {"year": 2015} | change
    if not code:
        make.occurrence(plan, "M01", **told)
        code = "no-such-occurrence"  # a second time
    with pytest.raises(Refused) as refusal:
        make.occurrence(plan, "M01", **told)
    assert refusal.value.code == code


def test_an_evaluation_tells_the_time_it_was_done_and_only_that_of_its_own_measure(plan):
    ana = make.secretary()
    held = {"held_on": make.DAY, "summary": "Good.", "language": "en", "on": make.DAY}
    other = actions.record_evaluation(by=ana, measure=make.measure(plan, "M02"), **held)
    with pytest.raises(Refused, match="not about measure M01"):
        make.occurrence(plan, "M01", 2015, summary="", evaluation=other)
    own = actions.record_evaluation(by=ana, measure=make.measure(plan, "M01"), **held)
    assert make.occurrence(plan, "M01", 2015, summary="", evaluation=own).evaluation == own


def test_owners_say_that_it_was_done_and_others_are_told_after_the_release(plan):
    opened = make.opened(plan)
    with pytest.raises(NotPermitted):
        make.occurrence(plan, "M01", 2015, by=make.contact("fps-labour"))
    make.occurrence(plan, "M01", 2015, on=date(2017, 2, 1), by=make.contact("college"))
    rita = make.reader()
    assert stands(plan, make.DAY, rita) == (None, {})
    by_deadline = queries.register(rita, plan, make.DAY, Filters(kind="measure"), sort="deadline").rows
    assert by_deadline[0].reference in {"M01", "M02"}, "her list stands in the order of the plan's words"
    make.released(opened)
    assert stands(plan, make.DAY, rita)[1] == {2015: "done", 2017: "due", 2019: "to-come"}


def test_a_finished_measure_expects_nothing_more(plan):
    opened = make.opened(plan)
    make.told(make.question(opened, "M01", "college"), "completed")
    assert stands(plan, make.DAY) == (None, {})


def test_the_page_of_a_measure_shows_each_time(plan, client):
    client.force_login(make.secretary())
    place = f"/plans/{plan.code}/measures/M01/"
    assert "late since 1 January 2016" in client.get(place).content.decode()
    form = {
        "due_on": "2015-12-31",
        "done_on": "2016-02-01",
        "summary": "All courts answered.",
        "language": "en",
    }
    client.post(place + "occurrences/", form)
    shown = client.get(place).content.decode()
    assert "All courts answered." in shown
    assert "late since" not in shown
    assert client.get(f"/plans/{plan.code}/measures/M03/occurrences/").status_code == 404, "it happens once"
