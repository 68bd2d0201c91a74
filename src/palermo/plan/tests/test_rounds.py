"""A collection round: who is asked, who answers, who signs, what the Bureau accepts, and the lock."""

from datetime import date, timedelta

import pytest
from django.db import DatabaseError, transaction

from palermo.audit.models import Entry
from palermo.errors import Refused
from palermo.notices.models import Message
from palermo.plan import actions, queries
from palermo.plan.actions import Answer
from palermo.plan.models import Contribution, ContributionDraft, Question, Reminder, Verdict
from palermo.plan.rules.collection import Terms
from palermo.plan.tests import make

pytestmark = pytest.mark.django_db
LATER = date(2017, 2, 10)


def asked_of(round):
    found = Question.objects.filter(round=round).select_related("measure", "organisation")
    return {(one.measure.reference, one.organisation.code.removeprefix("be/")) for one in found}


def one_of(office, reference="M01", code="fps-foreign-affairs"):
    return make.question(office.round, reference, code)


def board(office, on=make.DAY, user=None):
    return queries.round_board(user or make.secretary(), office.round, on)


def standing(question, on=make.DAY, user=None):
    chosen = Question.objects.filter(pk=question.pk)
    return queries.questions_on(user or make.secretary(), chosen, on)[0]


def test_a_round_asks_each_owner_about_what_is_late_due_continuous_or_recurring():
    office = make.Office()
    assert asked_of(office.round) == {
        ("M01", "fps-foreign-affairs"),
        ("M01", "bureau"),
        ("M02", "college"),
        ("M06", "fps-justice"),
        ("T01", "fps-labour"),
    }
    why = {one.measure.reference: one.why for one in Question.objects.filter(round=office.round)}
    assert why == {"M01": "overdue", "M02": "due", "M06": "continuous", "T01": "recurring"}


def test_what_an_owner_leads_is_its_duty_and_where_it_helps_it_is_asked_in_another_tone():
    office = make.Office()
    assert (one_of(office).role, one_of(office).tone) == ("lead", "duty")
    assert one_of(office, "M01", "bureau").role == "with"
    assert one_of(office, "M02", "college").tone == "invitation"


def test_a_class_is_asked_through_those_who_belong_to_it_on_the_day():
    made = make.accepted_plan()
    terms = Terms("2018", date(2018, 1, 1), date(2018, 12, 31), date(2018, 3, 31))
    asked = asked_of(make.opened(made, terms, on=date(2018, 1, 5)))
    assert {code for reference, code in asked if reference == "M05"} == {
        "flemish-community",
        "french-community",
        "german-community",
        "flemish-region",
        "walloon-region",
        "brussels-region",
    }


def test_the_bureau_may_add_a_measure_to_a_round_or_leave_one_out():
    made = make.accepted_plan()
    opened = make.opened(made, also=[make.measure(made, "M05")], without=[make.measure(made, "M01")])
    references = {reference for reference, _code in asked_of(opened)}
    assert references == {"M02", "M05", "M06", "T01"}
    assert (
        Question.objects.filter(round=opened, measure__number=5, measure__kind="measure")[0].why == "chosen"
    )


def test_sentences_of_the_plan_are_asked_about_when_the_bureau_wants_it():
    reading = make.document(
        sentences=[make.commitment("The Immigration Office will report.", "Immigration Office")]
    )
    made = make.accepted_plan(reading)
    terms = Terms("All", date(2016, 1, 1), date(2016, 12, 31), date(2017, 3, 31), ("commitment",))
    assert asked_of(make.opened(made, terms)) == {("P01", "immigration-office")}


def test_one_round_at_a_time():
    office = make.Office()
    with pytest.raises(Refused, match="still open"):
        make.opened(office.plan)


@pytest.mark.parametrize(
    ("terms", "said"),
    [
        (Terms("x", date(2017, 1, 2), date(2017, 1, 1), date(2017, 3, 1)), "before it begins"),
        (Terms("x", date(2016, 1, 1), date(2016, 12, 31), date(2017, 1, 1)), "has passed already"),
    ],
)
def test_a_round_needs_a_period_and_a_deadline_that_can_be(terms, said):
    with pytest.raises(Refused, match=said):
        make.opened(make.plan(), terms)


