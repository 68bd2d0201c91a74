"""DOCX: paragraphs with their styles and numbers, tables with their vertical merges and lists in cells."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import docx
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml import etree

from palermo.reading.document import Cell, Paragraph, Place, Row, Table, bullet, cell, plain
from palermo.reading.door import Blocks, damaged

BROKEN = (
    OpcError,
    KeyError,
    ValueError,
    AttributeError,
    IndexError,
    zipfile.BadZipFile,
    etree.LxmlError,
    OSError,
)
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
LEFT_OUT = {qn("w:del"), qn("w:moveFrom"), qn("w:instrText"), FALLBACK}
HOLDERS = {qn("w:sdt"), qn("w:sdtContent"), qn("w:ins"), qn("w:smartTag"), qn("w:customXml")}
SIGNS = {qn("w:tab"): " ", qn("w:br"): "\n", qn("w:cr"): "\n", qn("w:noBreakHyphen"): "-"}
HEADING_STYLE = re.compile(r"^(?:heading|titre|kop|überschrift|berschrift) ?(\d)$", re.IGNORECASE)
TOC_STYLE = re.compile(r"^(?:toc|tm|inhopg|verzeichnis)", re.IGNORECASE)
DEEPEST = 3  # layout tables within each other
WIDEST = 60  # columns that one cell may cover
BULLETED = re.compile(r"^\s*[•▪◦–]")
LIST_STYLE = re.compile(r"list|liste|lijst|opsomming|aufz", re.IGNORECASE)


def read_word(path: Path, content: bytes) -> Blocks:
    """Paragraphs and tables in order; the place is the number of the block, rows count as blocks."""
    try:
        document = docx.Document(io.BytesIO(content))
        styles = Styles(document)
        counter, blocks = Counter(), []
        for element in body(document.element.body):
            made = block(element, styles, counter)
            if made is not None:
                blocks.append(made)
        return tuple(blocks)
    except (*BROKEN, RecursionError) as reason:
        raise damaged(path) from reason


class Counter:
    """Counts blocks: paragraphs and rows."""

    def __init__(self) -> None:
        self.line = 0

    def next(self) -> Place:
        """The place of the next block."""
        self.line += 1
        return Place(line=self.line)


class Styles:
    """What the document's styles and numbering say of a paragraph."""

    def __init__(self, document: Any) -> None:
        self.names: dict[str, str] = {}
        self.levels: dict[str, int] = {}
        self.numbers: dict[str, tuple[str, int]] = {}
        for style in document.styles.element.iter(qn("w:style")):
            key = style.get(qn("w:styleId"), "")
            name = style.find(qn("w:name"))
            self.names[key] = name.get(qn("w:val"), "") if name is not None else key
            outline = style.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
            if outline is not None:
                self.levels[key] = int(outline.get(qn("w:val"), "9")) + 1
            if found := numbered(style):
                self.numbers[key] = found
        self.formats = formats(document)
        self.counts: dict[str, dict[int, int]] = {}

    def style(self, element: Any) -> str:
        """The identifier of a paragraph's style."""
        found = element.find(f"{qn('w:pPr')}/{qn('w:pStyle')}")
        return str(found.get(qn("w:val"), "")) if found is not None else ""

    def level(self, element: Any) -> int | None:
        """The heading level of a paragraph, or None."""
        own = element.find(f"{qn('w:pPr')}/{qn('w:outlineLvl')}")
        key = self.style(element)
        found = int(own.get(qn("w:val"), "9")) + 1 if own is not None else self.levels.get(key)
        if found is None and (match := HEADING_STYLE.match(self.names.get(key, key))):
            found = int(match[1])
        return found if found is not None and found <= 9 else None

    def number(self, element: Any) -> tuple[str, bool]:
        """The number or sign that Word shows before a paragraph, and whether it is a list's item."""
        found = numbered(element) or self.numbers.get(self.style(element))
        if found is None or found[0] not in self.formats:
            return "", found is not None and found[0] != "0"
        counts = self.counts.setdefault(found[0], {})
        counts[found[1]] = counts.get(found[1], 0) + 1
        for deeper in [level for level in counts if level > found[1]]:
            del counts[deeper]
        kind, text = self.formats[found[0]].get(found[1], ("bullet", ""))
        if kind == "bullet":
            return "", True
        shown = re.sub(r"%(\d)", lambda match: str(counts.get(int(match[1]) - 1, 1)), text)
        return shown, "." not in shown.rstrip(".") and kind != "decimal"


def numbered(element: Any) -> tuple[str, int] | None:
    """The list and the level that an element's properties name."""
    found = element.find(f"{qn('w:pPr')}/{qn('w:numPr')}")
    if found is None:
        return None
    number, level = found.find(qn("w:numId")), found.find(qn("w:ilvl"))
    if number is None:
        return None
    return number.get(qn("w:val"), "0"), int(level.get(qn("w:val"), "0")) if level is not None else 0


