"""How texts speak of Belgium's bodies, and who belongs to what on a day."""

import csv
import subprocess
import sys
import time
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from palermo.organisations.directory import load

HERE = Path(__file__).resolve().parent
FACTS = HERE.parents[4] / "shared" / "facts"
OWNERS, MEASURES = FACTS / "plan-owners.tsv", FACTS / "plan-measures.tsv"
BEFORE, AFTER = date(2014, 7, 20), date(2014, 7, 21)


def code(text):
    party = load().find(text)
    return party and party.code


def mentions(text, **kwargs):
    return [(text[start:end], party.code) for start, end, party in load().spans(text, **kwargs)]


SPOKEN = [
    line.split("\t")
    for line in (HERE / "spoken.tsv").read_text("utf-8").splitlines()
    if not line.startswith("#")
]


@pytest.mark.parametrize(("meant", "text"), SPOKEN)
def test_a_party_is_found_by_each_of_its_names(meant, text):
    assert code(text) == meant


@pytest.mark.parametrize(
    "text",
    [
        "",
        "of the",
        "FPS",
        "Federal Public Service",
        "Minister",
        "the Ministry of",
        "FPS Tourism",
        "Ministry of Justice of the Netherlands",
        "Dutch Ministry of Justice",
        "Minister of Justice and Security",
        "ministre néerlandais de la Justice",
        "Court of Justice",
        "Houses of Justice",
        "Cell/Bureau",
        "To be discussed at the Bureau",
        "ad hoc working group",
        "trade unions",
        "Federal Planning Bureau",
        "Fedasil (Immigration Office)",
        "Justice, Asylum and Migration",
        "Bureau of Investigation",
        "Minister of Agriculture",
        "ICC",
    ],
)
def test_what_the_directory_does_not_know_whole_is_nobody(text):
    assert load().find(text) is None


def test_every_name_and_alias_leads_back_to_its_own_party():
    directory = load()
    for party in directory.parties.values():
        for name in (*party.names.values(), *party.aliases):
            assert directory.find(name) is party, name
            assert directory.find(f"  {name.upper()}.") is party, name


def test_owner_texts_of_the_plan_lead_where_a_reader_would_expect():
    if not OWNERS.exists():
        pytest.skip("the facts of the plan are not here")
    unknown = {"Bureau (administers the table)"}  # the reader takes the explanation away first
    with OWNERS.open(encoding="utf-8") as file:
        told = list(csv.DictReader(file, delimiter="\t"))
    expected = {text: meant for meant, text in SPOKEN}
    assert len(told) == 57
    for row in told:
        if row["kind"] == "undecided" or row["party"] in unknown:
            assert code(row["party"]) is None
        else:
            assert code(row["party"]) == expected[row["party"]]
            assert load().find(row["party"]).kind == row["kind"]


def test_cells_of_the_plan_are_cut_into_their_parties():
    if not MEASURES.exists():
        pytest.skip("the facts of the plan are not here")
    with MEASURES.open(encoding="utf-8") as file:
        cells = {row["id"]: row["responsible_cell_verbatim"] for row in csv.DictReader(file, delimiter="\t")}
    found = {number: [party for _, party in mentions(cell)] for number, cell in cells.items()}
    assert found["M01"] == ["be/minister-justice", "be/fps-justice"]
    assert found["M05"] == ["be/cell", "be/bureau"]
    assert found["M12"] == [
        "be/minister-justice",
        "be/minister-asylum-migration",
        "be/minister-equal-opportunities",
        "be/minister-labour",
    ]
    assert found["M15"] == ["be/minister-self-employed", "be/nisso", "be/bureau", "be/fps-social-security"]
    assert found["M20"] == ["be/bureau", "be/cell-partners"]
    assert found["M30"] == ["be/federated-entities", "be/bureau"]
    assert [number for number, parties in found.items() if not parties] == ["M10"]


def test_the_longest_name_wins_and_mentions_never_overlap():
    text = "Federal Public Service Justice/Minister of Justice with the Bureau of the HT Cell"
    assert mentions(text) == [
        ("Federal Public Service Justice", "be/fps-justice"),
        ("Minister of Justice", "be/minister-justice"),
        ("Bureau of the HT Cell", "be/bureau"),
    ]


def test_a_mention_ends_at_a_break_unless_the_name_itself_has_one():
    assert mentions("the Cell/Bureau") == [("Cell", "be/cell"), ("Bureau", "be/bureau")]
    assert mentions("told the FPS. Justice was done") == []
    assert mentions("SPF Emploi, Travail et Concertation sociale") == [
        ("SPF Emploi, Travail et Concertation sociale", "be/fps-labour")
    ]
    assert mentions("Federal Public\nService Justice") == [
        ("Federal Public\nService Justice", "be/fps-justice")
    ]


def test_a_gloss_or_markup_does_not_cut_a_mention():
    assert mentions("by the FPS (*Ministry of*) Home Affairs soon") == [
        ("FPS (*Ministry of*) Home Affairs", "be/fps-home-affairs")
    ]
    text = "Minister of Justice/Federal Public Service (<i>Ministry of Justice</i>)"
    assert mentions(text)[1] == ("Federal Public Service (<i>Ministry of Justice</i>)", "be/fps-justice")


def test_words_begin_and_end_a_mention():
    assert mentions("Fedasilia and unDefence and Payokes") == []


