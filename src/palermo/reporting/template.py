"""Make the Government report's template, the one that an office may replace by its own.

`python -m palermo.reporting.template` writes it anew, one file a language. An office that wants another
layout edits the file in Word and leaves the names between braces.
"""

from __future__ import annotations

import tomllib
from datetime import datetime
from pathlib import Path

import docx
from docx.document import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor
from docx.table import _Cell
from docx.text.paragraph import Paragraph

from palermo.reporting.word import packed, signed

FOLDER = Path(__file__).parent / "data"
WORDS: dict[str, dict[str, str]] = tomllib.loads((FOLDER / "template.toml").read_text("utf-8"))
MADE = datetime(2026, 11, 1, 9, 0)  # noqa: DTZ001 - a document's properties know no time zone
INK, ACCENT, QUIET = RGBColor(0x1C, 0x25, 0x2E), RGBColor(0x1B, 0x4F, 0x72), RGBColor(0x5B, 0x67, 0x70)
PAPER = RGBColor(0xFF, 0xFF, 0xFF)
LOCALES = {"en": "en-GB", "fr": "fr-BE", "nl": "nl-BE", "de": "de-BE"}


def path(language: str) -> Path:
    """Where the template of a language stands."""
    return FOLDER / f"government-report-{language}.docx"


def template(language: str) -> bytes:
    """The template of a language as a Word file."""
    words = WORDS[language]
    document = docx.Document()
    _dress(document, LOCALES[language])
    _numbered(document)
    signed(document, title=words["title"], author=words["author"], language=LOCALES[language], at=MADE)
    _front(document, words)
    _coordination(document, words)
    _implementation(document, words)
    _lists(document, words)
    _bodies(document, words)
    _evaluations(document, words)
    _closing(document, words)
    return packed(document, MADE)


def _dress(document: Document, locale: str) -> None:
    page = document.sections[0]
    page.page_width, page.page_height = Cm(21), Cm(29.7)
    page.left_margin = page.right_margin = Cm(2.5)
    _style(document, "Normal", size=10.5, colour=INK, before=0, after=6)
    _style(document, "Title", size=28, colour=ACCENT, before=160, after=10)
    _style(document, "Subtitle", size=15, colour=QUIET, before=0, after=36)
    _style(document, "Heading 1", size=18, colour=ACCENT, before=26, after=8)
    _style(document, "Heading 2", size=14, colour=ACCENT, before=18, after=6)
    _style(document, "Heading 3", size=11.5, colour=INK, before=14, after=3)
    _style(document, "Caption", size=9, colour=QUIET, before=0, after=4)
    _style(document, "Quote", size=10.5, colour=INK, before=2, after=4)
    document.styles["Quote"].font.italic = False
    document.styles["Quote"].paragraph_format.left_indent = Cm(0.6)
    mark = OxmlElement("w:lang")
    mark.set(qn("w:val"), locale)
    document.styles["Normal"].element.get_or_add_rPr().append(mark)


def _numbered(document: Document) -> None:
    """The number of each page at its foot."""
    foot = document.sections[0].footer.paragraphs[0]
    foot.alignment = WD_ALIGN_PARAGRAPH.RIGHT
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    number.append(foot.add_run("1")._r)
    foot._p.append(number)


def _style(
    document: Document, name: str, *, size: float, colour: RGBColor, before: float, after: float
) -> None:
    style = document.styles[name]
    style.font.name, style.font.size, style.font.color.rgb = "Arial", Pt(size), colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for kind in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
        fonts.set(qn(kind), "Arial")
    for kind in ("w:asciiTheme", "w:hAnsiTheme", "w:cstheme", "w:eastAsiaTheme"):
        fonts.attrib.pop(qn(kind), None)
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)
    style.paragraph_format.line_spacing = 1.15


def _front(document: Document, words: dict[str, str]) -> None:
    document.add_paragraph(words["title"], style="Title")
    document.add_paragraph("{{ plan_title }}", style="Subtitle")
    document.add_paragraph(words["period"])
    document.add_paragraph(words["as_known"])
    document.add_paragraph(words["how_made"], style="Caption")
    document.add_paragraph("{%p if plan_mark %}")
    document.add_paragraph("{{ plan_mark }}", style="Caption")
    document.add_paragraph("{%p endif %}")


def _coordination(document: Document, words: dict[str, str]) -> None:
    document.add_heading(words["coordination"], 1).paragraph_format.page_break_before = True
    document.add_paragraph(words["plan_line"])
    document.add_heading(words["rounds"], 2)
    document.add_paragraph("{%p for one in rounds %}")
    document.add_paragraph(words["round_line"], style="List Bullet")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p if not rounds %}")
    document.add_paragraph(words["no_rounds"])
    document.add_paragraph("{%p endif %}")
    document.add_heading(words["state"], 2)
    cells = ("{{ one.status }}", "{{ one.number }}")
    _table(document, (words["status"], words["number"]), "counts", cells, (6, 2.5))
    document.add_heading(words["works"], 2)
    _measure_list(document, words, "works")


