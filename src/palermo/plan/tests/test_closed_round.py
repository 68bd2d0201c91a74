"""What a round says once it is closed, and whom a round cannot ask."""

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
