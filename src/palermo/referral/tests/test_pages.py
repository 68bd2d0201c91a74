"""The pages of the law and of the procedure: what they show is what the rules say, and nothing is kept."""

import json
import re

import pytest
from django.apps import apps
from django.utils.translation import override

from palermo.law.file import load
from palermo.law.penalties import grounds
from palermo.plan.tests import make
from palermo.referral.examples import EXAMPLES
from palermo.referral.forms import EventForm, countries
from palermo.referral.rules import case as cases
from palermo.referral.rules.case import ENDINGS, EVENTS, QUESTIONS
from palermo.referral.rules.moves import MOVES
from palermo.referral.rules.trace import trace
from palermo.referral.templatetags import law as law_words
from palermo.referral.templatetags import referral as words
from palermo.referral.track import reached, track

PERSON = {
    "as_of": "2018-04-10",
    "citizenship": "MA",
    "born_on": "1990-01-01",
    "ground": "trafficking",
    "exploited_in": "BE",
    "belgian_proceedings": "on",
}
DETECTED = json.dumps({"on": "2018-03-01", "type": "detected"})
CENTRE = json.dumps({"on": "2018-03-02", "type": "centre_accepted"})
ANNEX = json.dumps({"on": "2018-03-05", "type": "document_issued", "kind": "annex-15"})
REFLECTING = [DETECTED, CENTRE, ANNEX]
TRY = "/procedure/try/"


@pytest.fixture
def page(client, db):
    client.force_login(make.reader())
    return client


def text(response):
    """What a page says, its signs taken away."""
    assert response.status_code == 200
    content = re.sub(r"<(script|style).*?</\1>", "", response.getvalue().decode(), flags=re.S)
    return " ".join(re.sub(r"<[^>]+>", " ", content).split())


def events_of(response):
    """The events that a page gives back with its form."""
    found = re.findall(r'name="event" value="([^"]*)"', response.getvalue().decode())
    return [json.loads(one.replace("&quot;", '"')) for one in found]


def rows():
    """Everything that is kept, table by table."""
    return {
        model._meta.label: sorted(map(repr, model._base_manager.values_list())) for model in apps.get_models()
    }


def test_a_case_that_is_tried_stands_as_the_rules_say(page):
    response = page.post(TRY, PERSON | {"event": REFLECTING})
    said = text(response)
    assert "Reflection, since 5 March 2018" in said
    assert "valid through 19 April 2018" in said
    assert "9 days left" in said
    assert "No complaint or statement was made." in said
    told = {
        "as_of": "2018-04-10",
        "person": {"citizenship": ["MA"], "born_on": "1990-01-01", "ground": "trafficking"},
        "events": [json.loads(one) for one in REFLECTING],
    }
    found = trace(cases.read(told), load("be"), load("eu"))
    for move in found.moves:
        assert str(words.MOVES[move.name]) in said


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_each_example_is_traced_in_each_language(page, name, language):
    page.cookies["django_language"] = language
    response = page.get(TRY, {"example": name})
    said = text(response)
    case = cases.read(
        json.loads(
            re.sub("&quot;", '"', re.search(r"<pre[^>]*>(.*?)</pre>", response.getvalue().decode(), re.S)[1])
        )
    )
    found = trace(case, load("be"), load("eu"))
    with override(language):
        assert str(words.STAGES[found.stage]).lower() in said.lower()
    assert [one for one in found.refused if one.why] == []
    assert events_of(response) == EXAMPLES[name]["events"]


def test_what_happened_is_added_and_taken_out_again(page):
    new = {"on": "2018-04-03", "what": "statement_made"}
    added = page.post(TRY, PERSON | new | {"event": REFLECTING, "do": "add"})
    assert events_of(added)[-1] == {"on": "2018-04-03", "type": "statement_made"}
    assert "The person made a complaint or a statement" in text(added)
    taken = page.post(TRY, PERSON | {"event": REFLECTING, "do": "remove-1"})
    assert events_of(taken) == [json.loads(DETECTED), json.loads(ANNEX)]
    assert "What the law did not allow" in text(taken)
    assert "No recognised centre accompanies the person." in text(taken)


def test_an_answer_of_the_prosecutor_says_each_of_its_points(page):
    half = {"on": "2018-06-20", "what": "prosecutor_answered", "still_victim": "unknown", "willing": "no"}
    refused = page.post(TRY, PERSON | half | {"event": REFLECTING, "do": "add"})
    assert "All ties with the presumed offenders broken: This field is required." in text(refused)
    assert len(events_of(refused)) == len(REFLECTING)
    new = half | {"proceedings_ongoing": "yes", "ties_broken": "yes"}
    added = page.post(TRY, PERSON | new | {"event": REFLECTING, "do": "add"})
    assert events_of(added)[-1] == {
        "on": "2018-06-20",
        "type": "prosecutor_answered",
        "still_victim": "unknown",
        "proceedings_ongoing": "yes",
        "willing": "no",
        "ties_broken": "yes",
    }


