"""What a measure's story tells: what documents said, what a person decided and when, what changed."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from palermo.organisations.directory import load
from palermo.plan import actions, queries
from palermo.plan.models import ImportedRow
from palermo.plan.rules.said import OwnerSaid, ReadRow, from_row
from palermo.plan.tests import make

pytestmark = pytest.mark.django_db


def test_what_the_bureau_does_of_itself_is_no_change_of_the_week():
    made = make.accepted_plan()
    make.contact("college")
    opened = make.opened(made, on=date(2017, 2, 27))
    college = make.organisation("college")
    actions.remind(by=make.secretary(), round=opened, organisation=college, link="https://x", on=make.DAY)
    make.told(make.question(opened, "M02", "college"), on=make.DAY)
    found = queries.who_owes_me(make.secretary(), made, make.DAY)
    assert [one.what for one in found.changed] == ["told"]
    owner = next(one for one in found.owners if one.organisation == college)
    assert [one.what for one in owner.changed] == ["told"]


SAID = date(2015, 1, 1)  # a plan's first document is known from the first day of the plan


def rows(made, kind="measure"):
    return list(ImportedRow.objects.filter(imported__plan=made, kind=kind, decision="waiting").order_by("pk"))


def told(row):
    return from_row(ReadRow(row.kind, row.section, row.text, row.reading), load())


def story(made, reference="M01", on=make.DAY, user=None):
    measure = make.measure(made, reference)
    return [(one.what, one.on, one.by) for one in queries.story(user or make.secretary(), measure, on)]


@pytest.fixture
def waiting():
    """A plan of which every row waits."""
    made = make.plan()
    make.imported(made)
    return made


def test_a_document_speaks_on_its_day_and_who_accepts_it_on_theirs(waiting):
    actions.accept(by=make.secretary(), row=rows(waiting)[1], on=make.DAY)
    assert story(waiting, "M02") == [
        ("said", SAID, "plan.docx"),
        ("owner", SAID, "plan.docx"),
        ("row-accepted", make.DAY, "Ana"),
    ]
    assert story(waiting, "M02", on=date(2017, 2, 28)) == story(waiting, "M02")[:2]


def test_words_and_owners_typed_by_hand_stand_on_the_day_on_which_they_were_typed(waiting):
    row = rows(waiting)[0]
    justice = OwnerSaid("FPS Justice", "be/fps-justice", "lead", "party", "decided")
    better = replace(told(row), text="Prepare a film", owners=(*told(row).owners, justice))
    actions.mend(by=make.secretary(), row=row, said=better, reason="The page broke off.", on=make.DAY)
    assert story(waiting) == [
        ("said", SAID, "plan.docx"),
        ("owner", SAID, "plan.docx"),
        ("owner", SAID, "plan.docx"),
        ("owner", make.DAY, "Ana"),
        ("row-mended", make.DAY, "Ana"),
    ]
    shown = page(make.measure(waiting, "M01"), make.secretary())
    assert make.LEAFLET["text"] in shown, "the document's own words, which the title no longer has"
    assert "The Bureau mended it: The page broke off." in shown


def test_splitting_and_merging_leave_their_trace_in_every_measure_that_came_of_them(waiting):
    first, second, third = rows(waiting)[:3]
    pieces = [replace(told(first), text="Write it"), replace(told(first), text="Print it")]
    made = actions.split(by=make.secretary(), row=first, pieces=pieces, reason="Two things.", on=make.DAY)
    for one in made:
        assert [what for what, _on, _by in story(waiting, one.reference) if what != "owner"] == [
            "said",
            "row-split",
        ]
    whole = replace(told(second), text="Both")
    actions.merge(by=make.secretary(), plan=waiting, rows=[second, third], said=whole, on=make.DAY)
    found = [what for what, _on, _by in story(waiting, "M02") if what != "owner"]
    assert found == ["said", "said", "row-merged"]
    assert [what for what, _on, _by in story(waiting, "M02", user=make.reader()) if what != "owner"] == [
        "said",
        "row-merged",
    ]


def test_a_change_that_was_refused_and_a_measure_that_was_kept_say_so_with_the_reason():
    made = make.accepted_plan()
    later = {**make.LEAFLET, "timing": make.timing("2019")}
    make.imported(made, make.document(later, *make.ROWS[2:]), on=date(2017, 2, 1))
    for row in rows(made):
        actions.reject(by=make.secretary(), row=row, reason="A slip of the pen.", on=make.DAY)
    assert story(made)[-2:] == [
        ("said", date(2017, 2, 1), "plan.docx"),
        ("row-rejected", make.DAY, "Ana"),
    ]
    assert [what for what, _on, _by in story(made, "M02")][-2:] == ["gone", "kept"]
    assert "The Bureau kept it in the plan: A slip of the pen." in page(
        make.measure(made, "M02"), make.secretary()
    )
    assert "row-rejected" not in {what for what, _on, _by in story(made, user=make.reader())}


def test_a_later_document_names_its_owners_itself_and_a_persons_own_acts_stay_theirs():
    made = make.accepted_plan()
    other = {**make.LEAFLET, "owners": [make.owner("FPS Justice", "fps-justice"), make.BUREAU_WITH]}
    make.imported(made, make.document(other, *make.ROWS[1:]), on=date(2017, 2, 1))
    actions.accept_all(by=make.secretary(), plan=made, on=make.DAY)
    assert ("owner-ended", date(2017, 2, 1), "plan.docx") in story(made)
    assert ("owner", date(2017, 2, 1), "plan.docx") in story(made)
    one = make.measure(made, "M01")
    actions.reword(
        by=make.secretary(),
        measure=one,
        said=replace(queries.said_on(one, make.DAY), text="A film"),
        reason="Decided.",
        on=make.DAY,
    )
    assert story(made)[-1] == ("reworded", make.DAY, "Ana")


def page(measure, user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.get(reverse("plan:measure", args=[measure.plan.code, measure.reference])).content.decode()
