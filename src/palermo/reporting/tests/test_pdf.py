"""The Government report as PDF/UA-1."""

import io
from dataclasses import replace
from itertools import pairwise

import pdfplumber
import pikepdf
import pytest
from page import ValidationProfile, validate_pdf_bytes
from reportlab.pdfgen.canvas import Canvas

from palermo.errors import Refused
from palermo.reporting.pdf import government_report_pdf
from palermo.reporting.template import WORDS
from palermo.reporting.tests.test_document import REPORT

TITLED = '#let report = json(bytes(sys.inputs.report))\n#set document(title: "T")\n'
HOSTILE = [
    '#read("/etc/passwd")',
    '#read("../../etc/passwd")',
    '#include "/etc/passwd"',
    '#image("/etc/passwd")',
    '#import "@preview/cetz:0.3.0": canvas',
    '#import "@local/own:1.0.0": *',
    "#image(bytes(\"<svg xmlns='http://www.w3.org/2000/svg'><image href='/etc/passwd'/></svg>\"), alt: \"\")",
    "#let f(n) = f(n + 1)\n#f(0)",
    "#let i = 0\n#while true { i += 1 }",
]


def opened(made):
    return pikepdf.open(io.BytesIO(made))


def text_of(made):
    with pdfplumber.open(io.BytesIO(made)) as file:
        return "\n".join(page.extract_text() for page in file.pages)


def judged(made):
    return validate_pdf_bytes(made, profile=ValidationProfile.PDF_UA_1)


def elements(one):
    """Every element of the tree of tags, in reading order."""
    if isinstance(one, pikepdf.Dictionary):
        if "/S" in one:
            yield one
        inner = one.get("/K", [])
        for each in inner if isinstance(inner, pikepdf.Array) else [inner]:
            yield from elements(each)


def tags(made):
    file = opened(made)
    return [str(one.S) for one in elements(file.Root.StructTreeRoot)]


def answering(account):
    return replace(
        REPORT,
        measures=tuple(
            replace(one, answers=tuple(replace(told, account=account) for told in one.answers))
            for one in REPORT.measures
        ),
    )


@pytest.mark.parametrize("language", list(WORDS))
def test_the_same_report_has_the_same_bytes_twice(language):
    assert government_report_pdf(REPORT, language) == government_report_pdf(REPORT, language)


@pytest.mark.parametrize("language", list(WORDS))
def test_the_file_says_that_it_is_tagged_its_title_its_language_and_its_standard(language):
    file = opened(government_report_pdf(REPORT, language))
    known = file.open_metadata()
    assert known["pdfuaid:part"] == "1"
    assert known["dc:title"] == WORDS[language]["title"]
    assert known["dc:creator"] == [WORDS[language]["author"]]
    assert bool(file.Root.MarkInfo.Marked) is True
    assert bool(file.Root.ViewerPreferences.DisplayDocTitle) is True
    assert str(file.Root.Lang).startswith(language)


@pytest.mark.parametrize("language", list(WORDS))
def test_an_outside_judge_finds_every_rule_of_the_standard_kept(language):
    verdict = judged(government_report_pdf(REPORT, language))
    assert verdict.is_compliant, verdict.failures
    assert verdict.rules.passed > 100


def test_the_judge_refuses_a_file_without_tags():
    made = io.BytesIO()
    canvas = Canvas(made)
    canvas.drawString(100, 700, "Words")
    canvas.save()
    assert not judged(made.getvalue()).is_compliant


def test_everything_on_a_page_is_tagged_or_said_to_be_ornament():
    file = opened(government_report_pdf(REPORT, "en"))
    for page in file.pages:
        assert page.obj.Tabs == "/S" or "/Annots" not in page.obj
        depth = 0
        for operands, operator in pikepdf.parse_content_stream(page):
            depth += {"BMC": 1, "BDC": 1, "EMC": -1}.get(str(operator), 0)
            shows = str(operator) in {"Tj", "TJ", "'", '"', "Do", "f", "f*", "S", "s", "B"}
            assert not shows or depth > 0, (operands, operator)


