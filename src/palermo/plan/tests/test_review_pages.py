"""Deciding about rows in the browser: nothing is taken unseen, and what was decided can be read again."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from palermo.plan import actions
from palermo.plan.models import ImportedRow, Measure
from palermo.plan.tests import make

pytestmark = pytest.mark.django_db
DOUBTFUL = make.row("6.1", "Inform the posts", "2016", make.FOREIGN, doubts=["inherited-cell"], line=7)
BROKEN = {
    "code": "broken-reference",
    "message": "“see 6.3” refers to a section that does not exist or deals with something else.",
    "place": {"line": 337},
}


@pytest.fixture
def bureau():
    client = Client()
    client.force_login(make.secretary(), backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def plan():
    """A plan with three rows that wait, about one of which and about whose document there are doubts."""
    made = make.plan()
    make.imported(made, {**make.document(make.LEAFLET, make.RULINGS, DOUBTFUL), "doubts": [BROKEN]})
    return made


def at(name, *args):
    return reverse(f"plan:{name}", args=args)


def row(plan, text):
    return ImportedRow.objects.get(imported__plan=plan, text__startswith=text)


def shown(bureau, address, **asked):
    return bureau.get(address, asked).content.decode()


def test_accepting_all_is_asked_back_with_the_rows_about_which_there_are_doubts(plan, bureau):
    page = shown(bureau, at("accept-all", plan.code))
    assert "3 rows would be taken as they were read. The reader had doubts about 1 of them." in page
    assert "Inform the posts" in page
    assert "Collect the rulings" not in page
    assert not Measure.objects.exists()
    bureau.post(at("decide", plan.code), {"what": "all"})
    assert not Measure.objects.exists(), "the list itself takes nothing in one click"
    bureau.post(at("accept-all", plan.code))
    assert Measure.objects.count() == 3


def test_what_needs_a_persons_eyes_is_said_to_keep_waiting(bureau):
    made = make.accepted_plan()
    make.imported(made, make.document(*make.ROWS[1:]), on=make.DAY)
    page = shown(bureau, at("accept-all", made.code))
    assert "0 rows would be taken" in page
    assert "keep waiting" in page
    assert "Accept them all" not in page


@pytest.mark.parametrize("verb", ["take", "refuse", "decide", "accept-all", "row"])
def test_after_a_decision_the_list_is_narrowed_as_before(plan, bureau, verb):
    chosen = row(plan, "Prepare a leaflet")
    keys = [plan.code] if verb in {"decide", "accept-all"} else [plan.code, chosen.pk]
    told = {"reason": "No.", "only": chosen.pk, "text": "Words", "owners-TOTAL_FORMS": 0}
    response = bureau.post(f"{at(verb, *keys)}?show=measure", {**told, "owners-INITIAL_FORMS": 0})
    assert response["Location"] == at("review", plan.code) + "?show=measure"


def test_a_number_of_five_thousand_digits_is_no_row_no_line_and_no_measure(plan, bureau):
    endless, chosen = "1" * 5000, row(plan, "Prepare a leaflet")
    assert bureau.post(at("decide", plan.code), {"row": endless}).status_code == 302
    told = {"more": "1", "pieces-TOTAL_FORMS": endless, "pieces-INITIAL_FORMS": 0}
    assert bureau.post(at("split", plan.code, chosen.pk), told).status_code == 200
    report = make.report_read().report
    assert (
        bureau.post(reverse("plan:decide-recommendations", args=[report.pk]), {"row": endless}).status_code
        == 302
    )
    assert bureau.get(at("register", plan.code), {"q": f"M{endless}"}).status_code == 200
    assert bureau.get(at("measure", plan.code, f"M{endless}")).status_code == 404
    assert not Measure.objects.exists()


def test_every_form_of_a_row_and_of_the_list_keeps_the_filter(plan, bureau):
    page = shown(bureau, at("review", plan.code), show="measure")
    chosen = row(plan, "Prepare a leaflet")
    assert f'href="{at("row", plan.code, chosen.pk)}?show=measure"' in page
    assert f'action="{at("decide", plan.code)}?show=measure"' in page
    page = shown(bureau, at("row", plan.code, chosen.pk), show="measure")
    for verb in ("take", "refuse", "split"):
        assert f'"{at(verb, plan.code, chosen.pk)}?show=measure"' in page


def test_what_was_decided_is_listed_with_its_outcome_and_reason_and_exported(plan, bureau):
    refused, taken = row(plan, "Prepare a leaflet"), row(plan, "Collect the rulings")
    actions.reject(by=make.secretary(), row=refused, reason="A heading.", on=make.DAY)
    actions.accept(by=make.secretary(), row=taken, on=make.DAY)
    page = shown(bureau, at("review", plan.code), show="decided")
    assert "Decided 2" in page
    assert "Refused" in page
    assert "A heading." in page
    assert "Accepted as read" in page
    assert "Inform the posts" not in page
    lines = list(
        csv.reader(io.StringIO(shown(bureau, at("review-export", plan.code, "csv"), show="decided")))
    )
    assert [line[6:] for line in lines[1:]] == [
        ["refused", "2017-03-01", "Ana", "A heading."],
        ["accepted as read", "2017-03-01", "Ana", ""],
    ]


def test_decided_rows_are_found_when_nothing_waits_any_more(plan, bureau):
    bureau.post(at("accept-all", plan.code))
    assert "Decided 3" in shown(bureau, at("review", plan.code))


def test_a_rows_page_says_what_was_decided_and_why(plan, bureau):
    refused = row(plan, "Prepare a leaflet")
    actions.reject(by=make.secretary(), row=refused, reason="A heading.", on=make.DAY)
    page = shown(bureau, at("row", plan.code, refused.pk))
    assert "Refused" in page
    assert "A heading." in page
    assert "1 March 2017" in page


def test_a_missing_measure_that_was_kept_says_so(bureau):
    made = make.accepted_plan()
    make.imported(made, make.document(*make.ROWS[1:]), on=make.DAY)
    gone = ImportedRow.objects.filter(difference="missing", kind="measure").get()
    actions.reject(by=make.secretary(), row=gone, reason="An oversight.", on=make.DAY)
    page = shown(bureau, at("row", made.code, gone.pk))
    assert "Kept in the plan" in page
    assert "An oversight." in page


def test_a_documents_doubts_are_shown_with_their_words_and_place_where_doubts_are_reviewed(plan, bureau):
    for page in (
        shown(bureau, at("review", plan.code), show="doubts"),
        shown(bureau, at("documents", plan.code)),
    ):
        assert "see 6.3</q>" in page
        assert "line 337" in page
    assert "see 6.3" not in shown(bureau, at("review", plan.code))


LINES = {"owners-TOTAL_FORMS": 0, "owners-INITIAL_FORMS": 0}


def merging(plan, *texts):
    return at("merge", plan.code) + "?" + "&".join(f"row={row(plan, one).pk}" for one in texts)


def test_who_merges_rows_sees_what_each_says_and_chooses_where_they_differ(plan, bureau):
    address = merging(plan, "Prepare a leaflet", "Collect the rulings")
    page = bureau.get(address)
    words = page.content.decode()
    for said in ("Late 2015", "2016", "4.2", "3.3", "FPS Foreign Affairs", "College of"):
        assert said in words
    form = page.context["form"]
    assert form["section"].value() == form["timing"].value() == ""
    response = bureau.post(address, {"text": "Both", **LINES})
    assert list(response.context["form"].errors) == ["section_of", "timing_of", "owners_of"]
    assert not Measure.objects.exists()


def test_merged_rows_say_what_was_chosen_from_each(plan, bureau):
    address = merging(plan, "Prepare a leaflet", "Collect the rulings")
    chosen = {"section_of": "1", "timing_of": "0", "owners_of": "together"}
    bureau.post(address, {"text": "Both", **chosen, **LINES})
    state = make.state(plan, "M01")
    assert (state.wording.section.number, state.wording.timing_text) == ("3.3", "Late 2015")
    assert {one.name for one in state.owners} == {
        make.organisation(code).name for code in ("fps-foreign-affairs", "bureau", "college")
    }


def test_what_merged_rows_say_alike_is_filled_in_and_asked_no_more(bureau):
    made = make.plan()
    make.imported(made, make.document(make.LEAFLET, {**make.LEAFLET, "text": "Hand the leaflet out"}))
    address = merging(made, "Prepare a leaflet", "Hand the leaflet")
    form = bureau.get(address).context["form"]
    assert (form.differ, form["timing"].value()) == ([], "Late 2015")


def test_an_owner_still_to_be_decided_does_not_join_those_who_are_known(bureau):
    made = make.plan()
    make.imported(made, make.document(make.LEAFLET, make.GROUP))
    address = merging(made, "Prepare a leaflet", "Form a working group")
    chosen = {"section_of": "0", "timing_of": "0", "owners_of": "together"}
    bureau.post(address, {"text": "Both", **chosen, **LINES})
    assert {one.kind for one in make.state(made, "M01").owners} == {"party"}


def test_a_reason_that_is_missing_is_asked_for_beside_its_field(plan, bureau):
    chosen = row(plan, "Prepare a leaflet")
    response = bureau.post(at("refuse", plan.code, chosen.pk), {"refuse-reason": " "})
    assert list(response.context["refuse"].errors) == ["reason"]
    assert "Prepare a leaflet" in response.content.decode()


def test_who_decides_too_late_is_told_so_on_the_rows_page(plan, bureau):
    chosen = row(plan, "Prepare a leaflet")
    actions.accept(by=make.secretary(), row=chosen, on=make.DAY)
    for verb, told in (
        ("refuse", {"refuse-reason": "A heading."}),
        ("row", {"text": "My words", "owners-TOTAL_FORMS": 0, "owners-INITIAL_FORMS": 0}),
    ):
        page = bureau.post(at(verb, plan.code, chosen.pk), told).content.decode()
        assert "Somebody has decided about this row already" in page
        assert "Accepted as read" in page
