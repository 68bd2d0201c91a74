"""The duties to report: what is due when, what was delivered, who is told and reminded."""

from datetime import date

import pytest

from palermo.audit.action import NotPermitted
from palermo.desk.deadlines import deadlines
from palermo.errors import Refused
from palermo.plan import actions, queries
from palermo.plan.rules.cycles import Done, cycles, first_open
from palermo.plan.tests import make

YEAR = (date(2015, 1, 1), date(2015, 12, 31))


def states(made, on, user=None):
    [one] = queries.recurring_reports(user or make.secretary(), made, on)
    return {report.cycle.earliest.year: report.cycle.state for report in one.reports}


def test_what_comes_back_counts_from_the_first_and_a_late_one_moves_no_other():
    late = [Done((date(2017, 1, 1), date(2017, 12, 31)), date(2018, 6, 1), 1)]
    found = cycles(YEAR, "R/P2Y", late, date(2019, 3, 1))
    assert [(one.earliest.year, one.state) for one in found] == [
        (2015, "late"),
        (2017, "done"),
        (2019, "due"),
        (2021, "to-come"),
    ]
    assert found[0].late_since == date(2016, 1, 1)
    assert first_open(YEAR, "R/P2Y", late) == YEAR
    assert first_open(YEAR, "", [Done(YEAR, date(2015, 6, 1), 1)]) is None, "it happens once"


def test_a_leap_day_and_the_last_of_all_years_end_nothing_early():
    found = cycles((date(2016, 2, 29), date(2016, 2, 29)), "R/P1Y", [], date(2017, 3, 1))
    assert [one.latest for one in found] == [date(2016, 2, 29), date(2017, 2, 28), date(2018, 2, 28)]
    assert first_open((date(9999, 1, 1), date(9999, 12, 31)), "R/P1Y", [Done(YEAR, YEAR[0], 1)]) is not None


def test_a_report_is_due_in_its_window_and_late_after_it(db):
    made = make.accepted_plan()
    duty = make.report_duty(made)
    assert states(made, date(2015, 8, 1)) == {2015: "due", 2017: "to-come"}
    assert states(made, make.DAY) == {2015: "late", 2017: "due", 2019: "to-come"}
    delivery = make.delivered(duty, 2015, on=date(2016, 2, 1))
    assert states(made, make.DAY) == {2015: "done", 2017: "due", 2019: "to-come"}
    assert states(made, date(2016, 1, 15)) == {2015: "late", 2017: "to-come"}, "not known yet"
    actions.take_back_delivery(by=make.secretary(), delivery=delivery, reason="A draft.", on=date(2016, 5, 1))
    assert states(made, make.DAY)[2015] == "late"
    assert states(made, date(2016, 3, 1))[2015] == "done"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"due_on": date(2016, 12, 31)}, "no-such-report"),
        ({"delivered_on": date(2017, 3, 2)}, "delivered-ahead"),
        ({"reference": ""}, "no-report"),
        ({"address": "javascript:alert(1)"}, "no-web-address"),
        ({}, ""),
    ],
)
def test_a_delivery_names_an_open_report_and_where_it_is_found(db, change, code):
    duty = make.report_duty(make.accepted_plan())
    told = {"due_on": date(2015, 12, 31), "delivered_on": date(2016, 1, 5), "reference": "DOC 1"} | change
    if not code:
        actions.deliver_report(by=make.secretary(), duty=duty, on=make.DAY, **told)
        code = "no-such-report"  # a second time
    with pytest.raises(Refused) as refusal:
        actions.deliver_report(by=make.secretary(), duty=duty, on=make.DAY, **told)
    assert refusal.value.code == code


def test_a_duty_needs_a_time_that_was_understood(db):
    made = make.accepted_plan()
    with pytest.raises(Refused, match="says no time"):
        make.report_duty(made, first="soon")
    assert make.report_duty(made, first="late 2015").earliest == date(2015, 9, 1)


def test_who_owes_a_report_finds_it_in_today_and_in_the_calendar(db):
    made = make.accepted_plan()
    duty = make.report_duty(made, "fps-labour")
    owner, other = make.contact("fps-labour"), make.contact("college")
    waits = [one for one in queries.waiting_for(owner, make.DAY) if one.what == "report-due"]
    assert [one.by_on for one in waits] == [date(2015, 12, 31), date(2017, 12, 31)]
    make.delivered(duty, 2015, by=owner)
    titles = [(one.on, one.title) for one in deadlines(owner, make.DAY) if "report" in one.title]
    assert titles == [(date(2017, 12, 31), "R1: report due"), (date(2019, 12, 31), "R1: report due")]
    assert not [one for one in queries.waiting_for(other, make.DAY) if one.what == "report-due"]
    with pytest.raises(NotPermitted):
        make.delivered(duty, 2017, by=other)


def test_the_page_shows_the_duties_and_an_ended_one_is_gone(db, client):
    made = make.accepted_plan()
    client.force_login(make.secretary())
    place = f"/plans/{made.code}/recurring-reports/"
    form = {"title": "Annual report", "organisation": make.organisation("rapporteur").pk, "every": "P1Y"}
    client.post(place + "new/", form | {"first": "2016", "text": "It publishes a report every year."})
    assert "late since 1 January" in client.get(place).content.decode()
    told = {"due_on": "2016-12-31", "delivered_on": "2016-10-01", "reference": "Report 2016"}
    client.post(place + "1/deliver/", told)
    assert "Report 2016" in client.get(place + "list.csv").content.decode()
    client.post(place + "1/end/", {"reason": "The law changed."})
    assert "Annual report" not in client.get(place).content.decode()
