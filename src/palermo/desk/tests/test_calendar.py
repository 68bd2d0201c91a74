"""The calendar feed of a person's deadlines."""

import re
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from palermo.accounts import actions as accounts
from palermo.accounts.models import Role, Token, User
from palermo.audit.models import Entry
from palermo.plan import actions
from palermo.plan.tests import make

DAY = make.DAY


def address(user):
    secret = accounts.make_token(by=user, user=user, purpose="calendar", on=DAY)
    return reverse("desk:calendar", args=[secret])


def events(where):
    answer = Client().get(where)
    assert answer.status_code == 200
    return {
        str(one["UID"]).partition("@")[0]: one for one in Calendar.from_ical(answer.content).walk("VEVENT")
    }


@pytest.fixture
def round_(db):
    return make.opened(make.accepted_plan())


def test_a_contact_points_calendar_shows_what_waits_and_when_measures_end(round_):
    ana = make.contact("fps-foreign-affairs")
    found = events(address(ana))
    expected = found[f"answers-{round_.pk}-{ana.pk}"]
    assert expected["DTSTART"].dt == round_.deadline_on
    assert "M01" in expected["SUMMARY"]
    assert "answer expected" in expected["SUMMARY"]
    own = make.state(round_.plan, "M01")
    assert found[f"measure-{own.measure.pk}"]["DTSTART"].dt == own.wording.latest


def test_the_bureaus_calendar_shows_rounds_and_next_contacts(round_):
    bureau = make.secretary()
    actions.plan_contact(
        by=bureau,
        plan=round_.plan,
        organisation=make.organisation("fps-justice"),
        note="They call back.",
        next_on=date(2017, 3, 20),
        on=DAY,
    )
    told = [(str(one["SUMMARY"]), one["DTSTART"].dt) for one in events(address(bureau)).values()]
    assert ("Next contact", date(2017, 3, 20)) in told
    assert ("Round 1: answers are due", round_.deadline_on) in told


def test_a_note_that_is_due_stands_in_the_calendar_of_its_owner_by_its_number_alone(round_):
    work = make.work(round_.plan, timing="by 30 June 2017")
    make.work(round_.plan, timing="when it is ready")
    where, key = address(make.contact("fps-foreign-affairs")), f"work-{work.pk}"
    due = events(where)[key]
    assert (str(due["SUMMARY"]), due["DTSTART"].dt) == ("N01: a version is due", date(2017, 6, 30))
    make.version(work)
    assert events(where)[key]["SEQUENCE"] > due["SEQUENCE"]
    make.version(work, final=True)
    assert not [one for one in events(where) if one.startswith("work-")]


def test_no_words_of_a_measure_and_no_name_leave_with_the_calendar(round_):
    make.work(round_.plan, title="A leaflet on trafficking")
    told = Client().get(address(make.contact("fps-foreign-affairs"))).content.decode()
    told = told.replace("\r\n ", "")
    for word in ("traffick", "leaflet", "Foreign", "victim", round_.plan.title, round_.title):
        assert word.casefold() not in told.casefold().replace(round_.plan.code, "")


def test_what_was_answered_is_gone_and_what_changed_has_a_higher_sequence(round_):
    ana = make.contact("fps-foreign-affairs")
    where, key = address(ana), f"answers-{round_.pk}-{ana.pk}"
    asked = [one for one in round_.questions.all() if one.organisation.slug == "fps-foreign-affairs"]
    before = events(where)[key]
    make.told(asked[0], by=ana, on=DAY)
    if len(asked) > 1:
        after = events(where)[key]
        assert after["SEQUENCE"] > before["SEQUENCE"]
        assert after["DTSTAMP"].dt >= before["DTSTAMP"].dt
    for one in asked[1:]:
        make.told(one, by=ana, on=DAY)
    assert key not in events(where)


