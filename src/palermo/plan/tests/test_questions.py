"""What the register, the story, the timeline and the lists answer, and how much they ask the database."""

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from palermo.accounts.models import RoleKind
from palermo.plan import actions, queries
from palermo.plan.actions import PlanTerms
from palermo.plan.queries import Filters
from palermo.plan.tests import make

pytestmark = pytest.mark.django_db


def references(page):
    return [one.reference for one in page.rows]


def register(made, on=make.DAY, user=None, **rest):
    keys = {key: rest.pop(key) for key in ("sort", "after", "size") if key in rest}
    return queries.register(user or make.secretary(), made, on, Filters(**rest), **keys)


def asked_database(ask, made):
    with CaptureQueriesContext(connection) as captured:
        ask(made)
    return len(captured)


@pytest.mark.parametrize(
    ("filters", "found"),
    [
        ({}, ["M01", "M02", "M03", "M04", "M05", "M06", "T01", "P01"]),
        ({"kind": "training"}, ["T01"]),
        ({"chapter": "3"}, ["M02", "M03", "M04", "M06"]),
        ({"chapter": "3.5"}, ["M06"]),
        ({"chapter": "9"}, ["M05"]),
        ({"party": "be/college"}, ["M02", "M03"]),
        ({"party": "be/walloon-region"}, ["M05"]),
        ({"party": "be/bureau"}, ["M01"]),
        ({"year": 2018}, ["M04", "M05"]),
        ({"year": 2015}, ["M01", "T01"]),
        ({"q": "leaflet"}, ["M01"]),
        ({"q": "m03"}, ["M03"]),
        ({"q": "schools raise"}, ["M05"]),
        ({"stands": "overdue"}, ["M01", "M02", "T01"]),
        ({"stands": "due"}, ["M03"]),
        ({"stands": "no-owner", "kind": "measure"}, ["M04"]),
        ({"stands": "evaluation-duty"}, ["M03", "M05", "T01"]),
        ({"stands": "evaluation-due"}, ["T01"]),
        ({"status": "completed"}, []),
        ({"chapter": "3", "party": "be/college", "q": "rulings"}, ["M02"]),
    ],
)
def test_the_register_is_narrowed_by_chapter_party_year_status_kind_and_words(filters, found):
    assert references(register(make.accepted_plan(), **filters)) == found


def test_the_register_is_narrowed_by_status():
    office = make.Office()
    make.told(make.question(office.round, "M02", "college"), "completed")
    assert references(register(office.plan, status="completed")) == ["M02"]
    assert references(register(office.plan, status="completed", on=date(2017, 1, 31))) == []


@pytest.mark.parametrize("sort", ["reference", "section", "deadline"])
@pytest.mark.parametrize("size", [1, 3, 8])
def test_pages_hold_every_measure_once_in_one_order(sort, size):
    made = make.accepted_plan()
    whole = references(register(made, sort=sort, size=100))
    read, after = [], None
    while True:
        page = register(made, sort=sort, size=size, after=after)
        read += references(page)
        after = page.next
        if after is None:
            break
    assert read == whole
    assert sorted(whole) == sorted(["M01", "M02", "M03", "M04", "M05", "M06", "T01", "P01"])


def test_by_deadline_what_has_no_day_comes_last():
    found = references(register(make.accepted_plan(), sort="deadline"))
    assert found == ["M01", "T01", "M02", "M03", "M04", "M05", "M06", "P01"]


@pytest.mark.parametrize("broken", ["!!!", "eyJhIjoxfQ", "WzEsMiwzLDRd", "WyJ4IiwxLDFd"])
def test_a_broken_address_shows_the_first_page(broken):
    made = make.accepted_plan()
    assert references(register(made, sort="deadline", after=broken))[0] == "M01"


def test_a_filter_on_status_reads_on_until_the_page_is_full():
    made = make.accepted_plan()
    page = register(made, stands="overdue", size=2)
    assert references(page) == ["M01", "M02"]
    assert references(register(made, stands="overdue", size=2, after=page.next)) == ["T01"]