def test_everything_that_can_have_happened_can_be_told():
    for what in words.EVENTS:
        form = EventForm({"on": "2018-04-04", "what": what, **dict.fromkeys(QUESTIONS, "yes")})
        assert form.is_valid(), what
        told = form.told()
        assert cases.event(0, told).type == what.partition(":")[0]
        assert words.event_words(told).startswith(str(words.EVENTS[what]))


def test_every_event_and_every_ending_can_be_chosen():
    told = {code.partition(":")[0] for code in words.EVENTS}
    assert told == {*EVENTS}
    assert {code.partition(":")[2] for code in words.ENDED} == {*ENDINGS}


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ({"on": "", "what": "detected"}, "Day: This field is required."),
        ({"on": "2018-03-05", "what": ""}, "What happened: This field is required."),
        (
            {"on": "2018-03-05", "what": "document_extended", "until": "2018-03-01"},
            "It lies before the day on which it was given.",
        ),
        ({"on": "2018-03-05", "what": "abducted"}, "What happened: Select a valid choice."),
    ],
)
def test_what_is_told_wrongly_is_said_and_nothing_that_was_told_is_lost(page, typed, wrong):
    response = page.post(TRY, PERSON | typed | {"event": REFLECTING, "do": "add"})
    assert wrong in text(response)
    assert len(events_of(response)) == len(REFLECTING)


def test_a_person_told_wrongly_keeps_what_happened(page):
    response = page.post(TRY, PERSON | {"citizenship": "", "event": REFLECTING})
    assert "Citizenship: This field is required." in text(response)
    assert len(events_of(response)) == len(REFLECTING)


def test_a_case_without_a_detection_says_so(page):
    assert "nobody had detected this person" in text(page.post(TRY, PERSON))


@pytest.mark.parametrize(
    "event", ["", "no json", "[" * 100_000, "7", '{"on": "2018-03-01"}', '{"type": ["detected"]}', "null"]
)
def test_an_event_that_was_tampered_with_is_refused(page, event):
    response = page.post(TRY, PERSON | {"event": [DETECTED, event]})
    assert "This case cannot be traced: events[1]" in text(response)
    assert events_of(response) == [json.loads(DETECTED)]


def test_a_case_ends_somewhere(page):
    many = [json.dumps({"on": "2018-03-01", "type": "detected"})] * 200
    response = page.post(TRY, PERSON | {"on": "2018-03-02", "what": "detected", "event": many, "do": "add"})
    assert "200 events at most" in text(response)
    assert len(events_of(response)) == len(many)
    assert "Detected, since 1 March 2018" in text(page.post(TRY, PERSON | {"event": many}))


def test_what_cannot_be_written_is_refused_and_not_told_back(page):
    strange = '{"on": "2018-03-01", "type": "detected", "\\ud800": 1}'
    assert "says \\ud800, which means nothing here" in text(page.post(TRY, PERSON | {"event": strange}))


def test_what_is_typed_is_added_by_either_button_and_kept_when_something_is_taken_out(page):
    typed = {"on": "2018-04-03", "what": "statement_made"}
    assert events_of(page.post(TRY, PERSON | typed | {"event": REFLECTING}))[-1]["type"] == "statement_made"
    taken = page.post(TRY, PERSON | typed | {"event": REFLECTING, "do": "remove-0"})
    assert len(events_of(taken)) == len(REFLECTING) - 1
    assert 'value="2018-04-03"' in taken.getvalue().decode()


def test_what_happens_after_the_day_that_is_asked_is_listed_and_not_counted(page):
    stated = json.dumps({"on": "2018-04-11", "type": "statement_made"})
    said = text(page.post(TRY, PERSON | {"event": [*REFLECTING, stated]}))
    assert "later: not counted" in said
    assert "No complaint or statement was made." in said
    later = text(page.post(TRY, PERSON | {"as_of": "2018-04-11", "event": [*REFLECTING, stated]}))
    assert "later: not counted" not in later


