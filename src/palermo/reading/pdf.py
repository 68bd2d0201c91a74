"""PDF: lines joined to paragraphs, tables with and without ruling lines, and those that a page break cut."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, replace
from functools import partial
from itertools import groupby
from multiprocessing import current_process, get_context
from pathlib import Path
from statistics import median
from typing import Any

import pdfplumber
from pdfminer.layout import LTChar
from pdfminer.pdfdocument import PDFPasswordIncorrect
from pdfminer.pdfexceptions import PDFException
from pdfminer.psexceptions import PSException
from pdfplumber.page import fix_fontname_bytes
from pdfplumber.utils.exceptions import MalformedPDFException, PdfminerException

from palermo.reading.aligned import Edge, Grid, grids, rows
from palermo.reading.document import Cell, Paragraph, Place, Row, Table, bullet, plain, several
from palermo.reading.door import MOST_UNPACKED, Blocks, bomb, damaged, encrypted
from palermo.reading.lines import Line, page_lines, running

BROKEN = (
    PDFException,
    PSException,
    MalformedPDFException,
    ValueError,
    TypeError,
    KeyError,
    IndexError,
    AttributeError,
    AssertionError,
    OverflowError,
    ZeroDivisionError,
    RecursionError,
    OSError,
    NotImplementedError,
    BrokenProcessPool,
)
MOST_PAGES = 2_000
MOST_EDGES = 20_000
MOST_HANDS = 4
SHARE = 25  # pages that a process takes at a time
MOST_SIGNS = 20_000_000
ITEM = re.compile(r"^(?:[-–•*▪◦\uf0b7]|\(?[a-z0-9]{1,2}[.)])\s+(?=\S)")
NUMBERED = re.compile(r"^(?:\d{1,2}\.)+(?:\d{1,2}\.?)?\s+\S|^[IVX]{1,5}\.\s+\S")
LEADER = re.compile(r"(?:\.\s?){4,}\s*\d*\s*$")
RULED = {"vertical_strategy": "lines", "horizontal_strategy": "lines", "snap_tolerance": 4}


class TooMuch(Exception):
    """A file holds more than is read."""


@dataclass(frozen=True)
class Leaf:
    """What stands on one page, how its lines are drawn, and how many signs it holds."""

    found: tuple[Line | Table, ...]
    edges: tuple[Edge, ...]
    signs: int


def read_pdf(path: Path, content: bytes) -> Blocks:
    """Paragraphs and tables in order, each with its page."""
    try:
        with pdfplumber.open(io.BytesIO(content)) as book:
            count = len(book.pages)
        return read_leaves(list(within_measure(every_leaf(content, count))))
    except TooMuch as reason:
        raise bomb(path) from reason
    except PDFPasswordIncorrect as reason:
        raise encrypted(path) from reason
    except PdfminerException as reason:
        if "Password" in repr(reason):
            raise encrypted(path) from reason
        raise damaged(path) from reason
    except BROKEN as reason:
        raise damaged(path) from reason


def read_leaves(leaves: Sequence[Leaf]) -> Blocks:
    """The pages as one text."""
    found = [one for leaf in leaves for one in leaf.found]
    edges = {number: leaf.edges for number, leaf in enumerate(leaves, start=1)}
    lines = [one for one in found if isinstance(one, Line)]
    left_out = running(lines, len(leaves))
    size = median([line.size for line in lines]) if lines else 0.0
    told = [one for one in found if isinstance(one, Table) or one not in left_out]
    return tuple(joined(paragraphs(unruled(told, edges), size)))


def every_leaf(content: bytes, count: int) -> Iterator[Leaf]:
    """Every page in turn; a long file is read by as many processes as the machine has for it.

    A process that may have no children of its own reads alone.
    """
    if count > MOST_PAGES:
        raise TooMuch
    hands = min(os.cpu_count() or 1, MOST_HANDS, count // SHARE)
    if hands < 2 or current_process().daemon:
        yield from leaves(content, 1, count)
        return
    with ProcessPoolExecutor(hands, mp_context=get_context("spawn")) as pool:
        shares = range(1, count + 1, SHARE)
        tasks = [pool.submit(share, content, first, min(first + SHARE - 1, count)) for first in shares]
        try:
            for task in tasks:
                yield from task.result()
        finally:
            pool.shutdown(wait=False, cancel_futures=True)


def share(content: bytes, first: int, last: int) -> list[Leaf]:
    """Some pages of a file."""
    return list(within_measure(leaves(content, first, last)))


def within_measure(pages: Iterable[Leaf]) -> Iterator[Leaf]:
    """The pages, as long as they hold no more signs than are read."""
    signs = 0
    for leaf in pages:
        signs += leaf.signs
        if signs > MOST_SIGNS or signs * 10 > MOST_UNPACKED:
            raise TooMuch
        yield leaf


def leaves(content: bytes, first: int, last: int) -> Iterator[Leaf]:
    """These pages of a file, one after the other."""
    with pdfplumber.open(io.BytesIO(content), pages=list(range(first, last + 1))) as book:
        page: Any
        for page in book.pages:
            page.process_object = partial(placed_object, page, page.process_object)
            found = tuple(on_page(page, page.page_number))
            yield Leaf(found, tuple(ruled(page)), len(page.chars))
            page.close()


def ruled(page: Any) -> list[Edge]:
    """The horizontal lines of a page, and the upper and lower sides of its boxes."""
    drawn = [*page.lines, *page.rects][:MOST_EDGES]
    return sorted(
        {(round(one[side], 1), one["x0"], one["x1"]) for one in drawn for side in ("top", "bottom")}
    )


def unruled(found: Sequence[Line | Table], edges: Mapping[int, Sequence[Edge]]) -> Iterator[Line | Table]:
    """The lines and tables, with tables made of the lines that stand in columns."""
    before: Grid | None = None
    for (is_line, number), group in groupby(found, key=lambda one: (isinstance(one, Line), page_of(one))):
        if not is_line:
            yield from group
            before = None
            continue
        lines = [one for one in group if isinstance(one, Line)]
        done = 0
        last = before if before and before.lines[-1].page == (number or 0) - 1 else None
        before = None
        for start, end, grid in grids(lines, last):
            if texts := rows(grid, edges[number or 0]):
                yield from lines[done:start]
                yield cells_of(texts, number or 0)
                done, before = end, grid if end == len(lines) else None
        yield from lines[done:]


def page_of(one: Line | Table) -> int | None:
    """The page of a line or a table."""
    return one.page if isinstance(one, Line) else one.place.page


def cells_of(texts: list[list[str]], number: int) -> Table:
    """A table from the texts of its cells."""
    place = Place(page=number)
    return Table(tuple(Row(tuple(map(table_cell, row)), place) for row in texts), place)


def placed_object(page: Any, placed: Callable[[Any], dict[str, Any]], found: Any) -> dict[str, Any]:
    """A sign with what reading needs of it; pdfplumber resolves colours and matrices too, sign by sign.

    That is nearly half of the time of a long document. Everything but signs is left to it.
    """
    if not isinstance(found, LTChar):
        return placed(found)
    across, down = page.mediabox[:2]
    top = page.height - found.y1 + down
    name = found.fontname
    return {
        "object_type": "char",
        "page_number": page.page_number,
        "text": found.get_text(),
        "fontname": fix_fontname_bytes(name) if isinstance(name, bytes) else name,
        "size": found.size,
        "upright": found.upright,
        "matrix": found.matrix,
        "x0": found.x0 + across,
        "x1": found.x1 + across,
        "y0": found.y0,
        "y1": found.y1,
        "width": found.width,
        "height": found.height,
        "top": top,
        "bottom": page.height - found.y0 + down,
        "doctop": page.initial_doctop + top,
    }


def on_page(page: Any, number: int) -> Iterator[Line | Table]:
    """The lines and tables of a page from top to bottom."""
    boxed = page.find_tables(RULED) if len(page.lines) + len(page.rects) + len(page.curves) > 1 else []
    tables = [one for one in boxed if len(one.rows) and len(one.rows[0].cells) > 1]
    boxes = [one.bbox for one in tables]

    def outside(sign: Any) -> bool:
        middle, height = (sign["x0"] + sign["x1"]) / 2, (sign["top"] + sign["bottom"]) / 2
        return not any(x0 <= middle <= x1 and top <= height <= bottom for x0, top, x1, bottom in boxes)

    words = page.filter(lambda one: one["object_type"] != "char" or outside(one)).extract_words(
        extra_attrs=["size", "fontname"], keep_blank_chars=False, use_text_flow=False
    )
    placed: list[tuple[float, Line | Table]] = [(line.top, line) for line in page_lines(words, number)]
    placed += [(one.bbox[1], table(one, number)) for one in tables]
    yield from (one for _, one in sorted(placed, key=lambda each: each[0]))


def table(found: Any, number: int) -> Table:
    """A ruled table; a cell that no line closes above continues the one above it."""
    rows = []
    for texts, boxes in zip(found.extract(), found.rows, strict=True):
        cells = tuple(
            Cell("", merged=True) if box is None and at == 0 else table_cell(text or "")
            for at, (text, box) in enumerate(zip(texts, boxes.cells, strict=True))
        )
        if any(cell.text or cell.merged for cell in cells):
            rows.append(Row(cells, Place(page=number)))
    return Table(tuple(rows), Place(page=number))


def table_cell(text: str) -> Cell:
    """A cell: lines with bullets are a list's items, the others run on."""
    items: list[str] = []
    lead: list[str] = []
    for line in text.splitlines():
        if ITEM.match(line):
            items.append(bullet(line))
        elif items:
            items[-1] = unbroken([items[-1], line])
        else:
            lead.append(line)
    whole = plain(unbroken(text.splitlines()))
    if items:
        return Cell(whole, items=tuple(map(plain, items)), lines=several([unbroken(lead), *items]))
    return Cell(whole, lines=several(unhyphenated(lead)), wrapped=True)


