# ruff: noqa: E501 - a table of cases reads best with a case a line
"""Plans as documents: what is promised, by whom, by when, in four languages and every format."""

import csv
import json
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from palermo.organisations.directory import load
from palermo.plan.rules.document import as_json, read_plan
from palermo.plan.rules.owners import read_owners
from palermo.reading import Document, Place, Row, Table, cell, read
from palermo.reading import Paragraph as Line
from palermo.reading.tests import make

SHARED = Path(__file__).resolve().parents[6] / "shared"
SEED = SHARED / "seed/action-plan-2015-2019.txt"
DEMONSTRATION = Path(__file__).resolve().parents[3] / "cli/demonstration/action-plan-2015-2019.docx"
beside = pytest.mark.skipif(not SEED.exists(), reason="the published plan stands beside the project")

HEAD = ["Project", "Party/ies responsible", "Timing"]
PLAN = [
    ("h", 1, "1. Courts and prosecutors"),
    ("h", 2, "1.1. Completing the law"),
    ("p", "The courts were given new powers in 2013. A review of these powers will be carried out by the College."),
    ("t", [HEAD, ["Draft a bill on attempts", "Minister of Justice/FPS Justice", "Late 2015"],
           ["Review the circular every two years", "College of Attorneys-General", "1st assessment in 2017"]]),
    ("h", 1, "2. Those who meet victims"),
    ("h", 2, "2.1. Diplomats"),
    ("t", [HEAD, ["Prepare an information sheet", "FPS Foreign Affairs with the Bureau of the HT Cell", "Mid-2016"],
           ["Speak of it in the course for new posts", make.MERGED, make.MERGED],
           [["Choose another document", "Rewrite the circular"], "Immigration Office + Bureau of the HT Cell (for follow-up)", "1st quarter 2017"]]),
    ("h", 2, "2.2. Sectors"),
    ("t", [HEAD, ["Make a tool for building sites", "To be discussed at the Bureau", "2018"],
           ["Involve the schools", "Federated entities (+ follow-up by the Bureau)", "as resources allow"]]),
]  # fmt: skip
EXPECTED = [
    ("1.1", [("be/minister-justice", "lead"), ("be/fps-justice", "lead")], "2015-39"),
    ("1.1", [("be/college", "lead")], "2017"),
    ("2.1", [("be/fps-foreign-affairs", "lead"), ("be/bureau", "with")], "2016-38"),
    ("2.1", [("be/fps-foreign-affairs", "lead"), ("be/bureau", "with")], "2016-38"),
    ("2.1", [("be/immigration-office", "lead"), ("be/bureau", "follow-up")], "2017-33"),
    ("2.2", [(None, "lead")], "2018"),
    ("2.2", [("be/federated-entities", "lead"), ("be/bureau", "follow-up")], None),
]
FORMS = {
    "plan.txt": make.txt,
    "plan.docx": make.word,
    "plan.html": make.web,
    "plan.csv": make.separated,
    "plan.xlsx": make.workbook,
    "plan.pdf": lambda plan: make.pdf(plan, repeat=True),
}


def of(content, name, tmp_path):
    path = tmp_path / name
    path.write_bytes(content)
    return read_plan(read(path), load())


def short(plan):
    return [
        (one.section, [(owner.party, owner.role) for owner in one.owners], one.timing.edtf)
        for one in plan.measures
    ]


def codes(one):
    return {doubt.code for doubt in one.doubts}


@pytest.mark.parametrize("name", FORMS)
def test_the_same_plan_gives_the_same_measures_from_every_kind_of_file(name, tmp_path):
    plan = of(FORMS[name](PLAN), name, tmp_path)
    assert short(plan) == EXPECTED
    assert "inherited-cell" in codes(plan.measures[3])
    assert [owner.basis for owner in plan.measures[3].owners] == ["inherited", "inherited"]
    assert "several-measures" in codes(plan.measures[4])
    assert "undecided-owner" in codes(plan.measures[5])
    assert (plan.measures[6].timing.kind, plan.measures[6].timing.text) == ("unread", "as resources allow")


