"""A form in Word goes out filled with what is known, comes back, is shown, and is sent once confirmed."""

import io
import re
import shutil
import subprocess

import docx
import pytest
from django.test import Client
from django.urls import reverse
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Pt

from palermo.audit.models import Entry
from palermo.errors import Refused
from palermo.plan import actions
from palermo.plan.models import Contribution
from palermo.plan.paper import reading
from palermo.plan.tests import make

CODE = "be-2015-2019"
FOREIGN = ("be", "fps-foreign-affairs")
ACCOUNT = "The leaflet was printed in *two* languages.\n\n- 500 copies <b>each</b>"
SOFFICE = shutil.which("soffice")


@pytest.fixture
def office(db, settings):
    settings.DEMONSTRATION, settings.TODAY = True, make.DAY.isoformat()
    return make.Office()


@pytest.fixture
def asked(office):
    return make.question(office.round, "M01", "fps-foreign-affairs")


def browser(user):
    made = Client()
    made.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return made


def person():
    return make.contact("fps-foreign-affairs")


def form(user, party=FOREIGN, language="en"):
    answer = browser(user).get(
        reverse("plan:paper-docx", args=[CODE, 1, *party]), headers={"accept-language": language}
    )
    assert answer.status_code == 200
    return docx.Document(io.BytesIO(answer.content))


def fill(document, status="completed", account=ACCOUNT, evidence="https://example.org/leaflet", table=0):
    """Type into a form as a person does in Word."""
    rows = document.tables[table].rows
    control = rows[0].cells[1]._tc.find(f".//{qn('w:sdtContent')}//{qn('w:t')}")
    control.text = status
    rows[1].cells[1].text = account
    rows[4].cells[1].text = evidence
    return document


def saved(document):
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def through_libreoffice(content, folder):
    """What LibreOffice makes of a file that it opens and saves."""
    (folder / "in").mkdir()
    (folder / "in/form.docx").write_bytes(content)
    subprocess.run(
        [
            SOFFICE,
            "--headless",
            f"-env:UserInstallation=file://{folder}/profile",
            *("--convert-to", "docx:MS Word 2007 XML", "--outdir", str(folder), str(folder / "in/form.docx")),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return (folder / "form.docx").read_bytes()


def handed_in(user, content, party=FOREIGN):
    file = io.BytesIO(content)
    file.name = "form.docx"
    return browser(user).post(reverse("plan:paper", args=[CODE, 1, *party]), {"file": file})


def fields(page):
    """What the page would send when nothing is changed on it."""
    told = {"confirm": "1", "part": [one.code for one in page.context["lines"]]}
    for one in page.context["lines"]:
        for name, value in one.line.initial.items():
            if value not in (False, None):
                told[f"{one.line.prefix}-{name}"] = "on" if value is True else value
    return told


def confirm(user, page, party=FOREIGN, **changed):
    return browser(user).post(reverse("plan:paper", args=[CODE, 1, *party]), fields(page) | changed)


def test_a_form_that_comes_back_is_shown_and_sent_once_it_is_confirmed(office, asked):
    page = handed_in(person(), saved(fill(form(person()))))
    assert page.status_code == 200
    assert "500 copies &lt;b&gt;each&lt;/b&gt;" in page.content.decode()
    assert not Contribution.objects.exists()
    assert confirm(person(), page).status_code == 302
    made = Contribution.objects.get(question=asked)
    assert (made.status, made.account.splitlines()) == ("completed", ACCOUNT.splitlines())
    assert (made.by, made.way, made.evidence.get().address) == (
        person(),
        "form",
        "https://example.org/leaflet",
    )
    assert Entry.objects.filter(action="plan.hand_in").count() == 1


@pytest.mark.skipif(SOFFICE is None, reason="LibreOffice is not installed")
def test_a_form_that_libreoffice_saved_says_the_same(office, asked, tmp_path):
    page = handed_in(person(), through_libreoffice(saved(fill(form(person()))), tmp_path))
    (line,) = page.context["lines"]
    told = line.line.initial
    assert (told["status"], told["account"], told["evidence"]) == (
        "completed",
        ACCOUNT,
        "https://example.org/leaflet",
    )
    assert line.part.unread == ()


def test_fonts_languages_and_tracked_changes_do_not_matter(office, asked):
    document = fill(form(person(), language="fr"), status="Achevée ", account="")
    cell = document.tables[0].rows[1].cells[1]
    run = cell.paragraphs[0].add_run("It was ")
    run.font.size, run.font.name = Pt(22), "Comic Sans MS"
    cell.paragraphs[0]._p.append(
        parse_xml(
            f'<w:del {nsdecls("w")} w:id="1" w:author="A"><w:r><w:delText>never </w:delText></w:r></w:del>'
        )
    )
    cell.paragraphs[0]._p.append(
        parse_xml(f'<w:ins {nsdecls("w")} w:id="2" w:author="A"><w:r><w:t>printed.</w:t></w:r></w:ins>')
    )
    (line,) = handed_in(person(), saved(document)).context["lines"]
    assert (line.line.initial["status"], line.line.initial["account"]) == ("completed", "It was printed.")


def test_what_is_not_understood_is_shown_and_an_untouched_question_sends_nothing(office, asked):
    document = fill(form(person()), status="nearly there")
    document.tables[0].add_row().cells[0].text = "A row of my own"
    page = handed_in(person(), saved(document))
    assert page.context["lines"][0].part.unread == ("A row of my own", "nearly there")
    assert "nearly there" in page.content.decode()
    again = confirm(person(), page)
    assert "does not say how far" in again.content.decode()
    assert "500 copies" in again.content.decode()
    assert not Contribution.objects.exists()
    (line,) = handed_in(person(), saved(form(person()))).context["lines"]
    assert not line.line.initial["send"]


def edited(document, change):
    cell = document.tables[0].rows[-1].cells[1]
    cell.text = change(cell.text)
    return document


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (lambda code: code.replace("-0-", "-1-"), "was changed"),
        (lambda code: code[:-1] + ("0" if code[-1] != "0" else "1"), "was changed"),
        (lambda code: "", "is missing"),
    ],
)
def test_a_code_that_was_changed_is_refused_and_what_was_typed_is_shown(office, asked, change, said):
    page = handed_in(person(), saved(edited(fill(form(person())), change)))
    assert not page.context["lines"]
    assert said in page.content.decode()
    assert "500 copies" in page.content.decode()
    code = str(edited(form(person()), change).tables[0].rows[-1].cells[1].text)
    forged = {"confirm": "1", "part": [code or "F1"]}
    assert browser(person()).post(reverse("plan:paper", args=[CODE, 1, *FOREIGN]), forged).status_code == 404


