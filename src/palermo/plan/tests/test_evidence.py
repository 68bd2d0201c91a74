"""Evidence, evaluations, and who sees what."""

from datetime import date

import pytest
from django.apps import apps

from palermo.errors import Refused
from palermo.plan import actions, files, queries
from palermo.plan.actions import Answer
from palermo.plan.models import Contribution, Evidence, Verdict
from palermo.plan.tests import make

pytestmark = pytest.mark.django_db
ALL = sorted(
    (one for one in apps.get_app_config("plan").get_models() if not one._meta.auto_created),
    key=lambda one: one.__name__,
)


def foreign(office):
    return make.question(office.round, "M01", "fps-foreign-affairs")


def handed_in(about, by=None, **what):
    return actions.add_evidence(
        by=by or make.contact("fps-foreign-affairs"),
        about=about,
        organisation=make.organisation("fps-foreign-affairs"),
        title="Leaflet",
        on=make.DAY,
        **(what or {"content": b"leaflet", "name": "leaflet.pdf"}),
    )


def test_a_file_is_kept_once_under_its_content_whoever_hands_it_in():
    office = make.Office()
    one, other = handed_in(foreign(office)), handed_in(make.measure(office.plan, "M01"))
    assert one.sha256 == other.sha256
    assert files.path(one.sha256).read_bytes() == b"leaflet"
    assert one.size == 7


@pytest.mark.parametrize(
    ("what", "said"),
    [
        ({"content": b"x", "address": "https://x.example"}, "one file, one address or one reference"),
        ({"content": b""}, "one file, one address or one reference"),
        ({"address": "javascript:alert(1)"}, "not a web address"),
        ({"content": b"x" * (25 * 1024 * 1024 + 1)}, "larger than 25 MB"),
    ],
)
def test_evidence_is_one_thing_that_can_be_looked_at(what, said):
    office = make.Office()
    with pytest.raises(Refused, match=said):
        handed_in(foreign(office), **what)


def test_nobody_hands_in_evidence_in_the_name_of_another_organisation():
    office = make.Office()
    with pytest.raises(Refused, match="role does not allow"):
        handed_in(foreign(office), by=make.contact("college"))
    with pytest.raises(Refused, match="do not stand for"):
        handed_in(make.measure(office.plan, "M01"), by=make.secretary())


def test_evidence_for_an_answer_is_seen_by_others_once_the_answer_was_sent_and_released():
    office = make.Office()
    person = make.contact("fps-foreign-affairs")
    evidence = handed_in(foreign(office))
    seen = lambda user: queries.visible_to(user, Evidence).filter(pk=evidence.pk).exists()  # noqa: E731
    assert [seen(one) for one in (person, make.secretary(), make.reader())] == [True, False, False]
    actions.save_draft(
        by=person,
        question=foreign(office),
        answer=Answer("", "", "en", evidence=[evidence]),
        on=make.DAY,
    )
    assert not seen(make.secretary())
    make.told(foreign(office), evidence=[evidence])
    assert [seen(one) for one in (person, make.secretary(), make.reader())] == [True, True, False]
    make.released(office.round)
    assert seen(make.reader())


def test_evidence_for_an_unsigned_answer_is_not_for_readers():
    office = make.Office()
    evidence = handed_in(foreign(office))
    signer = make.authority("fps-foreign-affairs")
    told = make.told(foreign(office), evidence=[evidence])
    seen = lambda user: queries.visible_to(user, Evidence).exists()  # noqa: E731
    assert (seen(make.secretary()), seen(make.reader())) == (True, False)
    actions.sign(by=signer, contribution=told, on=make.DAY)
    assert not seen(make.reader())
    make.released(office.round)
    assert seen(make.reader())


def test_an_answer_refers_to_evidence_of_its_own_measure_alone():
    office = make.Office()
    other = handed_in(foreign(office))
    with pytest.raises(Refused, match="not about measure M02"):
        make.told(make.question(office.round, "M02", "college"), evidence=[other])


def test_an_unsigned_answer_is_its_organisations_and_the_bureaus():
    office = make.Office()
    signer = make.authority("fps-foreign-affairs")
    told = make.told(foreign(office))
    seen = lambda user: queries.visible_to(user, Contribution).exists()  # noqa: E731
    assert seen(signer)
    assert seen(make.secretary())
    assert not seen(make.contact("college"))
    assert not seen(make.reader())
    actions.sign(by=signer, contribution=told, on=make.DAY)
    make.released(office.round)
    assert seen(make.contact("college"))
    assert seen(make.reader())