def _implementation(document: Document, words: dict[str, str]) -> None:
    document.add_heading(words["implementation"], 1)
    document.add_paragraph("{%p for theme in themes %}")
    document.add_heading("{{ theme.title }}", 2)
    document.add_paragraph("{%p for measure in theme.measures %}")
    _spoken(document.add_heading("{{ measure.reference }} – ", 3), "measure")
    document.add_paragraph(words["measure_line"], style="Caption")
    _steps(document, words, "measure")
    document.add_paragraph("{%p for answer in measure.answers %}")
    document.add_paragraph(words["answer_line"], style="Caption").paragraph_format.keep_with_next = True
    _spoken(document.add_paragraph(style="Quote"), "answer")
    for name in ("reason", "decision", "evidence", "remark"):
        document.add_paragraph(f"{{%p if answer.{name} %}}")
        document.add_paragraph(words[name], style="Caption")
        document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p if not measure.answers %}")
    document.add_paragraph(words["no_answer"])
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p if not theme.measures %}")
    document.add_paragraph(words["nothing"])
    document.add_paragraph("{%p endif %}")
    document.add_paragraph("{%p endfor %}")


def _lists(document: Document, words: dict[str, str]) -> None:
    for heading, name in (("legislation", "legislative"), ("protection", "protection")):
        document.add_heading(words[heading], 1)
        _measure_list(document, words, name, steps=name == "legislative")


def _bodies(document: Document, words: dict[str, str]) -> None:
    document.add_heading(words["bodies"], 1)
    document.add_paragraph("{%p for body in bodies %}")
    document.add_heading("{{ body.name }}", 2)
    _measure_list(document, words, "body.measures")
    document.add_paragraph("{%p endfor %}")


def _evaluations(document: Document, words: dict[str, str]) -> None:
    document.add_heading(words["evaluations"], 1)
    document.add_paragraph("{%p for measure in evaluated %}")
    _spoken(document.add_heading("{{ measure.reference }} – ", 3), "measure")
    document.add_paragraph("{%p for one in measure.evaluations %}")
    document.add_paragraph("{{ one.day }}: {{ one.summary }}", style="List Bullet")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph("{%p endfor %}")
    document.add_heading(words["unevaluated"], 2)
    head = (words["reference"], words["measure"], words["source"])
    cells = ("{{ one.reference }}", "{{r one.spoken }}", "{{ one.evaluation_source }}")
    _table(document, head, "unevaluated", cells, (1.5, 8, 6.5))


def _closing(document: Document, words: dict[str, str]) -> None:
    document.add_heading(words["figures"], 1)
    document.add_paragraph(words["figures_line"])
    _measure_list(document, words, "figures")
    document.add_heading(words["unanswered"], 1)
    document.add_paragraph(words["unanswered_line"])
    head = (words["reference"], words["measure"], words["owners"], words["timing"])
    cells = ("{{ one.reference }}", "{{r one.spoken }}", "{{ one.owners }}", "{{ one.timing }}")
    _table(document, head, "unanswered", cells, (1.5, 7, 4.5, 3))


def _steps(document: Document, words: dict[str, str], name: str) -> None:
    """The steps of a measure that is a bill."""
    document.add_paragraph(f"{{%p if {name}.steps %}}")
    document.add_paragraph(f"{words['steps']} {{{{ {name}.steps }}}}", style="Caption")
    document.add_paragraph("{%p endif %}")


def _measure_list(document: Document, words: dict[str, str], name: str, *, steps: bool = False) -> None:
    document.add_paragraph(f"{{%p for one in {name} %}}")
    line = _spoken(document.add_paragraph("{{ one.reference }} – ", style="List Bullet"), "one")
    line.add_run(" ({{ one.status }})")
    if steps:
        _steps(document, words, "one")
    document.add_paragraph("{%p endfor %}")
    document.add_paragraph(f"{{%p if not {name} %}}")
    document.add_paragraph(words["nothing"])
    document.add_paragraph("{%p endif %}")


def _spoken(paragraph: Paragraph, name: str) -> Paragraph:
    """Add the words of a measure or an answer, tagged with the language in which they stand."""
    paragraph.add_run(f"{{{{r {name}.spoken }}}}")
    return paragraph


def _table(
    document: Document, head: tuple[str, ...], name: str, cells: tuple[str, ...], widths: tuple[float, ...]
) -> None:
    """A table of one row for each item of a list, columns in centimetres; its head repeats on every page."""
    table = document.add_table(rows=4, cols=len(head), style="Light List Accent 1")
    table.autofit = False
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Cm(width)
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        for cell, width in zip(row.cells, widths, strict=True):
            cell.width = Cm(width)
    table.rows[1].cells[0].text = f"{{%tr for one in {name} %}}"
    table.rows[3].cells[0].text = "{%tr endfor %}"
    for column, (title, cell) in enumerate(zip(head, cells, strict=True)):
        _fill(table.rows[0].cells[column], title)
        table.rows[0].cells[column].paragraphs[0].runs[0].font.color.rgb = PAPER
        _fill(table.rows[2].cells[column], cell)


def _fill(cell: _Cell, text: str) -> None:
    cell.text = text
    cell.paragraphs[0].paragraph_format.space_after = Pt(2)


if __name__ == "__main__":
    for known in WORDS:
        path(known).write_bytes(template(known))
