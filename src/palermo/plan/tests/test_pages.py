"""What a person does on the pages of a plan, and what they are told when it cannot be done."""

import io
from datetime import date

import docx
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from palermo.plan import queries
from palermo.plan.models import Contribution, ContributionDraft, Evidence, ImportedRow, Measure, Plan
from palermo.plan.tests import make
from palermo.reading.tests.make import word

OLD_PLAN = [
    ("h", 1, "1. Training"),
    ("t", [["Measure", "Party responsible", "Timing"], ["Train the judges", "FPS Justice", "Late 2016"]]),
]


def browsing(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def plan(db):
    """A plan of which every row waits."""
    made = make.plan()
    make.imported(made)
    return made


@pytest.fixture
def bureau(plan):
    return browsing(make.secretary())


def row(plan, text):
    return ImportedRow.objects.get(imported__plan=plan, text__startswith=text)


def at(name, *args):
    return reverse(f"plan:{name}", args=args)


def errors(response):
    return response.content.decode().split('role="alert"')[1].split("</div>")[0]


def owners(*lines):
    """The lines of owners as the form sends them."""
    data = {"owners-TOTAL_FORMS": len(lines), "owners-INITIAL_FORMS": 0}
    for number, (party, role) in enumerate(lines):
        data |= {f"owners-{number}-party": party, f"owners-{number}-role": role}
    return data


def test_a_row_is_mended_with_the_words_of_a_plan(plan, bureau):
    waiting = row(plan, "Prepare a leaflet")
    told = {
        "section": "4.2",
        "text": "Prepare a fact sheet",
        "timing": "mid-2016",
        **owners(("be/fps-justice", "with")),
    }
    assert bureau.post(at("row", plan.code, waiting.pk), told).status_code == 302
    state = make.state(plan, "M01")
    assert state.wording.text == "Prepare a fact sheet"
    assert state.wording.earliest == date(2016, 5, 1)
    assert [(one.name, one.role) for one in state.owners] == [("FPS Justice", "with")]


def test_what_was_typed_stays_when_a_row_was_decided_meanwhile(plan, bureau):
    waiting = row(plan, "Prepare a leaflet")
    bureau.post(at("take", plan.code, waiting.pk))
    told = {"section": "4.2", "text": "My own words", "timing": "", **owners()}
    response = bureau.post(at("row", plan.code, waiting.pk), told)
    assert response.status_code == 200
    assert make.state(plan, "M01").wording.text.startswith("Prepare a leaflet")


def test_a_row_is_split_into_measures_with_their_own_time(plan, bureau):
    waiting = row(plan, "Prepare a leaflet")
    told = {
        "pieces-TOTAL_FORMS": 3,
        "pieces-INITIAL_FORMS": 0,
        "pieces-0-text": "Draft the leaflet",
        "pieces-0-timing": "Late 2015",
        "pieces-1-text": "Print the leaflet",
        "pieces-1-timing": "2016",
        "pieces-2-text": "",
    }
    assert bureau.post(at("split", plan.code, waiting.pk), told).status_code == 302
    made = Measure.objects.filter(wordings__origin=waiting)
    assert [queries.state_of(make.secretary(), one, make.DAY).wording.text for one in made] == [
        "Draft the leaflet",
        "Print the leaflet",
    ]


def test_a_further_part_is_asked_for_without_losing_the_others(plan, bureau):
    waiting = row(plan, "Prepare a leaflet")
    told = {"pieces-TOTAL_FORMS": 2, "pieces-INITIAL_FORMS": 0, "pieces-0-text": "Draft it", "more": "1"}
    page = bureau.post(at("split", plan.code, waiting.pk), told).content.decode()
    assert "Draft it" in page
    assert 'name="pieces-2-text"' in page
    assert not Measure.objects.exists()


def test_rows_are_merged_into_one_measure_with_every_owner(plan, bureau):
    keys = [row(plan, "Prepare a leaflet").pk, row(plan, "Collect the rulings").pk]
    response = bureau.post(at("decide", plan.code), {"what": "merge", "row": keys})
    told = {"section": "3.3", "text": "Both", "timing": "2016", **owners(("be/college", "lead"))}
    told |= {"section_of": "own", "timing_of": "own", "owners_of": "own"}
    assert bureau.post(response["Location"], told).status_code == 302
    assert Measure.objects.count() == 1
    assert not ImportedRow.objects.filter(pk__in=keys, decision="waiting").exists()


def test_one_row_alone_is_not_merged(plan, bureau):
    address = at("merge", plan.code) + f"?row={row(plan, 'Prepare a leaflet').pk}"
    told = {"section": "3.3", "text": "One", "timing": "2016", **owners()}
    assert "at least two" in errors(bureau.post(address, told))
    assert not Measure.objects.exists()


def test_chosen_rows_are_taken_together_or_not_at_all(plan, bureau):
    first, second = row(plan, "Prepare a leaflet"), row(plan, "Collect the rulings")
    bureau.post(at("take", plan.code, second.pk))
    bureau.post(at("decide", plan.code), {"what": "chosen", "row": [first.pk, second.pk]})
    assert ImportedRow.objects.get(pk=first.pk).decision == "waiting"
    bureau.post(at("decide", plan.code), {"only": first.pk})
    assert ImportedRow.objects.get(pk=first.pk).decision == "accepted"


def test_what_a_new_document_no_longer_has_is_kept_or_withdrawn_for_a_reason(plan, bureau):
    bureau.post(at("accept-all", plan.code))
    make.imported(plan, make.document(*make.ROWS[2:]), on=make.DAY)
    keep = ImportedRow.objects.get(difference="missing", text__startswith="Prepare a leaflet")
    drop = ImportedRow.objects.get(difference="missing", text__startswith="Collect the rulings")
    assert "no longer" in bureau.get(at("row", plan.code, keep.pk)).content.decode().lower()
    bureau.post(at("refuse", plan.code, keep.pk), {"reason": "It was left out by mistake."})
    bureau.post(at("withdraw-missing", plan.code, drop.pk), {"reason": "The court does it itself."})
    assert make.state(plan, "M01")
    assert make.state(plan, "M02") is None


def test_a_decision_without_a_reason_is_not_taken(plan, bureau):
    waiting = row(plan, "Prepare a leaflet")
    bureau.post(at("refuse", plan.code, waiting.pk), {"refuse-reason": " "})
    assert ImportedRow.objects.get(pk=waiting.pk).decision == "waiting"


def test_a_document_makes_a_plan_whose_rows_wait(bureau):
    told = {
        "file": SimpleUploadedFile("plan 2016.docx", word(OLD_PLAN)),
        "title": "Old plan",
        "code": "old",
        "since_on": "2016-01-01",
    }
    response = bureau.post(at("new"), told)
    assert response["Location"] == at("review", "old")
    page = bureau.get(response["Location"]).content.decode()
    assert "Train the judges" in page
    assert "1 September to 31 December 2016" in page
    assert not Measure.objects.filter(plan__code="old").exists()


def test_a_document_that_cannot_be_read_says_why_and_leaves_nothing(bureau):
    told = {
        "file": SimpleUploadedFile("plan.docx", b"this is no Word file"),
        "title": "Bad plan",
        "code": "bad",
        "since_on": "2016-01-01",
    }
    response = bureau.post(at("new"), told)
    assert "plan.docx" in errors(response)
    assert "Bad plan" in response.content.decode(), "what was typed stays"
    assert not Plan.objects.filter(code="bad").exists()


def test_a_document_comes_back_as_it_was_handed_in(bureau):
    content = word(OLD_PLAN)
    told = {"file": SimpleUploadedFile("é plan.docx", content), "title": "P", "code": "p"}
    bureau.post(at("new"), told | {"since_on": "2016-01-01"})
    plan = Plan.objects.get(code="p")
    response = bureau.get(at("document", "p", plan.imports.get().pk))
    assert response.content == content
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"


@pytest.fixture
def office(db):
    return make.Office()


@pytest.fixture
def question(office):
    return make.question(office.round, "M01", "fps-foreign-affairs")


def address(question, verb="question"):
    organisation = question.organisation
    return at(verb, "be-2015-2019", 1, "M01", organisation.country, organisation.slug)


ANSWER = {
    "status": "limited",
    "account": "Two posts.",
    "reason": "The printer.",
    "language": "en",
    "after": "0",
}


def test_evidence_that_came_with_a_refused_answer_is_kept_with_what_was_typed(office, question):
    client = browsing(make.contact("fps-foreign-affairs"))
    told = {**ANSWER, "status": "abandoned", "file": SimpleUploadedFile("letter.pdf", b"%PDF-")}
    response = client.post(address(question), told)
    assert "decision" in errors(response)
    page = response.content.decode()
    assert "Two posts." in page
    kept = Evidence.objects.get()
    assert f'value="{kept.pk}"' in page
    assert ContributionDraft.objects.get().account == "Two posts."
    client.post(address(question), {**ANSWER, "evidence": [kept.pk]})
    assert list(Contribution.objects.get().evidence.all()) == [kept]


def test_a_draft_is_its_authors_alone(office, question):
    client = browsing(make.contact("fps-foreign-affairs"))
    client.post(address(question), {"account": "Half a sent", "language": "en", "after": "0", "draft": "1"})
    assert "Half a sent" in client.get(address(question)).content.decode()
    colleague = browsing(make.contact("fps-foreign-affairs", "Colleague"))
    assert "Half a sent" not in colleague.get(address(question)).content.decode()
    assert "Half a sent" not in browsing(make.secretary()).get(address(question)).content.decode()


def test_who_judges_judges_what_they_have_read(office, question):
    make.told(question, account="First words.")
    bureau = browsing(make.secretary())
    assert 'name="version" value="1"' in bureau.get(address(question)).content.decode()
    make.told(question, account="Second words.", after=1)
    bureau.post(address(question, "judge"), {"version": "1", "accept": "1"})
    assert not Contribution.objects.get(version=1).verdicts.exists()
    bureau.post(address(question, "judge"), {"version": "2", "ask": "1", "remark": "Which posts?"})
    assert Contribution.objects.get(version=2).verdicts.get().remark == "Which posts?"


def test_a_closed_round_takes_no_answer_and_says_so(office, question):
    bureau = browsing(make.secretary())
    bureau.post(at("close-round", "be-2015-2019", 1))
    client = browsing(make.contact("fps-foreign-affairs"))
    assert "<textarea" not in client.get(address(question)).content.decode()
    client.post(address(question), ANSWER)
    assert not Contribution.objects.exists()


def test_the_past_is_shown_and_not_changed(office, question):
    make.told(question, account="Told in February.")
    page = browsing(make.secretary()).get(address(question) + "?on=2017-01-15").content.decode()
    assert "Told in February." not in page
    assert "As it was known on 15 January 2017" in page
    assert "Accept for the report" not in page


def test_a_round_asks_only_whom_the_bureau_left_in(db):
    plan = make.accepted_plan()
    bureau = browsing(make.secretary())
    terms = {
        "title": "Spring",
        "period_from": "2016-07-01",
        "period_to": "2016-12-31",
        "deadline_on": "2017-04-01",
        "kinds": ["measure"],
        "also": "M04",
    }
    page = bureau.get(at("open-round", plan.code), terms).content.decode()
    assert "nobody: it has no owner" in page
    bureau.post(at("open-round", plan.code), {**terms, "measure": ["M01", "M04"]})
    asked = queries.round_board(make.secretary(), plan.rounds.get(), make.DAY)
    assert {one.question.measure.reference for row in asked.rows for one in row.questions} == {"M01"}


def test_an_owner_is_given_and_ended_with_days(office):
    bureau = browsing(make.secretary())
    organisation = make.organisation("fps-justice")
    nobody = make.measure(office.plan, "M04").ownerships.get()
    told = {"organisation": organisation.pk, "role": "lead", "instead_of": nobody.pk}
    bureau.post(at("give-owner", "be-2015-2019", "M04"), told)
    state = make.state(office.plan, "M04")
    assert [one.name for one in state.owners if one.kind != "undecided"] == ["FPS Justice"]
    given = state.owners[-1].ownership
    told = {"last": "2017-03-01", "reason": "The Cell decided otherwise."}
    bureau.post(at("end-owner", "be-2015-2019", "M04", given.pk), told)
    assert make.state(office.plan, "M04", on=date(2017, 3, 2)).has_no_owner


def test_an_evaluation_ends_what_was_due(office):
    bureau = browsing(make.secretary())
    told = {"held_on": "2017-02-20", "summary": "It works.", "language": "en"}
    bureau.post(at("evaluation", "be-2015-2019", "M03"), told)
    assert make.state(office.plan, "M03").evaluations[0].summary == "It works."
    ahead = bureau.post(at("evaluation", "be-2015-2019", "M03"), {**told, "held_on": "2018-01-01"})
    assert "has not come yet" in errors(ahead)


def test_the_brief_names_what_is_late_and_what_was_not_answered(office):
    page = browsing(make.secretary()).get(at("brief", "be-2015-2019", "be", "college")).content.decode()
    assert "Late (1)" in page
    assert "Collect the rulings" in page
    assert "Questions without an answer" in page


def test_the_report_is_the_same_twice_and_refuses_a_template_that_cannot_be_filled(office, question):
    bureau = browsing(make.secretary())
    told = make.told(question)
    bureau.post(address(question, "judge"), {"version": told.version, "accept": "1"})
    period = {"period_from": "2016-07-01", "period_to": "2016-12-31", "language": "fr"}
    where = reverse("reporting:government-docx", args=["be-2015-2019"])
    one, two = bureau.get(where, period), bureau.get(where, period)
    assert one.content == two.content
    words = "\n".join(part.text for part in docx.Document(io.BytesIO(one.content)).paragraphs)
    assert "Two posts were informed." in words
    broken = docx.Document()
    broken.add_paragraph("{{ plan_title")
    file = io.BytesIO()
    broken.save(file)
    handed = {"language": "fr", "file": SimpleUploadedFile("own.docx", file.getvalue())}
    assert "could not be filled" in errors(bureau.post(reverse("reporting:templates"), handed))
    own = docx.Document()
    own.add_paragraph("Our own: {{ plan_title }}")
    file = io.BytesIO()
    own.save(file)
    bureau.post(
        reverse("reporting:templates"),
        {"language": "fr", "file": SimpleUploadedFile("own.docx", file.getvalue())},
    )
    made = docx.Document(io.BytesIO(bureau.get(where, period).content))
    assert made.paragraphs[0].text == "Our own: Action Plan 2015–2019"
    bureau.post(reverse("reporting:restore", args=["fr"]))
    assert bureau.get(where, period).content == one.content


def test_the_office_puts_its_own_layout_of_the_pdf_in_place_and_goes_back(office):
    bureau = browsing(make.secretary())
    period = {"period_from": "2016-07-01", "period_to": "2016-12-31", "language": "fr"}
    where, templates = (
        reverse("reporting:government-pdf", args=["be-2015-2019"]),
        reverse("reporting:templates"),
    )
    original = bureau.get(where, period).content
    broken = {"layout": SimpleUploadedFile("own.typ", b"#set document(title: [Ours])\n#nothing")}
    assert "line 2: unknown variable: nothing" in errors(bureau.post(templates, broken))
    own = b'#set document(title: "Ours")\n#set text(lang: json(bytes(sys.inputs.report)).language)\nOurs'
    bureau.post(templates, {"layout": SimpleUploadedFile("own.typ", own)})
    assert bureau.get(reverse("reporting:layout")).content == own
    assert len(bureau.get(where, period).content) < len(original)
    bureau.post(reverse("reporting:restore-layout"))
    assert bureau.get(where, period).content == original