def test_each_contact_point_gets_one_neutral_message_however_many_questions_it_has():
    made = make.accepted_plan()
    person = make.contact("fps-justice", "Jan")
    make.person("Jan", "college", "contact-point")
    make.opened(made, link="https://office.example/today")
    messages = Message.objects.filter(address=person.email)
    assert [(one.template, one.until_on) for one in messages] == [("question", date(2017, 3, 31))]


def test_an_answer_becomes_the_measures_status():
    office = make.Office()
    make.told(one_of(office), "substantial")
    assert make.state(office.plan, "M01").status == "substantial"
    assert make.state(office.plan, "M01", date(2017, 1, 31)).status == "no-answer"


def test_a_later_answer_supersedes_and_the_earlier_one_stays():
    office = make.Office()
    make.told(one_of(office), "limited", on=date(2017, 2, 1))
    make.told(one_of(office), "completed", on=date(2017, 2, 20), after=1)
    assert make.state(office.plan, "M01").status == "completed"
    assert make.state(office.plan, "M01", date(2017, 2, 10)).status == "limited"
    assert [one.status for one in standing(one_of(office)).contributions] == ["completed", "limited"]


def test_an_answer_written_without_having_seen_the_one_before_is_shown_as_such():
    office = make.Office()
    make.told(one_of(office), after=0)
    assert not standing(one_of(office)).crossed
    make.told(one_of(office), account="Written at the same time.", after=0)
    assert standing(one_of(office)).crossed
    make.told(one_of(office), account="Having read both.", after=2)
    assert not standing(one_of(office)).crossed


@pytest.mark.parametrize(
    ("status", "account", "decision", "said"),
    [
        ("limited", " ", "", "no words"),
        ("perhaps", "Words.", "", "how far"),
        ("abandoned", "Given up.", "", "does not name it"),
        ("replaced", "Replaced.", " ", "does not name it"),
    ],
)
def test_an_answer_that_says_too_little_is_refused(status, account, decision, said):
    office = make.Office()
    with pytest.raises(Refused, match=said):
        make.told(one_of(office), status, account, decision=decision)


def test_a_replaced_measure_names_the_decision_and_the_measure_that_took_its_place():
    office = make.Office()
    other = make.measure(office.plan, "M05")
    made = make.told(one_of(office), "replaced", "By schools.", decision="Bureau, 3 May", replaced_by=other)
    assert made.replaced_by == other
    assert not make.state(office.plan, "M01").is_overdue


@pytest.mark.parametrize(
    "somebody",
    [
        lambda: make.contact("fps-justice"),
        lambda: make.authority("fps-foreign-affairs"),
        make.reader,
        make.secretary,
        make.administrator,
    ],
)
def test_nobody_answers_for_an_organisation_but_its_contact_points(somebody):
    office = make.Office()
    with pytest.raises(Refused, match="role does not allow"):
        make.told(one_of(office), by=somebody())


def test_the_secretary_answers_for_the_bureau_itself():
    office = make.Office()
    make.told(one_of(office, "M01", "bureau"), by=make.secretary())
    assert standing(one_of(office, "M01", "bureau")).state == "told"


def test_an_answer_waits_for_the_signature_where_there_is_a_validating_authority():
    office = make.Office()
    signer = make.authority("fps-foreign-affairs")
    made = make.told(one_of(office), "completed")
    assert standing(one_of(office)).state == "awaiting-signature"
    assert make.state(office.plan, "M01").status == "no-answer"
    with pytest.raises(Refused, match="still waits for the signature"):
        actions.accept_for_report(by=make.secretary(), contribution=made, on=LATER)
    actions.sign(by=signer, contribution=made, on=LATER)
    assert make.state(office.plan, "M01").status == "completed"
    assert make.state(office.plan, "M01", date(2017, 2, 9)).status == "no-answer"


def test_what_a_validating_authority_writes_itself_needs_no_second_signature():
    office = make.Office()
    both = make.authority("fps-foreign-affairs", "Both")
    make.person("Both", "fps-foreign-affairs", "contact-point")
    assert not make.told(one_of(office), by=both).needs_signature


def test_an_authority_that_comes_later_does_not_unsay_what_was_told():
    office = make.Office()
    make.told(one_of(office), "completed")
    make.authority("fps-foreign-affairs")
    assert make.state(office.plan, "M01").status == "completed"