def test_a_plan_of_ten_times_the_measures_asks_the_database_no_more():
    small = make.accepted_plan()
    many = [{**one, "text": f"{one['text']} {n}"} for n in range(10) for one in make.ROWS]
    secretary = make.secretary()
    large = actions.create_plan(
        by=secretary, terms=PlanTerms("large", "Large", "en", date(2015, 1, 1)), on=make.ADOPTED
    )
    make.imported(large, make.document(*many))
    actions.accept_all(by=secretary, plan=large, on=make.ADOPTED)
    for made in (small, large):
        opened = make.opened(made)
        for asked in opened.questions.all():
            make.told(asked, by=contact_for(asked))
    college = make.organisation("college")
    for ask in (
        lambda made: queries.register(secretary, made, make.DAY, size=100),
        lambda made: queries.who_owes_me(secretary, made, make.DAY),
        lambda made: queries.timeline(secretary, made, make.DAY),
        lambda made: queries.status_counts(secretary, made, make.DAY),
        lambda made: queries.round_board(secretary, made.rounds.get(), make.DAY),
        lambda made: queries.brief(secretary, made, college, make.DAY),
        lambda made: queries.snapshot(secretary, made, make.ADOPTED, make.DAY, make.DAY),
        lambda made: queries.proposals(secretary, made, make.YEARS, make.DAY),
    ):
        ask(small)
        assert asked_database(ask, large) <= asked_database(ask, small) <= 22


def contact_for(asked):
    code = asked.organisation.code.removeprefix("be/")
    return make.secretary() if code == "bureau" else make.contact(code)


def test_the_story_of_a_measure_is_one_list_in_the_order_of_days():
    office = make.Office()
    asked = make.question(office.round, "M01", "fps-foreign-affairs")
    make.authority("fps-foreign-affairs")
    told = make.told(asked, on=date(2017, 2, 1))
    actions.sign(by=make.authority("fps-foreign-affairs"), contribution=told, on=date(2017, 2, 3))
    actions.ask(by=make.secretary(), contribution=told, remark="Which?", on=date(2017, 2, 4))
    measure = make.measure(office.plan, "M01")
    actions.end_ownership(
        by=make.secretary(),
        ownership=measure.ownerships.get(role="with"),
        last=date(2017, 2, 5),
        reason="Decided.",
        on=date(2017, 2, 6),
    )
    story = queries.story(make.secretary(), measure, make.DAY)
    assert [(one.what, one.on.isoformat()) for one in story] == [
        ("said", "2015-01-01"),
        ("owner", "2015-01-01"),
        ("owner", "2015-01-01"),
        ("row-accepted", "2015-07-01"),
        ("asked", "2017-01-10"),
        ("asked", "2017-01-10"),
        ("told", "2017-02-01"),
        ("signed", "2017-02-03"),
        ("asked-back", "2017-02-04"),
        ("owner-ended", "2017-02-06"),
    ]
    assert story[6].by == "Contact fps-foreign-affairs"
    before = queries.story(make.secretary(), measure, date(2017, 2, 3))
    assert [one.what for one in before][-1] == "signed"


def test_a_reader_reads_what_was_told_but_not_who_was_asked_nor_the_bureaus_remarks():
    office = make.Office()
    told = make.told(make.question(office.round, "M01", "fps-foreign-affairs"))
    actions.ask(by=make.secretary(), contribution=told, remark="Which?", on=date(2017, 2, 4))
    make.released(office.round)
    found = {one.what for one in queries.story(make.reader(), make.measure(office.plan, "M01"), make.DAY)}
    assert found == {"said", "owner", "row-accepted", "told"}


def test_an_ended_owner_owned_the_measure_on_the_days_before():
    made = make.accepted_plan()
    measure = make.measure(made, "M01")
    actions.end_ownership(
        by=make.secretary(),
        ownership=measure.ownerships.get(role="with"),
        last=date(2016, 12, 31),
        reason="Learned late.",
        on=date(2017, 2, 1),
    )
    owners = lambda day: [one.role for one in make.state(made, "M01", day).owners]  # noqa: E731
    assert owners(date(2016, 12, 31)) == ["lead", "with"]
    assert owners(date(2017, 1, 31)) == ["lead", "with"]  # as the office knew it that day
    assert owners(date(2017, 2, 1)) == ["lead"]


