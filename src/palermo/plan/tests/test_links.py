"""A link of a neutral message opens one question, for one person, for some days."""

import re
from datetime import date, timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from palermo.accounts.actions import end_role, give_role
from palermo.audit.models import Entry
from palermo.errors import Refused
from palermo.notices.tests.test_outbox import TELLING
from palermo.plan import actions, links
from palermo.plan.models import AnswerLink, Contribution, ContributionDraft
from palermo.plan.tests import make

PAGE = "https://office.example/answer/TOKEN/"
LINKS = re.compile(r"/answer/([\w-]{43})/")
WORDS = {"status": "completed", "account": "The leaflet was printed.", "language": "en", "after": "0"}


@pytest.fixture
def office(db, settings):
    settings.DEMONSTRATION, settings.TODAY = True, make.DAY.isoformat()
    return make.Office()


@pytest.fixture
def asked(office):
    make.contact("fps-foreign-affairs")
    return make.question(office.round, "M01", "fps-foreign-affairs")


def remind(office, code):
    """Remind an organisation by a message that may carry links."""
    actions.remind(
        by=make.secretary(),
        round=office.round,
        organisation=make.organisation(code),
        link="https://x/",
        one_question=PAGE,
        on=make.DAY,
    )


@pytest.fixture
def token(office, asked, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        remind(office, "fps-foreign-affairs")
    (found,) = LINKS.findall(mail.outbox[-1].body)
    return found


def page(token):
    return reverse("plan:by-link", args=[token])


def test_the_opening_message_carries_a_link_to_each_question_and_tells_nothing(
    db, django_capture_on_commit_callbacks
):
    make.contact("college")
    make.contact("fps-justice")
    plan = make.accepted_plan()
    with django_capture_on_commit_callbacks(execute=True):
        assess = make.measure(plan, "M03")
        opened = make.opened(plan, also=[assess], link="https://x/", one_question=PAGE)
    for message in mail.outbox:
        told = LINKS.sub("", message.body)
        assert not TELLING.search(message.subject + told)
        assert "M0" not in told
    by_address = {message.to[0]: LINKS.findall(message.body) for message in mail.outbox}
    asked = opened.questions.filter(organisation__code="be/college").count()
    assert len(set(by_address["contact-college@example.org"])) == asked > 1


def test_only_the_digest_of_a_link_to_a_question_is_kept(token, asked):
    kept = AnswerLink.objects.get(question=asked)
    assert token not in str(kept.__dict__)
    assert not any(token in entry.detail for entry in Entry.objects.all())


def test_whoever_has_many_questions_is_sent_to_one_place_without_links(
    office, monkeypatch, django_capture_on_commit_callbacks
):
    monkeypatch.setattr(links, "MOST_LINKS", 0)
    make.contact("college")
    with django_capture_on_commit_callbacks(execute=True):
        remind(office, "college")
    assert "https://x/" in mail.outbox[-1].body
    assert not AnswerLink.objects.exists()


def test_a_link_shows_its_question_and_nothing_else_of_the_site(office, asked, token):
    other = make.question(office.round, "M06", "fps-justice")
    make.told(other, account="Nobody else may read this.", by=make.contact("fps-justice"))
    told = make.told(asked, account="We began in January.")
    shown = Client().get(page(token))
    assert shown.status_code == 200
    assert shown["Cache-Control"] == "no-store"
    assert shown["Referrer-Policy"] == "same-origin"
    words = shown.content.decode()
    assert "Prepare a leaflet" in words
    assert told.account in words
    assert "Nobody else" not in words
    assert "/plans/" not in words
    assert "Keep the forum on begging" not in words
    assert Client().get("/plans/").status_code == 302


def test_what_is_sent_through_a_link_is_the_answer_of_its_person_and_the_trail_says_so(asked, token):
    browser = Client()
    assert browser.post(page(token), WORDS | {"draft": "1"}).status_code == 302
    assert ContributionDraft.objects.get(question=asked).by == make.contact("fps-foreign-affairs")
    assert browser.post(page(token), WORDS | {"address": "https://example.org/leaflet"}).status_code == 302
    made = Contribution.objects.get(question=asked)
    assert (made.by, made.way) == (make.contact("fps-foreign-affairs"), "link")
    assert made.evidence.get().address == "https://example.org/leaflet"
    entry = Entry.objects.filter(action="plan.contribute").latest("seq")
    assert f"plan.answerlink:{made.through_id}" in str(entry.detail)
    again = browser.get(page(token))
    assert again.status_code == 410
    assert "The leaflet was printed." not in again.content.decode()
    assert browser.post(page(token), WORDS).status_code == 410
    assert Contribution.objects.filter(question=asked).count() == 1


def after_days(office, asked, settings):
    settings.TODAY = (make.DAY + timedelta(days=15)).isoformat()


def after_closing(office, asked, settings):
    actions.close_round(by=make.secretary(), round=office.round, on=make.DAY)


def after_a_new_link(office, asked, settings):
    links.new_link(asked, make.contact("fps-foreign-affairs"), make.DAY)


def after_the_role(office, asked, settings):
    role = make.contact("fps-foreign-affairs").roles.get()
    end_role(by=make.administrator(), role=role, on=make.DAY - timedelta(days=1))


@pytest.mark.parametrize("end", [after_days, after_closing, after_a_new_link, after_the_role])
def test_a_link_ends(office, asked, token, settings, end):
    end(office, asked, settings)
    for answer in (Client().get(page(token)), Client().post(page(token), WORDS)):
        assert answer.status_code == 410
        assert "Prepare a leaflet" not in answer.content.decode()
    assert not Contribution.objects.exists()
    link = AnswerLink.objects.order_by("pk").first()
    with pytest.raises(Refused):
        actions.contribute(
            by=link.person,
            question=asked,
            answer=actions.Answer("completed", "Done.", "en"),
            through=link,
            on=date.fromisoformat(settings.TODAY),
        )


def test_a_link_opens_no_other_question(office, token):
    link = AnswerLink.objects.get()
    role = {"organisation": make.organisation("college"), "kind": "contact-point", "on": make.DAY}
    give_role(by=make.administrator(), user=link.person, **role)
    link.person.__dict__.pop("_roles_now", None)
    other = make.question(office.round, "M02", "college")
    with pytest.raises(Refused, match="no longer takes an answer"):
        actions.contribute(
            by=link.person,
            question=other,
            answer=actions.Answer("completed", "Done.", "en"),
            through=link,
            on=make.DAY,
        )


def test_a_new_link_goes_to_the_address_of_the_old_one_three_times_a_day(
    office, asked, token, settings, django_capture_on_commit_callbacks
):
    settings.TODAY = (make.DAY + timedelta(days=15)).isoformat()
    for _ in range(4):
        with django_capture_on_commit_callbacks(execute=True):
            assert Client().post(reverse("plan:new-link", args=[token])).status_code == 302
    assert [one.to for one in mail.outbox[1:]] == [["contact-fps-foreign-affairs@example.org"]] * 3
    (latest,) = LINKS.findall(mail.outbox[-1].body)
    assert Client().get(page(latest)).status_code == 200
    assert Client().post(reverse("plan:new-link", args=[latest])).status_code == 410


def test_a_token_that_was_never_sent_opens_nothing(db):
    assert Client().get(page("x" * 43)).status_code == 404
