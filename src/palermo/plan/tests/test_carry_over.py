"""From plan to plan: what goes on, what was ended, what was done, and what silently disappeared."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from palermo.errors import Refused
from palermo.plan import actions, queries
from palermo.plan.actions import PlanTerms
from palermo.plan.tests import make

pytestmark = pytest.mark.django_db
BEFORE = {1: "Collect the rulings of all the courts", 2: "Meet every month", 5: "Fund the centres"}


@pytest.fixture
def plan():
    made = make.accepted_plan()
    make.plan_before(made, BEFORE)
    return made


def groups(made, on=make.DAY):
    found = queries.carry_over(make.secretary(), made, on)
    return {kind: [one.measure.reference for one in rows] for kind, rows in found.groups}


def test_without_a_word_about_it_a_measure_has_disappeared(plan):
    assert groups(plan) == {"disappeared": ["M01", "M02", "M05"]}
    assert queries.carry_over(make.secretary(), plan, make.DAY).gaps == (3, 4)
    assert queries.carry_over(make.secretary(), plan, make.DAY).counts["disappeared"] == 5


def test_how_far_an_earlier_measure_came_is_internal_and_not_said_to_have_disappeared(plan):
    make.outcome(plan, "M01", "continued", "M02")
    seen = queries.carry_over(make.reader(), plan, make.DAY)
    kinds = {one.measure.reference: one.kind for one in seen.rows}
    assert kinds == {"M01": "continued", "M02": "internal", "M05": "internal"}


def test_what_is_known_is_grouped_and_what_disappeared_stands_first(plan):
    make.outcome(plan, "M01", "continued", "M02")
    make.outcome(plan, "M05", "ended", source="Decision of the Cell of 3 March 2015")
    assert groups(plan) == {"disappeared": ["M02"], "continued": ["M01"], "ended": ["M05"]}
    assert list(groups(plan)) == ["disappeared", "continued", "ended"]
    follows = queries.came_from(make.secretary(), make.measure(plan, "M02"), make.DAY)
    assert [one.measure.reference for one in follows] == ["M01"]


def test_a_measure_may_be_continued_by_two_and_what_is_said_holds_from_its_day(plan):
    make.outcome(plan, "M05", "continued", "M01", on=date(2016, 1, 1))
    make.outcome(plan, "M05", "continued", "M03", on=date(2016, 6, 1))
    assert "continued" not in groups(plan, date(2015, 12, 31))
    for day, known in ((date(2016, 1, 1), 1), (make.DAY, 2)):
        rows = queries.carry_over(make.secretary(), plan, day).rows
        assert len(next(one for one in rows if one.measure.number == 5).outcomes) == known


def test_what_does_not_hold_is_taken_back_and_stays_in_the_past(plan):
    said = make.outcome(plan, "M02", "finished", source="Annual report", on=date(2016, 1, 1))
    actions.withdraw_outcome(by=make.secretary(), outcome=said, reason="A slip.", on=make.DAY)
    assert groups(plan, date(2016, 6, 1))["finished"] == ["M02"]
    assert "M02" in groups(plan)["disappeared"]
    with pytest.raises(Refused, match="taken back already"):
        actions.withdraw_outcome(by=make.secretary(), outcome=said, reason="Again.", on=make.DAY)


def test_a_measure_that_was_taken_out_of_its_plan_has_not_disappeared(plan):
    before = queries.plan_before(plan, make.DAY)
    actions.withdraw_measure(
        by=make.secretary(), measure=make.measure(before, "M02"), reason="Given up.", on=make.DAY
    )
    assert groups(plan)["ended"] == ["M02"]


def test_what_its_owner_told_is_enough_to_know_that_it_was_finished():
    old = make.accepted_plan()
    opened = make.opened(old)
    make.told(make.question(opened, "M01", "fps-foreign-affairs"), "completed")
    terms = PlanTerms("be-2020", "Action Plan 2020", "en", date(2020, 1, 1))
    new = actions.create_plan(by=make.secretary(), terms=terms, on=make.DAY)
    actions.follow(by=make.secretary(), plan=new, earlier=old, on=make.DAY)
    assert groups(new)["finished"] == ["M01"]
    assert "M02" in groups(new)["disappeared"]


@pytest.mark.parametrize(
    ("kind", "successor", "source", "code"),
    [
        ("continued", None, "", "no-successor"),
        ("ended", None, " ", "no-source"),
        ("finished", None, "Seen.", "outcome-known"),
        ("ended", None, "Decided.", "outcome-known"),
        ("vanished", None, "Seen.", "no-successor"),
    ],
)
def test_an_outcome_rests_on_something_and_contradicts_nothing(plan, kind, successor, source, code):
    make.outcome(plan, "M01", "finished", source="Annual report")
    if code == "outcome-known" and kind == "finished":
        make.outcome(plan, "M01", "continued", "M02")
    with pytest.raises(Refused) as refused:
        make.outcome(plan, "M01", kind, successor, source)
    assert refused.value.code == code


def test_only_a_measure_of_the_next_plan_goes_on_with_one(plan):
    before = queries.plan_before(plan, make.DAY)
    with pytest.raises(Refused, match="no measure of the plan that follows"):
        actions.record_outcome(
            by=make.secretary(),
            measure=make.measure(before, "M01"),
            kind="continued",
            successor=make.measure(before, "M02"),
            language="en",
            on=make.DAY,
        )


def test_a_plan_follows_one_that_began_before_it(plan):
    before = queries.plan_before(plan, make.DAY)
    with pytest.raises(Refused, match="not before this one"):
        actions.follow(by=make.secretary(), plan=before, earlier=plan, on=make.DAY)


def test_a_measure_keeps_the_number_that_it_has_in_its_plan(plan):
    before = queries.plan_before(plan, make.DAY)
    with pytest.raises(Refused, match="has a measure 5 already"):
        actions.enter_measure(by=make.secretary(), plan=before, number=5, text="Again", on=make.DAY)
    assert make.state(before, "M05", date(2013, 1, 1)).wording.text == "Fund the centres"


def test_likely_successors_are_offered_on_the_page_and_none_is_chosen(plan):
    client = Client()
    client.force_login(make.secretary(), backend="django.contrib.auth.backends.ModelBackend")
    path = reverse("plan:outcome", args=[plan.code, "M01"])
    form = client.get(path).context["form"]
    assert "Collect the rulings of the courts" in form.fields["likely"].choices[0][1]
    assert not form.fields["likely"].initial
    refused = client.post(path, {"kind": "continued", "language": "en"})
    assert "by a measure of the next plan" in refused.context["form"].errors["other"][0]
    given = {"kind": "continued", "language": "en", "likely": form.fields["likely"].choices[0][0]}
    page = client.post(path, given, follow=True).content.decode()
    assert groups(plan)["continued"] == ["M01"]
    assert page.index("it disappeared") < page.index(reverse("plan:measure", args=[plan.code, "M02"]))
    sheet = client.get(reverse("plan:carry-over-export", args=[plan.code, "csv"])).content.decode()
    assert "nothing is known: it disappeared" in sheet
