"""The words of time, in a table that anybody can read and extend."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from edtf import parse_edtf
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.timing import bounds, due_after, occurrences, read, read_frequency

FACTS = Path(__file__).resolve().parents[5] / "shared/facts"
WINDOWS = """
Late 2015 | 2015-39
Mid-2015 | 2015-38
mi-2015 | 2015-38
fin 2015 | 2015-39
eind 2015 | 2015-39
medio 2015 | 2015-38
Ende 2015 | 2015-39
Mitte 2016 | 2016-38
début 2016 | 2016-37
1st quarter 2017 | 2017-33
premier trimestre 2017 | 2017-33
1er trimestre de 2017 | 2017-33
1e kwartaal 2017 | 2017-33
eerste kwartaal van 2017 | 2017-33
1. Quartal 2017 | 2017-33
T1 2017 | 2017-33
2017 Q4 | 2017-36
Q1-Q2 2017 | 2017-33/2017-34
first half of 2016 | 2016-40
2e semestre 2016 | 2016-41
tweede helft van 2016 | 2016-41
2016 | 2016
2016/2017 | 2016/2017
2016–2017 | 2016/2017
2016/17 | 2016/2017
from 2016 to 2018 | 2016/2018
de 2016 à 2018 | 2016/2018
van 2016 tot en met 2018 | 2016/2018
late 2015/early 2016 | 2015-39/2016-37
30 June 2016 | 2016-06-30
30/06/2016 | 2016-06-30
2016-06-30 | 2016-06-30
30 juin 2016 | 2016-06-30
1er juillet 2016 | 2016-07-01
June 2016 | 2016-06
end of June 2016 | 2016-06
By 30 June 2017 | ../2017-06-30
no later than June 2017 | ../2017-06
au plus tard le 30 juin 2016 | ../2016-06-30
30 juin 2016 au plus tard | ../2016-06-30
uiterlijk 30 juni 2016 | ../2016-06-30
spätestens 30. Juni 2016 | ../2016-06-30
tegen eind 2016 | ../2016-39
before the end of 2016 | ../2016-39
before 2017 | ../2016-12-31
from 2016 onwards | 2016/..
vanaf 2016 | 2016/..
after 2016 | 2017-01-01/..
Project to be completed in 2015 and follow-up of the procedure for adoption in 2015 | 2015
draft in 2016, adoption in 2017 | 2016/2017
in the course of 2016 | 2016
in de loop van 2016 | 2016
pour fin 2016 | ../2016-39
pour le 30 juin 2018 | ../2018-06-30
2016 et suivantes | 2016/..
2016 e.v. | 2016/..
2016 ff. | 2016/..
2e sem. 2016 | 2016-41
1er trim. 2017 | 2017-33
tweede jaarhelft 2016 | 2016-41
I. Quartal 2017 | 2017-33
trimestre 1 2017 | 2017-33
kwartaal 4 van 2017 | 2017-36
Quartal 1/2017 | 2017-33
Semestre 2 2016 | 2016-41
End of Q2 2016 | 2016-34
janvier à mars 2016 | 2016-01/2016-03
Jan-Mar 2016 | 2016-01/2016-03
2016-17 | 2016/2017
2016-12 | 2016-12
"""
WITHOUT_DAYS = """
See the table of courses | reference
voir tableau | reference
zie 4.1 | reference
within two years after the adoption of the directive | relative
dans les deux ans suivant l'adoption | relative
binnen twee jaar na de goedkeuring | relative
next training course | relative
continuous | continuous
ongoing until 2019 | continuous
en continu | continuous
doorlopend | continuous
laufend | continuous
to be determined | none
à déterminer | none
nader te bepalen | none
- | none
zu klären | none
à discuter | none
gedurende de looptijd van het plan | continuous
durant toute la durée du plan | continuous
über die gesamte Laufzeit | continuous
in uitvoering | continuous
selon les moyens | unread
naargelang de middelen | unread
binnen de beschikbare middelen | unread
within available resources | unread
je nach Mittel | unread
within three months | relative
as soon as possible | unread
as needed | unread
dès que possible | unread
au plus tard le 30 juin | unread
not before 2017 | unread
2017 if the budget allows | unread
2015, except in Wallonia | unread
around 2016 | unread
31 June 2016 | unread
20155 | unread
2nd and 3rd quarter 2016 | unread
Directive 2011/36/EU | unread
Act of 24 June 2013 | unread
Summer 2016 | unread
2018/2016 and 2017/2019 | unread
"""
RECURRING = """
every two years | R/P2Y | None | None | None
tous les deux ans | R/P2Y | None | None | None
om de twee jaar | R/P2Y | None | None | None
alle zwei Jahre | R/P2Y | None | None | None
jaarlijks | R/P1Y | None | None | None
twice a year | R/P6M | None | None | None
every two years from 2017 | R/2017/P2Y | 2017 | None | None
Every 3 years (2015) | R/2015/P3Y | 2015 | None | None
every year or every two years | None | None | P1Y | P2Y
every one to two years | None | None | P1Y | P2Y
1x/an | R/P1Y | None | None | None
2x/jaar | R/P6M | None | None | None
zweimal jährlich | R/P6M | None | None | None
2016, puis annuellement | R/2016/P1Y | 2016 | None | None
2016, daarna jaarlijks | R/2016/P1Y | 2016 | None | None
2017 and every two years thereafter | R/2017/P2Y | 2017 | None | None
om de twee jaar, voor het eerst in 2017 | R/2017/P2Y | 2017 | None | None
annuel (première édition en 2016) | R/2016/P1Y | 2016 | None | None
mindestens einmal jährlich | None | None | None | P1Y
at least once a year | None | None | None | P1Y
1st assessment in 2017 | None | 2017 | None | None
première évaluation en 2017 | None | 2017 | None | None
"""


with Path(__file__).with_name("phrases.tsv").open(encoding="utf-8") as table:
    PHRASES = [line.rstrip("\n").split("\t") for line in table if not line.startswith("#")]


def rows(table):
    return [[part.strip() for part in line.split("|")] for line in table.strip().splitlines()]


@pytest.mark.parametrize(("text", "edtf"), rows(WINDOWS))
def test_words_that_name_a_date_give_its_window(text, edtf):
    timing = read(text)
    assert (timing.kind, timing.edtf) == ("window", edtf)
    assert (timing.earliest, timing.latest) == bounds(edtf)
    assert timing.text == text


@pytest.mark.parametrize(("text", "kind"), rows(WITHOUT_DAYS))
def test_words_without_a_date_of_their_own_never_get_one(text, kind):
    timing = read(text)
    assert timing.kind == kind
    assert (timing.edtf, timing.earliest, timing.latest, timing.text) == (None, None, None, text)


@pytest.mark.parametrize(("text", "recurrence", "edtf", "least", "most"), rows(RECURRING))
def test_words_that_come_back_give_a_recurrence(text, recurrence, edtf, least, most):
    timing = read(text)
    assert timing.kind == "recurring"
    told = [str(value) for value in (timing.recurrence, timing.edtf, timing.at_least, timing.at_most)]
    assert told == [recurrence, edtf, least, most]


def told(timing):
    if timing.at_least or timing.at_most:
        return f"{timing.at_least or '..'} to {timing.at_most or '..'}"
    return timing.recurrence or timing.edtf or timing.kind


@pytest.mark.parametrize(("text", "expected"), PHRASES)
def test_phrases_of_four_languages_say_what_they_stand_for_and_never_more(text, expected):
    assert told(read(text)) == expected


def test_a_year_that_is_not_said_to_be_the_first_occurrence_starts_no_recurrence():
    assert read_frequency("Every 3 years (2015)").recurrence == "R/2015/P3Y"
    assert read_frequency("Every 2 years, as Directive 2011 demands").recurrence == "R/P2Y"
    assert read_frequency("basic: every year; specialist: every 3 years").recurrence is None


def test_late_2015_ends_on_the_last_day_of_december():
    assert read("Late 2015").earliest == date(2015, 9, 1)
    assert read("Late 2015").latest == date(2015, 12, 31)


def test_by_a_date_has_no_first_day():
    assert (read("by 2017").earliest, read("by 2017").latest) == (None, date(2017, 12, 31))


def test_the_first_of_several_is_told_apart():
    assert read("1st assessment in 2017").first
    assert not read("2017").first


def test_the_next_occurrence_counts_from_the_intended_day_not_from_the_late_one():
    assert list(occurrences("R/2015/P3Y", date(2015, 12, 31), date(2022, 1, 1))) == [
        date(2015, 12, 31),
        date(2018, 12, 31),
        date(2021, 12, 31),
    ]
    assert due_after("R/2015/P3Y", date(2015, 12, 31), date(2016, 1, 1)) == date(2018, 12, 31)


def test_a_months_last_day_stays_a_months_last_day():
    found = list(occurrences("R/P1M", date(2016, 1, 31), date(2016, 4, 30)))
    assert found == [date(2016, 1, 31), date(2016, 2, 29), date(2016, 3, 31), date(2016, 4, 30)]


def test_a_frequency_that_says_as_needed_gives_no_period():
    told = read_frequency("As needed")
    assert (told.recurrence, told.at_least, told.at_most) == (None, None, None)


@given(st.text())
def test_any_text_gets_an_answer_with_its_words_kept(text):
    timing = read(text)
    assert timing.text == text
    assert read_frequency(text).text == text


PIECES = st.sampled_from(
    re.findall(
        r"\S+",
        "2015 2016/2017 late early mid fin eind 30 31 june juin Q1 1st quarter every two years before by"
        " after not to - / of the trimestre tous les ans (2017) see if halves onwards 2016-02-30 half"
        " first assessment",
    )
)


@given(st.lists(PIECES, max_size=8).map(" ".join))
def test_no_year_appears_that_the_words_do_not_hold(text):
    timing = read(text)
    if timing.edtf:
        months = set(re.findall(r"(?:19|20)\d\d", timing.edtf))
        held = {int(year) for year in re.findall(r"(?:19|20)\d\d", text)}
        assert all({int(year) - 1, int(year), int(year) + 1} & held for year in months)
        assert bounds(timing.edtf) == (timing.earliest, timing.latest)
    if timing.earliest and timing.latest:
        assert timing.earliest <= timing.latest


@settings(deadline=None)  # the other parser takes its time on a busy machine
@given(st.lists(PIECES, max_size=6).map(" ".join))
def test_everything_emitted_is_valid_edtf_with_the_same_bounds(text):
    timing = read(text)
    if timing.edtf and ".." not in timing.edtf:
        # The parser knows parts of a year, but not as the ends of an interval: each end by itself.
        first, last = timing.edtf.split("/")[0], timing.edtf.split("/")[-1]
        assert date(*parse_edtf(first).lower_strict()[:3]) == timing.earliest
        assert date(*parse_edtf(last).upper_strict()[:3]) == timing.latest


def test_a_very_long_cell_is_answered_at_once_and_unread():
    assert read("every year or " * 50_000).kind == "unread"


@pytest.mark.skipif(not FACTS.exists(), reason="the facts stand beside the project")
def test_the_published_plan_is_read_as_its_facts_say():
    with (FACTS / "plan-measures.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            timing = read(row["timing_verbatim"])
            if row["id"] == "M07":
                assert timing.kind == "reference"
            elif row["timing_verbatim"]:
                assert timing.edtf == row["edtf"], row["id"]
                assert (str(timing.earliest), str(timing.latest)) == (row["edtf_start"], row["edtf_end"])


@pytest.mark.skipif(not FACTS.exists(), reason="the facts stand beside the project")
def test_the_training_table_is_read_as_its_facts_say():
    expected = {
        "T01": ("R/P2Y", None, None),
        "T02": (None, "P1Y", "P2Y"),
        "T03": (None, None, "P1Y"),
        "T06": ("R/P2Y", None, None),
        "T07": ("R/2015/P3Y", None, None),
        "T08": (None, None, None),
    }
    with (FACTS / "plan-training.tsv").open(encoding="utf-8") as file:
        for row in csv.DictReader(file, delimiter="\t"):
            if row["id"] in expected:
                told = read_frequency(row["frequency_verbatim"])
                assert (told.recurrence, told.at_least, told.at_most) == expected[row["id"]]
