"""A document against what is known of it."""

from hypothesis import given
from hypothesis import strategies as st

from palermo.plan.rules.differences import Entry, compare

LEAFLET = "Prepare a basic leaflet on trafficking for diplomats"
SESSION = "Include trafficking in the sessions for diplomats who leave for a new post"
TOOL = "Design an information tool for the trade unions"
SECTORS = "Design an information tool for specific sectors"


def entry(key, text, section="4.2", kind="measure", **reading):
    return Entry(key, kind, section, text, {"text": text, "section": section, **reading})


def verdicts(document, known):
    matches, missing = compare(document, known)
    return [(one.known, one.difference, one.parts) for one in matches], missing


def test_the_same_document_again_changes_nothing():
    known = [entry(1, LEAFLET), entry(2, SESSION), entry(3, LEAFLET, "7.1")]
    again = [entry(10, LEAFLET), entry(11, SESSION), entry(12, LEAFLET, "7.1")]
    assert verdicts(again, known) == (
        [(1, "unchanged", ()), (2, "unchanged", ()), (3, "unchanged", ())],
        [],
    )


def test_a_row_that_the_document_no_longer_has_is_missing():
    assert verdicts([entry(10, SESSION)], [entry(1, LEAFLET), entry(2, SESSION)])[1] == [1]


def test_a_row_that_nothing_resembles_is_new():
    found, missing = verdicts([entry(10, TOOL)], [entry(1, LEAFLET)])
    assert found == [(None, "added", ())]
    assert missing == [1]


def test_a_row_that_was_reworded_is_the_same_row_with_another_text():
    found, missing = verdicts([entry(10, LEAFLET + " and their partners")], [entry(1, LEAFLET)])
    assert found == [(1, "changed", ("text",))]
    assert missing == []


def test_another_date_or_another_owner_is_a_change_of_that_part():
    known = [entry(1, LEAFLET, timing={"text": "Late 2015"}, owners=[{"text": "FPS Foreign Affairs"}])]
    moved = [entry(10, LEAFLET, timing={"text": "2016"}, owners=[{"text": "FPS Foreign Affairs"}])]
    assert verdicts(moved, known)[0] == [(1, "changed", ("timing",))]


def test_a_row_that_moved_to_another_section_is_still_the_same_row():
    assert verdicts([entry(10, LEAFLET, "6.1")], [entry(1, LEAFLET)])[0] == [(1, "changed", ("section",))]


def test_the_same_words_in_another_section_do_not_take_the_place_of_their_neighbour():
    known = [entry(1, LEAFLET, "4.2"), entry(2, LEAFLET, "6.1")]
    found, missing = verdicts([entry(10, LEAFLET, "6.1")], known)
    assert found == [(2, "unchanged", ())]
    assert missing == [1]


def test_neighbours_that_resemble_each_other_keep_apart():
    known = [entry(1, TOOL, "7.5"), entry(2, SECTORS, "7.5")]
    found, missing = verdicts([entry(10, SECTORS + " of the economy", "7.5")], known)
    assert found == [(2, "changed", ("text",))]
    assert missing == [1]


def test_two_authorities_that_promised_the_same_in_the_same_words_are_two_rows():
    flanders, wallonia = [{"text": "Flanders"}], [{"text": "Wallonia"}]
    known = [entry(1, TOOL, owners=flanders), entry(2, TOOL, owners=wallonia)]
    again = [entry(10, TOOL, owners=wallonia), entry(11, TOOL, owners=flanders)]
    assert verdicts(again, known)[0] == [(2, "unchanged", ()), (1, "unchanged", ())]


def test_a_training_cycle_is_never_taken_for_a_measure():
    known = [entry(1, "Fedasil basic", "", "training")]
    assert verdicts([entry(10, "Fedasil basic", "")], known)[0] == [(None, "added", ())]


def test_capitals_spaces_and_punctuation_are_no_news():
    found, _missing = verdicts([entry(10, LEAFLET.upper() + " . ")], [entry(1, LEAFLET)])
    assert found == [(1, "unchanged", ())]


def test_where_a_row_stands_and_what_is_unsure_of_it_are_no_news():
    known = [entry(1, LEAFLET, place={"line": 3}, doubts=[])]
    again = [entry(10, LEAFLET, place={"page": 1}, doubts=[{"code": "unknown-party"}])]
    assert verdicts(again, known)[0] == [(1, "unchanged", ())]


texts = st.lists(st.tuples(st.sampled_from(["3.1", "4.2", "9"]), st.text(min_size=1)), max_size=8)


@given(rows=texts)
def test_any_document_compared_with_itself_is_unchanged(rows):
    known = [entry(number, text, section) for number, (section, text) in enumerate(rows)]
    again = [entry(100 + number, text, section) for number, (section, text) in enumerate(rows)]
    matches, missing = compare(again, known)
    assert {one.difference for one in matches} <= {"unchanged"}
    assert missing == []


@given(one=texts, other=texts)
def test_no_known_row_is_matched_twice_and_none_is_lost(one, other):
    known = [entry(number, text, section) for number, (section, text) in enumerate(one)]
    document = [entry(100 + number, text, section) for number, (section, text) in enumerate(other)]
    matches, missing = compare(document, known)
    used = [match.known for match in matches if match.known is not None]
    assert len(matches) == len(document)
    assert sorted(used + missing) == [row.key for row in known]
