"""A case as it is told is read whole, or refused with the place of what is wrong."""

from datetime import date

import pytest

from palermo.errors import Refused
from palermo.law.file import load
from palermo.referral.rules import case
from palermo.referral.rules.trace import trace

LAW, UNION = load("be"), load("eu")
GOOD = {"as_of": "2018-03-01", "person": {"citizenship": ["MA"], "ground": "trafficking"}, "events": []}
DETECTED = {"on": "2018-03-01", "type": "detected"}
NO_DATE = "is no date such as 2018-03-01, from 1900 to 2199"
NO_COUNTRIES = "person.citizenship is no list of countries such as BE (ISO 3166-1 alpha-2)"
NO_TYPE = f"type is none of {', '.join(case.EVENTS)}"


def of(**told):
    """A case of a person of whom something else is told."""
    return {**GOOD, "person": {**GOOD["person"], **told}}


def of_events(*events):
    """A case in which something else happened."""
    return {**GOOD, "events": [*events]}


@pytest.mark.parametrize(
    ("told", "fault"),
    [
        ([], "the case is no object"),
        ({}, "the case has no as_of"),
        ({**GOOD, "more": 1, "other": 2}, "the case says more, which means nothing here"),
        ({**GOOD, "country": "nl"}, "country is none of be"),
        ({**GOOD, "country": "BE"}, "country is none of be"),
        ({**GOOD, "as_of": "1 March"}, f"as_of {NO_DATE}"),
        ({**GOOD, "as_of": "2018-02-30"}, f"as_of {NO_DATE}"),
        ({**GOOD, "as_of": 20180301}, f"as_of {NO_DATE}"),
        ({**GOOD, "as_of": "9999-12-31"}, f"as_of {NO_DATE}"),
        ({**GOOD, "as_of": "2200-01-01"}, f"as_of {NO_DATE}"),
        ({**GOOD, "as_of": "1899-12-31"}, f"as_of {NO_DATE}"),
        ({**GOOD, "as_of": "20180301"}, f"as_of {NO_DATE}"),
        ({**GOOD, "as_of": "2018-W10-1"}, f"as_of {NO_DATE}"),
        ({**GOOD, "events": {}}, "events is no array"),
        (of_events(1), "events[0] is no object"),
        ({**GOOD, "\ud800" + 99 * "x": 1}, "the case says \\ud800" + 39 * "x" + ", which means nothing here"),
        (of_events({"on": "2018-03-01"}), f"events[0].{NO_TYPE}"),
        (of_events({"on": "2018-03-01", "type": ["detected"]}), f"events[0].{NO_TYPE}"),
        (of_events({"type": "detected"}), "events[0] has no on"),
        (of_events({**DETECTED, "on": "2018"}), f"events[0].on {NO_DATE}"),
        (
            of_events(DETECTED, {**DETECTED, "kind": "annex-15"}),
            "events[1] says kind, which means nothing here",
        ),
        (
            of_events({**DETECTED, "until": "2018-04-01"}),
            "events[0] says until, which means nothing here",
        ),
        (of_events({"on": "2018-03-01", "type": "document_issued"}), "events[0] has no kind"),
        (
            of_events({"on": "2018-03-01", "type": "document_issued", "kind": "annex-13"}),
            "events[0].kind is none of order-to-leave-45, annex-15, provisional, temporary, unlimited",
        ),
        (
            of_events({"on": "2018-03-01", "type": "danger_assessed", "danger": "unknown"}),
            "events[0].danger is none of yes, no",
        ),
        (
            of_events(
                {"on": "2018-03-01", "type": "prosecutor_answered", **dict.fromkeys(case.QUESTIONS, "maybe")}
            ),
            "events[0].still_victim is none of yes, no, unknown",
        ),
        (
            of_events({"on": "2018-03-01", "type": "ended", "ground": "rain"}),
            "events[0].ground is none of no-statement, contact-renewed, danger, cooperation-stopped, "
            "proceedings-ended, fraud, voluntary-return, other",
        ),
        (
            of_events({"on": "2018-03-05", "type": "document_extended", "until": "2018"}),
            f"events[0].until {NO_DATE}",
        ),
        (
            of_events({"on": "2018-03-05", "type": "document_extended", "until": "2018-03-04"}),
            "events[0].until lies before the day of the event",
        ),
        (of(citizenship=[]), NO_COUNTRIES),
        (of(citizenship=["Maroc"]), NO_COUNTRIES),
        (of(citizenship=["ma"]), NO_COUNTRIES),
        (of(citizenship=["MA", 1]), NO_COUNTRIES),
        (of(citizenship="MA"), NO_COUNTRIES),
        (of(exploited_in=[]), NO_COUNTRIES.replace("citizenship", "exploited_in")),
        ({**GOOD, "person": {"citizenship": ["MA"]}}, "person has no ground"),
        ({**GOOD, "person": {}}, "person has no citizenship"),
        (of(name="A. B."), "person says name, which means nothing here"),
        (
            of(ground="smuggling-77quater-6"),
            "person.ground is none of trafficking, smuggling-77quater-1, smuggling-77quater-2, "
            "smuggling-77quater-3, smuggling-77quater-4, smuggling-77quater-5",
        ),
        (of(unaccompanied_minor="yes"), "person.unaccompanied_minor is neither true nor false"),
        (of(diplomatic_household=1), "person.diplomatic_household is neither true nor false"),
        (of(belgian_proceedings=None), "person.belgian_proceedings is neither true nor false"),
        (of(born_on="1990"), f"person.born_on {NO_DATE}"),
        ({**GOOD, "person": []}, "person is no object"),
    ],
)
def test_what_is_no_case_is_refused_with_its_place(told, fault):
    with pytest.raises(Refused) as refused:
        trace(case.read(told), LAW, UNION)
    assert refused.value.code == "case"
    assert str(refused.value) == f"This case cannot be traced: {fault}. Mend it and ask again."


