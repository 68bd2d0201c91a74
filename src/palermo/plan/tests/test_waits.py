"""Time that counts from an event: nothing is due before its day is known, and no day is made up."""

from datetime import date

import pytest

from palermo.audit.action import NotPermitted
from palermo.errors import Refused
from palermo.plan import actions, queries
from palermo.plan.queries import Filters
from palermo.plan.rules.awaited import Span, read_span, window
from palermo.plan.tests import make

BEGGING = make.row(
    "3.5",
    "Adopt a directive on begging and organise its assessment",
    "2016",
    make.owner("College", "college"),
    evaluation="own words",
)
AFTER = make.row(
    "3.5", "Publish a guide", "within two years after the adoption", make.owner("FPS Justice", "fps-justice")
)
LAW = make.row("3.1", "Draft a bill on the limitation period", "2015", make.owner("College", "college"))
LATER = date(2019, 6, 1)


@pytest.fixture
def plan(db):
    return make.accepted_plan(make.document(BEGGING, AFTER, LAW))


def due(plan, on, stands="evaluation-due"):
    found = queries.register(make.secretary(), plan, on, Filters(stands=stands)).rows
    state = make.state(plan, "M01", on)
    if stands == "evaluation-due":
        assert state.is_evaluation_due == ("M01" in {one.reference for one in found})
    return {one.reference for one in found}


@pytest.mark.parametrize(
    ("words", "span"),
    [
        ("within one or two years after the adoption", Span("P1Y", "P2Y")),
        ("one to two years after adoption", Span("P1Y", "P2Y")),
        ("within two years of publication", Span("", "P2Y")),
        ("six months after the entry into force", Span("P6M", "P6M")),
        ("dans un délai d'un à deux ans après l'adoption", Span("P1Y", "P2Y")),
        ("dans les deux ans de la publication", Span("", "P2Y")),
        ("binnen een of twee jaar na de goedkeuring", Span("P1Y", "P2Y")),
        ("innerhalb von zwei Jahren nach der Verabschiedung", Span("", "P2Y")),
        ("soon after the adoption", None),
        ("after the adoption in 2016", None),
    ],
)
def test_the_words_say_how_long_after_the_event(words, span):
    assert read_span(words) == span


def test_a_window_after_an_event_ends_in_the_same_month_of_another_year():
    assert window(date(2016, 2, 29), Span("P1Y", "P2Y")) == (date(2017, 2, 28), date(2018, 2, 28))
    assert window(date(2016, 6, 8), Span("", "P6M")) == (date(2016, 6, 8), date(2016, 12, 8))


def test_an_evaluation_that_waits_is_not_due_until_its_event_has_a_day(plan):
    assert "M01" in due(plan, make.DAY), "its time is over"
    make.waits(plan, "M01")
    assert "M01" not in due(plan, LATER)
    [wait] = queries.waits_of(make.secretary(), make.state(plan, "M01", LATER))
    assert (wait.happened_on, wait.earliest) == (None, None)
    make.waits(plan, "M01", happened_on=date(2017, 5, 12), on=date(2017, 6, 1))
    assert "M01" not in due(plan, date(2018, 5, 11))
    assert "M01" in due(plan, date(2018, 5, 12))
    assert make.state(plan, "M01", LATER).times.evaluate_by == date(2019, 5, 12)
    [wait] = queries.waits_of(make.secretary(), make.state(plan, "M01", date(2017, 5, 20)))
    assert wait.happened_on is None, "it had happened, and was not known yet"


def test_a_measure_counts_from_its_event_and_becomes_due_and_late_like_any_other(plan):
    made = make.waits(plan, "M02", "measure", "within two years after the adoption")
    assert make.state(plan, "M02", LATER).latest is None
    make.waits(plan, "M02", "measure", made.text, happened_on=date(2016, 3, 1), on=date(2016, 4, 1))
    assert "M02" in due(plan, make.DAY, "due")
    assert "M02" in due(plan, date(2018, 3, 2), "overdue")
    assert make.state(plan, "M02", LATER).late_since == date(2018, 3, 2)
    actions.wait_no_more(
        by=make.secretary(), measure=make.measure(plan, "M02"), what="measure", on=date(2018, 4, 1)
    )
    assert make.state(plan, "M02", LATER).latest is None


def test_the_publication_of_a_bill_gives_the_day_and_taking_it_back_takes_it_away(plan):
    ana, bill = make.secretary(), make.measure(plan, "M03")
    make.waits(plan, "M02", "measure", "within a year of publication", words="", measure=bill)
    told = {"by": ana, "measure": bill, "kind": "published", "on": date(2016, 6, 9)}
    step = actions.record_step(reached_on=date(2016, 6, 8), **told)
    assert make.state(plan, "M02").latest == date(2017, 6, 8)
    assert "M02" in due(plan, make.DAY, "due")
    assert "M02" in due(plan, date(2017, 6, 9), "overdue")
    actions.take_back_step(by=ana, step=step, reason="Another one.", on=date(2016, 8, 1))
    assert make.state(plan, "M02").latest is None
    assert "M02" in due(plan, date(2016, 7, 1), "due"), "as it was known"


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"after": "soon"}, "unread-span"),
        ({"words": " "}, "no-event"),
        ({"happened_on": date(2017, 3, 2)}, "event-ahead"),
        ({"what": "measure"}, "has-days"),
    ],
)
def test_what_contradicts_what_is_known_is_refused(plan, change, code):
    with pytest.raises(Refused) as refusal:
        make.waits(plan, "M01", on=make.DAY, **change)
    assert refusal.value.code == code


def test_owners_say_what_it_waits_for_and_others_do_not(plan):
    make.waits(plan, "M01", by=make.contact("college"))
    with pytest.raises(NotPermitted):
        make.waits(plan, "M01", by=make.contact("fps-labour"))


def test_the_page_says_what_it_waits_for_and_takes_the_day(plan, client):
    client.force_login(make.secretary())
    place = f"/plans/{plan.code}/measures/M01/"
    form = {
        "what": "evaluation",
        "after": "within one or two years",
        "language": "en",
        "event": "the adoption",
    }
    client.post(place + "waits/", form)
    assert "Say on which day it took place" in client.get(place).content.decode()
    client.post(place + "waits/", form | {"happened_on": "2016-05-12"})
    assert "due from 12 May 2017 to 12 May 2018" in client.get(place).content.decode()
    client.post(place + "waits/end/", {"what": "evaluation"})
    assert "12 May 2018" not in client.get(place).content.decode()
