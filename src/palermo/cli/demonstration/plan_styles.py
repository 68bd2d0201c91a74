"""How the demonstration's plan looks: the Word styles it is written in."""

from __future__ import annotations

from docx.document import Document
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_TAB_ALIGNMENT, WD_TAB_LEADER
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor
from docx.styles.style import ParagraphStyle
from docx.text.parfmt import ParagraphFormat

INK = RGBColor(0x1C, 0x25, 0x2E)
ACCENT = RGBColor(0x1B, 0x4F, 0x72)
QUIET = RGBColor(0x5B, 0x67, 0x70)
FONT = "Arial"
TEXT_WIDTH = Cm(16)

TABLE_STYLE = f"""
<w:style {nsdecls("w")} w:type="table" w:customStyle="1" w:styleId="PlanTable">
  <w:name w:val="Plan Table"/><w:basedOn w:val="TableNormal"/><w:uiPriority w:val="59"/><w:qFormat/>
  <w:tblPr>
    <w:tblInd w:w="100" w:type="dxa"/>
    <w:tblBorders>
      <w:top w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>
      <w:bottom w:val="single" w:sz="8" w:space="0" w:color="{ACCENT}"/>
      <w:insideH w:val="single" w:sz="4" w:space="0" w:color="C5CED6"/>
    </w:tblBorders>
    <w:tblCellMar>
      <w:top w:w="70" w:type="dxa"/><w:left w:w="100" w:type="dxa"/>
      <w:bottom w:w="70" w:type="dxa"/><w:right w:w="100" w:type="dxa"/>
    </w:tblCellMar>
  </w:tblPr>
  <w:tblStylePr w:type="firstRow">
    <w:tcPr><w:shd w:val="clear" w:color="auto" w:fill="E8EEF3"/></w:tcPr>
  </w:tblStylePr>
</w:style>"""

RULE = f"""
<w:pBdr {nsdecls("w")}><w:top w:val="single" w:sz="36" w:space="18" w:color="{ACCENT}"/></w:pBdr>"""


def dress(document: Document) -> None:
    """Give the document its styles."""
    normal = _style(document, "Normal", size=10, colour=INK, after=6)
    normal.paragraph_format.line_spacing = 1.2
    normal.paragraph_format.widow_control = True
    language = parse_xml(f'<w:lang {nsdecls("w")} w:val="en-GB" w:eastAsia="en-GB"/>')
    normal.element.get_or_add_rPr().append(language)
    document.styles.element.append(parse_xml(TABLE_STYLE))
    _headings(document)
    _lists(document)
    _table_text(document)
    _front(document)
    _contents(document)


def _headings(document: Document) -> None:
    _style(document, "Heading 1", size=18, colour=ACCENT, before=24, after=6, bold=True)
    _style(document, "Heading 2", size=12, colour=INK, before=13, after=4, bold=True)
    _style(document, "Heading 3", size=10, colour=ACCENT, before=10, after=4, bold=True)


def _lists(document: Document) -> None:
    bullet = _style(document, "List Bullet", size=10, colour=INK, after=3)
    for context in bullet.element.findall(f".//{qn('w:contextualSpacing')}"):
        context.getparent().remove(context)
    _hang(bullet.paragraph_format, 0.6)


def _table_text(document: Document) -> None:
    text = _style(document, "Table Text", size=9, colour=INK)
    text.paragraph_format.line_spacing = 1.12
    _style(document, "Table Heading", size=8.5, colour=ACCENT, bold=True, base="Table Text")
    bullet = _style(document, "List Bullet 2", size=9, colour=INK, before=2)
    bullet.paragraph_format.line_spacing = 1.12
    _hang(bullet.paragraph_format, 0.4)


def _front(document: Document) -> None:
    title = _style(document, "Title", size=34, colour=ACCENT, before=6, after=6, bold=True)
    title.paragraph_format.line_spacing = 1.05
    title.paragraph_format.right_indent = Cm(5)
    for border in title.element.findall(f".//{qn('w:pBdr')}"):
        border.getparent().replace(border, parse_xml(RULE))
    _style(document, "Subtitle", size=22, colour=QUIET, after=0)
    _style(document, "Issuer", size=12, colour=INK, before=0, after=4)
    note = _style(document, "Front Note", size=9, colour=QUIET, before=0)
    note.paragraph_format.right_indent = Cm(4)
    for name in ("Header", "Footer"):
        style = _style(document, name, size=8.5, colour=QUIET)
        for tabs in style.element.findall(f".//{qn('w:tabs')}"):
            tabs.getparent().remove(tabs)


def _contents(document: Document) -> None:
    _style(document, "Contents Heading", size=18, colour=ACCENT, before=0, after=10, bold=True)
    entry = _style(document, "toc 1", size=10.5, colour=INK, after=5)
    entry.element.set(qn("w:styleId"), "TOC1")
    entry.paragraph_format.tab_stops.add_tab_stop(TEXT_WIDTH, WD_TAB_ALIGNMENT.RIGHT, WD_TAB_LEADER.DOTS)
    short = _style(document, "Abbreviation", size=9.5, colour=INK, after=3)
    _hang(short.paragraph_format, 3.4)
    short.paragraph_format.tab_stops.add_tab_stop(Cm(3.4))


def _hang(shape: ParagraphFormat, centimetres: float) -> None:
    """Let the first line stand out to the left of the others."""
    shape.left_indent, shape.first_line_indent = Cm(centimetres), -Cm(centimetres)


def _style(
    document: Document,
    name: str,
    *,
    size: float,
    colour: RGBColor,
    before: float = 0,
    after: float = 0,
    bold: bool = False,
    base: str = "Normal",
) -> ParagraphStyle:
    """The paragraph style of this name, made where Word does not bring it, in these measures (points)."""
    if name not in {style.name for style in document.styles}:
        document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH, builtin=name.startswith("toc"))
    style = document.styles[name]
    if not isinstance(style, ParagraphStyle):
        raise TypeError(name)
    if name != "Normal":
        style.base_style = document.styles["List Bullet" if name == "List Bullet 2" else base]
    style.font.name, style.font.size, style.font.bold = FONT, Pt(size), bold
    style.font.italic, style.font.color.rgb = False, colour
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for face in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{face}"), None)
    shape = style.paragraph_format
    shape.space_before, shape.space_after = Pt(before), Pt(after)
    return style
