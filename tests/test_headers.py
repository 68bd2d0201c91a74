"""Whatever is answered carries the headers that guard it: pages, files, refusals and failures alike."""

import pytest
from django.test import Client
from django.urls import reverse

from palermo.accounts.actions import make_token
from palermo.plan import actions
from palermo.plan.tests import make

PLAN = "/plans/be-2015-2019"


@pytest.fixture
def office(db, settings):
    settings.DEMONSTRATION, settings.TODAY = True, make.DAY.isoformat()
    return make.Office()


def inside(user, **rest):
    client = Client(**rest)
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    client.get("/")  # from here on the session knows when it began
    return client


def evidence(office):
    ana, asked = (
        make.contact("fps-foreign-affairs"),
        make.question(office.round, "M01", "fps-foreign-affairs"),
    )
    kept = actions.add_evidence(
        by=ana,
        about=asked,
        organisation=asked.organisation,
        title="A letter",
        name="letter.html",
        content=b"<p>Dear colleague",
        on=make.DAY,
    )
    return inside(ana).get(reverse("plan:evidence", args=[kept.pk]))


def calendar(office):
    ana = make.contact("fps-foreign-affairs")
    token = make_token(by=ana, user=ana, purpose="calendar", on=make.DAY)
    return Client().get(reverse("desk:calendar", args=[token]))


def broken(office):
    client = inside(make.secretary(), raise_request_exception=False)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("palermo.desk.views.waiting_for", None)
        return client.get("/")


def too_large(_office):
    return Client().post("/sign-in/", CONTENT_LENGTH=str(102 * 1024 * 1024))


def forged(_office):
    return Client(enforce_csrf_checks=True).post("/sign-in/", {"email": "ana@example.org"})


ANSWERS = {
    "a page": (200, lambda _: inside(make.secretary()).get(f"{PLAN}/")),
    "the door": (200, lambda _: Client().get("/sign-in/")),
    "the way to the door": (302, lambda _: Client().get(f"{PLAN}/")),
    "a list for Excel": (200, lambda _: inside(make.secretary()).get(f"{PLAN}/list.xlsx")),
    "a list for programs": (200, lambda _: inside(make.secretary()).get(f"{PLAN}/list.csv")),
    "evidence": (200, evidence),
    "a calendar": (200, calendar),
    "a link that was never sent": (404, lambda _: Client().get("/answer/no-such-token/")),
    "a day that is none": (400, lambda _: inside(make.secretary()).get(f"{PLAN}/?on=yesterday")),
    "a form of another site": (403, forged),
    "an address that is none": (404, lambda _: inside(make.secretary()).get("/nowhere/")),
    "a method that is none": (405, lambda _: inside(make.secretary()).put(f"{PLAN}/")),
    "too much": (413, too_large),
    "a failure of ours": (500, broken),
    "the API": (200, lambda _: inside(make.secretary()).get("/api/plans")),
    "the API, shut": (401, lambda _: Client().get("/api/plans")),
}


@pytest.mark.parametrize("kind", ANSWERS)
def test_every_kind_of_answer_carries_the_headers_that_guard_it(office, kind):
    status, ask = ANSWERS[kind]
    answer = ask(office)
    assert answer.status_code == status
    policy = answer.get("Content-Security-Policy", "")
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    kept = "private, no-cache" if kind == "a calendar" else "no-store"  # its programs ask whether it changed
    assert kept in answer.get("Cache-Control", "")
    assert answer.get("X-Content-Type-Options") == "nosniff"
    assert answer.get("Referrer-Policy") == "same-origin"
    assert answer.get("Cross-Origin-Resource-Policy") == "same-origin"
