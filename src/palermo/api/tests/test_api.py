"""The API for programs."""

from datetime import date, timedelta

import pytest
import schemathesis
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis.extra.django import TestCase  # noqa: F401 - registers nothing; kept out of the way of pytest
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from palermo.accounts import actions as accounts
from palermo.accounts.models import Role, RoleKind, Token
from palermo.api.urls import described
from palermo.config.wsgi import application
from palermo.plan import actions
from palermo.plan.tests import make

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]
DAY = make.DAY
PLAN = "/api/plans/be-2015-2019"


@pytest.fixture
def round_(db):
    return make.opened(make.accepted_plan())


def program(user):
    """A client that shows a token of somebody."""
    secret = accounts.make_token(by=user, user=user, purpose="programs", on=DAY)
    return Client(headers={"authorization": f"Bearer {secret}"})


def test_a_program_reads_the_register_in_pages_as_of_any_day(round_):
    reads = program(make.reader())
    first = reads.get(f"{PLAN}/measures?size=1").json()
    second = reads.get(f"{PLAN}/measures", {"size": 1, "after": first["next"]}).json()
    assert [one["reference"] for one in first["measures"] + second["measures"]] == ["M01", "M02"]
    assert first["on"] == "2017-03-01"
    assert reads.get(f"{PLAN}/measures?on=2016-02-01").json()["on"] == "2016-02-01"
    assert reads.get(f"{PLAN}/measures?status=completed").json()["measures"] == []


def test_a_measure_comes_with_its_story(round_):
    told = program(make.reader()).get(f"{PLAN}/measures/M01").json()
    assert told["measure"]["owners"][0]["members"][0]["code"].startswith("be/")
    assert "said" in [one["what"] for one in told["story"]]


def test_a_program_reads_notes_and_studies_and_the_versions_that_its_holder_sees(round_):
    work = make.work(round_.plan, "M01", timing="2016")
    make.version(work, label="first draft")
    [told] = program(make.secretary()).get(f"{PLAN}/works?state=late").json()
    assert (told["reference"], told["measures"], told["edtf"]) == ("N01", ["M01"], "2016")
    assert (told["late_since"], told["versions"][0]["label"]) == ("2017-01-01", "first draft")
    reads = program(make.reader())
    assert reads.get(f"{PLAN}/works?state=late").json() == []
    story = reads.get(f"{PLAN}/works/1").json()
    assert (story["work"]["versions"], [one["what"] for one in story["story"]]) == ([], ["declared"])
    make.version(work, final=True)
    assert reads.get(f"{PLAN}/works/1").json()["work"]["versions"][0]["is_final"]


def test_a_program_sees_what_its_holder_sees_and_no_more(round_):
    asked = make.question(round_, "M01", "fps-foreign-affairs")
    make.authority("fps-foreign-affairs")  # so that an answer counts only when it is signed
    told_by = make.contact("fps-foreign-affairs")
    make.told(asked, by=told_by, on=DAY)
    where = f"{PLAN}/rounds/{round_.number}/questions"
    own = [one for one in program(told_by).get(where).json() if one["measure"] == "M01"]
    assert own[0]["answers"][0]["account"] == "Two posts were informed."
    assert "Two posts" not in program(make.contact("fps-labour")).get(where).content.decode()
    assert program(make.reader()).get(where).json() == []


def test_a_recommendation_is_told_with_its_measures_replies_and_story(round_):
    one, bureau = make.recommendation(), make.secretary()
    measure = make.measure(round_.plan, "M01")
    actions.tie(by=bureau, recommendation=one, measure=measure, on=DAY)
    actions.reply(by=bureau, recommendation=one, said="It is funded.", language="en", state="partly", on=DAY)
    reads = program(make.reader())
    asked = reads.get("/api/recommendations/greta").json()
    assert asked["mechanism"]["counts"] == {"open": 0, "partly": 1, "done": 0, "without-measure": 0}
    told = reads.get(f"/api/recommendations/greta/{one.pk}").json()
    assert told["recommendation"]["measures"] == [
        {"plan": "be-2015-2019", "measure": "M01", "status": "internal"}
    ]
    assert told["recommendation"]["replies"][0]["words"] == "It is funded."
    assert [each["what"] for each in told["story"]][-2:] == ["tied", "replied"]
    assert reads.get(f"{PLAN}/measures/M01").json()["recommendations"] == [one.pk]
    assert reads.get(f"/api/recommendations/greta/{one.pk}?on=2013-01-01").status_code == 404