def test_nobody_signs_twice_or_for_another_organisation_or_what_was_superseded():
    office = make.Office()
    signer = make.authority("fps-foreign-affairs")
    first = make.told(one_of(office))
    with pytest.raises(Refused, match="role does not allow"):
        actions.sign(by=make.authority("fps-justice"), contribution=first, on=LATER)
    second = make.told(one_of(office), account="Better words.")
    with pytest.raises(Refused, match="later answer"):
        actions.sign(by=signer, contribution=first, on=LATER)
    actions.sign(by=signer, contribution=second, on=LATER)
    with pytest.raises(Refused, match="does not wait"):
        actions.sign(by=signer, contribution=second, on=LATER)


def test_the_bureau_accepts_or_asks_and_its_remark_stands_beside_the_text():
    office = make.Office()
    made = make.told(one_of(office), account="Two posts.")
    actions.ask(by=make.secretary(), contribution=made, remark="Which posts?", on=LATER)
    now = standing(one_of(office))
    assert (now.state, now.verdict.remark, now.contribution.account) == (
        "asked",
        "Which posts?",
        "Two posts.",
    )
    again = make.told(one_of(office), account="Rabat and Bangkok.", on=date(2017, 2, 12), after=1)
    assert standing(one_of(office)).state == "told"
    actions.accept_for_report(by=make.secretary(), contribution=again, on=date(2017, 2, 13))
    assert standing(one_of(office)).state == "accepted"
    assert standing(one_of(office), date(2017, 2, 11)).state == "asked"


def test_nobody_can_alter_what_was_told_not_even_in_the_database():
    office = make.Office()
    made = make.told(one_of(office))
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        Contribution.objects.filter(pk=made.pk).update(account="Something nicer.")
    with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
        Contribution.objects.filter(pk=made.pk).delete()


def test_asking_without_saying_what_is_refused():
    office = make.Office()
    made = make.told(one_of(office))
    with pytest.raises(Refused, match="cannot know"):
        actions.ask(by=make.secretary(), contribution=made, remark="", on=LATER)


def test_only_the_bureau_judges():
    office = make.Office()
    made = make.told(one_of(office))
    with pytest.raises(Refused, match="role does not allow"):
        actions.accept_for_report(by=make.contact("fps-foreign-affairs"), contribution=made, on=LATER)


def test_the_contact_points_hear_by_neutral_message_that_the_bureau_asks():
    office = make.Office()
    made = make.told(one_of(office))
    actions.ask(by=make.secretary(), contribution=made, remark="Which?", on=LATER, link="https://x.example")
    assert [one.template for one in Message.objects.all()] == ["asked"]


def test_a_closed_round_is_locked():
    office = make.Office()
    made = make.told(one_of(office))
    actions.close_round(by=make.secretary(), round=office.round, on=date(2017, 4, 10))
    late = {"on": date(2017, 4, 11)}
    with pytest.raises(Refused, match="locked"):
        make.told(one_of(office), **late)
    with pytest.raises(Refused, match="locked"):
        actions.ask(by=make.secretary(), contribution=made, remark="Which?", **late)
    with pytest.raises(Refused, match="locked"):
        actions.close_round(by=make.secretary(), round=office.round, **late)
    with pytest.raises(Refused, match="locked"):
        actions.save_draft(
            by=make.contact("fps-foreign-affairs"),
            question=one_of(office),
            answer=Answer("", "", "en"),
            **late,
        )
    assert Contribution.objects.count() == 1


def test_what_was_not_answered_when_the_round_closed_stays_unanswered():
    office = make.Office()
    actions.close_round(by=make.secretary(), round=office.round, on=date(2017, 4, 10))
    assert board(office, date(2017, 4, 9)).counts == {"waiting": 5}
    assert board(office, date(2017, 4, 10)).counts == {"unanswered": 5}


def test_the_bureau_may_still_accept_after_the_round_was_closed():
    office = make.Office()
    made = make.told(one_of(office))
    actions.close_round(by=make.secretary(), round=office.round, on=date(2017, 4, 10))
    actions.accept_for_report(by=make.secretary(), contribution=made, on=date(2017, 4, 20))
    assert Verdict.objects.get().outcome == "accepted"


