"""The rules of the procedure, against the table that a jurist can read, and against what must always hold."""

import contextlib
import dataclasses
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.errors import Refused
from palermo.law.file import load
from palermo.referral.rules import case, moves, state
from palermo.referral.rules import trace as tracing
from palermo.referral.rules.moves import ALONE, ENDS_NEED, ISSUED, MOVES, NEEDS
from palermo.referral.rules.state import STAGE_OF
from palermo.referral.rules.trace import as_json, trace
from palermo.referral.tests import cases

LINES = list(cases.lines())
LAW, UNION = load("be"), load("eu")
FIRST = date(2016, 6, 1)


def traced(told):
    return as_json(trace(case.read(told), LAW, UNION))


@pytest.mark.parametrize("line", LINES, ids=[f"{one['Line']}: {one['What it shows']}" for one in LINES])
def test_a_case_stands_as_the_table_says(line):
    found = traced(cases.case(line))
    document = found["document"]
    blocked = {one["move"]: sorted(one["why"]) for one in found["blocked"]}
    always = set() if found["stage"] == "ended" else cases.ALWAYS
    told = {
        "Stage": f"{found['stage']} {found['since']}",
        "Document": f"{document['kind']} {document['expires_on'] or '–'}" if document else "–",
        "Flags": " ".join(found["flags"]),
        "Clocks": "; ".join(" ".join((one["name"], one["due_on"], one["state"])) for one in found["clocks"])
        or "–",
        "Duties": "; ".join(f"{one['name']} {one['done_on'] or '–'}" for one in found["duties"]),
    }
    assert {name: told[name] for name in told if name in line} == {
        name: line[name] for name in told if name in line
    }
    if "Possible" in line:
        assert {one["move"] for one in found["possible"]} == cases.moves(line["Possible"]) | always
    named = [one["move"] for one in (*found["possible"], *found["blocked"])]
    assert sorted(named) == sorted(cases.EVERY - cases.OVER.get(found["stage"], set()))
    for name, why in cases.codes(line.get("Blocked", "")).items():
        assert blocked.get(cases.move(name)) == why, name
    if "Refused" in line:
        refused = {str(one["event"]): sorted(one["why"]) for one in found["refused"]}
        assert refused == cases.codes(line["Refused"])


def test_the_table_has_a_case_for_each_move_each_code_each_event_and_each_stage():
    found = [traced(cases.case(line)) for line in LINES]
    assert {one["move"] for told in found for one in told["possible"]} == {*MOVES}
    events = {one["type"] for line in LINES for one in cases.case(line)["events"]}
    assert events == {*case.EVENTS}
    assert len({told["stage"] for told in found}) == 9
    codes = {code for told in found for one in (*told["blocked"], *told["refused"]) for code in one["why"]}
    assert codes == ALONE | {*ENDS_NEED} | {code for needed in NEEDS.values() for code in needed}


@pytest.mark.parametrize(
    ("stage", "article"),
    [
        ("reflection", "art. 61/2 § 3"),
        ("provisional", "61/3 § 3"),
        ("provisional-extended", "61/3 § 3"),
        ("temporary", "art. 61/4 § 2"),
        ("unlimited", "art. 61/5"),
    ],
)
def test_what_ends_every_document_cites_the_article_of_its_stage(stage, article):
    found = [one for one in map(traced, map(cases.case, LINES)) if one["stage"] == stage]
    cited = {
        one["source"]
        for told in found
        for one in (*told["possible"], *told["blocked"])
        if one["move"] in {"end:danger", "end:contact-renewed"} and told["since"] > "2007-06-01"
    }
    assert cited
    assert all(article in source for source in cited)
    free = {
        one["source"]
        for told in found
        for one in told["possible"]
        if one["move"] == "end:voluntary-return" and told["since"] > "2007-06-01"
    }
    assert free == {"Voluntary return; nobody stays in the procedure against their will"}


