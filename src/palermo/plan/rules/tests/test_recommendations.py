"""Reports in the style of the real ones, written for these tests: what they recommend and what they tell."""

import pytest

from palermo.errors import Refused
from palermo.plan.rules.likeness import candidates
from palermo.plan.rules.mechanisms import LANGUAGES, mechanisms
from palermo.plan.rules.recommendations import read_recommendations, unknown
from palermo.reading import read
from palermo.reading.tests.make import pdf, txt, web, word

GRETA = mechanisms()["greta"]
FUNDING = (
    "GRETA urges the Belgian authorities to secure lasting funding for the specialised reception centres. "
    "This should cover urgent shelter."
)
TRAINING = "GRETA considers that the Belgian authorities should train labour inspectors every year"
REPORT = [
    ("h", 1, "Assistance to victims"),
    ("p", "GRETA(2013)99  12"),
    ("p", "43. In its replies the Government told GRETA that it invites victims to the reception centres."),
    ("p", "44. GRETA considers that the centres work well. GRETA notes that the law urges haste."),
    ("p", f"45. {FUNDING}"),
    ("p", "GRETA(2013)99  13"),
    (
        "p",
        f"46. They were trained once. {TRAINING}. GRETA also invites them to keep a list of courses.",
    ),
    ("p", "GRETA(2013)99  14"),
    ("p", "47. GRETA encourages the authorities to go on."),
    ("p", "48. GRETA urged the authorities in an earlier report to count the victims; they now do."),
    ("h", 1, "Appendix I: List of GRETA’s proposals"),
    ("p", f"- {FUNDING} (see paragraph 45)"),
    ("p", f"- {TRAINING};"),
]
KINDS = {"txt": txt, "docx": word, "html": web, "pdf": lambda plan: pdf(plan, repeat=False)}


def document(tmp_path, blocks, kind="txt"):
    path = tmp_path / f"report.{kind}"
    path.write_bytes(KINDS[kind](blocks))
    return read(path)


def told(tmp_path, *paragraphs, language="en", code="greta"):
    read_in = document(tmp_path, [("p", one) for one in paragraphs])
    found = read_recommendations(read_in, mechanisms()[code], language)
    return [(one.number, one.strength, one.rank) for one in found]


@pytest.mark.parametrize("kind", KINDS)
def test_what_a_report_recommends_is_read_once_whatever_the_file(tmp_path, kind):
    found = read_recommendations(document(tmp_path, REPORT, kind), GRETA, "en")
    assert [(one.number, one.strength, one.rank) for one in found] == [
        ("45", "urges", 1),
        ("46", "considers", 2),
        ("46", "invites", 3),
        ("47", "encourages", None),
    ]
    assert found[0].text == FUNDING, "what explains a recommendation belongs to it"
    assert found[1].text == f"{TRAINING}.", "what goes before it does not"
    assert len(found[0].repeated) == len(found[1].repeated) == 1, "the appendix says them again"


@pytest.mark.parametrize(
    ("language", "text", "strength", "rank"),
    [
        ("fr", "12. Le GRETA exhorte les autorités à garantir un financement.", "exhorte", 1),
        ("fr", "12. Le GRETA considère que les autorités devraient former les juges.", "considère", 2),
        ("fr", "12. Le GRETA invite les autorités à tenir une liste.", "invite", 3),
        ("fr", "12. Le GRETA encourage les autorités à poursuivre.", "encourage", None),
        ("nl", "12. GRETA dringt er bij de overheid op aan de middelen te regelen.", "dringt … aan", 1),
        ("nl", "12. GRETA is van mening dat de autoriteiten rechters moeten opleiden.", "is van mening", 2),
        ("nl", "12. Daarom nodigt GRETA de autoriteiten uit een lijst bij te houden.", "nodigt … uit", 3),
        ("de", "12. GRETA fordert sie nachdrücklich auf, zu zahlen.", "fordert … nachdrücklich … auf", 1),
        ("de", "12. GRETA ist der Ansicht, dass die Behörden Richter schulen sollten.", "ist der Ansicht", 2),
        ("de", "12. Deshalb lädt GRETA die Behörden ein, eine Liste zu führen.", "lädt … ein", 3),
    ],
)  # fmt: skip
def test_each_language_grades_in_its_own_words(tmp_path, language, text, strength, rank):
    assert told(tmp_path, text, language=language) == [("12", strength, rank)]


@pytest.mark.parametrize(
    "text",
    [
        "9. GRETA considers that the situation is good.",
        "9. GRETA welcomes the new law.",
        "9. GRETA notes that the Minister invites the centres to a meeting.",
        "9. The police invites victims to speak.",
        "9. GRETA was told that the authorities should meet twice a year.",
        "9. The Convention says that the authorities should meet.",
    ],
)
def test_what_a_report_only_tells_is_no_recommendation(tmp_path, text):
    assert told(tmp_path, text) == []