@pytest.mark.parametrize("repeat", [True, False])
def test_a_table_that_a_page_break_cuts_is_one_table(repeat, tmp_path):
    rows = [
        [f"Measure number {n} is to be carried out with care", "FPS Justice", str(2015 + n % 5)]
        for n in range(90)
    ]
    plan = of(
        make.pdf([("h", 1, "1. Everything"), ("t", [HEAD, *rows])], repeat=repeat), "plan.pdf", tmp_path
    )
    assert [one.text for one in plan.measures] == [row[0] for row in rows]
    assert {one.place.table for one in plan.measures} == {1}
    assert len({one.place.page for one in plan.measures}) > 1


FRENCH = [
    ("h", 1, "1. Politique criminelle"),
    ("p", "Le Collège des procureurs généraux évaluera la circulaire avec l'aide des parquets."),
    ("p", "En 2012, la loi a été modifiée et les peines ont été aggravées."),
    ("t", [["Mesure", "Parties responsables", "Calendrier"],
           ["Rédiger un projet de loi", "Ministre de la Justice/SPF Justice", "fin 2015"],
           ["Élaborer une brochure d'information", "SPF Emploi en concertation avec le Bureau de la Cellule", "premier trimestre 2017"],
           ["Former les inspecteurs régionaux", "Entités fédérées (+ suivi par le Bureau)", "au plus tard le 30 juin 2018"],
           ["Créer un groupe de travail", "À discuter au Bureau", "mi-2015"]]),
]  # fmt: skip
DUTCH = [
    ("h", 1, "1. Strafrechtelijk beleid"),
    ("p", "De Dienst Vreemdelingenzaken zal de nodige wijzigingen van de wet voorbereiden."),
    ("p", "In 2012 werd de wet gewijzigd en werden de straffen verzwaard."),
    ("t", [["Maatregel", "Verantwoordelijke partijen", "Termijn"],
           ["Een wetsontwerp opstellen", "Minister van Justitie/FOD Justitie", "eind 2015"],
           ["Een informatiebrochure opstellen", "FOD Werkgelegenheid in overleg met het Bureau van de Cel", "1e kwartaal 2017"],
           ["De inspecteurs opleiden", "Gefedereerde entiteiten (+ opvolging door het Bureau)", "uiterlijk 30 juni 2018"],
           ["Een werkgroep oprichten", "Nader te bepalen", "medio 2015"]]),
]  # fmt: skip
IN_BOTH = [
    ([("be/minister-justice", "lead"), ("be/fps-justice", "lead")], "2015-39"),
    ([("be/fps-labour", "lead"), ("be/bureau", "consulted")], "2017-33"),
    ([("be/federated-entities", "lead"), ("be/bureau", "follow-up")], "../2018-06-30"),
    ([(None, "lead")], "2015-38"),
]


@pytest.mark.parametrize(("plan", "language"), [(FRENCH, "fr"), (DUTCH, "nl")])
def test_french_and_dutch_plans_are_read_like_english_ones(plan, language, tmp_path):
    read_ = of(make.word(plan), "plan.docx", tmp_path)
    assert read_.language == language
    assert [(owners, edtf) for _, owners, edtf in short(read_)] == IN_BOTH
    assert [one.place.line for one in read_.commitments] == [2], "the promise, not the history"
    assert read_.commitments[0].actor is not None
    assert [one.topics for one in read_.measures[1:3]] == [("awareness",), ("training",)]


def table(*rows):
    return Document(
        "x",
        "txt",
        "",
        (Table(tuple(Row(tuple(map(cell, row)), Place(line=n)) for n, row in enumerate(rows, 1))),),
    )


def test_a_table_of_anything_else_gives_nothing():
    plan = read_plan(table(["Year", "Victims", "Convictions"], ["2012", "143", "77"]), load())
    assert plan.measures == plan.training == ()