def test_the_feed_is_what_rfc_5545_asks_for(round_):
    content = Client().get(address(make.contact("fps-foreign-affairs"))).content
    assert content.endswith(b"END:VCALENDAR\r\n")
    assert not re.search(rb"[^\r]\n", content)
    assert max(len(line) for line in content.split(b"\r\n")) <= 75
    made = Calendar.from_ical(content)
    assert made["METHOD"] == "PUBLISH"
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT4H" in content
    assert b"X-PUBLISHED-TTL:PT4H" in content
    assert not made.walk("VALARM")
    keys = [str(one["UID"]) for one in made.walk("VEVENT")]
    assert len(keys) == len(set(keys)) > 0
    for one in made.walk("VEVENT"):
        assert {"UID", "DTSTAMP", "SEQUENCE", "DTSTART", "DTEND", "SUMMARY", "TRANSP"} <= set(one)
        assert (one["DTEND"].dt - one["DTSTART"].dt).days == 1
        assert one["DTSTART"].params["VALUE"] == "DATE"
        assert one["SUMMARY"].params["LANGUAGE"] == "en"


def test_a_calendar_that_has_not_changed_is_not_sent_again(round_):
    where = address(make.contact("fps-foreign-affairs"))
    first = Client().get(where)
    again = Client().get(where, headers={"if-none-match": first["ETag"]})
    assert again.status_code == 304
    assert again.content == b""
    assert first["Cache-Control"] == "private, no-cache"


def test_a_calendar_speaks_the_language_of_its_holder(round_):
    ana = make.contact("fps-foreign-affairs")
    User.objects.filter(pk=ana.pk).update(language="fr")
    told = events(address(User.objects.get(pk=ana.pk)))[f"answers-{round_.pk}-{ana.pk}"]
    assert "réponse attendue" in told["SUMMARY"]
    assert told["SUMMARY"].params["LANGUAGE"] == "fr"


def test_a_new_address_closes_the_one_before_and_both_stand_in_the_trail(round_):
    ana = make.contact("fps-foreign-affairs")
    first, second = address(ana), address(ana)
    assert Client().get(first).status_code == 404
    assert Client().get(second).status_code == 200
    assert second.split("/")[2].removesuffix(".ics") not in str(list(Entry.objects.values()))
    assert second.split("/")[2].removesuffix(".ics") not in str(list(Token.objects.values()))
    accounts.end_token(by=ana, user=ana, purpose="calendar", on=DAY)
    assert Client().get(second).status_code == 404
    assert [one.action for one in Entry.objects.order_by("seq")][-3:] == [
        "accounts.make_token",
        "accounts.make_token",
        "accounts.end_token",
    ]


def test_whoever_left_or_lost_their_role_has_no_calendar(round_):
    ana, lou = make.contact("fps-foreign-affairs"), make.contact("fps-labour")
    hers, theirs = address(ana), address(lou)
    User.objects.filter(pk=ana.pk).update(is_active=False)
    Role.objects.filter(user=lou).update(until_on=date(2017, 2, 1))
    assert Client().get(hers).status_code == 404
    assert Client().get(theirs).status_code == 404


def test_a_token_for_programs_opens_no_calendar(round_):
    ana = make.contact("fps-foreign-affairs")
    secret = accounts.make_token(by=ana, user=ana, purpose="programs", on=DAY)
    assert Client().get(reverse("desk:calendar", args=[secret])).status_code == 404


def test_ones_own_page_makes_an_address_and_closes_it(round_):
    client = Client()
    client.force_login(
        make.contact("fps-foreign-affairs"), backend="django.contrib.auth.backends.ModelBackend"
    )
    page = client.post(reverse("accounts:new-token", args=["calendar"])).content.decode()
    where = re.search(r"http://testserver(/calendar/[\w-]+\.ics)", page)[1]
    assert Client().get(where).status_code == 200
    client.post(reverse("accounts:end-token", args=["calendar"]))
    assert Client().get(where).status_code == 404
    assert client.post(reverse("accounts:new-token", args=["doors"])).status_code == 404