def test_a_form_of_another_version_organisation_or_round_is_refused(office, asked, monkeypatch):
    content = saved(fill(form(person())))
    other = handed_in(make.secretary(), content, party=("be", "college"))
    assert "another organisation" in other.content.decode()
    assert "500 copies" in other.content.decode()
    with pytest.raises(Refused, match="was not asked of"):
        actions.hand_in(
            by=make.contact("college"),
            organisation=make.organisation("college"),
            round=office.round,
            answers=[actions.Filled(asked, actions.Answer("completed", "Done.", "en"))],
            on=make.DAY,
        )
    monkeypatch.setattr("palermo.plan.paper.codes.VERSION", 2)
    assert "another version" in handed_in(person(), content).content.decode()
    monkeypatch.undo()
    actions.close_round(by=make.secretary(), round=office.round, on=make.DAY)
    second = make.opened(office.plan, on=make.DAY)
    file = io.BytesIO(content)
    file.name = "form.docx"
    path = reverse("plan:paper", args=[CODE, second.number, *FOREIGN])
    assert "of another round" in browser(person()).post(path, {"file": file}).content.decode()


def test_two_answers_at_once_are_both_kept_and_the_page_says_so(office, asked):
    content = saved(fill(form(person())))
    make.told(asked, account="A colleague was quicker.")
    page = handed_in(person(), content)
    assert "Somebody answered after this form was written" in page.content.decode()
    assert "A colleague was quicker." in page.content.decode()
    confirm(person(), page)
    latest = Contribution.objects.filter(question=asked).latest("version")
    assert (latest.version, latest.after) == (2, 0)


def test_the_bureau_enters_the_form_of_an_organisation_that_answers_by_letter(office, asked):
    page = handed_in(make.secretary(), saved(fill(form(make.secretary()))))
    assert confirm(make.secretary(), page).status_code == 302
    made = Contribution.objects.get(question=asked)
    assert (made.by, made.way, made.needs_signature) == (make.secretary(), "letter", False)
    assert made.evidence.get().organisation == asked.organisation


def test_the_form_carries_what_was_told_and_what_the_bureau_asks(office, asked):
    told = make.told(asked)
    actions.ask(by=make.secretary(), contribution=told, remark="Which posts?", on=make.DAY)
    document = form(person())
    assert "Which posts?" in "\n".join(one.text for one in document.paragraphs)
    (part,) = (one for one in [handed_in(person(), saved(document)).context["lines"][0]])
    assert part.line.initial["account"] == told.account
    assert not part.line.initial["send"]


def test_any_other_file_is_no_form(office, asked):
    other = docx.Document()
    other.add_paragraph("Dear colleague")
    assert "not a form" in handed_in(person(), saved(other)).content.decode()


def test_labels_are_told_apart_in_every_language(office):
    known, chosen = reading.vocabulary()
    assert len(set(known.values())) == 5
    assert {"completed", "abandoned", ""} <= set(chosen.values())
    assert not re.search(r"[?:]$", "".join(known))