def test_where_two_leads_differ_the_less_advanced_stands():
    made = make.accepted_plan()
    opened = make.opened(made, also=[make.measure(made, "M03")])
    make.told(make.question(opened, "M03", "college"), "completed")
    assert make.state(made, "M03").status == "completed"
    make.told(make.question(opened, "M03", "fps-justice"), "limited")
    assert make.state(made, "M03").status == "limited"


def test_who_owes_me_begins_with_who_is_late_longest():
    office = make.Office()
    make.told(make.question(office.round, "M01", "fps-foreign-affairs"), "limited", on=date(2017, 2, 25))
    make.told(make.question(office.round, "M02", "college"), "completed")
    actions.plan_contact(
        by=make.secretary(),
        plan=office.plan,
        organisation=make.organisation("fps-foreign-affairs"),
        note="Ask about the leaflet.",
        next_on=date(2017, 3, 10),
        on=date(2017, 2, 26),
    )
    found = queries.who_owes_me(make.secretary(), office.plan, make.DAY)
    first = next(one for one in found.owners if one.organisation.code == "be/fps-foreign-affairs")
    assert found.owners[0].late_since == first.late_since == date(2016, 1, 1)
    assert [one.state.reference for one in first.owed] == ["M01"]
    assert first.latest_answer.account == "Two posts were informed."
    assert first.next_contact.next_on == date(2017, 3, 10)
    assert [one.what for one in first.changed] == ["told"]
    assert [one.reference for one in found.without_owner] == ["M04"]
    college = next(one for one in found.owners if one.organisation.code == "be/college")
    assert [one.state.reference for one in college.owed] == ["M03"]


def test_a_colleague_is_told_the_latest_answer_from_the_day_of_its_signature():
    office = make.Office()
    signer = make.authority("fps-foreign-affairs")
    colleague = make.person("zoe", "fps-foreign-affairs", RoleKind.READER)
    asked = make.question(office.round, "M01", "fps-foreign-affairs")
    told = make.told(asked, on=date(2017, 2, 1))
    actions.sign(by=signer, contribution=told, on=date(2017, 2, 3))

    def latest(day):
        found = queries.who_owes_me(colleague, office.plan, day).owners
        [own] = [
            one for one in found if one.organisation and one.organisation.code == "be/fps-foreign-affairs"
        ]
        return own.latest_answer

    assert (latest(date(2017, 2, 2)), latest(date(2017, 2, 3))) == (None, told)


def test_an_owner_owes_the_reports_notes_and_studies_that_it_has_not_handed_in():
    made = make.accepted_plan()
    duty = make.report_duty(made, code="rapporteur")
    work = make.work(made, "M01", owner="rapporteur", timing="by 1 February 2017")
    reader = make.person("zoe", "payoke", RoleKind.READER)

    def owed(user, on=make.DAY):
        found = queries.who_owes_me(user, made, on).owners
        return next(
            (one for one in found if one.organisation and one.organisation.code == "be/rapporteur"), None
        )

    held = owed(make.secretary())
    assert [(one.reference, one.late_since) for one in held.writings] == [
        ("R1", date(2016, 1, 1)),
        ("N01", date(2017, 2, 2)),
        ("R1", None),
    ], "those of 2015 and 2017; that of 2019 is not expected yet"
    assert (held.late, held.open, held.late_since, held.more) == (2, 3, date(2016, 1, 1), 0)
    told = owed(reader)
    assert [one.late_since for one in told.writings] == [date(2016, 1, 1), None, None], "a note's lateness"
    make.version(work, final=True, by=make.contact("rapporteur"))
    make.delivered(duty, 2015)
    assert [one.latest for one in owed(make.secretary()).writings] == [date(2017, 12, 31)]
    assert len(owed(make.secretary(), date(2017, 2, 20)).writings) == 3, "as it was known"
    client = Client()
    client.force_login(make.secretary())
    for page in (
        reverse("plan:owners", args=[made.code]),
        reverse("plan:brief", args=[made.code, "be", "rapporteur"]),
    ):
        assert "The report" in client.get(page).content.decode()
    told = client.get(reverse("plan:owners-export", args=[made.code, "csv"])).content.decode()
    assert "R1" in told