def test_what_waits_is_told_by_the_names_under_which_it_is_found(round_):
    waits = program(make.contact("fps-foreign-affairs")).get("/api/today").json()
    assert {(one["what"], one["measure"], one["party"]["code"]) for one in waits} >= {
        ("answer", "M01", "be/fps-foreign-affairs")
    }
    assert program(make.reader()).get("/api/today").json() == []


def test_the_timeline_has_windows_whose_edges_are_fuzzy_where_the_words_are(round_):
    told = program(make.secretary()).get(f"{PLAN}/timeline?by=year").json()
    drawn = {one["measure"]: one for group in told["groups"] for one in group["measures"]}
    assert drawn["M01"]["windows"] == [{"earliest": "2015-09-01", "latest": "2015-12-31", "fuzzy": True}]
    assert told["first"] == "2015-01-01"


def test_an_owners_brief_and_a_translation_are_told_to_who_may_read_them(round_):
    asked = make.question(round_, "M01", "fps-foreign-affairs")
    told_by = make.contact("fps-foreign-affairs")
    contribution = make.told(asked, by=told_by, on=DAY)
    said = actions.Translated("fr", "Deux postes.")
    actions.translate(by=told_by, contribution=contribution, translated=said, confirmed=True, on=DAY)
    client = program(told_by)
    brief = client.get(f"{PLAN}/owners/be/fps-foreign-affairs").json()
    assert "M01" in brief["measures"]["late"]
    assert brief["numbers"]["late"] == len(brief["measures"]["late"])
    questions = client.get(f"{PLAN}/measures/M01").json()["questions"]
    worded = questions[0]["answers"][0]["translations"]
    assert [(one["language"], one["account"]) for one in worded] == [("fr", "Deux postes.")]
    assert program(make.reader()).get(f"{PLAN}/measures/M01").json()["questions"] == []


def test_bills_and_reports_that_come_back_are_told_as_the_pages_tell_them(round_):
    make.delivered(make.report_duty(round_.plan), 2015)
    bureau, measure = make.secretary(), make.measure(round_.plan, "M02")
    actions.mark_bill(by=bureau, measure=measure, is_bill=True, reason="It is one.", on=DAY)
    actions.record_step(by=bureau, measure=measure, kind="drafted", reached_on=DAY, on=DAY)
    told = program(bureau).get(f"{PLAN}/bills").json()
    assert [(one["measure"], one["at"]) for one in told] == [("M02", "drafted")]
    assert program(make.reader()).get(f"{PLAN}/bills").json()[0]["at"] is None, "internal until released"
    duty = program(make.reader()).get(f"{PLAN}/recurring-reports").json()[0]
    assert [one["state"] for one in duty["reports"]][:2] == ["done", "due"]


def test_an_overseer_reads_who_did_what_and_nobody_else_does(round_):
    told = program(make.person("Odile", "bureau", RoleKind.OVERSEER)).get("/api/oversight?since=2014-01-01")
    assert "plan.open_round" in {one["action"] for one in told.json()["deeds"]}
    assert program(make.secretary()).get("/api/oversight").status_code == 404


@pytest.mark.parametrize("path", ["plans/none", "plans/be-2015-2019/measures/M99", "organisations/be/none"])
def test_what_is_not_there_and_what_may_not_be_seen_answer_alike(round_, path):
    absent = program(make.reader()).get(f"/api/{path}")
    hidden = program(make.reader()).get(f"{PLAN}/documents")
    assert (
        (absent.status_code, absent.json())
        == (hidden.status_code, hidden.json())
        == (404, {"detail": "Not Found"})
    )