def test_a_move_cites_no_law_of_a_later_day():
    detected = {"on": "2005-01-01", "type": "detected"}
    stated = {"on": "2005-01-01", "type": "statement_made"}
    centre = {"on": "2005-01-01", "type": "centre_accepted"}
    person = {"citizenship": ["MA"], "ground": "trafficking"}
    issued = {"on": "2005-01-02", "type": "document_issued", "kind": "provisional"}
    found = traced({"as_of": "2005-03-01", "person": person, "events": [detected, stated, centre, issued]})
    cited = {one["source"] for name in ("possible", "blocked", "duties") for one in found[name]}
    assert {source.partition(" of ")[0] for source in cited} == {"Ministerial circular", "Programme Act"}


def test_what_was_refused_before_the_first_law_that_is_known_cites_that_one():
    early = {"on": "1993-01-01", "type": "document_extended"}
    later = {"on": "2018-03-01", "type": "detected"}
    person = {"citizenship": ["MA"], "ground": "trafficking"}
    [refused] = traced({"as_of": "2018-03-01", "person": person, "events": [early, later]})["refused"]
    assert refused["source"] == "Ministerial circular of 7 July 1994"


def made_by(event):
    """The move of an event that can be refused."""
    simple = {
        "document_extended": "extend-provisional-document",
        "document_renewed": "renew-temporary-document",
        "prosecutor_asked": "ask-prosecutor",
        "humanitarian_requested": "request-humanitarian",
        "document_issued": ISSUED[STAGE_OF[event.get("kind", "annex-15")]],
        "ended": f"end:{event.get('ground')}",
    }
    return simple[event["type"]]


def test_the_table_blocks_each_move_by_all_that_it_is_said_to_need():
    seen = {move: set() for move in MOVES}
    for line in LINES:
        told = cases.case(line)
        found = traced(told)
        alone = {"wrong-stage", "not-eligible", "case-ended"}
        alone |= {"not-needed"} if found["stage"] == "residence-not-needed" else set()
        events = [(told["events"][one["event"]], one["why"]) for one in found["refused"]]
        made = [(made_by(event), why) for event, why in events if event["type"] != "prosecutor_answered"]
        for move, why in [*((one["move"], one["why"]) for one in found["blocked"]), *made]:
            seen[move] |= {*why} - alone
    ends = {move for move in MOVES if move.startswith("end:")}
    assert set.union(*(seen.pop(move) for move in ends)) == {*ENDS_NEED}
    assert seen.pop("request-humanitarian") == set()
    # Of whoever has a temporary document the prosecutor was asked, and answered.
    seen["renew-temporary-document"] |= {"prosecutor-not-asked", "prosecutor-not-answered"}
    assert seen == {move: {*needed} for move, needed in NEEDS.items()}


def test_where_nothing_is_against_something_nothing_is_said():
    detected = state.State(stage="detected", since=FIRST, detected_on=FIRST)
    asked = moves.Asked(case.Person(("MA",)), detected, FIRST, LAW, UNION)
    assert moves.event_blocked_by(case.Event(0, FIRST, "detected"), asked) == ()
    assert moves.asking(asked) == ()
    assert moves.is_stated_in_time(detected) is False
    assert state.is_citizen(asked.person, UNION, FIRST) is False


def test_before_anything_happened_nothing_is_known():
    known = dict.fromkeys(("has_centre", "is_asked", "is_favoured", "is_danger"), False)
    known |= dict.fromkeys(("since", "document", "detected_on", "statement_on", "answer"))
    known |= dict.fromkeys(("stage", "ended_by", "ended_from"), "")
    assert state.State() == state.State(**known, standing=frozenset())


def test_what_is_issued_counts_from_its_day():
    on = date(2018, 3, 5)
    for kind, last, months in (("unlimited", None, 0), ("annex-15", date(2018, 4, 19), 0)):
        assert state.issued(kind, on, LAW) == state.Document(kind, on, last, on, months)
        assert state.Document(kind, on, last, on).months == months
    assert state.issued("provisional", on, LAW) == state.Document("provisional", on, date(2018, 6, 5), on, 3)
    assert len(LINES) >= 150