def paragraphs(found: Iterable[Line | Table], size: float) -> Iterator[Paragraph | Table]:
    """Lines joined to paragraphs; a heading, an item and a gap begin a new one."""
    open_lines: list[Line] = []
    for one in found:
        if isinstance(one, Line) and open_lines and goes_on(open_lines, one, size):
            open_lines.append(one)
            continue
        if open_lines:
            yield paragraph(open_lines, size)
        open_lines = [one] if isinstance(one, Line) else []
        if isinstance(one, Table):
            yield one
    if open_lines:
        yield paragraph(open_lines, size)


def goes_on(lines: list[Line], new: Line, size: float) -> bool:
    """Whether a line belongs to the paragraph of the lines before it."""
    last = lines[-1]
    if ITEM.match(new.text) or NUMBERED.match(new.text) or LEADER.search(last.text):
        return False
    if (
        abs(last.size - new.size) > 0.6
        or last.bold != new.bold
        or heading(lines, size) != heading([new], size)
    ):
        return False
    if last.page != new.page:
        return not re.search(r"[.!?:;]$", last.text) and new.text[:1].islower()
    return new.top - last.bottom < 0.75 * last.size and last.right > 0.6 * max(
        line.right for line in [*lines, new]
    )


def heading(lines: list[Line], size: float) -> bool:
    """Whether lines look like a heading: larger or bold, and short."""
    text = " ".join(line.text for line in lines)
    big = lines[0].size > size + 0.8 or lines[0].bold
    return (big and len(text) < 200 and not text.endswith((".", ";"))) or (big and bool(NUMBERED.match(text)))


