"""Templates that mean harm: each is refused, in time, and leaves nothing."""

import io
import zipfile
from dataclasses import replace

import docx
import pytest

from palermo.errors import Refused
from palermo.reporting.document import government_report
from palermo.reporting.tests.test_document import REPORT

HOSTILE = [
    "{{ ''.__class__.__mro__ }}",
    "{{ plan_title.__class__ }}",
    "{{ cycler.__init__.__globals__ }}",
    "{{ self._TemplateReference__context }}",
    "{{ lipsum(n=100000) }}",
    "{{ 1/0 }}",
    "{{ range(10**9) }}",
    "{{ 'a' * 10**10 }}",
    "{{ 'x'|center(10**9) }}",
    "{{ 9**9**9**9 }}",
    "{{ 'x' + 1 }}",
    "{{ themes.append(1) }}",
    "{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}",
    "{% include '/etc/passwd' %}",
    "{% set x = 1 %}",
    "{{ '<w:p/>'|safe }}",
    "{% for a in range(99999) %}{% for b in range(99999) %}{% endfor %}{% endfor %}",
    "{% for a in unanswered %}{% for b in unanswered %}{% endfor %}{% endfor %}",
    "{% for a in themes %}{% for b in a.measures %}{% for c in a.measures %}{% endfor %}{% endfor %}"
    "{% endfor %}",
    "{% for a in themes recursive %}{{ loop(themes) }}{% endfor %}",
]


def template(*paragraphs):
    made, file = docx.Document(), io.BytesIO()
    for words in paragraphs:
        made.add_paragraph(words)
    made.save(file)
    return file.getvalue()


def words(report):
    return [one.text for one in docx.Document(io.BytesIO(report)).paragraphs]


@pytest.mark.parametrize("said", HOSTILE)
@pytest.mark.timeout(20)
def test_a_template_names_repeats_and_chooses_and_does_nothing_else(said):
    with pytest.raises(Refused, match="could not be filled"):
        government_report(REPORT, "en", template(said))


def test_a_template_may_do_what_its_description_says():
    parts = [
        "{{ plan_title }}",
        "{{ rounds|length }}",
        "{%p for theme in themes %}",
        "{%p for measure in theme.measures %}",
        "{%p if measure.answers and not measure.evaluations %}",
        "{{ measure.reference }}",
        "{%p for answer in measure.answers %}",
        "{{ answer.account }}",
        "{%p endfor %}",
        "{%p endif %}",
        "{%p endfor %}",
        "{%p endfor %}",
        "{%p if number_of_measures > 1 %}",
        "several",
        "{%p endif %}",
    ]
    told = words(government_report(REPORT, "en", template(*parts)))
    assert told[0] == REPORT.plan_title
    assert "M02" in told
    assert told[-1] == "several"


def test_a_template_that_unpacks_to_too_much_is_refused_before_it_is_read():
    file = io.BytesIO(template("x"))
    with zipfile.ZipFile(file, "a", zipfile.ZIP_DEFLATED) as parts:
        parts.writestr("word/media/large.png", b"0" * (51 * 1024 * 1024))
    assert len(file.getvalue()) < 1024 * 1024
    with pytest.raises(Refused, match="larger than 50 MB"):
        government_report(REPORT, "en", file.getvalue())


@pytest.mark.parametrize("content", [b"", b"PK", b"words", template("x")[:900]])
def test_what_is_no_word_file_is_refused(content):
    with pytest.raises(Refused, match="could not be filled"):
        government_report(REPORT, "en", content)


def test_what_an_organisation_wrote_is_no_template_and_no_markup():
    said = "{{ plan_title }} {% for %} </w:t><w:br/> & <b>\x01"
    answered = [
        replace(one, answers=tuple(replace(told, account=said) for told in one.answers))
        for one in REPORT.measures
    ]
    told = words(government_report(replace(REPORT, measures=tuple(answered)), "en"))
    assert "{{ plan_title }} {% for %} </w:t><w:br/> & <b>" in told


def test_lines_typed_in_a_browser_stand_in_the_report_as_they_were_typed():
    def report(account):
        answered = [
            replace(one, answers=tuple(replace(told, account=account) for told in one.answers))
            for one in REPORT.measures
        ]
        return words(government_report(replace(REPORT, measures=tuple(answered)), "en"))

    assert report("One\r\nTwo") == report("One\nTwo")
