"""How a demonstration begins in an empty database, and in none that is somebody's."""

import socket
from datetime import date

import pytest
from django.test import Client

from palermo.accounts.models import Demonstration, User
from palermo.cli import database, demo
from palermo.cli import office as serving
from palermo.cli.demonstration.office import make
from palermo.errors import Refused
from palermo.plan.queries import account
from palermo.plan.rules.mechanisms import mechanisms


@pytest.mark.parametrize(("today", "rounds"), [(date(2017, 3, 1), ["1"]), (date(2017, 12, 1), ["2", "1"])])
def test_the_second_round_of_greta_is_there_from_its_day_and_takes_up_the_first(db, settings, today, rounds):
    settings.DEMONSTRATION = True
    make(today, lambda _step: None)
    asked = account(User.objects.get(handle="bureau-secretary"), mechanisms()["greta"], today)
    assert [one.recommendation.report.round for one in asked.asked] == rounds
    assert [one.recommendation.report.round for one in asked.standing] == rounds[:1]
    measures = [each.state.reference for each in asked.standing[0].tied]
    assert measures == ["M12", "M13"]


def test_a_mark_that_was_copied_opens_no_account_of_a_real_person(db, settings):
    settings.DEMONSTRATION = True
    User.objects.create(email="ana@example.org", handle="ana", name="Ana")
    Demonstration.objects.create(id=1, stands_on=date(2017, 3, 1))
    assert Client().post("/sign-in/ana/").status_code == 404
    assert "Ana" not in Client().get("/sign-in/").content.decode()


def test_a_database_of_real_accounts_is_neither_made_nor_served_as_a_demonstration(db, settings, monkeypatch):
    settings.DEMONSTRATION = True
    migrated = []
    monkeypatch.setattr(demo, "migrated", lambda: migrated.append(1))
    User.objects.create(email="ana@example.org", handle="ana", name="Ana")
    for begin in (database.ready, lambda: demo.prepared(None, fresh=True, place=None)):
        with pytest.raises(Refused, match="cannot become a demonstration"):
            begin()
    assert not migrated, "it is refused before anything in it is touched"
    settings.DEMONSTRATION = False
    database.ready()


def test_nothing_is_promised_where_something_else_is_served():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        with pytest.raises(Refused, match="Nothing can be served"):
            serving.require_free("127.0.0.1", taken.getsockname()[1])
    serving.require_free("127.0.0.1", 0)
    with pytest.raises(Refused, match="no address of this machine"):
        serving.require_free("no-such-host.invalid", 8000)


def test_the_setting_alone_opens_nothing_in_a_database_that_was_not_made_for_it(db, settings):
    settings.DEMONSTRATION = True
    User.objects.create(email="a@example.org", handle="a", name="A")
    assert Client().post("/sign-in/a/").status_code == 404
