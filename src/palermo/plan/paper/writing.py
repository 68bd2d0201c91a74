"""A form in Word: one table for each open question, filled with what was told before."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import docx
from django.utils.translation import gettext as _
from docx.document import Document
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import Table, _Cell, _Row
from lxml import etree

from palermo.organisations.models import Organisation
from palermo.plan.models import Round
from palermo.plan.paper.codes import Code
from palermo.plan.queries import Asked
from palermo.plan.rules.follow_up import TELLABLE
from palermo.plan.templatetags.plan import STATUSES, tone_words
from palermo.ui.written import visible, written

QUIET = RGBColor(0x5B, 0x67, 0x70)
LABEL, FIELD = Cm(4.8), Cm(11.8)
SPACE = {"status": Cm(0.9), "account": Cm(4), "reason": Cm(1.6)}  # to write by hand too
MARGINS = f"""<w:tblCellMar {nsdecls("w")}>
<w:top w:w="80" w:type="dxa"/><w:left w:w="110" w:type="dxa"/>
<w:bottom w:w="80" w:type="dxa"/><w:right w:w="110" w:type="dxa"/></w:tblCellMar>"""


def labels() -> dict[str, str]:
    """What stands before each field, in the language of the form."""
    return {
        "status": _("How far is it?"),
        "account": _("What was done, and what was not"),
        "reason": _("What held it up"),
        "decision": _("The decision"),
        "evidence": _("Evidence: an address or a reference"),
    }


def choose() -> str:
    """What the list of answers shows before one is chosen."""
    return _("Choose an answer")


def form(round: Round, organisation: Organisation, asked: Sequence[Asked]) -> bytes:
    """The form of an organisation for a round, in the language that is active."""
    document = docx.Document()
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.2)
    document.styles["Normal"].font.name = "Arial"
    document.styles["Normal"].font.size = Pt(10)
    document.styles["Normal"].paragraph_format.space_after = Pt(4)
    document.add_heading(visible(f"{round.title} · {organisation.name}"), level=1)
    expected = _("Answers are expected by %(day)s.") % {"day": written(round.deadline_on)}
    document.add_paragraph(visible(f"{round.plan.title}. {expected}"))
    document.add_paragraph(
        _(
            "Fill in the right-hand column, save the file as Word (DOCX) and hand it in on the page"
            " from which you downloaded it. Nothing is sent before you have seen and confirmed it there."
            " Leave a question as it is if you have nothing to add."
        )
    )
    document.add_paragraph(_("Possible answers to “How far is it?”: %s.") % ", ".join(statuses().values()))
    for one in asked:
        question(document, one)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def statuses() -> dict[str, str]:
    """The words of each status in the language of the form."""
    return {one: str(STATUSES[one][0]) for one in TELLABLE}


def question(document: Document, asked: Asked) -> None:
    """One question: what the plan says, the fields, and the code by which it is known again."""
    wording, before = asked.wording, asked.contribution
    document.add_heading(asked.question.measure.reference, level=2)
    document.add_paragraph().add_run(visible(wording.text) if wording else "").bold = True
    timing = f"{_('Timing')}: {wording.timing_text}. " if wording and wording.timing_text else ""
    document.add_paragraph(visible(timing) + tone_words(asked.question.tone))
    if asked.verdict and asked.verdict.outcome == "asked":
        document.add_paragraph(visible(f"{_('The Bureau asks')}: {asked.verdict.remark}"))
    told = {"status": statuses()[before.status] if before else ""}
    if before:
        told |= {"account": before.account, "reason": before.reason, "decision": before.decision}
    table = fields(document)
    for name, label in labels().items():
        line(table, label, told.get(name, ""), name)
    code = Code(
        asked.question.round_id,
        asked.question.organisation_id,
        asked.question.pk,
        before.version if before else 0,
    )
    cells = row(table)
    for cell, text in zip(cells, (_("Not to be changed"), str(code)), strict=True):
        small = cell.paragraphs[0].add_run(text).font
        small.size, small.color.rgb = Pt(7), QUIET
    document.add_paragraph()


def fields(document: Document) -> Table:
    """An empty table of two columns: labels, and room to write."""
    table: Table = document.add_table(rows=0, cols=2)
    table.style, table.autofit = "Table Grid", False
    table._tbl.tblPr.append(parse_xml(MARGINS))
    for column, width in zip(table.columns, (LABEL, FIELD), strict=True):
        column.width = width
    return table


def line(table: Table, label: str, told: str, name: str) -> None:
    """One field with its label; `name` is that of the field."""
    head, field = row(table)
    table.rows[-1].height = SPACE.get(name)
    head.paragraphs[0].add_run(label).bold = True
    if name == "status":
        chosen(field, label, told)
        return
    field.paragraphs[0].text = visible(told)


def row(table: Table) -> tuple[_Cell, ...]:
    """A new row of a table, as its cells."""
    made: _Row = table.add_row()  # type: ignore[no-untyped-call]
    for cell, width in zip(made.cells, (LABEL, FIELD), strict=True):
        cell.width = width
    return made.cells


def chosen(cell: _Cell, label: str, told: str) -> None:
    """A list from which one answer is chosen, as a content control."""
    control: Any = parse_xml(
        f"<w:sdt {nsdecls('w')}><w:sdtPr><w:alias/><w:dropDownList/></w:sdtPr>"
        "<w:sdtContent><w:r><w:t/></w:r></w:sdtContent></w:sdt>"
    )
    control.find(f".//{qn('w:alias')}").set(qn("w:val"), label)
    listed = control.find(f".//{qn('w:dropDownList')}")
    for words in (choose(), *statuses().values()):
        item = etree.SubElement(listed, qn("w:listItem"))
        item.set(qn("w:displayText"), words)
        item.set(qn("w:value"), words)
    control.find(f".//{qn('w:t')}").text = told or choose()
    cell.paragraphs[0]._p.append(control)
