"""The demonstration office, seen as its people see it: in the browser, in both themes, without a fault."""

import io
from datetime import date

import pdfplumber
import pytest
from axe_playwright_python.sync_playwright import Axe
from django.db import transaction
from django.test import Client
from django.test.utils import override_settings
from playwright.sync_api import sync_playwright
from tests.pictures import CHROMIUM, LANGUAGES, demonstration, sign_in, speak, visits
from tests.pictures import PAGES as EVERY_PAGE

from palermo.accounts.models import RoleKind, User
from palermo.accounts.queries import demonstration_roles
from palermo.audit.queries import verify_chain
from palermo.cli import demo
from palermo.cli.demonstration.office import CODE, PEOPLE, make
from palermo.errors import Refused
from palermo.plan.models import Plan
from palermo.plan.queries import carry_over, status_counts, works_on
from palermo.reporting.queries import government_report

PAGES = [
    "/",
    "/plans/",
    f"/plans/{CODE}/",
    f"/plans/{CODE}/?on=2016-06-30",
    f"/plans/{CODE}/?q=nothing-like-this",
    f"/plans/{CODE}/measures/M10/",
    f"/plans/{CODE}/measures/M16/",
    f"/plans/{CODE}/owners/",
    "/organisations/",
    "/organisations/be/cell/?on=2013-01-01",
    "/account/",
    "/no-such-page/",
]

SPOKEN = ("en", *LANGUAGES)