def test_a_header_repeated_in_the_middle_is_no_measure():
    plan = read_plan(table(HEAD, ["One", "Fedasil", "2015"], HEAD, ["Two", "Fedasil", "2016"]), load())
    assert [one.text for one in plan.measures] == ["One", "Two"]


def test_a_cell_that_breaks_off_is_doubted():
    plan = read_plan(table(HEAD, ["A handbook to be handed out to", "Fedasil", "2015"]), load())
    assert codes(plan.measures[0]) == {"truncated-cell"}


def test_markup_in_a_cell_is_taken_out_and_told():
    plan = read_plan(
        table(HEAD, ["<p>The procedure:</p> <ul><li>one</li> <li>two</li></ul>", "Fedasil", "2015"]), load()
    )
    assert plan.measures[0].text == "The procedure: one two"
    assert codes(plan.measures[0]) == {"markup-in-cell", "several-measures"}


def test_types_and_frequencies_that_cannot_be_paired_are_doubted():
    head = ["Organising entity", "Type of training", "Frequency"]
    plan = read_plan(table(head, ["Fedasil", "- Basic course - Specialist course", "Every 2 years"]), load())
    assert [one.type for one in plan.training] == ["basic", "specialist"]
    assert {code for one in plan.training for code in codes(one)} == {"ambiguous-pairing"}


def test_a_course_held_when_somebody_joins_has_no_cycle_beside_one_that_has():
    head = ["Organising entity", "Type of training", "Frequency"]
    cell_of_types = "- Basic training upon joining - Specialist course"
    plan = read_plan(table(head, ["Fedasil", cell_of_types, "Every 2 years"]), load())
    assert [one.frequency.recurrence for one in plan.training] == [None, "R/P2Y"]
    assert {one.frequency.text for one in plan.training} == {"Every 2 years"}


def test_signs_of_emphasis_leave_no_gap_in_a_name():
    plan = read_plan(table(HEAD, ["A course", "FPS (<i>Ministry of</i>) Justice", "2015"]), load())
    assert [one.text for one in plan.measures[0].owners] == ["FPS (Ministry of) Justice"]


def test_a_reference_to_a_section_that_does_not_exist_is_doubted():
    lines = (Line("1. One", level=1), Line("A course is to be held (see 7.9.)."), Line("2. Two", level=1))
    plan = read_plan(Document("x", "docx", "", lines), load())
    assert [(doubt.code, doubt.about) for doubt in plan.doubts] == [("broken-reference", "see 7.9.")]


OWNERS = """
FPS Justice with the Bureau of the Cell and Myria | lead with with
working group of the FPS Justice | unknown
Ministry of Education and Culture | unknown
NGO Coalition / Immigration Office | unknown lead
Federal Police (in consultation with Fedasil) | lead consulted
Bureau of the Cell (Justice/Immigration Office) | lead
Every ministry according to the topic, the type and the audience | unknown-class
Each Minister/Department named in the annex | unknown-class
All services concerned | unknown-class
FPS Labour/ FPS Social Security and consultation with the Bureau (follow-up) | lead lead consulted
"""


@pytest.mark.parametrize(("text", "roles"), [line.split(" | ") for line in OWNERS.strip().splitlines()])
def test_each_party_gets_its_role_and_nobody_is_guessed(text, roles):
    known = [
        owner.role if owner.party else "unknown" + ("-class" if owner.kind == "class" else "")
        for owner in read_owners(text, load())
    ]
    assert known == roles.split()


@settings(deadline=None, max_examples=60)
@given(st.lists(st.lists(st.text(max_size=60), min_size=3, max_size=3), max_size=4))
def test_any_cells_are_read_without_inventing_a_party_or_a_date(rows):
    plan = read_plan(table(HEAD, *rows), load())
    for one in plan.measures:
        assert one.timing.edtf is None or any(sign.isdigit() for sign in one.timing.text)
        for owner in one.owners:
            assert owner.party is None or load().get(owner.party)
    json.dumps(as_json(plan, table(HEAD, *rows)))


