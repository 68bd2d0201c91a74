"""How far a measure is, is internal to the Bureau and its owners until the Cell releases it."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from palermo.errors import Refused
from palermo.plan import actions, queries
from palermo.plan.models import Contribution, Evaluation, Evidence
from palermo.plan.queries import Filters
from palermo.plan.tests import make

CLOSED, RELEASED, LATER = date(2017, 4, 3), date(2017, 5, 12), date(2017, 6, 1)
CODE = "be-2015-2019"
FOREIGN = ("be", "fps-foreign-affairs")
TOLD = "Two posts were informed."
TELLING = (
    "limited progress</span>",
    "· limited progress",
    ",limited progress",
    "late since 1 January",
    "tag bad",
    TOLD,
    "It was looked at.",
    "A letter",
)
PAGES = {
    "register": reverse("plan:register", args=[CODE]),
    "export": reverse("plan:export", args=[CODE, "csv"]),
    "timeline": reverse("plan:timeline", args=[CODE]),
    "measure": reverse("plan:measure", args=[CODE, "M01"]),
    "who owes me": reverse("plan:owners", args=[CODE]),
    "its export": reverse("plan:owners-export", args=[CODE, "csv"]),
    "brief": reverse("plan:brief", args=[CODE, *FOREIGN]),
    "duties": reverse("plan:obligations-export", args=[CODE, "csv"]),
}


@pytest.fixture
def office(db, settings):
    """A plan whose M01 was told, evaluated and shown by FPS Foreign Affairs; the round is closed."""
    settings.DEMONSTRATION, settings.TODAY = True, LATER.isoformat()
    made = make.Office()
    asked = make.question(made.round, "M01", "fps-foreign-affairs")
    make.told(asked, account=TOLD)
    foreign = make.contact("fps-foreign-affairs")
    m01 = make.measure(made.plan, "M01")
    actions.record_evaluation(
        by=foreign, measure=m01, held_on=make.DAY, summary="It was looked at.", language="en", on=make.DAY
    )
    actions.add_evidence(
        by=foreign, about=m01, organisation=asked.organisation, title="A letter", reference="12", on=make.DAY
    )
    actions.close_round(by=make.secretary(), round=made.round, on=CLOSED)
    return made


def released(office, on=RELEASED):
    return actions.release_results(
        by=make.secretary(), round=office.round, decision="The Cell, meeting of 12 May 2017", on=on
    )


def shown(user, path, on=None):
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    answer = browser.get(path, {"on": on.isoformat()} if on else {})
    assert answer.status_code == 200
    return answer.content.decode()


def found(words):
    return [one for one in TELLING if one in words]


@pytest.mark.parametrize("page", PAGES)
def test_others_see_the_plans_words_and_not_how_far_it_is(office, page):
    for user in (make.reader(), make.contact("immigration-office")):
        words = shown(user, PAGES[page])
        assert found(words) == []
        assert page in {"duties", "who owes me", "its export"} or "Prepare a leaflet" in words


@pytest.mark.parametrize("page", ["register", "timeline", "measure", "who owes me", "brief"])
def test_the_bureau_and_the_owners_see_it(office, page):
    colleague = make.person("Reader in the ministry", "fps-foreign-affairs", "reader")
    owners = [make.contact("fps-foreign-affairs"), make.authority("fps-foreign-affairs"), colleague]
    for user in (make.secretary(), *owners):
        user.__dict__.pop("_roles_now", None)
        assert found(shown(user, PAGES[page]))


def test_what_narrows_the_register_tells_nothing_either(office):
    plan, reader = office.plan, make.reader()
    for wanted in (Filters(status="limited"), Filters(stands="overdue"), Filters(stands="evaluation-due")):
        assert queries.register(reader, plan, LATER, wanted).rows == []
    counts = queries.status_counts(reader, plan, LATER)
    assert counts["by_status"]["internal"] == counts["measures"] == sum(counts["by_status"].values())
    assert (counts["overdue"], counts["evaluation_due"]) == (0, 0)
    assert counts["no_owner"] == 1
    assert "internal" not in queries.status_counts(make.secretary(), plan, LATER)["by_status"]


def test_no_record_tells_it_by_another_way(office):
    reader = make.reader()
    for model in (Contribution, Evaluation, Evidence):
        assert not queries.visible_to(reader, model).exists()
    assert queries.who_owes_me(reader, office.plan, LATER).owners == ()


def test_from_its_release_everybody_sees_how_far_it_was_when_the_round_was_closed(office):
    released(office)
    words = shown(make.reader(), PAGES["measure"])
    assert {"limited progress</span>", "late since 1 January", TOLD, "It was looked at.", "A letter"} <= set(
        found(words)
    )
    state = queries.state_of(make.reader(), make.measure(office.plan, "M01"), LATER)
    assert (state.status, state.told_until) == ("limited", CLOSED)


def test_on_a_day_before_the_release_it_had_not_been_released(office):
    released(office)
    for page, path in PAGES.items():
        assert found(shown(make.reader(), path, on=date(2017, 5, 11))) == [], page


def test_what_came_after_the_released_round_stays_internal(office):
    released(office)
    second = make.opened(
        office.plan,
        make.Terms("First half of 2017", date(2017, 1, 1), date(2017, 6, 30), date(2017, 7, 15)),
        on=date(2017, 5, 20),
    )
    asked = make.question(second, "M01", "fps-foreign-affairs")
    make.told(asked, status="completed", account="The leaflet was printed.", on=date(2017, 5, 25))
    m01 = make.measure(office.plan, "M01")
    assert queries.state_of(make.secretary(), m01, LATER).status == "completed"
    assert queries.state_of(make.reader(), m01, LATER).status == "limited"
    assert "The leaflet was printed." not in shown(make.reader(), PAGES["measure"])
    unasked = queries.state_of(make.reader(), make.measure(office.plan, "M05"), LATER)
    assert unasked.is_internal


def test_results_are_released_once_after_the_round_by_a_decision_of_the_cell(office):
    with pytest.raises(Refused, match="decision of the Cell"):
        actions.release_results(by=make.secretary(), round=office.round, decision=" ", on=RELEASED)
    released(office)
    with pytest.raises(Refused, match="were released on"):
        released(office)
    second = make.opened(office.plan, on=date(2017, 3, 20))
    with pytest.raises(Refused, match="still open"):
        actions.release_results(by=make.secretary(), round=second, decision="The Cell", on=RELEASED)
    words = shown(make.reader(), reverse("plan:round", args=[CODE, 1]))
    assert "The Cell, meeting of 12 May 2017" in words
