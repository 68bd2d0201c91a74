"""From a document to measures: nothing is lost, nothing is taken unseen."""

from dataclasses import replace
from datetime import date

import pytest

from palermo.audit.models import Entry
from palermo.errors import Refused
from palermo.organisations.directory import load
from palermo.plan import actions, files, queries
from palermo.plan.models import ImportedRow, Measure, Obligation, Wording
from palermo.plan.rules.said import ReadRow, from_row
from palermo.plan.tests import make

pytestmark = pytest.mark.django_db


def rows(made, decision="waiting"):
    return list(ImportedRow.objects.filter(imported__plan=made, decision=decision).order_by("pk"))


def counts(found):
    return {key: value for key, value in queries.counts(make.secretary(), found).items() if value}


def said(row):
    return from_row(ReadRow(row.kind, row.section, row.text, row.reading), load())


def with_text(row, text, **rest):
    return {**row, "text": text, **rest}


def test_what_was_read_waits_for_a_person_and_nothing_is_promised_yet():
    made = make.plan()
    found = make.imported(made)
    assert counts(found) == {"added": 8, "waiting": 8}
    assert Measure.objects.count() == 0


def test_the_document_is_kept_under_its_own_content():
    found = make.imported(make.plan())
    assert files.path(found.sha256).read_bytes() == b"a plan"


def test_accepting_everything_makes_measures_in_the_documents_order():
    made = make.accepted_plan()
    references = [one.reference for one in queries.as_of(make.secretary(), made, make.DAY)]
    assert references == ["M01", "M02", "M03", "M04", "M05", "M06", "T01", "P01"]
    assert make.state(made, "M01").wording.text == make.LEAFLET["text"]
    assert rows(made) == []


def test_a_row_accepted_alone_keeps_the_number_of_its_place():
    made = make.plan()
    make.imported(made)
    third = rows(made)[2]
    assert actions.accept(by=make.secretary(), row=third, on=make.ADOPTED).reference == "M03"


def test_the_same_document_again_adds_and_changes_nothing():
    made = make.accepted_plan()
    again = make.imported(made, on=make.DAY)
    assert counts(again) == {"unchanged": 8}
    assert actions.accept_all(by=make.secretary(), plan=made, on=make.DAY) == 0
    assert Wording.objects.count() == 8


def test_the_same_document_again_before_anybody_decided_adds_no_second_row():
    made = make.plan()
    make.imported(made)
    again = make.imported(made)
    assert counts(again) == {"unchanged": 8, "waiting": 8}
    assert actions.accept_all(by=make.secretary(), plan=made, on=make.ADOPTED) == 9
    assert Measure.objects.count() == 8


def test_a_later_document_shows_only_what_differs():
    made = make.accepted_plan()
    moved = {**make.RULINGS, "timing": make.timing("2018")}
    new = make.row("7.5", "Write a tool for trade unions", "2019", make.FOREIGN)
    later = make.imported(
        made, make.document(make.LEAFLET, moved, *make.ROWS[3:], new, courses=[make.training()]), on=make.DAY
    )
    assert counts(later) == {"added": 1, "changed": 1, "unchanged": 5, "missing": 2, "waiting": 4}
    assert [(one.difference, one.parts) for one in rows(made)] == [
        ("changed", ["timing"]),
        ("added", []),
        ("missing", []),
        ("missing", []),
    ]


def test_an_accepted_change_is_a_new_wording_and_the_earlier_one_stays():
    made = make.accepted_plan()
    moved = {**make.RULINGS, "timing": make.timing("2018")}
    make.imported(made, make.document(make.LEAFLET, moved, *make.ROWS[2:]), on=make.DAY)
    actions.accept_all(by=make.secretary(), plan=made, on=make.DAY)
    assert make.state(made, "M02").wording.latest == date(2018, 12, 31)
    assert make.state(made, "M02", date(2016, 6, 30)).wording.latest == date(2016, 12, 31)


def test_accepting_everything_withdraws_nothing():
    made = make.accepted_plan()
    make.imported(made, make.document(make.LEAFLET), on=make.DAY)
    actions.accept_all(by=make.secretary(), plan=made, on=make.DAY)
    assert len(queries.as_of(make.secretary(), made, make.DAY)) == 8
    assert {one.difference for one in rows(made)} == {"missing"}