def test_the_tags_read_in_order_chapters_measures_answers_and_table_heads():
    made = tags(government_report_pdf(REPORT, "en"))
    assert made.index("/Title") < made.index("/TOC") < made.index("/H2") < made.index("/BlockQuote")
    assert made.count("/H1") == 9  # the contents and eight chapters
    assert made.count("/H3") == len(REPORT.measures)
    assert made.count("/THead") == made.count("/Table") == 3
    assert made.count("/TH") == 2 + 3 + 4
    levels = [int(one[2]) for one in made if one in {"/H1", "/H2", "/H3"}]
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_the_bookmarks_are_the_chapters():
    with opened(government_report_pdf(REPORT, "en")).open_outline() as outline:
        named = [one.title for one in outline.root]
    assert named[-8:] == [
        WORDS["en"][name]
        for name in (
            "coordination",
            "implementation",
            "legislation",
            "protection",
            "bodies",
            "evaluations",
            "figures",
            "unanswered",
        )
    ]


def test_a_french_answer_in_an_english_report_is_said_to_be_french():
    file = opened(government_report_pdf(REPORT, "en"))
    tree = elements(file.Root.StructTreeRoot)
    assert [str(one.Lang) for one in tree if one.S == "/BlockQuote"] == ["fr"]


def test_the_report_tells_what_the_word_file_tells():
    told = text_of(government_report_pdf(REPORT, "en"))
    assert "Immigration Office, 3 February 2017 – substantial progress [C12]" in told
    assert "La circulaire <suit> & « attend »." in told
    assert "Remark of the Bureau: The Bureau asks for the text." in told
    assert "3 measures and commitments have no accepted answer on 1 March 2017." in told
    assert "9 January 2017: Useful to most." in told


@pytest.mark.parametrize(
    "said",
    [
        '#read("/etc/passwd") *b* _e_ $x^2$ @C12 `raw` <label> \\ ~ -- "q" {{ plan_title }} [b] = H',
        "https://example.org/#a // no comment /* none */",
        "„Anführung“ «guillemets» ‘aanhaling’ “quotes” ‹› … – — € œ ij ß",
        "Ελληνικά Кириллица Łódź Şişli",
    ],
)
def test_what_an_organisation_wrote_is_no_markup(said):
    made = government_report_pdf(answering(said), "fr")
    assert said in text_of(made).replace("\n", " ")
    file = opened(made)
    assert not [page for page in file.pages[2:] if "/Annots" in page.obj]


def test_a_sign_that_no_font_has_is_told_by_its_number():
    told = text_of(government_report_pdf(answering("Bien \U0001f600 reçu 中\x01\u0e01"), "en"))
    assert "Bien [U+1F600] reçu [U+4E2D][U+0E01]" in told


@pytest.mark.parametrize("said", HOSTILE)
@pytest.mark.timeout(100)
def test_a_layout_reaches_no_file_and_no_network_and_comes_to_an_end(said):
    with pytest.raises(Refused) as refused:
        government_report_pdf(REPORT, "en", (TITLED + said).encode())
    assert refused.value.code == "layout-broken"
    assert "root:" not in str(refused.value)


def test_a_layout_that_takes_too_much_memory_is_refused():
    with pytest.raises(Refused) as refused:
        government_report_pdf(REPORT, "en", (TITLED + "#range(1000000000).len()").encode())
    assert refused.value.code == "layout-too-heavy"


def test_a_broken_layout_is_refused_with_its_line():
    with pytest.raises(Refused, match="line 4: unknown variable: wrong"):
        government_report_pdf(REPORT, "en", (TITLED + "\n#wrong").encode())


def test_a_layout_without_a_title_or_in_another_language_is_refused():
    with pytest.raises(Refused, match="missing document title"):
        government_report_pdf(REPORT, "en", b"Words")
    with pytest.raises(Refused) as refused:
        government_report_pdf(REPORT, "fr", (TITLED + "Words").encode())
    assert refused.value.code == "layout-language"


def test_what_is_no_text_is_refused():
    with pytest.raises(Refused, match="UTF-8"):
        government_report_pdf(REPORT, "en", b"\xff\xfe")


def test_the_office_may_replace_the_layout():
    own = TITLED + "#set text(lang: report.language)\n= Ours\n#report.plan_title"
    assert "Ours\nPlan of a small country" in text_of(government_report_pdf(REPORT, "fr", own.encode()))


def test_an_empty_plan_makes_a_report_that_says_so():
    empty = replace(REPORT, measures=(), rounds=(), sections=())
    assert "No collection round was held in this period." in text_of(government_report_pdf(empty, "en"))
