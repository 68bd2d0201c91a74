"""HTML: headings, paragraphs, list items and tables with their row spans."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from lxml import etree, html

from palermo.reading.document import SPACES, Cell, Paragraph, Place, Row, Table, bullet, plain, several
from palermo.reading.door import Blocks, damaged
from palermo.reading.text import decoded

LEFT_OUT = {
    "script",
    "style",
    "head",
    "nav",
    "template",
    "noscript",
    "svg",
    "iframe",
    "object",
    "select",
    "button",
    "textarea",
    "datalist",
}
TEXTS = {
    "p",
    "li",
    "dt",
    "dd",
    "blockquote",
    "pre",
    "figcaption",
    "caption",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
}
INSIDE = {"p", "ul", "ol", "table", "div", "h1", "h2", "h3", "h4", "h5", "h6", "blockquote", "section", "dl"}
# Encodings of text; others that Python knows pack or escape bytes.
WRITTEN = re.compile(r"(?:utf-?(?:8|16)|iso8859|cp\d|ascii|mac|koi8|gb|big5|euc|shift)")
CHARSET = re.compile(rb"""charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
WIDEST = 200  # columns or rows that one cell may span
DEEPEST = 400


def read_web(path: Path, content: bytes) -> Blocks:
    """Paragraphs and tables in order; the place is the number of the block, rows count as blocks."""
    named = CHARSET.search(content[:2048])
    try:
        text = content.decode(codec(named[1].decode())) if named else decoded(path, content)
    except (LookupError, UnicodeError):
        text = decoded(path, content)
    try:
        parser = html.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
        root = html.document_fromstring(re.sub(r"^\s*<\?xml[^>]*>", "", text), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError) as reason:
        raise damaged(path) from reason
    blocks: list[Paragraph | Table] = []
    line = 0
    for element in flow(root, 0, holders(root)):
        if element.tag == "table":
            rows = tuple(table_rows(element, line))
            line += len(rows)
            if rows:
                blocks.append(Table(rows, rows[0].place))
            continue
        words = own_words(element)
        if words:
            line += 1
            heading = re.fullmatch(r"h([1-6])", str(element.tag))
            level = int(heading[1]) if heading else None
            blocks.append(Paragraph(words, Place(line=line), level=level, item=element.tag == "li"))
    return tuple(blocks)


def codec(name: str) -> str:
    """The encoding of a name, if pages are written in it. Raises LookupError, UnicodeError."""
    known = codecs.lookup(name).name
    if not WRITTEN.match(known):
        raise LookupError(name)
    return known


def holders(root: Any) -> set[Any]:
    """The elements that hold, at any depth, one that begins a paragraph of its own."""
    found: set[Any] = set()
    for element in root.iter(*INSIDE):
        for above in element.iterancestors():
            if above in found:
                break
            found.add(above)
    return found


def flow(element: Any, depth: int, holding: set[Any]) -> Iterator[Any]:
    """Tables and the innermost elements that hold running text, in order."""
    for child in element:
        if not isinstance(child.tag, str) or child.tag in LEFT_OUT:
            continue
        if child.tag == "table":
            yield child
        elif child.tag in TEXTS or child not in holding:
            yield child
            if depth < DEEPEST:
                yield from (
                    inner for inner in flow(child, depth + 1, holding) if inner.tag in {"li", "table"}
                )
        elif depth < DEEPEST:
            yield from flow(child, depth + 1, holding)


def own_words(element: Any) -> str:
    """The words of an element without those of lists and tables inside it."""
    pieces = [element.text or ""]
    for child in element:
        if isinstance(child.tag, str) and child.tag not in LEFT_OUT | {"ul", "ol", "table"}:
            pieces.append(" " if child.tag == "br" else own_words(child))
        pieces.append(child.tail or "")
    return plain(" ".join(pieces) if any(child.tag in INSIDE for child in element) else "".join(pieces))


def table_rows(table: Any, line: int) -> Iterator[Row]:
    """The rows of a table; a cell that spans rows is merged in those below."""
    open_spans: dict[int, int] = {}
    for element in table.xpath("./tr | ./thead/tr | ./tbody/tr | ./tfoot/tr"):
        cells: list[Cell] = []
        given = iter(element.xpath("./td | ./th"))
        for one in given:
            fill(cells, open_spans)
            rows, columns = span(one, "rowspan"), span(one, "colspan")
            if rows > 1:
                open_spans[len(cells)] = rows - 1
            cells.append(replace(table_cell(one), span=columns))
            cells.extend([Cell("")] * (columns - 1))
        fill(cells, open_spans)
        if cells:
            line += 1
            yield Row(tuple(cells), Place(line=line))


def fill(cells: list[Cell], open_spans: dict[int, int]) -> None:
    """Put the continuation of cells from above where they stand."""
    while open_spans.get(len(cells), 0) > 0:
        open_spans[len(cells)] -= 1
        cells.append(Cell("", merged=True))


def span(element: Any, name: str) -> int:
    """How many rows or columns a cell spans."""
    given = element.get(name, "1").strip()
    return min(max(int(given[:9]), 1), WIDEST) if given.isascii() and given.isdigit() else 1


def table_cell(element: Any) -> Cell:
    """A cell with the items of a list in it."""
    items = tuple(words for one in element.iter("li") if (words := bullet(own_words(one))))
    text = "".join(with_breaks(element, 0))
    return Cell(plain(text), items=items, lines=several(text.splitlines()))


def with_breaks(element: Any, depth: int) -> Iterator[str]:
    """The text of a cell piece by piece, with the ends of its lines."""
    yield SPACES.sub(" ", element.text or "")
    for child in element:
        if isinstance(child.tag, str) and child.tag not in LEFT_OUT and depth < DEEPEST:
            apart = "\n" if child.tag in INSIDE | {"br", "li", "tr"} else ""
            yield apart
            yield from with_breaks(child, depth + 1)
            yield apart or (" " if child.tag in {"td", "th"} else "")
        yield SPACES.sub(" ", child.tail or "")