def test_what_is_missing_cannot_be_accepted_only_withdrawn_with_a_reason_or_kept():
    made = make.accepted_plan()
    make.imported(made, make.document(*make.ROWS[1:]), on=make.DAY)
    row = next(one for one in rows(made) if one.kind == "measure")
    with pytest.raises(Refused, match="nothing is withdrawn"):
        actions.accept(by=make.secretary(), row=row, on=make.DAY)
    with pytest.raises(Refused, match="reason"):
        actions.withdraw_measure(by=make.secretary(), measure=row.measure, reason=" ", on=make.DAY)
    actions.withdraw_measure(by=make.secretary(), measure=row.measure, reason="Done in plan 1.", on=make.DAY)
    row.refresh_from_db()
    assert row.decision == "accepted"
    assert make.state(made, "M01") is None
    assert make.state(made, "M01", date(2016, 6, 30)) is not None


def test_a_measure_that_was_kept_is_not_reported_missing_to_be_decided_twice():
    made = make.accepted_plan()
    shorter = make.document(*make.ROWS[1:], courses=[make.training()])
    make.imported(made, shorter, on=make.DAY)
    for row in rows(made):
        actions.reject(by=make.secretary(), row=row, reason="It stays.", on=make.DAY)
    again = make.imported(made, shorter, on=make.DAY)
    assert counts(again) == {"unchanged": 6, "missing": 2}
    assert make.state(made, "M01") is not None


def test_a_missing_measure_that_comes_back_no_longer_waits():
    made = make.accepted_plan()
    make.imported(made, make.document(*make.ROWS[1:]), on=make.DAY)
    make.imported(made, on=make.DAY)
    assert rows(made) == []


def test_a_document_that_goes_back_takes_the_waiting_change_away():
    made = make.accepted_plan()
    reworded = make.document(with_text(make.LEAFLET, make.LEAFLET["text"] + " abroad"), *make.ROWS[1:])
    make.imported(made, reworded, on=make.DAY)
    make.imported(made, reworded, on=make.DAY)
    assert [one.difference for one in rows(made) if one.kind == "measure"] == ["changed"]
    make.imported(made, on=make.DAY)
    assert rows(made) == []


def test_a_mended_row_says_what_the_person_wrote_and_keeps_the_reading_beside_it():
    made = make.plan()
    make.imported(made)
    row = rows(made)[0]
    better = replace(said(row), text="Prepare and hand out a leaflet")
    actions.mend(by=make.secretary(), row=row, said=better, on=make.ADOPTED, reason="Cut by a page break.")
    assert make.state(made, "M01").wording.text == "Prepare and hand out a leaflet"
    row.refresh_from_db()
    assert (row.decision, row.reading["text"]) == ("mended", make.LEAFLET["text"])
    assert make.state(made, "M01").wording.origin == row


def test_the_same_document_again_leaves_what_a_person_mended():
    made = make.plan()
    make.imported(made)
    row = rows(made)[0]
    actions.mend(by=make.secretary(), row=row, said=replace(said(row), text="Mended"), on=make.ADOPTED)
    again = make.imported(made)
    assert counts(again)["unchanged"] == 8
    assert make.state(made, "M01").wording.text == "Mended"


def test_a_new_date_for_a_mended_row_waits_for_eyes_and_then_changes_the_date_alone():
    made = make.plan()
    make.imported(made)
    row = rows(made)[0]
    actions.mend(by=make.secretary(), row=row, said=replace(said(row), text="Mended"), on=make.ADOPTED)
    moved = {**make.LEAFLET, "timing": make.timing("2018")}
    make.imported(made, make.document(moved, *make.ROWS[1:], courses=[make.training()]), on=make.DAY)
    actions.accept_all(by=make.secretary(), plan=made, on=make.DAY)
    waiting = next(one for one in rows(made) if one.difference == "changed")
    actions.accept(by=make.secretary(), row=waiting, on=make.DAY)
    wording = make.state(made, "M01").wording
    assert (wording.text, wording.timing_text) == ("Mended", "2018")


