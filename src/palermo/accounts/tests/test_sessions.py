"""What becomes of a session that cannot be kept."""

import pytest
from django.contrib.sessions.backends.base import UpdateError
from django.db import OperationalError

from palermo.accounts.models import Session
from palermo.accounts.sessions import SessionStore

pytestmark = pytest.mark.django_db


@pytest.fixture
def session():
    made = SessionStore()
    made["seen"] = 1
    made.create()
    return made


def test_a_database_that_cannot_keep_a_session_is_no_mistake_of_whoever_asked(session, monkeypatch):
    def full(*_args, **_kwargs):
        raise OperationalError("no space left on device")

    monkeypatch.setattr(Session, "save", full)
    with pytest.raises(OperationalError):
        session.save()


def test_a_session_that_was_ended_meanwhile_is_still_told_apart(session):
    Session.objects.all().delete()
    with pytest.raises(UpdateError):
        session.save()