DAYS = st.dates(FIRST, FIRST + timedelta(days=1500))
COUNTRIES = st.lists(st.sampled_from(["MA", "NG", "RO", "GB", "HR", "BE"]), min_size=1, max_size=2)
PEOPLE = st.fixed_dictionaries(
    {
        "citizenship": COUNTRIES | st.just(["MA"]),
        "born_on": st.none() | st.dates(date(1990, 1, 1), date(2010, 1, 1)).map(date.isoformat),
        "ground": st.sampled_from(["trafficking"] * 3 + [*case.GROUNDS]),
        "unaccompanied_minor": st.booleans(),
        "diplomatic_household": st.booleans(),
        "belgian_proceedings": st.sampled_from([True, True, False]),
        "exploited_in": st.sampled_from([["BE"], ["BE"], ["NL"], ["BE", "LU"], ["IT"]]),
    }
)
TOLD = st.sampled_from(sorted(case.EVENTS)).flatmap(
    lambda kind: st.fixed_dictionaries(
        {
            "type": st.just(kind),
            "after": st.integers(0, 120),
            "lasts": st.none() | st.integers(0, 200),
            **{name: st.sampled_from(values) for name, values in case.EVENTS[kind].items()},
        }
    )
)
# What leads far: each in the order in which it is usually told, with anything else between.
ROAD = [
    {"type": "detected", "after": 0},
    {"type": "centre_accepted", "after": 1},
    {"type": "statement_made", "after": 1},
    {"type": "document_issued", "kind": "provisional", "after": 3},
    {"type": "prosecutor_asked", "after": 20},
    {"type": "prosecutor_answered", "after": 20, **dict.fromkeys(case.QUESTIONS, "yes")},
    {"type": "document_issued", "kind": "temporary", "after": 5},
    {"type": "convicted", "after": 60},
    {"type": "document_issued", "kind": "unlimited", "after": 5},
]


@st.composite
def histories(draw):
    """A case, its events in any order of kinds and in order of days, of which some end a document early."""
    told = draw(st.lists(TOLD, max_size=8))
    road = ROAD[: draw(st.integers(1, len(ROAD)))]
    for one in told:
        road.insert(draw(st.integers(1, len(road))), one)
    on, events = draw(DAYS), []
    for one in road:
        on += timedelta(days=one["after"])
        event = {name: value for name, value in one.items() if name not in ("after", "lasts")} | {
            "on": on.isoformat()
        }
        if one.get("lasts") is not None and one["type"] in case.LENT:
            event["until"] = (on + timedelta(days=one["lasts"])).isoformat()
        events.append(event)
    as_of = on + timedelta(days=draw(st.integers(0, 200)))
    return {"person": draw(PEOPLE), "events": events, "as_of": as_of.isoformat()}


@given(histories())
def test_every_move_stands_in_one_list_and_all_that_is_told_has_its_source(told):
    found = traced(told)
    names = [one["move"] for one in (*found["possible"], *found["blocked"])]
    assert len(names) == len({*names})
    assert {*names} <= {*MOVES}
    assert all(one["why"] for one in found["blocked"])
    for told_of in ("clocks", "possible", "blocked", "duties", "refused"):
        assert all(one["source"] for one in found[told_of]), told_of
    if found["stage"] in ("detected", "ended", "residence-not-needed", "not-eligible"):
        assert names == [*MOVES] or {*names} == {*MOVES}
        assert found["document"] is None
        assert found["clocks"] == []
    else:
        assert found["document"]


@given(histories())
def test_nothing_blocks_a_move_but_what_it_is_said_to_need(told):
    found = traced(told)
    events = told["events"]
    refused = [
        (made_by(events[one["event"]]), one["why"])
        for one in found["refused"]
        if events[one["event"]]["type"] != "prosecutor_answered"
    ]
    for name, why in [*((one["move"], one["why"]) for one in found["blocked"]), *refused]:
        assert {*why} <= {*NEEDS.get(name, ENDS_NEED)} or (len(why) == 1 and {*why} <= ALONE), name