def test_the_bureaus_question_back_is_for_the_organisation_that_was_asked():
    office = make.Office()
    told = make.told(foreign(office))
    actions.ask(by=make.secretary(), contribution=told, remark="Which?", on=make.DAY)
    seen = lambda user: queries.visible_to(user, Verdict).exists()  # noqa: E731
    assert seen(make.contact("fps-foreign-affairs"))
    assert not seen(make.contact("college"))
    assert not seen(make.reader())


@pytest.mark.parametrize("model", ALL)
def test_every_record_has_its_rule_and_an_administrator_sees_none(model):
    office = make.Office()
    made = make.told(foreign(office))
    actions.accept_for_report(by=make.secretary(), contribution=made, on=make.DAY)
    handed_in(make.measure(office.plan, "M01"))
    assert not queries.visible_to(make.administrator(), model).exists()
    assert not queries.visible_to(make.person("Nobody", "college"), model).exists()
    for somebody in (make.secretary(), make.reader(), make.contact("college")):
        queries.visible_to(somebody, model).count()


def test_an_evaluation_on_record_ends_the_duty_from_the_day_it_was_known():
    made = make.accepted_plan()
    measure = make.measure(made, "M03")
    later = date(2018, 6, 1)
    assert make.state(made, "M03", date(2018, 1, 1)).is_evaluation_due
    actions.record_evaluation(
        by=make.contact("college"),
        measure=measure,
        held_on=date(2018, 2, 1),
        summary="The circular works.",
        language="en",
        on=later,
    )
    assert not make.state(made, "M03", later).is_evaluation_due
    assert make.state(made, "M03", date(2018, 5, 31)).is_evaluation_due


@pytest.mark.parametrize(
    ("held", "summary", "said"),
    [(date(2017, 3, 2), "x", "has not come yet"), (date(2017, 2, 1), " ", "needs a summary")],
)
def test_an_evaluation_took_place_and_found_something(held, summary, said):
    made = make.accepted_plan()
    with pytest.raises(Refused, match=said):
        actions.record_evaluation(
            by=make.secretary(),
            measure=make.measure(made, "M03"),
            held_on=held,
            summary=summary,
            language="en",
            on=make.DAY,
        )


def test_an_organisation_that_does_not_own_a_measure_puts_no_evaluation_on_record():
    made = make.accepted_plan()
    with pytest.raises(Refused, match="role does not allow"):
        actions.record_evaluation(
            by=make.contact("fps-labour"),
            measure=make.measure(made, "M03"),
            held_on=make.DAY,
            summary="x",
            language="en",
            on=make.DAY,
        )


def test_the_bureau_declares_an_obligation_that_no_reader_found():
    made = make.accepted_plan(make.document(make.SCHOOLS))
    assert make.state(made, "M01").duty is None
    actions.declare_obligation(
        by=make.secretary(),
        plan=made,
        section="8.3",
        text="Awareness is evaluated.",
        topics=["awareness"],
        line=90,
        on=make.ADOPTED,
    )
    assert make.state(made, "M01").duty.place == {"line": 90}


def test_an_owner_is_given_once_in_each_role_and_an_ended_one_does_not_end_twice():
    made = make.accepted_plan()
    measure = make.measure(made, "M04")
    giving = {"by": make.secretary(), "measure": measure, "organisation": make.organisation("college")}
    actions.assign_owner(**giving, role="lead", on=make.DAY)
    with pytest.raises(Refused, match="already"):
        actions.assign_owner(**giving, role="lead", on=make.DAY)
    with pytest.raises(Refused, match="no role"):
        actions.assign_owner(**giving, role="boss", on=make.DAY)
    undecided = measure.ownerships.get(kind="undecided")
    ending = {"by": make.secretary(), "ownership": undecided, "last": make.DAY, "reason": "Decided."}
    actions.end_ownership(**ending, on=make.DAY)
    with pytest.raises(Refused, match="ended its part"):
        actions.end_ownership(**ending, on=make.DAY)
    assert not make.state(made, "M04").has_no_owner


def test_half_a_file_does_not_stay_where_the_disk_is_full(settings, tmp_path, monkeypatch):
    def full(_handle):
        raise OSError(28, "No space left on device")

    settings.FILES = tmp_path
    monkeypatch.setattr(files.os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        files.keep(b"a leaflet")
    assert not [one for one in tmp_path.rglob("*") if one.is_file()]