@pytest.mark.parametrize(
    "text", ["word " * 300_000, "see 1.1 " * 40_000, "It will be " * 60_000, "((" * 90_000]
)
def test_four_times_the_words_take_about_four_times_as_long(text):
    a_quarter = max(spent(text[: len(text) // 4]), 0.1)
    assert spent(text) < 9 * a_quarter, "16 times would be the square"


def spent(text):
    """The processor's seconds that reading takes."""
    begun = time.process_time()
    read_plan(Document("x", "txt", "", (Line("1. One", level=1), Line(text))), load())
    owners, times = "Fedasil, " * (len(text) // 9), "2015 " * (len(text) // 5)
    read_plan(table(HEAD, [text, text, text], ["A", owners, times]), load())
    return time.process_time() - begun


@pytest.fixture(scope="module")
def published():
    return read_plan(read(SEED), load())


def facts(name):
    with (SHARED / "facts" / name).open(encoding="utf-8") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@beside
def test_the_published_plan_gives_every_measure_with_its_place_section_and_time(published):
    rows = facts("plan-measures.tsv")
    assert [(one.section, one.place.line) for one in published.measures] == [
        (row["section"], int(row["seed_line"])) for row in rows
    ]
    for row, one in zip(rows, published.measures, strict=True):
        if row["id"] == "M07":
            assert (one.timing.kind, one.timing.latest) == ("reference", None)
        else:
            assert one.timing.edtf == row["edtf"], row["id"]
    assert published.measures[1].timing.recurrence == "R/2017/P2Y"


@beside
def test_the_published_plan_gives_every_owner_with_role_kind_and_basis(published):
    expected = {}
    for row in facts("plan-owners.tsv"):
        expected.setdefault(row["id"], []).append((row["role"], row["kind"], row["basis"]))
    for number, one in enumerate(published.measures, start=1):
        assert [(owner.role, owner.kind, owner.basis) for owner in one.owners] == expected[f"M{number:02}"]
        assert all(owner.party for owner in one.owners if owner.kind == "party")


@beside
def test_the_published_plan_s_defects_are_told_not_smoothed(published):
    found = {number: codes(one) for number, one in enumerate(published.measures, start=1)}
    assert "truncated-cell" in found[8]
    assert "inherited-cell" in found[10]
    assert {"markup-in-cell", "several-measures"} <= found[16]
    assert "undecided-owner" in found[5]
    assert "undecided-owner" in found[25]
    assert [doubt.about for doubt in published.doubts] == ["see 6.3.", "see 3.2."]
    pairs = [(one.organiser.party, one.type) for one in published.training]
    assert len(pairs) == 8
    assert sum("ambiguous-pairing" in codes(one) for one in published.training) == 4


@beside
def test_nineteen_of_the_thirty_measures_must_be_evaluated(published):
    bound = [row["id"] for row in facts("plan-measures.tsv") if row["assessment"].startswith("y")]
    assert [f"M{n:02}" for n, one in enumerate(published.measures, 1) if one.evaluation] == bound
    assert [one.section for one in published.obligations] == ["8.3"]


@beside
def test_most_promises_of_the_running_text_are_found_and_few_that_are_none(published):
    wanted = {int(row["seed_line"]) for row in facts("plan-prose-commitments.tsv")}
    found = {one.place.line for one in published.commitments}
    assert len(wanted & found) >= 62
    assert len(found - wanted) * 2 <= len(wanted & found)


def test_the_demonstration_s_plan_is_read_whole():
    plan = read_plan(read(DEMONSTRATION), load())
    assert (len(plan.measures), len(plan.training)) == (30, 8)
    assert sum(1 for one in plan.measures if one.evaluation) == 19
    assert plan.measures[8].timing.latest == date(2015, 12, 31)
    assert not plan.doubts