@given(histories())
def test_what_was_refused_changed_nothing(told):
    found = traced(told)
    refused = {one["event"] for one in found["refused"]}
    kept = [event for number, event in enumerate(told["events"]) if number not in refused]
    again = traced({**told, "events": kept})
    assert again["refused"] == []
    assert {**again, "refused": None} == {**found, "refused": None}


@given(histories(), st.data())
def test_a_longer_history_never_changes_what_the_shorter_one_said_for_its_day(told, data):
    events = told["events"]
    day = data.draw(st.sampled_from(events))["on"]
    before = [event for event in events if event["on"] <= day]
    assert traced({**told, "as_of": day, "events": events}) == traced(
        {**told, "as_of": day, "events": before}
    )


@given(histories())
def test_days_go_one_way(told):
    found = traced(told)
    detected = min(event["on"] for event in told["events"] if event["type"] == "detected")
    assert detected <= found["since"] <= told["as_of"]
    if document := found["document"]:
        assert detected <= document["issued_on"] <= told["as_of"]
        assert document["expires_on"] is None or document["issued_on"] <= document["expires_on"]
    for clock in found["clocks"]:
        late = told["as_of"] > clock["due_on"]
        assert clock["state"] == "met" or (clock["state"] == "overdue") == late


@given(histories(), st.integers(1, 400))
def test_time_alone_changes_no_stage_and_no_document(told, days):
    later = (date.fromisoformat(told["as_of"]) + timedelta(days=days)).isoformat()
    found, after = traced(told), traced({**told, "as_of": later})
    joins = {"GB", "HR"} & {*told["person"]["citizenship"]}
    if not joins:
        for name in ("stage", "since", "document", "flags", "refused"):
            assert found[name] == after[name]


@given(histories())
def test_a_stage_has_its_event(told):
    found = traced(told)
    refused = {one["event"] for one in found["refused"]}
    kept = [event for number, event in enumerate(told["events"]) if number not in refused]
    issued = {event.get("kind") for event in kept}
    needs = {
        "reflection": {"annex-15", "order-to-leave-45"},
        "provisional": {"provisional"},
        "provisional-extended": {"provisional"},
        "temporary": {"temporary"},
        "unlimited": {"unlimited"},
    }
    if found["stage"] in needs:
        assert issued & needs[found["stage"]]
    if found["stage"] == "ended":
        assert any(event["type"] == "ended" for event in kept)
    if found["stage"] == "provisional-extended":
        assert any(event["type"] == "document_extended" for event in kept)


@pytest.mark.parametrize("module", [case, moves, state, tracing], ids=lambda module: module.__name__)
def test_what_the_rules_answer_cannot_be_changed_afterwards(module):
    kinds = [one for one in vars(module).values() if dataclasses.is_dataclass(one)]
    assert kinds
    for kind in kinds:
        answer = kind(*(None for _field in dataclasses.fields(kind)))
        for field in dataclasses.fields(kind):
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(answer, field.name, FIRST)


def test_what_a_million_cases_hold_carries_no_dictionary():
    kinds = (
        state.Document,
        state.State,
        moves.Asked,
        *(tracing.Trace, tracing.Clock, tracing.Move, tracing.Duty, tracing.RefusedEvent),
    )
    for kind in kinds:
        assert not hasattr(kind(*(None for _field in dataclasses.fields(kind))), "__dict__")


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@given(histories(), st.data())
def test_whatever_is_told_is_a_case_or_is_refused(told, data):
    place = data.draw(st.sampled_from([told, told["person"], *told["events"]]))
    name = data.draw(st.sampled_from(sorted(place)) | st.text(max_size=8))
    place[name] = data.draw(JSON)
    with contextlib.suppress(Refused):
        assert case.read(told)
