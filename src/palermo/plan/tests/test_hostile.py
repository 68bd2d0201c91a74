"""What somebody may send who means harm, or whose browser was told to: it is answered and changes nothing."""

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from palermo.audit.action import NotPermitted
from palermo.audit.models import Entry
from palermo.plan import actions
from palermo.plan.models import Contribution, Evidence
from palermo.plan.tests import make
from palermo.reporting.queries import government_report

pytestmark = pytest.mark.django_db
PLAN = "/plans/be-2015-2019/"
QUESTION = f"{PLAN}rounds/1/M01/be/fps-foreign-affairs/"
HUGE = "9" * 30
OWN = re.compile(r"/evidence/\d+/|(?<=csrfmiddlewaretoken\" value=\")\w+")  # what no two pages share
ANSWER = {"status": "limited", "account": "Two posts were informed.", "language": "en", "after": "0"}


@pytest.fixture
def office():
    return make.Office()


def browsing(user):
    client = Client(raise_request_exception=True)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def handed_in(client, **what):
    mine = make.organisation("fps-foreign-affairs").pk
    return client.post(f"{PLAN}measures/M01/evidence/", {"organisation": mine, **what})


@pytest.mark.parametrize("on", ["0001-01-01", "9999-12-31", "2017-13-01", "\0"])
@pytest.mark.parametrize("page", ["", "owners/", "timeline/", "rounds/1/", "measures/M01/", "report/"])
def test_what_is_no_day_of_the_offices_time_is_refused(office, page, on):
    answer = browsing(make.secretary()).get(PLAN + page, {"on": on})
    assert answer.status_code == 400
    assert "is no day" in answer.content.decode()


@pytest.mark.parametrize(
    ("first", "last", "status"), [("1900-01-01", "2199-12-31", 200), ("0001-01-01", "9999-12-31", 302)]
)
def test_a_report_may_be_asked_for_about_any_days_that_a_calendar_counts(office, first, last, status):
    asked = {"period_from": first, "period_to": last, "language": "en", "on": "2099-12-31"}
    assert browsing(make.secretary()).get(f"{PLAN}report/government.docx", asked).status_code == status


@pytest.mark.parametrize(
    "query",
    [
        {"after": "WzFlNTAwLDFd"},  # [1e500,1]
        {"after": "W25hbiwxXQ"},
        {"q": f"M{HUGE}"},
        {"year": HUGE, "chapter": "\0"},
    ],
)
def test_any_address_of_the_register_opens_it(office, query):
    assert browsing(make.reader()).get(PLAN, query).status_code == 200


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("review/decide/", {"row": "²"}),
        ("review/decide/", {"what": "merge", "row": "²"}),
        ("review/ROW/split/", {"more": "1", "pieces-TOTAL_FORMS": "²"}),
        ("measures/M01/reword/", {"owners-TOTAL_FORMS": "zz"}),
        ("measures/M01/reword/", {"text": "x", "owners-TOTAL_FORMS": HUGE}),
    ],
)
def test_numbers_that_are_none_are_answered(office, path, data):
    make.imported(office.plan, make.document(make.row("4.2", "Something new", "2018")), on=make.DAY)
    row = office.plan.imports.latest("pk").rows.exclude(difference="missing").first()
    path = path.replace("ROW", str(row.pk))
    assert browsing(make.secretary()).post(PLAN + path, data).status_code in {200, 302}


def test_a_row_that_is_not_missing_withdraws_no_measure(office):
    row = make.measure(office.plan, "M01").rows.get()
    path = f"{PLAN}review/{row.pk}/withdraw/"
    assert browsing(make.secretary()).post(path, {"reason": "No."}).status_code == 404
    assert make.state(office.plan, "M01") is not None


def test_a_measure_that_was_withdrawn_is_not_reworded(office):
    measure = make.measure(office.plan, "M01")
    actions.withdraw_measure(by=make.secretary(), measure=measure, reason="No.", on=make.DAY)
    assert browsing(make.secretary()).get(f"{PLAN}measures/M01/reword/").status_code == 404


@pytest.mark.parametrize(
    ("name", "kept"),
    [
        ("../../../etc/cron.d/x.html", "x.html"),
        ("\U0001d54f" * 100 + ".html", "\U0001d54f" * 100 + ".html"),
    ],
)
def test_a_file_of_evidence_is_never_shown_as_a_page_of_this_site(office, name, kept):
    client = browsing(make.contact("fps-foreign-affairs"))
    file = SimpleUploadedFile("x", b"<script>alert(1)</script>", "text/html")
    file._name = name
    assert handed_in(client, file=file).status_code == 302
    evidence = Evidence.objects.get()
    assert evidence.name == kept
    response = client.get(reverse("plan:evidence", args=[evidence.pk]))
    assert response["Content-Type"] == "application/octet-stream"
    assert response["Content-Disposition"].startswith("attachment;")
    assert response["X-Content-Type-Options"] == "nosniff"


def test_the_trail_knows_the_content_of_a_file_of_evidence(office):
    handed_in(browsing(make.contact("fps-foreign-affairs")), file=SimpleUploadedFile("a.txt", b"A letter"))
    told = Entry.objects.get(action="plan.add_evidence").detail
    assert Evidence.objects.get().sha256 in told
    assert "A letter" not in told


def test_a_long_address_has_a_title_that_its_column_holds(office):
    address = "https://example.org/" + "a" * 900
    assert handed_in(browsing(make.contact("fps-foreign-affairs")), address=address).status_code == 302
    assert len(Evidence.objects.get().title) == 300


@pytest.mark.parametrize("stem", ["x" * 250, "é" * 250, "\U0001d54f" * 200])
def test_a_document_with_a_name_longer_than_a_disk_holds_is_read(office, stem):
    file = SimpleUploadedFile("x.txt", b"1. One\n\nThe Cell will follow the courses.\n")
    file._name = f"{stem}.txt"
    assert browsing(make.secretary()).post(f"{PLAN}documents/", {"file": file}).status_code == 302


def test_evidence_of_others_and_none_at_all_are_the_same_bytes(office):
    question = make.question(office.round, "M01", "fps-foreign-affairs")
    hidden = actions.add_evidence(
        by=make.contact("fps-foreign-affairs"),
        about=question,
        organisation=question.organisation,
        title="A letter",
        name="letter.txt",
        content=b"Dear colleague",
        on=make.DAY,
    )
    for person in (make.contact("fps-labour"), make.reader(), make.secretary(), make.administrator()):
        client = browsing(person)
        there, nowhere = (client.get(f"/evidence/{key}/") for key in (hidden.pk, hidden.pk + 1))
        assert (there.status_code, nowhere.status_code) == (404, 404)
        assert OWN.sub("", there.content.decode()) == OWN.sub("", nowhere.content.decode())


@pytest.mark.parametrize("button", ["send", "draft"])
def test_words_that_come_after_the_round_was_closed_stay_on_the_page(office, button):
    client = browsing(make.contact("fps-foreign-affairs"))
    client.get(QUESTION)
    actions.close_round(by=make.secretary(), round=office.round, on=make.DAY)
    page = client.post(QUESTION, {**ANSWER, button: "1"}).content.decode()
    assert "Two posts were informed." in page
    assert "its answers are locked" in page
    assert not Contribution.objects.exists()


def test_only_who_may_make_reports_makes_one_from_the_command_line_too(office):
    for person in (make.reader(), make.contact("fps-justice")):
        with pytest.raises(NotPermitted):
            government_report(person, office.plan, date(2015, 1, 1), date(2016, 12, 31), make.DAY, "en")