def test_a_token_opens_until_its_last_day_or_its_end_and_while_a_role_is_held(round_, settings):
    ana, lou = make.reader(), make.contact("fps-labour")
    reads, writes = program(ana), program(lou)
    assert reads.get("/api/plans").status_code == 200
    settings.TODAY = (DAY + timedelta(days=91)).isoformat()
    assert reads.get("/api/plans").status_code == 401
    settings.TODAY = DAY.isoformat()
    accounts.end_token(by=ana, user=ana, purpose="programs", on=DAY)
    assert reads.get("/api/plans").status_code == 401
    Role.objects.filter(user=lou).update(until_on=date(2017, 2, 1))
    assert writes.get("/api/plans").status_code == 401


def test_the_address_of_a_calendar_and_a_wrong_token_open_nothing(round_):
    ana = make.reader()
    secret = accounts.make_token(by=ana, user=ana, purpose="calendar", on=DAY)
    for said in (f"Bearer {secret}", "Bearer ", "Bearer x", "Basic YTpi", Token.objects.get().token_digest):
        answer = Client(headers={"authorization": said}).get("/api/plans")
        assert answer.status_code == 401
        assert answer["WWW-Authenticate"] == "Bearer"


def test_a_wrong_token_is_not_helped_by_the_browsers_session(round_):
    client = Client(headers={"authorization": "Bearer x"})
    client.force_login(make.secretary(), backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/api/plans").status_code == 401


def test_nothing_is_written_through_the_api(round_):
    client = program(make.secretary())
    for where in described()["paths"]:
        filled = where.format(code="be-2015-2019", reference="M01", number=1, country="be", name="cell", id=1)
        for method in ("post", "put", "patch", "delete"):
            assert getattr(client, method)(filled).status_code == 405


def test_a_day_outside_the_offices_time_and_a_wrong_word_are_told_in_json(round_):
    client = program(make.reader())
    for query in ("on=1066-10-14", "on=yesterday", "size=0", "status=wonderful", "year=0", "q=%00"):
        answer = client.get(f"{PLAN}/measures?{query}")
        assert answer.status_code == 422, query
        assert answer["Content-Type"].startswith("application/json")


def test_the_description_is_openapi_3_1_and_the_page_loads_nothing_from_elsewhere(round_):
    client = program(make.reader())
    told = client.get("/api/openapi.json").json()
    assert told["openapi"].startswith("3.1")
    page = client.get("/api/").content.decode()
    assert "https://" not in page
    for where, one in told["paths"].items():
        assert where in page
        for each in one["get"].get("parameters", ()):
            assert each.get("description") or each["schema"].get("description"), (where, each["name"])


@pytest.fixture
def schema(round_, kept_open):
    """The description, tried in this process as the secretary, with what the database holds as examples."""
    secret = accounts.make_token(by=(bureau := make.secretary()), user=bureau, purpose="programs", on=DAY)
    asked = make.recommendation()
    make.plan_before(round_.plan, {4: "Send the leaflet"})
    told = described()
    for where, one in told["paths"].items():
        known = {
            "code": ["greta" if where.startswith("/api/recommendations") else "be-2015-2019", "none"],
            "reference": ["M01", "none"],
            "number": [1, 7],
            "country": ["be", "none"],
            "name": ["fps-labour", "none"],
            "id": [asked.pk, asked.report_id, 7],
        }
        for each in one["get"].get("parameters", ()):
            if each["in"] == "path":
                each["schema"] = {"enum": known[each["name"]]}
    made = schemathesis.openapi.from_dict(told)
    made.app, made.config.headers = application, {"Authorization": f"Bearer {secret}"}
    return made


def test_no_question_breaks_it_and_every_answer_is_as_described(schema):
    for found in schema.get_all_operations():
        operation = found.ok()

        @settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
        @given(case=operation.as_strategy())
        def tried(case):
            case.validate_response(case.call(), checks=CHECKS)

        tried()
