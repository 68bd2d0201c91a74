"""What mechanisms recommend: read, reviewed, tied to measures, followed from round to round."""

from datetime import date, timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from palermo.errors import Refused
from palermo.plan import actions, queries
from palermo.plan.models import Recommendation, Report
from palermo.plan.rules.mechanisms import mechanisms
from palermo.plan.tests import make

pytestmark = pytest.mark.django_db
GRETA = mechanisms()["greta"]
SECOND = make.report_terms("2", date(2017, 11, 16))
LATER = date(2017, 12, 1)
AGAIN = "GRETA urges the authorities to secure adequate funding for the specialised reception centres."


def counts(on=make.DAY, user=None):
    return queries.account(user or make.secretary(), GRETA, on).counts


def asked(one, on=make.DAY):
    return queries.asked_one(make.secretary(), one, on)


def take(document, *rows):
    chosen = rows or document.rows.all()
    return actions.take_recommendations(
        by=make.secretary(), report=document.report, rows=chosen, on=date(2014, 9, 2)
    )


def tied(one, made, reference, on=make.DAY):
    measure = make.measure(made, reference)
    return actions.tie(by=make.secretary(), recommendation=one, measure=measure, on=on)


def replied(one, state, said="The funding is being examined.", on=make.DAY):
    return actions.reply(
        by=make.secretary(), recommendation=one, said=said, language="en", state=state, on=on
    )


def test_what_was_read_waits_until_a_person_takes_it():
    document = make.report_read()
    assert (document.added, document.unchanged) == (2, 0)
    assert counts()["open"] == 0
    assert queries.account(make.secretary(), GRETA, make.DAY).waiting == 2
    assert queries.account(make.reader(), GRETA, make.DAY).waiting == 0, "rows are the Bureau's"
    waits = [(one.what, one.count) for one in queries.waiting_for(make.secretary(), make.DAY)]
    assert waits == [("review-report", 2)]
    take(document)
    assert not queries.waiting_for(make.secretary(), make.DAY)
    assert counts()["open"] == 2
    first = Recommendation.objects.first()
    assert (first.number, first.strength, first.rank, first.text) == ("45", "urges", 1, make.FUNDING)


def test_a_recommendation_is_known_from_the_day_of_its_report():
    take(make.report_read())
    assert counts(date(2013, 9, 24))["open"] == 0
    assert counts(date(2013, 9, 25))["open"] == 2


def test_importing_again_adds_nothing_twice_whatever_was_decided():
    document = make.report_read()
    first, second = document.rows.all()
    take(document, first)
    actions.leave_out_recommendation(by=make.secretary(), row=second, reason="A wish.", on=make.DAY)
    again = make.report_read()
    assert (again.added, again.unchanged) == (0, 2)
    assert Report.objects.count() == 1
    more = make.report_read(make.REPORT_2013 + "\n48. GRETA invites the authorities to meet.\n")
    assert [row.number for row in more.rows.all()] == ["48"]


def test_a_row_is_mended_or_left_out_and_decided_about_once():
    first, second = make.report_read().rows.all()
    printed = actions.Printed("Fund the centres.", "45", "urges", 1)
    made = actions.mend_recommendation(by=make.secretary(), row=first, printed=printed, on=make.DAY)
    assert made.text == "Fund the centres."
    first.refresh_from_db()
    assert (first.text, first.decision) == (make.FUNDING, "mended"), "the reading stays beside it"
    with pytest.raises(Refused, match="decided about this row already"):
        take(first.document, first)
    with pytest.raises(Refused, match="needs a reason"):
        actions.leave_out_recommendation(by=make.secretary(), row=second, reason=" ", on=make.DAY)


@pytest.mark.parametrize(
    ("terms", "code"),
    [
        (make.report_terms(language="fr"), "other-language"),
        (make.report_terms("3", date(2030, 1, 1)), "report-ahead"),
        (make.report_terms("3", mechanism="greta"), "no-recommendation"),
    ],
)
def test_a_report_that_cannot_be_is_refused(terms, code):
    make.report_read()
    text = (
        "1. Nothing is asked." if code == "no-recommendation" else "9. Le GRETA invite les autorités à agir."
    )
    text = text if terms.language == "fr" or code == "no-recommendation" else make.REPORT_2013
    with pytest.raises(Refused) as refused:
        make.report_read(text, terms)
    assert refused.value.code == code
    assert Report.objects.count() == 1


def test_what_is_typed_stands_once_and_has_a_strength_of_the_scale():
    make.recommendation()
    with pytest.raises(Refused, match="has that recommendation already"):
        make.recommendation(make.FUNDING.upper())
    with pytest.raises(Refused, match="no such strength"):
        make.recommendation("Count the victims.", rank=4)
    assert asked(make.recommendation("Count the victims.", rank=None)).recommendation.rank is None


def test_a_measure_answers_from_a_day_until_a_day():
    made, one = make.accepted_plan(), make.recommendation()
    assert asked(one).has_no_measure
    held = tied(one, made, "M01", make.DAY)
    with pytest.raises(Refused, match="M01 answers this recommendation already"):
        tied(one, made, "M01")
    assert asked(one, make.DAY - timedelta(days=1)).has_no_measure
    assert [each.state.reference for each in asked(one).tied] == ["M01"]
    assert [each.recommendation for each in queries.answered_by(make.reader(), held.measure, make.DAY)] == [
        one
    ]
    end = make.DAY + timedelta(days=9)
    actions.untie(by=make.secretary(), tie=held, reason="It is about leaflets.", on=end)
    assert not asked(one, end - timedelta(days=1)).has_no_measure
    assert asked(one, end).has_no_measure
    with pytest.raises(Refused, match="no longer answers"):
        actions.untie(by=make.secretary(), tie=held, reason="Again.", on=end)