def test_a_class_owes_through_its_members_and_an_unknown_owner_by_its_words():
    reading = make.document(make.SCHOOLS, make.row("1", "Do it", "2016", make.owner("Agency X")))
    found = queries.who_owes_me(make.secretary(), make.accepted_plan(reading), make.DAY)
    assert found.owners[0].name == "Agency X"
    assert found.owners[0].organisation is None
    assert len(found.owners) == 7


def test_a_contact_that_was_made_is_no_longer_planned():
    made = make.accepted_plan()
    noting = {"by": make.secretary(), "plan": made, "organisation": make.organisation("college")}
    actions.plan_contact(**noting, note="Call.", next_on=date(2017, 2, 1), on=date(2017, 1, 1))
    assert [one.what for one in queries.waiting_for(make.secretary(), make.DAY)] == ["contact"]
    actions.plan_contact(**noting, note="Called.", next_on=None, on=date(2017, 2, 2))
    assert queries.waiting_for(make.secretary(), make.DAY) == []


def test_the_bureaus_notes_are_the_bureaus():
    made = make.accepted_plan()
    college = make.organisation("college")
    actions.plan_contact(
        by=make.secretary(), plan=made, organisation=college, note="Call.", next_on=make.DAY, on=make.DAY
    )
    page = queries.brief(make.contact("college"), made, college, make.DAY)
    assert page.next_contact is None


def test_the_brief_puts_what_an_owner_owes_on_one_page():
    office = make.Office()
    make.told(make.question(office.round, "M02", "college"), "limited")
    page = queries.brief(make.secretary(), office.plan, make.organisation("college"), make.DAY)
    told = {key: [one.reference for one in rows] for key, rows in page.rows.items() if rows}
    assert (told, page.unanswered) == ({"late": ["M02"], "due": ["M03"]}, ())
    assert page.latest_answer.status == "limited"
    foreign = queries.brief(make.secretary(), office.plan, make.organisation("fps-foreign-affairs"), make.DAY)
    assert [one.question.measure.reference for one in foreign.unanswered] == ["M01"]


def test_the_timeline_draws_windows_where_they_lie_in_the_plans_years():
    made = make.accepted_plan()
    found = queries.timeline(make.secretary(), made, make.DAY)
    assert (found.first, found.last) == (date(2015, 1, 1), date(2019, 12, 31))
    assert [year for year, _place in found.years] == [2015, 2016, 2017, 2018, 2019]
    lines = {one.state.reference: one for _title, group in found.groups for one in group}
    [leaflet] = lines["M01"].spans
    assert (leaflet.earliest, leaflet.latest, leaflet.fuzzy) == (date(2015, 9, 1), date(2015, 12, 31), True)
    assert leaflet.start == pytest.approx(100 * 243 / 1826, abs=0.01)
    assert leaflet.start + leaflet.width == pytest.approx(20, abs=0.1)
    assert lines["M06"].spans == ()
    assert [one.earliest.year for one in lines["T01"].spans] == [2015, 2018]
    assert found.day == pytest.approx(100 * 790 / 1826, abs=0.01)
    assert queries.timeline(make.secretary(), made, date(2014, 1, 1)).day is None