def test_a_cell_with_two_measures_is_split_and_the_first_keeps_the_number():
    made = make.plan()
    make.imported(made)
    row = rows(made)[0]
    pieces = [replace(said(row), text="Write a leaflet"), replace(said(row), text="Hand it out")]
    found = actions.split(by=make.secretary(), row=row, pieces=pieces, on=make.ADOPTED)
    assert [one.reference for one in found] == ["M01", "M07"]
    assert counts(make.imported(made))["unchanged"] == 8


def test_a_row_that_was_split_is_split_again_or_not_taken_at_all():
    made = make.plan()
    make.imported(made)
    row = rows(made)[0]
    pieces = [replace(said(row), text="Write a leaflet"), replace(said(row), text="Hand it out")]
    actions.split(by=make.secretary(), row=row, pieces=pieces, on=make.ADOPTED)
    longer = make.document(with_text(make.LEAFLET, make.LEAFLET["text"] + " abroad"), *make.ROWS[1:])
    make.imported(made, longer, on=make.DAY)
    actions.accept_all(by=make.secretary(), plan=made, on=make.DAY)
    waiting = next(one for one in rows(made) if one.difference == "changed")
    with pytest.raises(Refused, match="split or merged"):
        actions.accept(by=make.secretary(), row=waiting, on=make.DAY)
    pieces = [replace(one, text=one.text + " abroad") for one in pieces]
    found = actions.split(by=make.secretary(), row=waiting, pieces=pieces, on=make.DAY)
    assert [one.reference for one in found] == ["M01", "M07"]
    assert make.state(made, "M07").wording.text == "Hand it out abroad"


def test_several_rows_become_one_measure():
    made = make.plan()
    make.imported(made)
    first, second = rows(made)[:2]
    whole = replace(said(first), text="Leaflet and rulings")
    found = actions.merge(by=make.secretary(), plan=made, rows=[first, second], said=whole, on=make.ADOPTED)
    assert found.reference == "M01"
    assert make.state(made, "M02") is None
    actions.accept_all(by=make.secretary(), plan=made, on=make.ADOPTED)
    assert make.state(made, "M03").wording.text == make.ASSESS["text"]


def test_a_measure_and_a_training_cycle_do_not_become_one():
    made = make.plan()
    make.imported(made)
    chosen = [rows(made)[0], next(one for one in rows(made) if one.kind == "training")]
    with pytest.raises(Refused, match="same kind"):
        actions.merge(by=make.secretary(), plan=made, rows=chosen, said=said(chosen[0]), on=make.ADOPTED)


def test_a_rejected_row_is_no_measure_and_does_not_come_back():
    made = make.plan()
    make.imported(made)
    actions.reject(by=make.secretary(), row=rows(made)[1], reason="A heading.", on=make.ADOPTED)
    again = make.imported(made)
    assert counts(again)["unchanged"] == 8
    assert make.state(made, "M02") is None


def test_a_row_is_decided_once():
    made = make.plan()
    make.imported(made)
    row = rows(made)[0]
    actions.accept(by=make.secretary(), row=row, on=make.ADOPTED)
    with pytest.raises(Refused, match="decided about this row already"):
        actions.reject(by=make.secretary(), row=row, reason="No.", on=make.ADOPTED)


def test_a_measure_is_reworded_from_a_day_on_and_its_number_stays():
    made = make.accepted_plan()
    one = make.measure(made, "M01")
    new = replace(queries.said_on(one, make.DAY), text="Prepare a film")
    actions.reword(by=make.secretary(), measure=one, said=new, reason="Decided in the Bureau.", on=make.DAY)
    assert make.state(made, "M01").wording.text == "Prepare a film"
    assert make.state(made, "M01", date(2016, 6, 30)).wording.text == make.LEAFLET["text"]


def test_a_clause_of_the_plan_binds_every_measure_of_its_topics():
    made = make.accepted_plan()
    assert Obligation.objects.get().section.number == "8.3"
    duty = make.state(made, "M05").duty
    assert (duty.source, duty.section, duty.place["line"]) == ("obligation", "8.3", 90)
    assert make.state(made, "T01").duty.source == "obligation"
    assert make.state(made, "M03").duty.source == "own-words"
    assert make.state(made, "M01").duty is None


