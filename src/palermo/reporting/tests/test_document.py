"""The Government report as a Word file."""

import io
import zipfile
from datetime import date

import docx
import pytest

from palermo.errors import Refused
from palermo.reporting import template
from palermo.reporting.document import government_report
from palermo.reporting.values import Answer, Evaluated, GovernmentReport, MeasureAccount, Meeting, WorkAccount

ANSWER = Answer(
    identifier="C12",
    organisation="Immigration Office",
    told_on=date(2017, 2, 3),
    status="substantial",
    account="Le nouveau document est prêt.\nLa circulaire <suit> & « attend ».",
    language="fr",
    reason="Avis attendu",
    evidence=("Note 2017/14",),
    remark="The Bureau asks for the text.",
)
REPORT = GovernmentReport(
    plan_title="Plan of a small country",
    plan_period="2015–2019",
    plan_language="en",
    period_from=date(2015, 1, 1),
    period_to=date(2016, 12, 31),
    on=date(2017, 3, 1),
    sections=(
        ("3", "Criminal law"),
        ("3.1", "Completing the offence"),
        ("5.4", "Victim protection procedure"),
    ),
    measures=(
        MeasureAccount(
            "M01",
            "3.1",
            "Draft a bill",
            "en",
            ("FPS Justice",),
            "2015",
            date(2015, 12, 31),
            "no-answer",
            overdue=True,
        ),
        MeasureAccount(
            "M02",
            "5.4",
            "Replace the document",
            "en",
            ("Immigration Office",),
            "1st quarter 2017",
            date(2017, 3, 31),
            "substantial",
            answers=(ANSWER,),
        ),
        MeasureAccount(
            "M03",
            "5.4",
            "Train the guardians",
            "en",
            ("Guardianship Service",),
            "2016",
            date(2016, 12, 31),
            "completed",
            topics=frozenset({"training"}),
            evaluation_source="8.3",
            evaluations=(Evaluated(date(2017, 1, 9), "Useful to most.", "en"),),
        ),
        MeasureAccount(
            "M04",
            "5.4",
            "Raise awareness",
            "en",
            (),
            "",
            None,
            "no-answer",
            topics=frozenset({"awareness"}),
            evaluation_source="8.3",
        ),
    ),
    rounds=(Meeting("First round", date(2017, 1, 9), date(2017, 2, 10), asked=4, answered=1),),
    works=(
        WorkAccount("N01", "note", "Memo on clients", "en", "Bureau", "by 30 June 2017", "open"),
        WorkAccount("N02", "study", "Étude", "fr", "Communauté", "", "finished", date(2016, 12, 5)),
    ),
)


def words_of(made: bytes) -> str:
    document = docx.Document(io.BytesIO(made))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([paragraph.text for paragraph in document.paragraphs] + cells)


def parts(made: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(made)) as file:
        return {name: file.read(name) for name in file.namelist()}


@pytest.mark.parametrize("language", ["en", "fr", "nl", "de"])
def test_the_same_report_has_the_same_parts_twice(language):
    assert parts(government_report(REPORT, language)) == parts(government_report(REPORT, language))


def test_an_answer_stands_unaltered_with_its_sign_and_the_remark_beside_it():
    told = words_of(government_report(REPORT, "en"))
    assert "Le nouveau document est prêt.\nLa circulaire <suit> & « attend »." in told
    assert (
        "Immigration Office, 3 February 2017 – substantial progress [C12] [in French; not translated]" in told
    )
    assert "Remark of the Bureau: The Bureau asks for the text." in told


def test_an_answer_in_the_reports_own_language_is_not_marked_as_untranslated():
    told = words_of(government_report(REPORT, "fr"))
    answer = next(line for line in told.splitlines() if "[C12]" in line)
    assert answer.endswith("[C12]")


def test_a_report_in_another_language_than_the_plan_says_so_once():
    assert words_of(government_report(REPORT, "fr")).count("Les mots du plan figurent en anglais") == 1
    assert "not translated." not in words_of(government_report(REPORT, "en"))


def test_measures_without_an_answer_are_listed_never_omitted():
    told = words_of(government_report(REPORT, "en"))
    listed = told.split("8. Measures without an answer")[1]
    assert "3 measures and commitments have no accepted answer on 1 March 2017." in listed
    for reference, present in (("M01", True), ("M02", False), ("M03", True), ("M04", True)):
        assert (reference in listed.split("No.")[-1]) is present, reference


def test_notes_and_studies_are_listed_with_what_they_wait_for_or_the_day_on_which_they_ended():
    told = words_of(government_report(REPORT, "en"))
    assert "N01 – Memo on clients (note or memo, Bureau, by 30 June 2017, open)" in told
    assert "N02 – Étude (study, Communauté, finished, 5 December 2016 [in French; not translated])" in told


def test_evaluations_on_record_and_missing_ones_are_kept_apart():
    told = words_of(government_report(REPORT, "en"))
    assert "9 January 2017: Useful to most." in told
    assert "8.3" in told


@pytest.mark.parametrize(
    ("language", "tag", "said"),
    [
        ("nl", "nl-BE", "tot en met 31 december 2016"),
        ("de", "de-BE", "bis 31. Dezember 2016"),
    ],
)
def test_a_report_bears_the_tag_of_its_language_and_its_way_of_writing_days(language, tag, said):
    made = government_report(REPORT, language)
    assert docx.Document(io.BytesIO(made)).core_properties.language == tag
    assert said in words_of(made)


def test_no_brace_of_the_template_reaches_the_reader():
    for language in ("en", "fr", "nl", "de"):
        told = words_of(government_report(REPORT, language))
        assert "{{" not in told
        assert "{%" not in told


def test_an_empty_plan_makes_a_report_that_says_so():
    empty = GovernmentReport(
        "Plan", "2015–2019", "en", REPORT.period_from, REPORT.period_to, REPORT.on, (), ()
    )
    assert "No collection round was held in this period." in words_of(government_report(empty, "en"))


def test_the_office_may_replace_the_template():
    own = docx.Document()
    own.add_paragraph("Our own report on {{ plan_title }}")
    file = io.BytesIO()
    own.save(file)
    assert (
        words_of(government_report(REPORT, "en", file.getvalue()))
        == "Our own report on Plan of a small country"
    )


@pytest.mark.parametrize("text", ["{{ plan_title", "{% for x in %}", "{{ ().__class__.__mro__ }}"])
def test_a_broken_or_hostile_template_is_refused(text):
    own = docx.Document()
    own.add_paragraph(text)
    file = io.BytesIO()
    own.save(file)
    with pytest.raises(Refused) as refused:
        government_report(REPORT, "en", file.getvalue())
    assert refused.value.code == "template-broken"


def test_a_file_that_is_no_word_file_is_refused():
    with pytest.raises(Refused):
        government_report(REPORT, "en", b"not a Word file")


@pytest.mark.parametrize("language", list(template.WORDS))
def test_the_template_in_the_repository_is_the_one_that_the_maker_makes(language):
    assert template.path(language).read_bytes() == template.template(language)


def test_every_language_of_the_template_says_the_same_things():
    assert {frozenset(told) for told in template.WORDS.values()} == {frozenset(template.WORDS["en"])}