def test_the_timeline_puts_a_measure_under_each_of_its_parties_and_those_without_last():
    made = make.accepted_plan()
    by_party = queries.timeline(make.secretary(), made, make.DAY, by="party").groups
    titles = [title for title, _lines in by_party]
    assert titles[:-1] == sorted(titles[:-1], key=str.casefold)
    shared = [title for title, lines in by_party if "M01" in {one.state.reference for one in lines}]
    state = make.state(made, "M01")
    assert sorted(shared) == sorted(owner.name for owner in state.owners)
    by_year = queries.timeline(make.secretary(), made, make.DAY, by="year").groups
    years = [title for title, _lines in by_year if title]
    assert years == sorted(years)
    assert by_year[-1][0] == "", "what has no last day comes last"


def test_today_tells_each_what_waits_for_them():
    office = make.Office()
    asked = make.question(office.round, "M01", "fps-foreign-affairs")
    person, signer = make.contact("fps-foreign-affairs"), make.authority("fps-foreign-affairs")
    waits = lambda user: [one.what for one in queries.waiting_for(user, make.DAY)]  # noqa: E731
    assert waits(person) == ["answer"]
    assert waits(signer) == []
    told = make.told(asked, by=person)
    assert (waits(person), waits(signer)) == ([], ["sign"])
    actions.sign(by=signer, contribution=told, on=make.DAY)
    assert waits(make.secretary()) == ["judge", "answer"]
    actions.ask(by=make.secretary(), contribution=told, remark="Which?", on=make.DAY)
    assert waits(person) == ["answer-again"]
    assert waits(make.reader()) == []
    late = [one.what for one in queries.waiting_for(make.secretary(), date(2017, 4, 2))]
    assert late == ["answer", "close", "remind"]


def test_rows_to_review_wait_in_today_as_one():
    make.imported(make.plan())
    [waiting] = queries.waiting_for(make.secretary(), make.DAY)
    assert (waiting.what, waiting.count) == ("review", 9)


def test_a_report_holds_what_was_accepted_on_its_day_and_names_what_was_not():
    office = make.Office()
    asked = make.question(office.round, "M01", "fps-foreign-affairs")
    first = make.told(asked, account="First.", on=date(2017, 2, 1))
    actions.accept_for_report(by=make.secretary(), contribution=first, remark="Good.", on=date(2017, 2, 2))
    make.told(asked, account="Second.", on=date(2017, 2, 10), after=1)
    found = queries.snapshot(make.secretary(), office.plan, date(2016, 1, 1), date(2016, 12, 31), make.DAY)
    answers = {
        one.state.reference: [told.contribution.account for told in one.answers] for one in found.measures
    }
    assert answers["M01"] == ["First."]
    assert answers["M02"] == []
    assert len(answers) == 8
    assert [(one.asked, one.answered, one.is_open) for one in found.rounds] == [(5, 1, True)]
    earlier = queries.snapshot(
        make.secretary(), office.plan, date(2016, 1, 1), date(2016, 12, 31), date(2017, 2, 1)
    )
    assert not any(one.answers for one in earlier.measures)


def test_an_acceptance_that_was_taken_back_by_a_question_does_not_reach_the_report():
    office = make.Office()
    told = make.told(make.question(office.round, "M01", "fps-foreign-affairs"))
    actions.accept_for_report(by=make.secretary(), contribution=told, on=date(2017, 2, 2))
    actions.ask(by=make.secretary(), contribution=told, remark="Which?", on=date(2017, 2, 3))
    found = queries.snapshot(make.secretary(), office.plan, date(2016, 1, 1), date(2016, 12, 31), make.DAY)
    assert not any(one.answers for one in found.measures)


def test_an_administrator_sees_nothing_of_any_plan():
    office = make.Office()
    admin = make.administrator()
    assert queries.as_of(admin, office.plan, make.DAY) == []
    assert queries.story(admin, make.measure(office.plan, "M01"), make.DAY) == []
    assert register(office.plan, user=admin).rows == []


def test_somebody_who_lost_the_role_sees_nothing_any_more():
    office = make.Office()
    person = make.person("Gone", "college")
    person.roles.create(
        organisation=make.organisation("college"),
        kind=RoleKind.CONTACT_POINT,
        since_on=date(2015, 1, 1),
        until_on=date(2017, 2, 28),
    )
    assert queries.as_of(person, office.plan, make.DAY) == []