def test_the_latest_reply_gives_the_state_and_the_earlier_ones_stay():
    one = make.recommendation()
    replied(one, "partly", on=date(2015, 7, 15))
    replied(one, "done", "It is paid.", on=make.DAY)
    assert asked(one, date(2014, 12, 31)).state == "open"
    assert asked(one, date(2016, 1, 1)).state == "partly"
    assert [each.words for each in asked(one).replies] == ["It is paid.", "The funding is being examined."]
    assert counts() == {"open": 0, "partly": 0, "done": 1, "without-measure": 0}
    with pytest.raises(Refused, match="needs words"):
        replied(one, "open", " ")


def test_a_recommendation_that_comes_back_is_followed_in_its_later_round_alone():
    made, first = make.accepted_plan(), make.recommendation()
    tied(first, made, "M01")
    second = make.recommendation(AGAIN, SECOND, number="111", on=LATER)
    assert [each for each, _score in queries.earlier_like(make.secretary(), second, LATER)] == [first]
    assert asked(second, LATER).line == (), "a likeness is offered, never taken"
    actions.draw_line(by=make.secretary(), recommendation=second, earlier=first, on=LATER)
    assert asked(second, LATER).line == (first,)
    assert asked(first, LATER).later == (second,)
    assert counts(LATER) == {"open": 1, "partly": 0, "done": 0, "without-measure": 1}
    assert counts(make.DAY) == {"open": 1, "partly": 0, "done": 0, "without-measure": 0}
    story = queries.story_of(make.secretary(), asked(second, LATER), LATER)
    assert [(event.what, event.recommendation.report.round) for event in story] == [
        ("asked", "1"),
        ("tied", "1"),
        ("asked", "2"),
        ("line", "2"),
    ]
    actions.draw_line(by=make.secretary(), recommendation=second, earlier=None, on=LATER)
    assert asked(first, LATER).is_standing, "a line that was wrong is superseded"


def test_a_line_leads_back_in_time_and_never_to_another_mechanism():
    first, other = make.recommendation(), make.recommendation(terms=make.report_terms(mechanism="osce"))
    second = make.recommendation(AGAIN, SECOND, on=LATER)
    for one, earlier in ((first, second), (second, other), (first, first)):
        with pytest.raises(Refused, match="an earlier report of the same mechanism"):
            actions.draw_line(by=make.secretary(), recommendation=one, earlier=earlier, on=LATER)


def test_likely_measures_are_offered_and_none_is_taken():
    made, one = make.accepted_plan(), make.recommendation(make.COURSES, rank=2)
    offered = queries.measures_like(make.secretary(), one, make.DAY)
    assert offered[0][0].measure == make.measure(made, "M02")
    assert asked(one).has_no_measure


def test_the_strongest_stands_first_and_what_was_not_read_last():
    texts = {3: "Meet.", None: "Count.", 1: "Fund."}
    for rank, text in texts.items():
        make.recommendation(text, rank=rank)
    account = queries.account(make.reader(), GRETA, make.DAY)
    assert [one.recommendation.rank for one in account.standing] == [1, 3, None]


@pytest.mark.parametrize("who", [make.reader, lambda: make.contact("fps-justice")])
def test_who_reads_does_not_write(who):
    one = make.recommendation()
    with pytest.raises(Refused, match="role does not allow"):
        actions.reply(by=who(), recommendation=one, said="Done.", language="en", state="done", on=make.DAY)


def bureau():
    client = Client()
    client.force_login(make.secretary(), backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_a_report_goes_from_its_file_to_what_is_still_open_on_pages_alone():
    made, client = make.accepted_plan(), bureau()
    file = SimpleUploadedFile("report.txt", make.REPORT_2013.encode())
    given = {
        "round": "1",
        "title": "First report",
        "published_on": "2013-09-25",
        "language": "en",
        "file": file,
    }
    review = client.post(reverse("plan:new-report", args=["greta"]), given, follow=True)
    assert "2 recommendations wait for a decision." in review.content.decode()
    rows = [row.pk for row in review.context["rows"]]
    report = review.context["report"]
    client.post(reverse("plan:decide-recommendations", args=[report.pk]), {"what": "all", "shown": rows})
    page = client.get(reverse("plan:mechanism", args=["greta"])).content.decode()
    assert page.index("lasting funding") < page.index("rulings of the courts")
    one = Recommendation.objects.get(number="47")
    tie = reverse("plan:tie", args=["greta", one.pk])
    wording = client.get(tie).context["form"].fields["likely"].choices[0][0]
    assert "Choose one." in client.post(tie, {"other": ""}).content.decode()
    shown = client.post(tie, {"likely": wording}, follow=True).content.decode()
    assert reverse("plan:measure", args=[made.code, "M02"]) in shown
    measure = client.get(reverse("plan:measure", args=[made.code, "M02"])).content.decode()
    assert reverse("plan:recommendation", args=["greta", one.pk]) in measure
    sheet = client.get(reverse("plan:mechanism-export", args=["greta", "csv"])).content.decode()
    assert "be-2015-2019 M02" in sheet


def test_what_a_page_refuses_stands_beside_its_field_and_keeps_what_was_typed():
    make.recommendation()
    report = Report.objects.get()
    path = reverse("plan:type-recommendation", args=[report.pk])
    response = bureau().post(path, {"number": "46", "text": make.FUNDING, "rank": "1"})
    assert "has that recommendation already" in response.context["form"].errors["text"][0]
    assert make.FUNDING in response.content.decode()
