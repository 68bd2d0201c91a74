"""Values at the edge of what can be: days near the ends of time, odd addresses, signs that no page shows."""

import base64

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from palermo.plan import actions, links
from palermo.plan.models import Contact, Plan, Round, Section, Wait
from palermo.plan.tests import make

pytestmark = pytest.mark.django_db
OWNER = ("be", "fps-foreign-affairs")
ENDS = ["0001-01-01", "1899-12-31", "2200-01-01", "9999-12-31"]
NO_ADDRESS = ["http://[", "https://[::1", "https://℀.example", "ftp://example.org", "example"]
TABLE = "Action plan\n\n%s\n\n\tMeasure\tParty responsible\tTiming\n\tDo it\tFPS Justice\tLate 2015\n"


def at(name, *args):
    return reverse(f"plan:{name}", args=args)


def inside(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def bureau():
    return inside(make.secretary())


@pytest.fixture
def asked():
    return make.question(make.opened(make.accepted_plan()), "M01", "fps-foreign-affairs")


@pytest.mark.parametrize("day", ENDS)
def test_days_that_no_calendar_counts_from_are_refused_beside_their_field(bureau, day):
    plan = make.accepted_plan()
    said = "Give a day between 1900 and 2199."
    terms = {"title": "T", "period_from": "2015-01-01", "period_to": "2017-01-01", "kinds": ["measure"]}
    page = bureau.post(at("open-round", plan.code), {**terms, "measure": ["M01"], "deadline_on": day})
    assert said in page.content.decode()
    page = bureau.post(at("contact", plan.code, "be", "fps-justice"), {"next_on": day, "note": "x"})
    assert said in page.content.decode()
    new = {"title": "T", "code": "edge", "since_on": "2015-01-01", "until_on": day}
    page = bureau.post(at("new"), {**new, "file": SimpleUploadedFile("plan.txt", (TABLE % "").encode())})
    assert said in page.content.decode()
    told = {"what": "evaluation", "after": "within one year after", "event": "e", "language": "en"}
    page = bureau.post(at("wait-for", plan.code, "M06"), {**told, "happened_on": day})
    assert said in page.content.decode()
    kept = [Round.objects.count(), Contact.objects.count(), Wait.objects.count(), Plan.objects.count()]
    assert kept == [0, 0, 0, 1]


@pytest.mark.parametrize("address", NO_ADDRESS)
def test_what_no_browser_would_open_is_refused_as_an_address(bureau, asked, address):
    plan, said = asked.round.plan, "is not a web address"
    token = links.new_link(asked, make.contact("fps-foreign-affairs"), make.DAY)
    answer = {"status": "limited", "account": "x", "reason": "y", "language": "en", "after": 0}
    page = Client().post(at("by-link", token), {**answer, "address": address})
    assert said in page.content.decode()
    duty = make.report_duty(plan)
    told = {"due_on": "2015-12-31", "delivered_on": "2016-01-01", "address": address}
    assert said in bureau.post(at("deliver-report", plan.code, duty.number), told).content.decode()


@pytest.mark.parametrize("key", ["9223372036854775808", "1" * 5000, "-1", "x"])
def test_a_number_that_no_record_has_is_no_evidence(asked, key):
    token = links.new_link(asked, make.contact("fps-foreign-affairs"), make.DAY)
    told = {"draft": "1", "status": "limited", "account": "x", "language": "en", "after": "0"}
    assert Client().post(at("by-link", token), told | {"evidence": ["1", key]}).status_code == 200
    assert not asked.drafts.exists()


@pytest.mark.parametrize("after", ["9" * 30, "2147483648", "-1"])
def test_a_draft_follows_a_version_that_can_be(asked, after):
    token = links.new_link(asked, make.contact("fps-foreign-affairs"), make.DAY)
    told = {"draft": "1", "status": "limited", "account": "x", "language": "en", "after": after}
    assert Client().post(at("by-link", token), told).status_code == 200
    assert not asked.drafts.exists()


def test_signs_that_no_page_shows_stay_out_of_the_word_form(asked):
    told = make.told(asked, account="two\x01 posts")
    actions.ask(by=make.secretary(), contribution=told, remark="which\x0b\ufffe?", on=make.DAY)
    page = at("paper-docx", asked.round.plan.code, 1, *OWNER)
    assert inside(make.contact("fps-foreign-affairs")).get(page).status_code == 200
    told.refresh_from_db()
    assert told.account == "two\x01 posts", "what somebody wrote is never altered"


@pytest.mark.parametrize("page", ["register", "obligations"])
def test_a_cursor_without_end_begins_at_the_first_page(bureau, page):
    plan, after = make.accepted_plan(), base64.urlsafe_b64encode(b"[" * 1500).decode()
    assert bureau.get(at(page, plan.code), {"after": after}).status_code == 200


@pytest.mark.parametrize("number", [".".join(["12"] * 60), "1.2.3.4.5.6.7.8.9.10"])
def test_what_stands_for_a_sections_number_fits_its_column(bureau, number):
    told = {"title": "T", "code": "edge", "since_on": "2015-01-01"}
    file = SimpleUploadedFile("plan.txt", (TABLE % f"Chapter {number} Title").encode())
    assert bureau.post(at("new"), {**told, "file": file}).status_code == 302
    bureau.post(at("accept-all", "edge"))
    longest = Section._meta.get_field("number").max_length
    assert Section.objects.exists()
    assert [one.number for one in Section.objects.all() if len(one.number) > longest] == []
