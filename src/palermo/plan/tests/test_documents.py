"""What comes of a document that is handed in, and how much of it is counted where."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from palermo.errors import Refused
from palermo.plan.models import Import, Plan
from palermo.plan.tests import make
from palermo.reading.tests.make import word

pytestmark = pytest.mark.django_db
LETTER = [("h", 1, "1. To the reader"), ("p", "Dear colleague, the weather was fine.")]


@pytest.fixture
def bureau():
    client = Client()
    client.force_login(make.secretary(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def handed_in(name, blocks):
    return {
        "file": SimpleUploadedFile(name, word(blocks)),
        "title": "A letter",
        "code": "letter",
        "since_on": "2016-01-01",
    }


def test_a_document_in_which_nothing_was_found_makes_no_plan_and_keeps_what_was_typed(bureau):
    response = bureau.post(reverse("plan:new"), handed_in("letter.docx", LETTER))
    page = response.content.decode()
    assert "Nothing was found in “letter.docx”" in page
    assert "A letter" in page
    assert response.context["form"].errors["file"], "it is said beside the document"
    assert not Plan.objects.exists()


@pytest.mark.parametrize("reading", [make.document(), make.document(clauses=[make.CLAUSE])])
def test_an_empty_document_does_not_make_every_measure_of_a_plan_go_missing(reading):
    made = make.accepted_plan()
    with pytest.raises(Refused, match="no measure, no training, no commitment"):
        make.imported(made, reading, on=make.DAY)
    assert Import.objects.count() == 1


def test_a_duty_to_evaluate_is_counted_beside_what_is_new_and_among_what_waits(bureau):
    made = make.plan()
    make.imported(made)
    documents = bureau.get(reverse("plan:documents", args=[made.code])).content.decode()
    assert "8 new" in documents
    assert "beside them 1 duty to evaluate" in documents
    review = bureau.get(reverse("plan:review", args=[made.code])).content.decode()
    assert "9 rows wait for a decision. 1 of them is a duty to evaluate." in review


def test_the_register_and_the_evaluations_say_what_they_count(bureau):
    made = make.accepted_plan()
    register = bureau.get(reverse("plan:register", args=[made.code]))
    assert register.context["counts"]["evaluation_due"] == 0
    assert "not its training and other commitments" in register.content.decode()
    evaluations = bureau.get(reverse("plan:obligations", args=[made.code])).content.decode()
    assert "Due: 1, of them measures: 0." in evaluations