def test_words_that_the_scale_does_not_know_are_kept_without_a_strength(tmp_path):
    assert told(
        tmp_path,
        "9. GRETA stresses the importance of lasting funding.",
        "10. The Belgian authorities should count the victims.",
    ) == [("9", "stresses the importance", None), ("10", "should", None)]


def test_a_verb_after_a_clause_counts_when_it_is_addressed_to_somebody(tmp_path):
    text = "9. GRETA notes that a law was adopted and invites the authorities to apply it."
    assert told(tmp_path, text) == [("9", "invites", 3)]


def test_a_list_belongs_to_the_sentence_that_introduces_it_across_a_page_break(tmp_path):
    lines = [
        "23. The Committee urges the State party to:",
        "(a) Adopt a law;",
        "(b) Fund the",
        "shelters.",
        "24. It ends.",
    ]
    found = read_recommendations(
        document(tmp_path, [("p", one) for one in lines]), mechanisms()["cedaw"], "en"
    )
    assert [one.text for one in found] == [
        "The Committee urges the State party to:\n(a) Adopt a law;\n(b) Fund the shelters."
    ]


def test_a_paragraph_that_a_page_header_cuts_is_one(tmp_path):
    header = "GRETA(2013)99"
    lines = [
        f"{header} 1",
        "7. Told.",
        f"{header} 2",
        "8. GRETA urges the authorities to",
        f"{header} 3",
        "act at once.",
    ]
    found = read_recommendations(document(tmp_path, [("p", one) for one in lines]), GRETA, "en")
    assert [(one.number, one.text) for one in found] == [("8", "GRETA urges the authorities to act at once.")]


@pytest.mark.parametrize(
    ("code", "language", "text", "rank"),
    [
        ("committee-of-the-parties", "en", "Recommends that the Government act on the report.", 1),
        ("cedaw", "fr", "Le Comité recommande à l’État partie d’adopter une loi.", 3),
        ("eu", "en", "3. Calls on the Member States to fund shelters.", 1),
        ("osce", "en", "The Special Representative recommends a hotline.", 2),
        ("myria", "nl", "Myria beveelt de regering aan om cijfers te publiceren.", 2),
        ("parliament", "fr", "12. demande au gouvernement de publier les chiffres.", 1),
    ],
)
def test_every_mechanism_has_a_scale_of_its_own(tmp_path, code, language, text, rank):
    assert [one[2] for one in told(tmp_path, text, language=language, code=code)] == [rank]


def test_every_mechanism_and_strength_is_named_in_four_languages():
    for one in mechanisms().values():
        assert set(one.names) == set(LANGUAGES)
        assert [degree.rank for degree in one.strengths] == list(range(1, len(one.strengths) + 1))
        assert all(set(degree.words) == set(degree.said) == set(LANGUAGES) for degree in one.strengths)


def test_importing_the_same_words_again_brings_nothing_new(tmp_path):
    found = read_recommendations(document(tmp_path, REPORT), GRETA, "en")
    assert unknown(found, [one.text for one in found]) == []
    assert unknown(found, [found[0].text.upper()]) == list(found[1:])


@pytest.mark.timeout(20)
@pytest.mark.parametrize(
    "lines",
    [
        ["1. GRETA " + "nodigt " * 100_000],
        ["1. GRETA notes that " + "greta invites " * 50_000],
        ["and so on"] * 60_000,
        ["(" * 200_000, "GRETA urges:" + ":" * 100_000],
    ],
)
def test_no_text_keeps_the_reader_busy(tmp_path, lines):
    read_in = document(tmp_path, [("p", one) for one in lines])
    for language in ("en", "nl"):
        read_recommendations(read_in, GRETA, language)


def test_a_summary_before_the_report_says_nothing_twice(tmp_path):
    lines = ["Executive summary", f"- {TRAINING};", "1. The first paragraph.", f"2. {TRAINING}, with Myria."]
    found = read_recommendations(document(tmp_path, [("p", one) for one in lines]), GRETA, "en")
    assert [(one.number, len(one.repeated)) for one in found] == [("2", 1)]


def test_short_paragraphs_that_say_nearly_the_same_are_no_running_headers(tmp_path):
    lines = [("p", f"{number}. GRETA invites them to meet in {2010 + number}.") for number in range(1, 6)]
    assert len(read_recommendations(document(tmp_path, lines), GRETA, "en")) == 5


@pytest.mark.timeout(20)
def test_more_recommendations_than_any_report_has_are_refused(tmp_path):
    lines = [("p", f"{number % 900}. GRETA urges the authorities to do {number}.") for number in range(5_000)]
    with pytest.raises(Refused, match="more than 1000"):
        read_recommendations(document(tmp_path, lines), GRETA, "en")


def test_candidates_are_offered_by_likeness_and_the_likeliest_first():
    texts = {
        "M12": "Find ways to offset cuts of the subsidies of the reception centres",
        "M13": "Set up a monitoring system for the funding of the specialised reception centres",
        "M20": "Build an online teaching tool",
    }
    assert [key for key, _score in candidates(FUNDING, texts)][:1] == ["M13"]
    assert "M20" not in dict(candidates(FUNDING, texts))
