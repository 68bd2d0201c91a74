"""Write the demonstration's plan as the Word file that the reader is given.

`python -m palermo.cli.demonstration.write_plan` writes it anew; the same source gives the same bytes.
"""

from __future__ import annotations

import re
from datetime import datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_TAB_ALIGNMENT
from docx.oxml import OxmlElement
from docx.shared import Cm, Pt
from docx.table import Table, _Cell, _Row
from docx.text.paragraph import Paragraph

from palermo.cli.demonstration import plan_fields
from palermo.cli.demonstration.plan_source import Abbreviation, Heading, Rows, Source, Words, load
from palermo.cli.demonstration.plan_styles import TEXT_WIDTH, dress
from palermo.reporting.word import packed, signed

PLAN = Path(__file__).with_name("action-plan-2015-2019.docx")
PUBLISHED = datetime(2015, 7, 15, 9, 0)  # noqa: DTZ001 - a document's properties know no time zone
COLUMNS = {"Measure": (Cm(7.6), Cm(5.3), Cm(3.1)), "Organiser": (Cm(4.6), Cm(4.2), Cm(7.2))}


def plan() -> bytes:
    """The plan as a Word file."""
    source = load()
    document = docx.Document()
    dress(document)
    _page(document, source.front)
    _properties(document, source.front)
    _front_page(document, source.front)
    _contents(document, source)
    for number, block in enumerate(source.blocks):
        if isinstance(block, Heading):
            _heading(document, block, number)
        elif isinstance(block, Words):
            _words(document.add_paragraph(style="List Bullet" if block.item else "Normal"), block.text)
        elif isinstance(block, Rows):
            _table(document, block)
    return packed(document, PUBLISHED)


def _page(document: Document, front: dict[str, str]) -> None:
    """A4 with a footer on every page but the first."""
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    page.top_margin, page.bottom_margin = Cm(2.4), Cm(2.3)
    page.different_first_page_header_footer = True
    foot = page.footer.paragraphs[0]
    foot.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT)
    foot.add_run(f"{front['title']} {front['subtitle']}\t")
    plan_fields.field(foot, "PAGE", "2")


def _properties(document: Document, front: dict[str, str]) -> None:
    """Title, author and fixed dates; the picture of the first page that the template brings goes out."""
    title = f"{front['title']} {front['subtitle']}"
    signed(document, title=title, author=front["body"], language="en-GB", at=PUBLISHED)
    document.core_properties.comments = front["note"]


def _front_page(document: Document, front: dict[str, str]) -> None:
    """Who, what, for which years, and that the text is a demonstration's."""
    _spaced(document.add_paragraph(front["issuer"], style="Issuer"), before=40, after=120)
    document.add_paragraph(front["title"], style="Title")
    document.add_paragraph(front["subtitle"], style="Subtitle")
    body = _spaced(document.add_paragraph(front["body"], style="Issuer"), before=36, after=200)
    body.paragraph_format.right_indent = Cm(6)
    document.add_paragraph(front["note"], style="Front Note")


def _spaced(paragraph: Paragraph, *, before: float, after: float) -> Paragraph:
    paragraph.paragraph_format.space_before = Pt(before)
    paragraph.paragraph_format.space_after = Pt(after)
    return paragraph


def _contents(document: Document, source: Source) -> None:
    """The chapters with their pages, then the abbreviations."""
    document.add_paragraph("Contents", style="Contents Heading").paragraph_format.page_break_before = True
    entries = []
    for number, block in enumerate(source.blocks):
        if isinstance(block, Heading) and block.page:
            entries.append(document.add_paragraph(style="toc 1"))
            plan_fields.entry(entries[-1], block.text, f"_Toc{number:06}", str(block.page))
    plan_fields.contents(entries)
    _spaced(document.add_paragraph("Abbreviations", style="Contents Heading"), before=32, after=10)
    for block in source.blocks:
        if isinstance(block, Abbreviation):
            line = document.add_paragraph(style="Abbreviation")
            line.add_run(block.short).bold = True
            line.add_run(f"\t{block.meaning}")


def _heading(document: Document, block: Heading, number: int) -> None:
    """A heading; the contents lead to chapters, and the first of them begins a page."""
    heading = document.add_heading(block.text, level=block.level)
    if block.level == 1:
        plan_fields.bookmark(heading, f"_Toc{number:06}", number)
        heading.paragraph_format.page_break_before = block.text.startswith("1.")


def _words(paragraph: Paragraph, text: str) -> None:
    """Write the words, those between stars in italics."""
    for place, piece in enumerate(re.split(r"\*", text)):
        paragraph.add_run(piece).italic = True if place % 2 else None


def _table(document: Document, block: Rows) -> None:
    """A table whose header repeats on the next page and whose rows stay whole."""
    table = document.add_table(rows=len(block.cells), cols=len(block.cells[0]))
    table.style, table.autofit = "Plan Table", False
    for place, width in enumerate(COLUMNS[block.cells[0][0]]):
        table.columns[place].width = width
    for row, texts in zip(table.rows, block.cells, strict=True):
        _row(table, row, texts)
    spacer = document.add_paragraph()
    spacer.paragraph_format.line_spacing, spacer.paragraph_format.space_after = Pt(8), Pt(0)


def _row(table: Table, row: _Row, texts: tuple[str, ...]) -> None:
    header, last = row._index == 0, row._index == len(table.rows) - 1
    properties = row._tr.get_or_add_trPr()
    properties.append(OxmlElement("w:cantSplit"))
    if header:
        properties.append(OxmlElement("w:tblHeader"))
    for column, (cell, text) in enumerate(zip(row.cells, texts, strict=True)):
        cell.width = table.columns[column].width
        if text == "^":
            table.cell(row._index - 1, column).merge(cell)
        else:
            _cell(cell, text, "Table Heading" if header else "Table Text")
        for paragraph in cell.paragraphs:
            paragraph.paragraph_format.keep_with_next = not last


def _cell(cell: _Cell, text: str, style: str) -> None:
    """Fill a cell: one paragraph for each part, list items as a list."""
    for place, part in enumerate(text.split("<br>")):
        paragraph = cell.add_paragraph() if place else cell.paragraphs[0]
        item = part.startswith("- ")
        paragraph.style = "List Bullet 2" if item else style
        _words(paragraph, part.removeprefix("- ").strip())


if __name__ == "__main__":
    PLAN.write_bytes(plan())
