"""The road of a bill: which measures are bills, what each has reached, and who is told."""

from datetime import date

import pytest

from palermo.audit.action import NotPermitted
from palermo.errors import Refused
from palermo.plan import actions, queries
from palermo.plan.models import Step
from palermo.plan.rules.bills import furthest, is_bill, next_step, station
from palermo.plan.tests import make

LAW = make.row(
    "3.1", "Draft a bill on the limitation period", "2015", make.owner("FPS Justice", "fps-justice")
)


@pytest.fixture
def plan(db):
    return make.accepted_plan(make.document(LAW, *make.ROWS))


def step(plan, kind, reached_on, by=None, on=make.DAY, reference="", measure="M01"):
    return actions.record_step(
        by=by or make.secretary(),
        measure=make.measure(plan, measure),
        kind=kind,
        reached_on=reached_on,
        reference=reference,
        on=on,
    )


def road(plan, user=None, on=make.DAY):
    [bill] = queries.bills(user or make.secretary(), plan, on)
    return {one.kind: one.looks for one in bill.stations}, bill.last and bill.last.kind


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("A draft bill on the statute of limitation is to be worked up.", True),
        ("Adopt the draft law", True),
        ("Rédiger un avant-projet de loi", True),
        ("Déposer le projet de loi", True),
        ("Een voorontwerp van wet opstellen", True),
        ("Het wetsontwerp indienen", True),
        ("Den Gesetzentwurf ausarbeiten", True),
        ("Assess the circular on billing", False),
        ("Adopt a directive on begging", False),
    ],
)
def test_a_bill_is_proposed_by_its_words(text, expected):
    assert is_bill(text) is expected


def test_where_a_bill_is_follows_the_days_and_not_the_order_of_the_road():
    again = [("council-of-state", date(2016, 1, 27)), ("council-of-ministers", date(2016, 2, 26))]
    assert furthest(again) == "council-of-ministers"
    assert furthest([("chamber", date(2016, 3, 1)), ("published", date(2016, 3, 1))]) == "published"
    assert furthest([]) == ""
    assert (next_step(""), next_step("chamber"), next_step("published")) == ("drafted", *["published"] * 2)
    assert [station(one, {"drafted", "chamber"}) for one in ("drafted", "intercabinet", "published")] == [
        "reached",
        "skipped",
        "ahead",
    ]


def test_the_bureau_says_what_is_a_bill_whatever_the_words_say(plan):
    ana, other = make.secretary(), make.measure(plan, "M02")
    assert [one.state.reference for one in queries.bills(ana, plan, make.DAY)] == ["M01"]
    with pytest.raises(Refused, match="not known as a bill"):
        step(plan, "drafted", date(2016, 1, 1), measure="M02")
    actions.mark_bill(by=ana, measure=other, is_bill=True, on=date(2016, 5, 1))
    actions.mark_bill(by=ana, measure=make.measure(plan, "M01"), is_bill=False, on=date(2016, 6, 1))
    assert [one.state.reference for one in queries.bills(ana, plan, make.DAY)] == ["M02"]
    assert [one.state.reference for one in queries.bills(ana, plan, date(2016, 5, 1))] == ["M01", "M02"]
    owner = make.contact("fps-justice")
    with pytest.raises(NotPermitted):
        actions.mark_bill(by=owner, measure=make.measure(plan, "M01"), is_bill=True, on=make.DAY)


def test_any_day_shows_the_steps_that_were_known_then(plan):
    step(plan, "drafted", date(2015, 10, 9), on=date(2015, 10, 12))
    wrong = step(plan, "chamber", date(2016, 1, 20), on=date(2016, 2, 1))
    assert road(plan)[1] == "chamber"
    actions.take_back_step(
        by=make.secretary(), step=wrong, reason="It was the committee.", on=date(2016, 3, 1)
    )
    assert road(plan) == (
        {"drafted": "reached"}
        | dict.fromkeys(["intercabinet", "council-of-ministers"], "ahead")
        | dict.fromkeys(["council-of-state", "chamber", "published"], "ahead"),
        "drafted",
    )
    assert road(plan, on=date(2016, 2, 15))[1] == "chamber"
    assert road(plan, on=date(2015, 10, 11))[1] is None, "reached, and not known yet"
    with pytest.raises(Refused, match="taken back already"):
        actions.take_back_step(by=make.secretary(), step=wrong, reason="Again.", on=make.DAY)
    story = [one.what for one in queries.story(make.secretary(), make.measure(plan, "M01"), make.DAY)]
    assert story.count("step") == 2
    assert story.count("step-withdrawn") == 1


@pytest.mark.parametrize(
    ("reached_on", "code"),
    [(date(2017, 3, 2), "step-ahead"), (date(2014, 12, 31), "step-before-plan"), (make.DAY, "")],
)
def test_a_day_on_which_no_step_can_have_been_reached_is_refused(plan, reached_on, code):
    if code:
        with pytest.raises(Refused) as refusal:
            step(plan, "drafted", reached_on)
        assert refusal.value.code == code
    else:
        step(plan, "drafted", reached_on)
        with pytest.raises(Refused, match="on record already"):
            step(plan, "drafted", reached_on)


def test_owners_record_steps_and_others_do_not(plan):
    made = step(plan, "drafted", date(2015, 10, 9), by=make.contact("fps-justice"))
    other = make.contact("fps-labour")
    with pytest.raises(NotPermitted):
        step(plan, "chamber", date(2016, 10, 9), by=other)
    with pytest.raises(NotPermitted):
        actions.take_back_step(by=other, step=made, reason="No.", on=make.DAY)


def test_a_publication_is_told_to_everybody_and_the_rest_after_the_release(plan):
    opened = make.opened(plan)
    step(plan, "council-of-ministers", date(2016, 2, 1))
    step(plan, "published", date(2016, 6, 8))
    rita = make.reader()
    assert road(plan, rita) == (
        dict.fromkeys([one for one, _ in Step._meta.get_field("kind").choices], "unknown")
        | {"published": "reached"},
        "published",
    )
    [bill] = queries.bills(rita, plan, make.DAY)
    assert not bill.is_told
    assert [one.what for one in queries.story(rita, bill.state.measure, make.DAY)].count("step") == 1
    make.released(opened)
    assert road(plan, rita)[0]["council-of-ministers"] == "reached"


def test_the_pages_show_the_road_and_refuse_what_cannot_be(plan, client):
    client.force_login(make.secretary())
    place = f"/plans/{plan.code}/measures/M01/"
    ahead = client.post(place + "steps/", {"kind": "drafted", "reached_on": "2199-01-01"})
    assert "has not come yet" in ahead.content.decode()
    client.post(place + "steps/", {"kind": "drafted", "reached_on": "2016-02-01", "reference": "DOC 54 1"})
    shown = client.get(place).content.decode()
    assert 'class="stations"' in shown
    assert "DOC 54 1" in shown
    assert "2016-02-01 DOC 54 1" in client.get(f"/plans/{plan.code}/bills/list.csv").content.decode()
    assert client.get(f"/plans/{plan.code}/measures/M02/steps/").status_code == 404
    made = Step.objects.get()
    client.post(f"{place}steps/{made.pk}/take-back/", {"reason": "Another bill."})
    assert "DOC 54 1" not in client.get(f"/plans/{plan.code}/bills/list.csv").content.decode()