def test_a_clause_that_was_rejected_binds_nobody():
    made = make.plan()
    bound = {**make.SCHOOLS, "evaluation": "8.3"}
    make.imported(made, make.document(bound, clauses=[make.CLAUSE]))
    clause = next(one for one in rows(made) if one.kind == "obligation")
    actions.reject(by=make.secretary(), row=clause, reason="It speaks of laws.", on=make.ADOPTED)
    actions.accept_all(by=make.secretary(), plan=made, on=make.ADOPTED)
    assert make.state(made, "M01").duty is None


def test_a_reworded_clause_takes_the_place_of_the_earlier_one():
    made = make.accepted_plan()
    narrower = {**make.CLAUSE, "text": make.CLAUSE["text"] + " From 2018.", "topics": ["training"]}
    make.imported(made, {**make.WHOLE, "obligations": [narrower]}, on=make.DAY)
    actions.accept_all(by=make.secretary(), plan=made, on=make.DAY)
    assert make.state(made, "M05").duty is None
    assert make.state(made, "M05", date(2016, 6, 30)).duty is not None


def test_owners_are_linked_where_the_directory_knows_them_and_kept_in_words_where_not():
    made = make.accepted_plan(
        make.document(
            make.row("1", "Do something", "2016", make.owner("Agency X"), make.FOREIGN, make.NOBODY)
        )
    )
    found = [(one.name, one.kind) for one in make.state(made, "M01").owners]
    assert found == [
        ("Agency X", "party"),
        (make.organisation("fps-foreign-affairs").name, "party"),
        ("To be discussed", "undecided"),
    ]


def test_an_owner_that_the_bureau_gave_stays_when_the_document_changes_the_date():
    made = make.accepted_plan()
    group = make.measure(made, "M04")
    actions.assign_owner(
        by=make.secretary(),
        measure=group,
        organisation=make.organisation("fps-justice"),
        role="lead",
        instead_of=group.ownerships.get(),
        on=date(2016, 5, 1),
    )
    moved = {**make.GROUP, "timing": make.timing("2019")}
    make.imported(made, make.document(*make.ROWS[:3], moved, *make.ROWS[4:]), on=make.DAY)
    actions.accept_all(by=make.secretary(), plan=made, on=make.DAY)
    after = make.state(made, "M04")
    assert [one.ownership.organisation.code for one in after.owners] == ["be/fps-justice"]
    assert after.wording.timing_text == "2019"


def test_new_owners_in_a_document_follow_the_earlier_ones():
    made = make.accepted_plan()
    other = {**make.LEAFLET, "owners": [make.owner("FPS Justice", "fps-justice"), make.BUREAU_WITH]}
    make.imported(made, make.document(other, *make.ROWS[1:]), on=make.DAY)
    actions.accept_all(by=make.secretary(), plan=made, on=make.DAY)
    codes = [one.ownership.organisation.code for one in make.state(made, "M01").owners]
    assert sorted(codes) == ["be/bureau", "be/fps-justice"]
    before = [one.ownership.organisation.code for one in make.state(made, "M01", date(2017, 2, 28)).owners]
    assert before == ["be/fps-foreign-affairs", "be/bureau"]


def test_a_plan_is_known_from_its_first_day_even_when_it_is_imported_years_later():
    made = make.accepted_plan(on=date(2026, 11, 23))
    assert len(queries.as_of(make.secretary(), made, date(2017, 3, 1))) == 8
    assert len(queries.as_of(make.secretary(), made, date(2014, 1, 1))) == 8


def test_every_decision_leaves_its_entry_in_the_trail():
    made = make.plan()
    make.imported(made)
    row = rows(made)[0]
    actions.reject(by=make.secretary(), row=row, reason="A heading.", on=make.ADOPTED)
    entry = Entry.objects.get(record=f"plan.importedrow:{row.pk}")
    assert (entry.action, entry.actor_name) == ("plan.reject", "Ana")


@pytest.mark.parametrize("somebody", [make.reader, make.administrator, lambda: make.contact("fps-justice")])
def test_only_the_bureau_decides_about_rows_and_sees_them(somebody):
    made = make.plan()
    make.imported(made)
    row = rows(made)[0]
    with pytest.raises(Refused, match="role does not allow"):
        actions.accept(by=somebody(), row=row, on=make.ADOPTED)
    assert queries.review(somebody(), made, make.DAY) == []
    assert len(queries.review(make.secretary(), made, make.DAY)) == 9