@pytest.fixture(scope="module")
def begun(django_db_setup, django_db_blocker):
    """The office of 1 March 2017, made once: each test begins with it and leaves it as it was."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(DEMONSTRATION=True):
            make(date(2017, 3, 1), lambda _step: None)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def office(begun, db, settings):
    settings.DEMONSTRATION = True
    return User.objects.get(handle="bureau-secretary")


def signed_in(user):
    client = Client(raise_request_exception=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_some_measures_are_done_some_late_and_some_without_owner(office):
    plan = Plan.objects.get(code=CODE)
    counts = status_counts(office, plan, date(2017, 3, 1))
    assert counts["measures"] == 30
    assert counts["by_status"]["completed"] == 3
    assert counts["by_status"]["no-answer"] == 19
    assert counts["overdue"] > 0
    assert counts["no_owner"] == 2
    assert verify_chain().broken_at is None


def test_the_report_names_every_measure_and_tells_only_what_was_accepted(office):
    plan = Plan.objects.get(code=CODE)
    told = government_report(office, plan, date(2015, 7, 1), date(2016, 12, 31), date(2017, 3, 1), "fr")
    answered = [one.reference for one in told.measures if one.answers]
    assert {"M01", "M09", "M22"} <= set(answered)
    assert "M03" not in answered, "the Bureau asked about it"
    assert "M16" not in answered, "the Bureau has not looked at it"
    assert sum(one.kind == "measure" for one in told.measures) == 30
    statuses = {one.reference: one.status for one in told.measures}
    assert statuses["M22"] == "completed"
    assert statuses["M26"] == "no-answer", "what was not accepted gives no status either"
    owners = next(one.owners for one in told.measures if one.reference == "M09")
    assert "SPF Affaires étrangères" in owners


def test_what_came_before_the_plan_is_followed_and_what_disappeared_is_shown(office):
    plan = Plan.objects.get(code=CODE)
    carried = carry_over(office, plan, date(2017, 3, 1))
    groups = {kind: [one.measure.reference for one in rows] for kind, rows in carried.groups}
    assert groups["disappeared"] == ["M15"]
    assert carried.gaps == (2, 5, 6, 11, 13)
    assert {"M04", "M12", "M16"} <= set(groups["continued"])
    assert {"M01", "M08"} <= set(groups["finished"])


def test_four_notes_and_studies_go_with_the_plan_and_the_report_tells_them(office):
    plan = Plan.objects.get(code=CODE)
    found = {one.work.reference: one for one in works_on(office, date(2017, 3, 1))}
    assert {key: (one.state, len(one.versions), bool(one.late_since)) for key, one in found.items()} == {
        "N01": ("open", 0, False),
        "N02": ("open", 1, True),
        "N03": ("open", 2, False),
        "N04": ("finished", 1, False),
    }
    first, later = date(2015, 7, 1), date(2017, 1, 1)
    told = government_report(office, plan, first, date(2016, 12, 31), date(2017, 3, 1), "fr")
    assert [one.reference for one in told.works] == list(found)
    told = government_report(office, plan, later, date(2017, 2, 28), date(2017, 3, 1), "fr")
    assert [one.reference for one in told.works] == ["N01", "N02", "N03"], "the study ended before"


def test_only_a_demonstration_shows_the_messages_that_left(office, settings):
    client = signed_in(office)
    assert client.get("/messages/").status_code == 200
    settings.DEMONSTRATION = False
    assert client.get("/messages/").status_code == 404


def test_a_day_that_is_none_is_refused_and_one_to_come_is_said_to_be_a_guess(office):
    client = signed_in(office)
    assert client.get(f"/plans/{CODE}/?on=yesterday").status_code == 400
    assert (
        "As it would stand on 1 January 2018" in client.get(f"/plans/{CODE}/?on=2018-01-01").content.decode()
    )


def test_one_click_signs_in_only_in_a_demonstration(office, settings):
    client = Client()
    assert client.post("/sign-in/bureau-secretary/").status_code == 302
    settings.DEMONSTRATION = False
    assert Client().post("/sign-in/bureau-secretary/").status_code == 404
    assert not demonstration_roles().exists()


def test_a_demonstration_goes_on_from_its_day_and_never_back(office):
    assert demo.made(None, print) == date(2017, 3, 1)
    assert demo.made(date(2017, 4, 1), print) == date(2017, 4, 1)
    assert demo.made(None, print) == date(2017, 4, 1)
    with pytest.raises(Refused, match="would be in the future"):
        demo.made(date(2017, 3, 31), print)


@pytest.mark.parametrize("path", PAGES)
def test_nobody_sees_a_page_without_signing_in(office, path):
    response = Client().get(path)
    assert response.status_code in {302, 404}
    assert not response.content or b"Sign in" not in response.content


@pytest.mark.parametrize(("name", "kind", "_code", "_language"), PEOPLE)
def test_every_role_can_open_today_and_who_keeps_accounts_or_oversees_sees_no_plan(
    office, name, kind, _code, _language
):
    client = signed_in(User.objects.get(name=name))
    assert client.get("/").status_code == 200
    expected = 404 if kind in {RoleKind.ADMINISTRATOR, RoleKind.OVERSEER} else 200
    assert client.get(f"/plans/{CODE}/").status_code == expected
    assert client.get("/people/").status_code == (200 if name == "Administrator" else 404)


@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_the_register_leaves_as_a_spreadsheet(office, kind):
    response = signed_in(office).get(f"/plans/{CODE}/list.{kind}")
    assert response.status_code == 200
    assert len(response.content) > 3_000


@pytest.mark.parametrize("path", PAGES)
def test_every_answer_carries_the_headers_that_guard_it(office, path):
    response = signed_in(office).get(path)
    assert "default-src 'none'" in response["Content-Security-Policy"]
    assert response["X-Frame-Options"] == "DENY"
    assert response["Referrer-Policy"] == "same-origin"
    assert "camera=()" in response["Permissions-Policy"]


def test_more_than_the_largest_document_is_refused_before_it_is_kept(office):
    response = signed_in(office).post("/plans/new/", CONTENT_LENGTH=str(102 * 1024 * 1024))
    assert response.status_code == 413


LOOKS = [("light", 1280), ("dark", 1280), ("light", 360), ("dark", 360)]


@pytest.mark.browser
@pytest.mark.seen
@pytest.mark.parametrize(("turn", "scheme", "width"), [(turn, *look) for turn, look in enumerate(LOOKS)])
def test_every_page_is_free_of_barriers_in_each_language_at_one_look(turn, scheme, width, served):
    """A Latin square: the languages take turns over the pages, and each look begins with another one."""
    free_of_barriers(served, scheme, width, [*SPOKEN[turn:], *SPOKEN[:turn]])


@pytest.mark.browser
@pytest.mark.seen
@pytest.mark.long
@pytest.mark.parametrize("language", SPOKEN)
@pytest.mark.parametrize(("scheme", "width"), LOOKS)
def test_every_page_is_free_of_barriers_in_each_language_at_every_look(scheme, width, language, served):
    free_of_barriers(served, scheme, width, [language])


@pytest.mark.browser
@pytest.mark.seen
def test_no_page_scrolls_sideways_on_a_phone_in_the_languages_of_long_words(served):
    found = {}
    with sync_playwright() as player:
        page = player.chromium.launch(**CHROMIUM).new_page(viewport={"width": 360, "height": 900})
        for name in visits(page, served, EVERY_PAGE, ["de"]):
            found[name, "de"] = too_wide(page)
            speak(page, served, "nl")
            page.reload()
            found[name, "nl"] = too_wide(page)
    assert {one: wide for one, wide in found.items() if wide} == {}


def free_of_barriers(served, scheme, width, languages):
    """Visit every page at a look, the languages taking turns."""
    with sync_playwright() as player:
        browser = player.chromium.launch(**CHROMIUM)
        page = browser.new_context(color_scheme=scheme, viewport={"width": width, "height": 900}).new_page()
        found = {}
        for name in visits(page, served, EVERY_PAGE, languages):
            found[name] = barriers(page)
            assert not too_wide(page), f"{name} scrolls sideways at {width}"
            if name in {"new-plan", "evaluation", "question"}:
                page.locator("main form").last.get_by_role("button").first.click()
                found[f"{name}, refused"] = barriers(page)
        sign_in(page, served, "Bureau secretary")
        page.goto(f"{served}/plans/{CODE}/measures/M10/")
        page.get_by_role("link", name="end ").first.click()
        found["end-owner"] = barriers(page)
        missing_row(page, served)
        found["missing-row"] = barriers(page)
        browser.close()
    assert {name: faults for name, faults in found.items() if faults} == {}


def too_wide(page):
    """By how much a page is wider than its window."""
    return page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")


def missing_row(page, served):
    """Hand in a shorter document of the second plan, and open a measure that it no longer has."""
    page.goto(f"{served}/plans/second/review/")
    every = page.get_by_role("link", name="Accept all as read")
    if every.count():
        every.click()
        page.get_by_role("button", name="Accept them all").click()
    page.goto(f"{served}/plans/second/documents/")
    shorter = b"Section;Measure;Party responsible;Timing\n3.1;Something else;FPS Justice;2018\n"
    file = {"name": "shorter.csv", "mimeType": "text/csv", "buffer": shorter}
    page.get_by_label("Document", exact=True).set_input_files(file)
    page.get_by_role("button", name="Read the document").click()
    page.goto(f"{served}/plans/second/review/?show=differences")
    page.get_by_role("link", name="Look and decide").first.click()
    assert page.get_by_role("heading", name="No longer in the document").count()


@pytest.mark.browser
@pytest.mark.seen
def test_a_brief_for_a_minister_prints_on_one_page(served):
    with sync_playwright() as player:
        page = player.chromium.launch(**CHROMIUM).new_page()
        sign_in(page, served, "Bureau secretary")
        page.goto(f"{served}/plans/{CODE}/owners/be/bureau/")
        with pdfplumber.open(io.BytesIO(page.pdf(prefer_css_page_size=True))) as printed:
            assert len(printed.pages) == 1
            words = printed.pages[0].extract_text()
    assert "12 measures" in words
    assert "Sign out" not in words


def barriers(page):
    return [
        (one["id"], [node["target"] for node in one["nodes"]][:3])
        for one in Axe().run(page).response["violations"]
    ]


@pytest.fixture
def served():
    with demonstration() as address:
        yield address