def test_what_is_not_read_in_its_source_is_named_beside_the_case(page):
    of_2018 = text(page.post(TRY, PERSON | {"event": REFLECTING}))
    assert "To be checked before anybody relies on it" in of_2018
    reserved = "what they say since 1 September 2026 is to be verified"
    found = json.dumps({"on": "2026-10-01", "type": "detected"})
    of_2026 = text(page.post(TRY, PERSON | {"as_of": "2026-10-02", "event": [found]}))
    assert reserved in of_2026
    assert "art. 61/2 § 1: the person is told of the permit (to verify)" in of_2026
    assert "art. 61/2 § 1: the person is told of the permit (to verify)" not in of_2018


def test_after_the_end_nothing_can_be_done(page):
    ended = json.dumps({"on": "2018-03-02", "type": "ended", "ground": "voluntary-return"})
    said = text(page.post(TRY, PERSON | {"event": [DETECTED, ended]}))
    assert "What can be done Nothing." in said


def test_who_is_not_eligible_is_told_why_and_the_next_step_is_told_apart_from_far_ones(page):
    told = PERSON | {"event": [DETECTED]}
    said = text(page.post(TRY, told | {"ground": "smuggling-77quater-1"}))
    assert "1° opens the procedure for unaccompanied minors alone" in said
    nearest, _far, rest = text(page.post(TRY, told)).partition("not in this stage")
    assert "Issue the document of the reflection period" in nearest
    assert "Grant unlimited stay" in rest
    assert "Grant unlimited stay" not in nearest


def test_nothing_that_is_tried_is_kept(page, caplog):
    text(page.get(TRY))
    before = rows()
    for path, typed in (
        (TRY, PERSON | {"event": REFLECTING}),
        ("/law/penalties/", PENALTY),
        ("/law/limitation/", LIMITATION),
        ("/law/wages/", {"kind": "notice", "on": "2018-05-01", "months": 3}),
    ):
        text(page.post(path, typed))
    assert rows() == before
    assert "1990-01-01" not in caplog.text


def test_the_line_of_a_case_goes_through_its_stages_to_what_runs():
    example = EXAMPLES["temporary"]
    told = {
        "as_of": example["as_of"],
        "person": {"citizenship": ["MA"], "ground": "trafficking"},
        "events": example["events"],
    }
    case, law, union = cases.read(told), load("be"), load("eu")
    assert [stage for stage, _since in reached(case, law, union)] == [
        *("detected", "reflection", "provisional", "provisional-extended", "temporary"),
    ]
    line = track(case, trace(case, law, union), law, union)
    assert line.spans[0].start == 0
    assert all(
        later.start == pytest.approx(earlier.start + earlier.width)
        for earlier, later in zip(line.spans, line.spans[1:], strict=False)
    )
    assert line.last == max(mark.clock.due_on for mark in line.marks)
    assert max(mark.at for mark in line.marks) == 100 >= line.day


PENALTY = {
    "offence": "trafficking",
    "on": "2020-05-01",
    "judged_on": "2026-10-01",
    "victims": 3,
    "grounds": ["minor", "public-officer"],
}
LIMITATION = {
    "aim": "sexual-exploitation",
    "on": "2012-05-01",
    "asked_on": "2018-01-01",
    "born_on": "1999-10-01",
}


def test_a_fine_is_shown_step_by_step_under_both_codes(page):
    said = text(page.post("/law/penalties/", PENALTY))
    for part in (
        "art. 433septies",
        "1,000 – 100,000",
        "× 8",
        "× 3",
        "24,000 – 2,400,000",
        "(art. 433sexies)",
    ):
        assert part in said
    for part in ("art. 260 § 1", "600 – 45,000", "level 4", "to verify", "Weighed by the judge"):
        assert part in said


def test_what_was_not_read_is_for_a_jurist(page):
    said = text(page.post("/law/penalties/", PENALTY | {"is_attempt": "on"}))
    assert said.count("What an attempt at it is punished with was not read: ask a jurist.") == 2
    assert "× 8" not in said


