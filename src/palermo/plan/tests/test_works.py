"""Notes and studies: declared, handed over, handed in, finished, given up; who sees which version."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from palermo.accounts.models import RoleKind
from palermo.errors import Refused
from palermo.plan import actions, files, queries
from palermo.plan.actions import HandedIn, WorkSaid
from palermo.plan.models import Work, WorkVersion
from palermo.plan.tests import make

pytestmark = pytest.mark.django_db
DAY = make.DAY
LATER = date(2017, 7, 3)
QUESTION = {"kind": "expertise", "put_to": "The College", "question": "Is the client liable?"}


def standing(work, on=DAY, user=None):
    return queries.work_named(user or make.secretary(), work.plan, work.number, on)


def seen(user, work, on=DAY):
    """The numbers of the versions that somebody sees."""
    return [one.number for one in standing(work, on, user).versions]


def story(work, on=DAY, user=None):
    asker = user or make.secretary()
    return [one.what for one in queries.story_of_work(asker, standing(work, on, asker))]


@pytest.mark.parametrize(
    ("words", "kind", "window"),
    [
        ("late 2016", "window", (date(2016, 9, 1), date(2016, 12, 31))),
        ("by 30 June 2017", "window", (None, date(2017, 6, 30))),
        ("when the court has ruled", "relative", (None, None)),
        ("some day in 2017?", "unread", (None, None)),
        ("", "none", (None, None)),
    ],
)
def test_the_time_keeps_its_words_and_no_day_is_made_up(words, kind, window):
    one = standing(make.work(make.accepted_plan(), timing=words))
    assert (one.timing.text, one.timing.kind, (one.timing.earliest, one.timing.latest)) == (
        words,
        kind,
        window,
    )


def test_a_final_version_finishes_a_work_on_its_day_and_a_draft_does_not():
    work = make.work(make.accepted_plan(), "M01")
    make.version(work, on=date(2017, 2, 1))
    assert standing(work).state == "open"
    make.version(work, final=True, on=LATER)
    assert standing(work, LATER).state == "finished"
    assert standing(work, date(2017, 7, 2)).state == "open", "as it was known the day before"
    assert standing(work, date(2017, 7, 2)).late_since == date(2017, 7, 1)
    assert standing(work, LATER).late_since is None
    assert story(work, LATER) == ["declared", "draft", "final"]


def test_a_finished_work_takes_a_later_edition_and_no_draft():
    work = make.work(make.accepted_plan(), "M01")
    make.version(work, final=True)
    with pytest.raises(Refused, match="is finished"):
        make.version(work)
    second = make.version(work, final=True)
    assert standing(work).final == second


def test_a_draft_is_seen_by_the_bureau_its_owner_and_the_owners_of_its_measures():
    work = make.work(make.accepted_plan(), "M02", owner="fps-foreign-affairs")
    make.version(work)
    people = {
        "office": make.secretary(),
        "owner": make.contact("fps-foreign-affairs"),
        "measure": make.contact("college"),
        "other": make.contact("fps-labour"),
        "reader": make.reader(),
    }
    assert [name for name, one in people.items() if seen(one, work)] == ["office", "owner", "measure"]
    make.version(work, final=True)
    assert seen(people["reader"], work) == [2]
    assert seen(people["other"], work) == [2]
    overseer = make.person("Odile", "bureau", RoleKind.OVERSEER)
    assert queries.work_named(overseer, work.plan, work.number, DAY) is None


def test_lateness_is_told_to_those_who_see_drafts_alone():
    work = make.work(make.accepted_plan(), "M02", timing="2016")
    assert standing(work).late_since == date(2017, 1, 1)
    assert standing(work, user=make.contact("fps-foreign-affairs")).late_since == date(2017, 1, 1)
    assert standing(work, user=make.reader()).late_since is None


def test_who_wrote_a_draft_still_sees_it_when_another_organisation_goes_on():
    work = make.work(make.accepted_plan())
    make.version(work)
    before, after = make.contact("fps-foreign-affairs"), make.contact("fps-justice")
    actions.hand_over_work(
        by=make.secretary(), work=work, owner=make.organisation("fps-justice"), reason="It knows.", on=DAY
    )
    with pytest.raises(Refused, match="role does not allow"):
        make.version(work, by=before)
    make.version(work, by=after)
    assert seen(after, work) == [2, 1]
    assert seen(before, work) == [1]
    assert story(work) == ["declared", "draft", "handed-over", "draft"]
    earlier = standing(work, date(2017, 2, 28))
    assert earlier.terms.owner.code == "be/fps-foreign-affairs"


def test_what_was_marked_final_too_early_is_a_draft_again_for_everybody():
    work = make.work(make.accepted_plan())
    make.version(work, final=True, on=date(2017, 2, 1))
    assert seen(make.reader(), work) == [1]
    actions.resume_work(by=make.secretary(), work=work, reason="It was a draft.", on=DAY)
    assert standing(work).state == "open"
    assert standing(work).finals == ()
    assert seen(make.reader(), work) == []
    assert seen(make.reader(), work, date(2017, 2, 2)) == [], "nor as of the day on which it counted"
    assert seen(make.secretary(), work) == [1]
    make.version(work, final=True)
    assert seen(make.reader(), work) == [2]


def test_a_work_is_given_up_by_a_decision_and_can_be_taken_up_again():
    work = make.work(make.accepted_plan())
    giving = {"by": make.secretary(), "work": work, "on": DAY}
    with pytest.raises(Refused, match="needs the decision"):
        actions.give_up_work(**giving, decision=" ")
    with pytest.raises(Refused, match="neither finished nor given up"):
        actions.resume_work(**giving, reason="x")
    actions.give_up_work(**giving, decision="The Cell, 28 February 2017")
    with pytest.raises(Refused, match="was given up"):
        make.version(work, final=True)
    with pytest.raises(Refused, match="was given up"):
        actions.give_up_work(**giving, decision="Again")
    actions.resume_work(**giving, reason="It is needed after all.")
    make.version(work)
    assert story(work) == ["declared", "given-up", "resumed", "draft"]


def test_a_changed_work_keeps_what_was_said_before():
    made = make.accepted_plan()
    work = make.work(made, timing="2016")
    said = WorkSaid("note", "Memo on clients", "en", measures=[make.measure(made, "M01")], timing="late 2017")
    with pytest.raises(Refused, match="needs a reason"):
        actions.change_work(by=make.secretary(), work=work, said=said, reason="", on=DAY)
    actions.change_work(by=make.secretary(), work=work, said=said, reason="The Cell waits.", on=DAY)
    assert standing(work).late_since is None
    assert standing(work, date(2017, 2, 28)).late_since == date(2017, 1, 1)
    last = queries.story_of_work(make.secretary(), standing(work))[-1]
    assert (last.what, last.parts, last.record.reason) == ("changed", ("place", "timing"), "The Cell waits.")
    assert [one.work for one in queries.works_of(make.reader(), make.measure(made, "M01"), DAY)] == [work]
    assert not queries.works_of(make.reader(), make.measure(made, "M01"), date(2017, 2, 28))


def test_a_request_for_expertise_asks_somebody_and_ends_with_an_answer():
    made = make.accepted_plan()
    with pytest.raises(Refused, match="needs a question"):
        make.work(made, **QUESTION | {"question": " "})
    with pytest.raises(Refused, match="Only a request"):
        make.work(made, **QUESTION | {"kind": "note"})
    work = make.work(made, **QUESTION)
    make.version(work, came=HandedIn(reference="Letter of 3 February 2017"))
    with pytest.raises(Refused, match="ends with an answer"):
        make.version(work, final=True)
    make.version(work, final=True, words="Yes, where he knew.")
    assert standing(work, user=make.reader()).final.words == "Yes, where he knew."


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"title": " "}, "kind and a title"),
        ({"kind": "poem"}, "kind and a title"),
        ({"section": None}, "no section and to no measure"),
    ],
)
def test_a_work_needs_a_title_and_a_place_in_the_plan(said, why):
    with pytest.raises(Refused, match=why):
        make.work(make.accepted_plan(), **said)
    assert not Work.objects.exists()


@pytest.mark.parametrize(
    ("what", "why"),
    [
        ({"came": HandedIn()}, "one file, one address or one reference"),
        ({"came": HandedIn(address="javascript:alert(1)")}, "not a web address"),
        ({"dated_on": date(2017, 3, 2)}, "has not come yet"),
    ],
)
def test_a_version_can_be_looked_at_and_is_not_of_a_day_to_come(what, why):
    with pytest.raises(Refused, match=why):
        make.version(make.work(make.accepted_plan()), **what)


def test_who_reads_declares_nothing_and_hands_in_nothing():
    made = make.accepted_plan()
    work = make.work(made)
    with pytest.raises(Refused, match="role does not allow"):
        make.version(work, by=make.reader())
    with pytest.raises(Refused, match="role does not allow"):
        actions.give_up_work(by=make.contact("fps-foreign-affairs"), work=work, decision="We", on=DAY)
    make.version(work, by=make.secretary())
    kept = WorkVersion.objects.get()
    assert kept.organisation.code == "be/fps-foreign-affairs", "the Bureau enters it for its owner"
    assert files.path(kept.sha256).read_bytes() == b"What other countries learned"


def signed_in(user):
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_study_goes_from_its_declaration_to_its_final_version_on_pages_alone():
    made = make.accepted_plan()
    bureau, owner = signed_in(make.secretary()), signed_in(make.contact("fps-foreign-affairs"))
    told = {
        "kind": "study",
        "title": "Study on prostitution",
        "language": "en",
        "owner": make.organisation("fps-foreign-affairs").pk,
        "measures": "m01, M02",
        "timing": "late 2017",
    }
    declare = reverse("plan:declare-work", args=[made.code])
    refused = bureau.post(declare, told | {"measures": "M99"})
    assert "The plan has no measure M99." in refused.content.decode()
    page = bureau.post(declare, told, follow=True).content.decode()
    assert "1 September to 31 December 2017" in page
    assert reverse("plan:measure", args=[made.code, "M02"]) in page
    place = [made.code, 1]
    hand_in, version = (
        reverse("plan:hand-in-version", args=place),
        reverse("plan:work-version", args=[*place, 1]),
    )
    assert hand_in in owner.get(reverse("plan:work", args=place)).content.decode()
    assert "one address or one reference" in owner.post(hand_in, {"language": "fr"}).content.decode()
    file = SimpleUploadedFile("study.html", b"<script>1</script>")
    owner.post(hand_in, {"language": "fr", "label": "first draft", "file": file})
    reader = signed_in(make.reader())
    assert reader.get(version).status_code == 404
    assert "first draft" not in reader.get(reverse("plan:work", args=place)).content.decode()
    kept = bureau.get(version)
    assert (kept.content, kept["Content-Disposition"].split(";")[0]) == (b"<script>1</script>", "attachment")
    final = {"language": "fr", "reference": "Report of 1 March", "is_final": "on"}
    owner.post(hand_in, final)
    assert "Report of 1 March" in reader.get(reverse("plan:work", args=place)).content.decode()
    assert reader.get(version).status_code == 404, "the draft stays internal"


def test_the_list_is_narrowed_through_the_address_and_leaves_as_a_sheet():
    made = make.accepted_plan()
    make.work(made, "M01", timing="2016")
    make.version(make.work(made, owner="fps-justice", kind="study", title="A study of rulings"), final=True)
    listed = reverse("plan:works", args=[made.code])
    bureau, reader = signed_in(make.secretary()), signed_in(make.reader())

    def titles(client, query=""):
        return [one.terms.title for one in client.get(listed + query).context["works"]]

    assert titles(bureau) == ["Memo on clients", "A study of rulings"]
    assert titles(bureau, "?kind=study&owner=be/fps-justice") == ["A study of rulings"]
    assert titles(bureau, "?state=late") == ["Memo on clients"]
    assert titles(bureau, "?on=2015-12-31") == []
    assert titles(reader, "?state=late") == [], "lateness is internal"
    sheet = reverse("plan:works-export", args=[made.code, "csv"])
    assert "2017-01-01" in bureau.get(sheet).content.decode()
    assert "2017-01-01" not in reader.get(sheet).content.decode()


def test_a_due_work_waits_for_its_owner_and_a_late_one_for_the_bureau_too():
    made = make.accepted_plan()
    work = make.work(made, timing="by 30 June 2017")
    make.work(made, timing="2018")
    make.work(made, timing="")
    owner, bureau = make.contact("fps-foreign-affairs"), make.secretary()
    waits = lambda user, on: [(one.what, one.by_on) for one in queries.waiting_for(user, on)]  # noqa: E731
    assert waits(owner, DAY) == [("write", date(2017, 6, 30))]
    assert waits(bureau, DAY) == []
    assert waits(bureau, LATER) == [("late-work", date(2017, 6, 30))]
    assert waits(make.contact("fps-labour"), LATER) == []
    make.version(work, final=True, on=LATER)
    assert waits(owner, LATER) == waits(bureau, LATER) == []
    make.work(made, owner="bureau", timing="2016")
    assert waits(bureau, DAY) == [("write", date(2016, 12, 31))], "its own is not told twice"


def test_today_leads_to_the_form_that_hands_it_in():
    work = make.work(make.accepted_plan(), timing="2016")
    page = signed_in(make.contact("fps-foreign-affairs")).get("/").content.decode()
    assert reverse("plan:hand-in-version", args=[work.plan.code, work.number]) in page


def test_of_many_works_the_first_are_told_and_where_the_others_are(django_assert_max_num_queries):
    made = make.accepted_plan()
    for number in range(51):
        make.work(made, title=f"Memo {number}")
    bureau = make.contact("fps-foreign-affairs")
    found = queries.waiting_for(bureau, DAY)
    assert (len(found), found[-1].is_more, found[-1].record) == (51, True, made)
    page = signed_in(bureau).get("/").content.decode()
    assert reverse("plan:works", args=[made.code]) in page
    with django_assert_max_num_queries(20):
        assert len(queries.works_on(make.reader(), DAY)) == 51