def test_a_draft_is_its_authors_alone_and_gone_once_it_is_sent():
    office = make.Office()
    person, colleague = make.contact("fps-foreign-affairs"), make.contact("fps-foreign-affairs", "Colleague")
    draft = Answer("limited", "Half a sentence", "en")
    actions.save_draft(by=person, question=one_of(office), answer=draft, on=LATER)
    actions.save_draft(by=person, question=one_of(office), answer=draft, on=LATER)
    assert queries.visible_to(person, ContributionDraft).count() == 1
    for other in (colleague, make.secretary(), make.reader()):
        assert queries.visible_to(other, ContributionDraft).count() == 0
    make.told(one_of(office), by=person)
    assert ContributionDraft.objects.count() == 0


def test_the_trail_does_not_repeat_what_a_draft_says():
    office = make.Office()
    draft = Answer("limited", "Half a sentence", "en")
    actions.save_draft(
        by=make.contact("fps-foreign-affairs"), question=one_of(office), answer=draft, on=LATER
    )
    assert "Half a sentence" not in Entry.objects.order_by("-seq")[0].detail


def test_who_has_not_answered_is_reminded_before_and_after_the_deadline():
    office = make.Office()
    make.contact("fps-foreign-affairs")
    make.contact("college")
    make.told(one_of(office, "M02", "college"))
    link = "https://office.example/today"
    due = lambda day: actions.remind_due(by=make.secretary(), round=office.round, on=day, link=link)  # noqa: E731
    assert due(date(2017, 3, 1)) == 0
    assert due(date(2017, 3, 21)) == 2  # the contact point and, for the Bureau, its secretary
    assert due(date(2017, 3, 21)) == 0
    assert due(date(2017, 4, 2)) == 2
    assert set(Message.objects.values_list("template", flat=True)) == {"reminder-before", "reminder-after"}
    assert not Reminder.objects.filter(question=one_of(office, "M02", "college")).exists()


@pytest.mark.parametrize(
    ("since", "days"),
    [
        (date(2017, 3, 1), [(3, 21), (3, 29), (4, 2), (4, 14), (4, 28)]),
        (date(2017, 4, 10), [(4, 10), (4, 14), (4, 28)]),  # what was forgotten is made up for by one
    ],
)
def test_each_planned_reminder_goes_out_once_and_a_forgotten_one_later(since, days):
    office = make.Office()
    asked = one_of(office)
    for number in range((date(2017, 6, 1) - since).days):
        day = since + timedelta(days=number)
        actions.remind_due(by=make.secretary(), round=office.round, on=day, link="https://x")
    sent = list(Reminder.objects.filter(question=asked).order_by("on").values_list("on", "kind"))
    planned = [date(2017, *day) for day in days]
    assert sent == [(day, "before" if day <= make.YEARS.deadline_on else "after") for day in planned]


def test_the_bureau_reminds_one_organisation_when_it_wants_to_once_a_day():
    office = make.Office()
    make.contact("fps-foreign-affairs")
    organisation = make.organisation("fps-foreign-affairs")
    reminding = {
        "by": make.secretary(),
        "round": office.round,
        "organisation": organisation,
        "link": "https://x",
    }
    assert actions.remind(**reminding, on=LATER) == 1
    assert actions.remind(**reminding, on=LATER) == 0
    row = next(one for one in board(office).rows if one.organisation == organisation)
    assert row.reminded_on == LATER


def test_the_board_shows_each_organisation_with_what_it_has_not_answered_first():
    office = make.Office()
    make.contact("fps-justice")
    make.told(one_of(office))
    found = board(office)
    assert found.counts == {"told": 1, "waiting": 4}
    assert found.rows[-1].organisation.code == "be/fps-foreign-affairs"
    justice = next(row for row in found.rows if row.organisation.code == "be/fps-justice")
    assert [one.name for one in justice.people] == ["Contact fps-justice"]


def test_an_organisation_sees_its_own_questions_on_the_board_and_no_others():
    office = make.Office()
    rows = board(office, user=make.contact("fps-justice")).rows
    assert [row.organisation.code for row in rows] == ["be/fps-justice"]
    assert board(office, user=make.reader()).rows == ()


def test_a_question_past_its_deadline_is_late_until_it_is_answered():
    office = make.Office()
    assert not standing(one_of(office), date(2017, 3, 31)).is_late
    assert standing(one_of(office), date(2017, 4, 1)).is_late
    make.told(one_of(office), on=date(2017, 4, 2))
    assert not standing(one_of(office), date(2017, 4, 2)).is_late