@pytest.mark.parametrize(
    ("path", "typed", "said"),
    [
        ("/law/penalties/", PENALTY | {"judged_on": "2019-01-01"}, "Day of the judgment: The judgment lies"),
        (
            "/law/penalties/",
            PENALTY | {"on": "1990-01-01"},
            "Day of the facts: What the law said on that day is not",
        ),
        ("/law/penalties/", PENALTY | {"victims": 0}, "Victims: Ensure this value is greater than or equal"),
        ("/law/limitation/", LIMITATION, "Time runs from the victim&#x27;s majority."),
        ("/law/limitation/", LIMITATION | {"asked_on": "2020-01-01"}, "Prosecution does not lapse."),
        ("/law/limitation/", LIMITATION | {"born_on": ""}, "Ask a jurist."),
        (
            "/law/limitation/",
            LIMITATION | {"born_on": "2012-06-01"},
            "Victim born on: The victim was born after the facts.",
        ),
        ("/law/limitation/", LIMITATION | {"on": "2019-05-01"}, "Day of the facts: The facts lie after"),
        (
            "/law/wages/",
            {"on": "2018-05-01", "months": 3, "is_named_activity": "on"},
            "1 May 2018, 10 May 2018, 21 May 2018",
        ),
        ("/law/wages/", {"on": "2018-05-01", "months": 3, "is_named_activity": "on"}, "From 24 May 2018"),
        ("/law/wages/", {"on": "2018-05-01", "months": 13}, "Months for which it holds: A notice holds"),
        ("/law/wages/", {"on": "2018-05-01", "months": 3}, "They do not answer for the wages."),
        (
            "/law/wages/",
            {"kind": "chain", "role": "principal", "work_on": "2018-05-01"},
            "They did not know.",
        ),
        (
            "/law/wages/",
            {"kind": "chain", "role": "direct-contractor", "work_on": "2018-05-01"},
            "They hold no written declaration",
        ),
        (
            "/law/wages/",
            {"kind": "chain", "role": "nobody", "work_on": "2018-05-01"},
            "Select a valid choice",
        ),
    ],
)
def test_each_calculator_answers_or_says_what_is_wrong(page, path, typed, said):
    assert said in text(page.post(path, typed))


def test_the_law_of_a_day_is_shown_with_its_sources(page):
    said = text(page.get("/law/", {"on": "2017-05-19"}))
    assert "Belgium on 19 May 2017" in said
    assert "order to leave the territory, with a term of 45 days from 1 June 2007" in said.replace(
        "1 June 2007 to", "from 1 June 2007 to"
    )
    assert "× 8" in said
    assert "Annex 15" not in said
    later = text(page.get("/law/", {"on": "2026-09-01"}))
    assert "What became of art. 433quinquies § 5 art. 264" in later
    assert "levels 1 to 6" in later


@pytest.mark.parametrize(("country", "said"), [("nl", "CoMensha"), ("lu", "90 days"), ("eu", "Croatia")])
def test_the_law_of_others_is_shown_too(page, country, said):
    assert said in text(page.get("/law/", {"country": country}))
    assert "Belgium" in text(page.get("/law/", {"country": "../be"}))


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
@pytest.mark.parametrize("country", ["be", "nl", "lu", "eu"])
def test_every_value_of_every_version_has_its_words(country, language):
    law = load(country)
    shown = {name for _title, names in law_words.GROUPS for name in names}
    with override(language):
        for value in law.values.values():
            for version in value.versions:
                assert law_words.fixed(version.value, value.unit) or version.value == "in force"
                assert law_words.sourced(version, value.unit)
            if value.unit not in {"clause", "penalty"} and not value.name.isupper():
                assert value.name in shown or value.name.startswith(
                    ("successor-of-", "attempt-of-", "level-")
                )


def test_every_ground_answer_and_reason_has_its_words():
    law = load("be")
    assert {*law_words.GROUNDS} == {*grounds(law)}
    aims = {aim for version in law.values["trafficking-aims"].versions for aim in version.value}
    assert {*law_words.AIMS} == aims
    assert {*words.MOVES} == {*MOVES}


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_the_countries_are_named_and_sorted_in_each_language(language):
    with override(language):
        found = countries()
        names = dict(found)
    assert len(found) > 240
    assert {"BE", "NL", "LU", "MA", "VN", "CD"} <= set(names)
    assert {"EU", "ZZ", "UN"} & set(names) == set()
    assert names["AL"] != "AL"
    assert found[0][0] in {"AF", "EG"}  # Ägypten


def test_the_procedure_is_explained_and_each_move_has_its_place(page):
    response = page.get("/procedure/")
    content = response.getvalue().decode()
    for move in MOVES:
        assert f'id="{words.anchor(move)}"' in content
    assert "<svg" in content
    assert "style=" not in content


def test_a_program_reads_the_law_and_the_procedure(page):
    told = {one["name"]: one for one in page.get("/api/law", {"on": "2020-05-01"}).json()}
    assert told["fine-multiplier"]["value"] == 8
    assert told["433septies"]["value"]["fine"] == [1000, 100000]
    assert "258" not in told
    assert page.get("/api/law", {"country": "fr"}).status_code == 422
    sections = page.get("/api/procedure").json()
    assert [one["code"] for one in sections][:3] == ["documents", "expected", "moves"]