def test_a_bare_portfolio_means_a_minister_only_where_it_stands_alone():
    assert mentions("Justice and Labour") == [
        ("Justice", "be/minister-justice"),
        ("Labour", "be/minister-labour"),
    ]
    assert mentions("Justitie, Asiel en Migratie") == [
        ("Justitie", "be/minister-justice"),
        ("Asiel en Migratie", "be/minister-asylum-migration"),
    ]
    for text in (
        "Justice with Labour",
        "Justice in consultation with Labour",
        "Justice en concertation avec Emploi",
    ):
        assert [party for _, party in mentions(text)] == ["be/minister-justice", "be/minister-labour"], text
    for text in (
        "Houses of Justice",
        "Security and Justice",
        "Justice and Security",
        "labour exploitation",
        "Labour law",
    ):
        assert mentions(text) == [], text
    assert mentions("Justice, Immigration Office", bare=False) == [
        ("Immigration Office", "be/immigration-office")
    ]


def test_another_countrys_minister_is_nobody_here():
    for text in (
        "the Dutch Ministry of Justice",
        "the Ministry of Justice of the Netherlands",
        "Ministère de la Justice des Pays-Bas",
        "het Nederlandse ministerie van Justitie",
        "the Luxembourg Minister of Justice",
    ):
        assert mentions(text) == [], text
    assert mentions("the French Community") == [("French Community", "be/french-community")]


def test_an_ordinary_word_in_somebody_elses_name_is_no_mention():
    assert mentions("the Federal Bureau of Investigation") == []
    assert mentions("a bureau and a cell in prison") == []
    assert mentions("the Bureau will report") == [("Bureau", "be/bureau")]


def test_the_reform_of_july_2014_widened_the_cell():
    directory = load()
    before = {one.code for one in directory.members("be/cell", BEFORE)}
    after = {one.code for one in directory.members("be/cell", AFTER)}
    assert after - before == {
        "be/reception-centres",
        "be/ctif-cfi",
        "be/federated-entities",
        "be/minister-asylum-migration",
        "be/minister-equal-opportunities",
    }
    assert before <= after


def test_the_college_attends_the_bureau_as_an_observer_since_the_reform():
    directory = load()
    assert "be/college" not in {one.code for one in directory.members("be/bureau", BEFORE)}
    assert "be/college" in {one.code for one in directory.members("be/bureau", AFTER)}
    roles = {one.code: one.role for one in directory.get("be/bureau").members if one.on(AFTER)}
    assert roles["be/college"] == "observer"
    assert roles["be/criminal-policy-service"] == "chair"


def test_every_body_has_one_chair_on_every_day():
    for code_ in ("be/cell", "be/bureau"):
        for day in (date(2005, 1, 1), BEFORE, AFTER, date(2017, 3, 1), date(2026, 1, 1)):
            held = [one.role for one in load().get(code_).members if one.on(day)]
            assert held.count("chair") == 1
            assert held.count("secretariat") == 1


def test_the_rapporteur_follows_the_centre_for_equal_opportunities():
    directory = load()
    assert directory.get("be/centre-equal-opportunities").until == date(2014, 3, 14)
    assert directory.get("be/rapporteur").since == date(2014, 3, 15)


def test_three_centres_are_recognised_and_two_shelters_are_not():
    directory = load()
    assert [one.code for one in directory.members("be/reception-centres", date(2017, 3, 1))] == [
        "be/pag-asa",
        "be/payoke",
        "be/surya",
    ]
    assert directory.members("be/reception-centres", date(2013, 4, 17)) == []
    for code_ in ("be/pag-asa", "be/payoke", "be/surya"):
        assert directory.get(code_).recognised[0].since == date(2013, 6, 1)
    for code_ in ("be/esperanto", "be/minor-ndako"):
        assert directory.get(code_).recognised == ()


def test_the_classes_expand_to_whom_the_sources_name():
    directory, day = load(), date(2017, 3, 1)
    assert len(directory.members("be/federated-entities", day)) == 6
    assert len(directory.members("be/training-organisers", day)) == 6
    assert {one.code for one in directory.members("be/social-inspectorates", day)} == {
        "be/labour-inspectorate",
        "be/social-inspectorate",
    }
    assert directory.members("be/every-level", day) == []
    assert directory.members("be/ministers-concerned", day) == []


def test_the_tone_follows_the_relation():
    directory = load()
    assert directory.get("be/college").tone == "invitation"
    for party in directory.parties.values():
        if party.sort == "minister":
            assert party.tone == "duty"
        if party.sort == "federated-entity":
            assert party.tone == "invitation"
        if party.sort == "centre":
            assert party.tone == "information"


def test_what_is_general_knowledge_is_said_to_need_verifying():
    for party in load().parties.values():
        for fact in (party, *party.members, *party.recognised, *party.contacts):
            if fact.source.startswith("general knowledge"):
                assert fact.confidence == "to verify", party.code


def test_reading_the_directory_is_quick_and_needs_no_framework():
    told = (
        "import sys, time; from palermo.organisations.directory import load; begun = time.perf_counter();"
        "load(); print(time.perf_counter() - begun, 'django' in sys.modules)"
    )
    source = HERE.parents[2]
    done = subprocess.run(
        [sys.executable, "-c", told],
        env={"PYTHONPATH": str(source)},
        capture_output=True,
        text=True,
        check=True,
    )
    seconds, django = done.stdout.split()
    assert django == "False"
    assert float(seconds) < 0.5


def test_a_long_text_is_searched_in_a_moment():
    text = (
        "The FPS Justice and the Bureau of the Cell meet; nothing else happens in these ordinary words. "
        * 5_000
    )
    begun = time.perf_counter()
    found = load().spans(text)
    assert len(found) == 10_000
    assert time.perf_counter() - begun < 3


@given(st.text(max_size=60), st.sampled_from(sorted(load().parties)), st.text(max_size=60))
def test_mentions_stay_inside_the_text_and_in_order(before, code_, after):
    text = f"{before} {load().get(code_).names['fr']} {after}"
    last = 0
    for start, end, _ in load().spans(text):
        assert last <= start < end <= len(text)
        last = end
