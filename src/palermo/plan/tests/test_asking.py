"""Whom a round can ask, whom it cannot, and what it says once it is closed."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from palermo.plan import actions, queries
from palermo.plan.tests import make

pytestmark = pytest.mark.django_db
CLOSED = date(2017, 4, 10)


def browsing(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def board_of(office, code):
    page = browsing(make.secretary()).get(reverse("plan:round", args=[office.plan.code, 1]))
    name = make.organisation(code).name
    return next(part for part in page.content.decode().split("<section") if f">{name} <span" in part)


@pytest.fixture
def closed():
    """A round that was closed when one answer had come, one was never signed, and the others never came."""
    office = make.Office()
    make.told(make.question(office.round, "M02", "college"))
    make.authority("fps-foreign-affairs")
    make.told(make.question(office.round, "M01", "fps-foreign-affairs"))
    actions.close_round(by=make.secretary(), round=office.round, on=make.DAY)
    return office


def test_a_closed_round_says_what_was_never_answered(closed):
    assert "1 never answered" in board_of(closed, "fps-justice")
    assert "all answered" not in board_of(closed, "fps-justice")
    assert "all answered" in board_of(closed, "college")


def test_an_answer_that_nobody_signed_before_the_round_closed_is_called_so(closed):
    shown = board_of(closed, "fps-foreign-affairs")
    assert "1 told, never signed" in shown
    assert "never answered" not in shown
    counts = queries.round_board(make.secretary(), closed.round, make.DAY).counts
    assert counts == {"told": 1, "never-signed": 1, "unanswered": 3}


def test_what_was_never_signed_has_no_answer_in_the_report(closed):
    found = queries.snapshot(make.secretary(), closed.plan, date(2016, 7, 1), date(2016, 12, 31), make.DAY)
    assert (found.rounds[0].asked, found.rounds[0].answered) == (5, 1)


PARTNERS = make.owner("Cell partners", "cell-partners", kind="class")
MINISTERS = make.owner("Ministers concerned", "ministers-concerned", kind="class")
FOR_NOBODY = make.document(
    make.row("1.1", "Exchange good practice", "2016", PARTNERS),
    make.row("1.2", "Write to the courts", "2016", MINISTERS, make.owner("College", "college")),
)
SPRING = {
    "title": "Spring",
    "period_from": "2016-07-01",
    "period_to": "2016-12-31",
    "deadline_on": "2017-04-01",
    "kinds": ["measure"],
}


def test_a_class_of_which_no_member_is_known_is_not_asked():
    made = make.accepted_plan(FOR_NOBODY)
    opened = make.opened(made)
    assert [one.organisation.code for one in opened.questions.all()] == ["be/college"]


def test_who_opens_a_round_is_told_which_measures_have_nobody_to_ask():
    made = make.accepted_plan(FOR_NOBODY)
    page = browsing(make.secretary()).get(reverse("plan:open-round", args=[made.code]), SPRING)
    [alone] = page.context["nobody"]
    assert alone.state.reference == "M01"
    words = page.content.decode()
    assert "1 measure has nobody to ask" in words
    assert words.count("not asked, no member is known") == 2


def test_the_board_says_who_can_invite_a_contact_point_where_there_is_none():
    office = make.Office()
    whole = reverse("plan:round", args=[office.plan.code, 1])
    page = browsing(make.secretary()).get(whole).content.decode()
    assert "4 organisations have no contact point" in page
    assert page.count("The administrator of this installation can invite one.") == 1
    make.person("Ana", "bureau", "administrator")
    invite = reverse("accounts:invite")
    assert f'href="{invite}?organisation=' in board_of(office, "college")
    make.contact("college")
    assert "no contact point" not in board_of(office, "college")


def test_the_invitation_begins_with_the_organisation_that_lacks_somebody():
    college = make.organisation("college")
    page = browsing(make.administrator()).get(
        reverse("accounts:invite"), {"organisation": college.pk, "kind": "contact-point"}
    )
    assert f'<option value="{college.pk}" selected>' in page.content.decode()
