"""Telling how far a measure is: what is refused stands beside its field, and what was decided is said."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from palermo.errors import Refused
from palermo.plan import actions
from palermo.plan.models import Contribution
from palermo.plan.tests import make

pytestmark = pytest.mark.django_db
TOLD = {
    "status": "limited",
    "account": "Two posts.",
    "reason": "The printer.",
    "language": "en",
    "after": "0",
}
ENDED = {**TOLD, "status": "replaced", "decision": "Bureau, 3 May", "replaced_by": "M05", "reason": ""}


@pytest.fixture
def question():
    """About a measure that is late."""
    return make.question(make.Office().round, "M01", "fps-foreign-affairs")


@pytest.fixture
def client(question):
    return browsing(make.contact("fps-foreign-affairs"))


def browsing(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def page(client, question, told=None):
    organisation = question.organisation
    place = [question.round.plan.code, 1, question.measure.reference, organisation.country, organisation.slug]
    address = reverse("plan:question", args=place)
    return client.post(address, told) if told else client.get(address)


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"status": ""}, "status"),
        ({"account": " "}, "account"),
        ({"reason": ""}, "reason"),
        ({"status": "abandoned"}, "decision"),
        ({"decision": "Bureau, 3 May"}, "decision"),
        ({"replaced_by": "M05"}, "replaced_by"),
        ({**ENDED, "replaced_by": "M99"}, "replaced_by"),
        ({**ENDED, "replaced_by": "schools"}, "replaced_by"),
        ({"address": "no address"}, "address"),
        ({"address": "https://a.example", "file": SimpleUploadedFile("a.txt", b"x")}, "file"),
    ],
)
def test_what_is_refused_is_said_beside_the_field_that_it_concerns(question, client, told, field):
    response = page(client, question, {**TOLD, **told})
    assert list(response.context["form"].errors) == [field]
    assert not Contribution.objects.exists()


def test_a_decision_does_not_stay_behind_when_a_measure_goes_on_after_all(question, client):
    page(client, question, ENDED)
    shown = page(client, question).content.decode()
    assert 'value="Bureau, 3 May"' in shown, "the form begins with what was told before"
    again = {**ENDED, "status": "limited", "reason": "The printer.", "after": "1"}
    assert "says that it was not ended so" in page(client, question, again).content.decode()
    page(client, question, {**again, "decision": "", "replaced_by": ""})
    latest = Contribution.objects.latest("version")
    assert (latest.status, latest.decision, latest.replaced_by) == ("limited", "", None)


def test_what_is_late_and_not_finished_is_told_with_what_held_it_up(question, client):
    with pytest.raises(Refused, match="does not say why"):
        make.told(question, "substantial", reason=" ")
    shown = page(client, question).content.decode()
    assert "needed unless it is finished" in shown
    make.told(question, "completed", reason="")


def test_what_is_not_late_needs_no_reason(question):
    continuous = make.question(question.round, "M06", "fps-justice")
    make.told(continuous, "limited", reason="")
    shown = page(browsing(make.contact("fps-justice")), continuous).content.decode()
    assert "needed unless it is finished" not in shown


def test_who_decides_again_reads_first_that_the_bureau_accepted_already(question):
    bureau = browsing(make.secretary())
    told = make.told(question)
    assert "Decide about the latest answer" in page(bureau, question).content.decode()
    actions.accept_for_report(by=make.secretary(), contribution=told, on=make.DAY)
    shown = page(bureau, question).content.decode()
    assert "Ana accepted it for the report on 1 March 2017" in shown
    assert shown.index("Ana accepted it") < shown.index("Accept for the report")


def test_a_question_of_the_bureau_without_words_is_refused_beside_the_remark(question):
    told = make.told(question)
    organisation = question.organisation
    place = [question.round.plan.code, 1, "M01", organisation.country, organisation.slug]
    address = reverse("plan:judge", args=place)
    response = browsing(make.secretary()).post(address, {"version": told.version, "ask": "1", "remark": " "})
    assert list(response.context["remark"].errors) == ["remark"]
    assert not told.verdicts.exists()


def test_a_question_about_a_measure_that_was_withdrawn_says_so_and_why(question, client):
    actions.withdraw_measure(
        by=make.secretary(), measure=question.measure, reason="It is done elsewhere.", on=make.DAY
    )
    response = page(client, question)
    shown = response.content.decode()
    assert "withdrawn from the plan on 1 March 2017: It is done elsewhere." in shown
    assert response.context["asked"].wording.text in shown
    board = browsing(make.secretary()).get(reverse("plan:round", args=[question.round.plan.code, 1]))
    assert response.context["asked"].wording.text in board.content.decode()