def formats(document: Any) -> dict[str, dict[int, tuple[str, str]]]:
    """For each list, the kind and the text of the number at each level."""
    part = next(
        (one.target_part for one in document.part.rels.values() if one.reltype.endswith("/numbering")), None
    )
    if part is None:
        return {}
    root = etree.fromstring(part.blob, etree.XMLParser(resolve_entities=False, no_network=True))
    abstract = {one.get(qn("w:abstractNumId")): one for one in root.iter(qn("w:abstractNum"))}
    found: dict[str, dict[int, tuple[str, str]]] = {}
    for one in root.iter(qn("w:num")):
        link = one.find(qn("w:abstractNumId"))
        source = abstract.get(link.get(qn("w:val"))) if link is not None else None
        if source is None:
            continue
        found[one.get(qn("w:numId"), "")] = {
            int(level.get(qn("w:ilvl"), "0")): (value(level, "w:numFmt"), value(level, "w:lvlText"))
            for level in source.iter(qn("w:lvl"))
        }
    return found


def value(element: Any, name: str) -> str:
    """The value of a child, empty where there is none."""
    found = element.find(qn(name))
    return str(found.get(qn("w:val"), "")) if found is not None else ""


def body(parent: Any, depth: int = 0) -> Iterator[Any]:
    """Paragraphs and tables in order, out of content controls, insertions and layout tables too."""
    for element in parent.iterchildren():
        if element.tag == qn("w:tbl") and depth < DEEPEST and layout(element):
            for line in grid_rows(element):
                for one in grid_cells(line):
                    yield from body(one, depth + 1)
        elif element.tag in {qn("w:p"), qn("w:tbl")}:
            yield element
        elif element.tag in HOLDERS:
            yield from body(element, depth)


def layout(table: Any) -> bool:
    """Whether a table only holds others in place: it has one cell, and a table in it."""
    own = [one for line in grid_rows(table) for one in grid_cells(line)]
    return len(own) == 1 and next(own[0].iter(qn("w:tbl")), None) is not None


def block(element: Any, styles: Styles, counter: Counter) -> Paragraph | Table | None:
    """A paragraph or a table; None for an empty paragraph."""
    if element.tag == qn("w:tbl"):
        rows = tuple(table_rows(element, styles, counter))
        return Table(rows, rows[0].place) if rows else None
    text = words(element)
    number, listed = styles.number(element)
    if not text:
        return None
    name = styles.names.get(styles.style(element), "")
    item = listed or bool(LIST_STYLE.search(name))
    return Paragraph(
        f"{number} {text}".strip(),
        counter.next(),
        level=styles.level(element),
        item=item,
        note=bool(TOC_STYLE.match(name)),
    )


def words(element: Any) -> str:
    """The visible words of an element: insertions kept, deletions, hidden text and field codes left out."""
    return plain("".join(runs(element)))


def runs(element: Any) -> Iterator[str]:
    """The text of an element, run by run."""
    for child in element.iterchildren():
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag in SIGNS:
            yield SIGNS[child.tag]
        elif child.tag == qn("w:r"):
            if child.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is None:
                yield from runs(child)
        elif child.tag not in LEFT_OUT and child.tag not in {qn("w:pPr"), qn("w:rPr"), qn("w:tbl")}:
            yield from runs(child)


def table_rows(element: Any, styles: Styles, counter: Counter) -> Iterator[Row]:
    """The rows of a table; a cell over several columns fills its columns with emptiness."""
    for line in grid_rows(element):
        cells = [Cell("")] * columns_of(line, "w:trPr", "w:gridBefore", 0)
        for one in grid_cells(line):
            columns = columns_of(one, "w:tcPr", "w:gridSpan", 1)
            cells.append(replace(table_cell(one, styles), span=columns))
            cells.extend([Cell("")] * (columns - 1))
        if cells:
            yield Row(tuple(cells), counter.next())


def columns_of(element: Any, properties: str, name: str, otherwise: int) -> int:
    """How many columns an element's properties name."""
    found = element.find(f"{qn(properties)}/{qn(name)}")
    return min(int(found.get(qn("w:val"), "1")), WIDEST) if found is not None else otherwise


def grid_rows(element: Any) -> Iterator[Any]:
    """Rows of a table, out of content controls too; deleted rows left out."""
    for child in element.iterchildren():
        if child.tag == qn("w:tr"):
            if child.find(f"{qn('w:trPr')}/{qn('w:del')}") is None:
                yield child
        elif child.tag in HOLDERS:
            yield from grid_rows(child)


def grid_cells(element: Any) -> Iterator[Any]:
    """Cells of a row, out of content controls too."""
    for child in element.iterchildren():
        if child.tag == qn("w:tc"):
            yield child
        elif child.tag in HOLDERS:
            yield from grid_cells(child)


def table_cell(element: Any, styles: Styles) -> Cell:
    """A cell: its words, its list items, whether it continues a cell above."""
    merge = element.find(f"{qn('w:tcPr')}/{qn('w:vMerge')}")
    if merge is not None and merge.get(qn("w:val"), "continue") == "continue":
        return Cell("", merged=True)
    texts, items = [], []
    for child in body(element):
        if child.tag == qn("w:tbl"):
            texts += [words(one) for one in child.iter(qn("w:p"))]
            continue
        text = "".join(runs(child)).strip()
        if not text:
            continue
        name = styles.names.get(styles.style(child), "")
        if numbered(child) is not None or LIST_STYLE.search(name):
            items.append(bullet(plain(text)))
        else:
            items += [bullet(plain(line)) for line in text.splitlines() if BULLETED.match(line)]
        texts.append(text)
    made = cell("\n".join(texts))
    return replace(made, items=tuple(items) or made.items)
