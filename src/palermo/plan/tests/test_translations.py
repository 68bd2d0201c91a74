"""An answer in another language stands beside the original, with its author, day and state."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from palermo.errors import Refused
from palermo.plan import actions, queries
from palermo.plan.actions import Translated
from palermo.plan.models import Translation
from palermo.plan.tests import make
from palermo.reporting.document import spoken, told_answer
from palermo.reporting.queries import government_report

NEXT, LATER = date(2017, 3, 2), date(2017, 3, 5)
FRENCH = Translated("fr", "Deux postes ont été informés.", "L'imprimeur était en retard.")


@pytest.fixture
def told(db, settings):
    settings.DEMONSTRATION, settings.TODAY = True, LATER.isoformat()
    office = make.Office()
    made = make.told(make.question(office.round, "M01", "fps-foreign-affairs"))
    actions.accept_for_report(by=make.secretary(), contribution=made, on=make.DAY)
    return made


def translate(told, words=FRENCH, by=None, on=make.DAY, **rest):
    by = by or make.contact("fps-foreign-affairs")
    return actions.translate(by=by, contribution=told, translated=words, on=on, **rest)


def in_report(told, language, on=LATER):
    plan, days = told.question.round.plan, (date(2016, 1, 1), date(2016, 12, 31))
    report = government_report(make.secretary(), plan, *days, on, language)
    return next(one.answers[0] for one in report.measures if one.reference == "M01")


def test_a_report_tells_a_confirmed_translation_with_its_author_and_day_else_the_original(told):
    draft = translate(told)
    assert in_report(told, "fr").translation is None
    assert told_answer(in_report(told, "fr"), "fr", spoken)["account"] == told.account
    actions.confirm_translation(by=make.secretary(), translation=draft, on=NEXT)
    shown = told_answer(in_report(told, "fr"), "fr", spoken)
    assert shown["account"] == FRENCH.account
    assert "Contact fps-foreign-affairs" in shown["mark"]
    assert "1 March 2017" in shown["mark"]
    assert told_answer(in_report(told, "en"), "en", spoken)["account"] == told.account
    assert in_report(told, "fr", on=make.DAY).translation is None


def test_a_later_draft_does_not_take_the_place_of_a_confirmed_translation_until_it_is_confirmed(told):
    translate(told, confirmed=True)
    later = translate(told, Translated("fr", "Deux postes furent informés."), by=make.secretary(), on=NEXT)
    assert in_report(told, "fr").translation.account == FRENCH.account
    actions.confirm_translation(by=make.secretary(), translation=later, on=NEXT)
    assert in_report(told, "fr").translation.account == "Deux postes furent informés."
    with pytest.raises(Refused, match="confirmed already"):
        actions.confirm_translation(by=make.secretary(), translation=later, on=NEXT)
    told.refresh_from_db()
    assert told.account == "Two posts were informed."


def test_only_the_bureau_and_the_organisation_translate(told):
    for somebody in (make.contact("college"), make.reader(), make.authority("fps-foreign-affairs")):
        with pytest.raises(Refused):
            translate(told, by=somebody)
    with pytest.raises(Refused, match="in this language already"):
        translate(told, Translated("en", "Two posts."))


def test_others_see_a_translation_once_it_is_confirmed_and_the_answer_released(told):
    seen = lambda user: queries.visible_to(user, Translation).exists()  # noqa: E731
    draft = translate(told)
    make.released(told.question.round, on=NEXT)
    assert (seen(make.contact("fps-foreign-affairs")), seen(make.reader())) == (True, False)
    actions.confirm_translation(by=make.secretary(), translation=draft, on=NEXT)
    assert seen(make.reader())


def test_a_draft_that_is_confirmed_as_it_is_keeps_its_author(told):
    translate(told)
    browser = Client()
    browser.force_login(make.secretary(), backend="django.contrib.auth.backends.ModelBackend")
    place = ["be-2015-2019", 1, "M01", "be", "fps-foreign-affairs"]
    path = reverse("plan:translate", args=[*place, 1])
    shown = browser.get(path, {"language": "fr"})
    assert FRENCH.account in shown.content.decode()
    words = {"language": "fr", "account": FRENCH.account, "reason": FRENCH.reason, "confirm": "1"}
    assert browser.post(path, words).status_code == 302
    made = Translation.objects.get()
    assert (made.by, made.confirmation.by) == (make.contact("fps-foreign-affairs"), make.secretary())
    assert "Deux postes" in browser.get(reverse("plan:question", args=place)).content.decode()
    browser.post(path, words | {"account": "Deux postes furent informés."})
    assert Translation.objects.count() == 2