@pytest.mark.parametrize("told", [GOOD, of_events({**DETECTED, "on": "2018-03-02"})])
def test_whom_nobody_had_detected_by_then_has_no_stage(told):
    with pytest.raises(Refused) as refused:
        trace(case.read(told), LAW, UNION)
    assert refused.value.code == "not-detected"
    assert str(refused.value) == (
        "By 2018-03-01 nobody had detected this person. Tell on which day the person was detected, or ask "
        "for a later day."
    )


def test_a_case_is_read_as_it_was_told():
    told = of_events(
        {"on": "1900-01-01", "type": "detected"},
        {"on": "2199-12-31", "type": "document_renewed", "until": "2199-12-31"},
        {"on": "2018-03-02", "type": "document_issued", "kind": "provisional", "until": None},
    )
    assert case.read(told) == case.Case(
        person=case.Person(citizenship=("MA",)),
        events=(
            case.Event(0, date(1900, 1, 1), "detected"),
            case.Event(1, date(2199, 12, 31), "document_renewed", {}, date(2199, 12, 31)),
            case.Event(2, date(2018, 3, 2), "document_issued", {"kind": "provisional"}),
        ),
        as_of=date(2018, 3, 1),
    )
    assert case.read(told).country == "be"
    assert case.read({**told, "country": "be"}) == case.read(told)


def test_what_is_not_told_of_a_person_is_what_most_cases_are():
    said = {"unaccompanied_minor": False, "diplomatic_household": False, "belgian_proceedings": True}
    person = case.read(GOOD).person
    assert person == case.read(of(**said, exploited_in=["BE"], born_on=None)).person
    assert {name: getattr(person, name) for name in said} == said
    assert (person.ground, person.exploited_in, person.born_on) == ("trafficking", ("BE",), None)
    other = case.read(of(**{name: not one for name, one in said.items()}, exploited_in=["NL", "LU"])).person
    assert {name: not getattr(other, name) for name in said} == said
    assert other.exploited_in == ("NL", "LU")


def test_a_case_from_before_the_first_law_that_is_known_is_refused():
    told = {**GOOD, "as_of": "1990-01-02", "events": [{**DETECTED, "on": "1990-01-01"}]}
    with pytest.raises(Refused, match="known 1994-07-07"):
        trace(case.read(told), LAW, UNION)