def paragraph(lines: list[Line], size: float) -> Paragraph:
    """Lines as one paragraph."""
    text = plain(unbroken([line.text for line in lines]))
    number = re.match(r"^((?:\d{1,2}\.)+\d{0,2})", text)
    level = (number[1].strip(".").count(".") + 1 if number else 1) if heading(lines, size) else None
    return Paragraph(
        text,
        Place(page=lines[0].page),
        level=level,
        item=bool(ITEM.match(text)) and level is None,
        note=bool(LEADER.search(text)) or lines[0].size < size - 1.4,
    )


def unbroken(lines: list[str]) -> str:
    """Lines as one text; a word cut by a hyphen at a line's end is whole again."""
    return " ".join(unhyphenated(lines))


def unhyphenated(lines: list[str]) -> list[str]:
    """Lines, where one that ends within a word takes in the next."""
    found: list[str] = []
    for line in lines:
        if found and re.search(r"[a-zà-ÿ]-$", found[-1]) and re.match(r"[a-zà-ÿ]", line):
            found[-1] = found[-1][:-1] + line
        else:
            found.append(line)
    return found


def joined(blocks: Iterator[Paragraph | Table]) -> Iterator[Paragraph | Table]:
    """Join tables that a page break cut: as many columns, nothing between, the header repeated or not."""
    held: Table | None = None
    for one in blocks:
        if isinstance(one, Table) and held and continues(held, one):
            held = replace(held, rows=together(held.rows, rest(held, one)))
            continue
        if held:
            yield held
        held = one if isinstance(one, Table) else None
        if not isinstance(one, Table):
            yield one
    if held:
        yield held


def continues(held: Table, new: Table) -> bool:
    """Whether a table goes on from the one before it."""
    pages = (new.place.page or 0) - (held.rows[-1].place.page or 0)
    return bool(new.rows) and pages == 1 and len(new.rows[0].cells) == len(held.rows[0].cells)


def rest(held: Table, new: Table) -> tuple[Row, ...]:
    """The rows that a table adds: without a repeated header."""
    same = [cell.text for cell in new.rows[0].cells] == [cell.text for cell in held.rows[0].cells]
    return new.rows[1:] if same else new.rows


def together(rows: tuple[Row, ...], more: tuple[Row, ...]) -> tuple[Row, ...]:
    """The rows before and after a page break; a row that it cut in two is one row again."""
    if not more or not cut(rows[-1], more[0]):
        return rows + more
    cells = tuple(ended(one, two) for one, two in zip(rows[-1].cells, more[0].cells, strict=False))
    return (*rows[:-1], replace(rows[-1], cells=cells), *more[1:])


def cut(last: Row, first: Row) -> bool:
    """Whether a row at the top of a page goes on in the middle of the sentence that ended the page before."""
    longest = max(range(len(first.cells)), key=lambda at: len(first.cells[at].text))
    goes_on, begun = first.cells[longest].text, last.cells[longest].text if longest < len(last.cells) else ""
    return (
        goes_on[:1].islower()
        and begun[:1].isupper()
        and not re.search(r"[.;:!?]$", begun)
        and not all(cell.text for cell in first.cells)
    )


def ended(one: Cell, two: Cell) -> Cell:
    """A cell with what stands of it on the next page."""
    if not two.text:
        return one
    lines = tuple(text for cell in (one, two) for text in (cell.lines or (cell.text,)) if text)
    return replace(one, text=unbroken([one.text, two.text]), items=one.items + two.items, lines=lines)
