"""PDF: lines joined to paragraphs, tables with and without ruling lines, and those that a page break cut."""

from __future__ import annotations

import io
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
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
from pdfplumber.utils.text import extract_words

from palermo.reading.aligned import Edge, Grid, grids, rows
from palermo.reading.document import Cell, Paragraph, Place, Row, Table, bullet, plain, several
from palermo.reading.door import MOST_UNPACKED, Blocks, bomb, damaged, encrypted
from palermo.reading.hyphens import Hyphens
from palermo.reading.lines import Line, page_lines, running
from palermo.reading.pieces import ITEM, Piece, joined, piece
from palermo.reading.ruled import MOST_EDGES, ruled_tables
from palermo.reading.signs import add_bullets, printed
from palermo.reading.upright import place_upright

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
MOST_HANDS = 4
SHARE = 25  # pages that a process takes at a time
MOST_SIGNS = 20_000_000
NUMBERED = re.compile(r"^(?:\d{1,2}\.)+(?:\d{1,2}\.?)?\s+\S|^[IVX]{1,5}\.\s+\S")
LEADER = re.compile(r"(?:\.\s?){4,}\s*\d*\s*$")
SMALLER = 1.4  # points below the size of the running text: a note


class TooMuch(Exception):
    """A file holds more than is read."""


@dataclass(frozen=True)
class Leaf:
    """What stands on one page, how its lines are drawn, and how many signs it holds."""

    found: tuple[Line | Piece, ...]
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
    told = [one for one in found if isinstance(one, Piece) or one not in left_out]
    whole = list(joined(unruled(told, edges), size - SMALLER))
    return tuple(paragraphs(whole, size, Hyphens(line_ends(whole))))


def line_ends(found: Iterable[Line | Piece]) -> Iterator[list[str]]:
    """The lines of the running text, and those of every cell."""
    for is_line, group in groupby(found, key=lambda one: isinstance(one, Line)):
        if is_line:
            yield [one.text for one in group if isinstance(one, Line)]
            continue
        for one in group:
            if isinstance(one, Piece):
                yield from (text.splitlines() for strip in one.strips for text in strip.texts if text)


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
    place_upright()
    with pdfplumber.open(io.BytesIO(content), pages=list(range(first, last + 1))) as book:
        page: Any
        for page in book.pages:
            page.process_object = placing(page)
            add_bullets(page)
            found = tuple(on_page(page, page.page_number))
            yield Leaf(found, tuple(ruled(page)), len(page.chars))
            page.close()


def ruled(page: Any) -> list[Edge]:
    """The horizontal lines of a page, and the upper and lower sides of its boxes."""
    drawn = [*page.lines, *page.rects][:MOST_EDGES]
    return sorted(
        {(round(one[side], 1), one["x0"], one["x1"]) for one in drawn for side in ("top", "bottom")}
    )


def unruled(found: Sequence[Line | Piece], edges: Mapping[int, Sequence[Edge]]) -> Iterator[Line | Piece]:
    """The lines and tables, with tables made of the lines that stand in columns."""
    before: Grid | None = None
    for (is_line, number), group in groupby(found, key=lambda one: (isinstance(one, Line), page_of(one))):
        if not is_line:
            yield from group
            before = None
            continue
        lines = [one for one in group if isinstance(one, Line)]
        done = 0
        last = before if before and before.lines[-1].page == number - 1 else None
        before = None
        for start, end, grid in grids(lines, last):
            if texts := rows(grid, edges[number]):
                yield from lines[done:start]
                yield piece(texts, number)
                done, before = end, grid if end == len(lines) else None
        yield from lines[done:]


def page_of(one: Line | Piece) -> int:
    """The page of a line or of the beginning of a table."""
    return one.page if isinstance(one, Line) else one.strips[0].page


def placing(page: Any) -> Callable[[Any], dict[str, Any]]:
    """How a page places what it holds: a sign with what reading needs of it, the rest as pdfplumber does.

    pdfplumber resolves colours and matrices too, sign by sign: nearly half of the time of a long document.
    """
    placed, number, offset = page.process_object, page.page_number, page.initial_doctop
    (across, down), height = page.mediabox[:2], page.height

    def place(found: Any) -> dict[str, Any]:
        if not isinstance(found, LTChar):
            made: dict[str, Any] = placed(found)
            return made
        top, name = height - found.y1 + down, found.fontname
        return {
            "object_type": "char",
            "page_number": number,
            "text": printed(found.get_text()),
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
            "bottom": height - found.y0 + down,
            "doctop": offset + top,
        }

    return place


def on_page(page: Any, number: int) -> Iterator[Line | Piece]:
    """The lines and tables of a page from top to bottom."""
    tables = ruled_tables(page)
    boxes = [box for box, _ in tables]

    def outside(sign: Any) -> bool:
        middle, height = (sign["x0"] + sign["x1"]) / 2, (sign["top"] + sign["bottom"]) / 2
        return not any(x0 <= middle <= x1 and top <= height <= bottom for x0, top, x1, bottom in boxes)

    signs = [one for one in page.chars if outside(one)] if boxes else page.chars
    words = extract_words(signs, extra_attrs=["size", "fontname"])
    placed: list[tuple[float, Line | Piece]] = [(line.top, line) for line in page_lines(words, number)]
    placed += [(box[1], one) for box, one in tables]
    yield from (one for _, one in sorted(placed, key=lambda each: each[0]))


def table(found: Piece, hyphens: Hyphens) -> Table:
    """A table with its cells; a row without words is none."""
    rows = tuple(
        Row(
            tuple(
                Cell("", merged=True) if text is None else table_cell(text, hyphens) for text in strip.texts
            ),
            Place(page=strip.page),
        )
        for strip in found.strips
        if any(text is None or text for text in strip.texts)
    )
    return Table(rows, Place(page=found.strips[0].page))


def table_cell(text: str, hyphens: Hyphens) -> Cell:
    """A cell: lines with bullets are a list's items, the others run on."""
    items: list[list[str]] = []
    lead: list[str] = []
    for line in text.splitlines():
        if ITEM.match(line):
            items.append([bullet(line)])
        else:
            (items[-1] if items else lead).append(line)
    whole = plain(hyphens.text(text.splitlines()))
    if items:
        listed = [hyphens.text(lines) for lines in items]
        return Cell(whole, items=tuple(map(plain, listed)), lines=several([hyphens.text(lead), *listed]))
    return Cell(whole, lines=several(hyphens.lines(lead)), wrapped=True)


def paragraphs(found: Iterable[Line | Piece], size: float, hyphens: Hyphens) -> Iterator[Paragraph | Table]:
    """Lines joined to paragraphs; a heading, an item and a gap begin a new one."""
    open_lines: list[Line] = []
    for one in found:
        if isinstance(one, Line) and open_lines and goes_on(open_lines, one, size):
            open_lines.append(one)
            continue
        if open_lines:
            yield paragraph(open_lines, size, hyphens)
        open_lines = [one] if isinstance(one, Line) else []
        if isinstance(one, Piece):
            yield table(one, hyphens)
    if open_lines:
        yield paragraph(open_lines, size, hyphens)


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


def paragraph(lines: list[Line], size: float, hyphens: Hyphens) -> Paragraph:
    """Lines as one paragraph."""
    text = plain(hyphens.text(line.text for line in lines))
    number = re.match(r"^((?:\d{1,2}\.)+\d{0,2})", text)
    level = (number[1].strip(".").count(".") + 1 if number else 1) if heading(lines, size) else None
    return Paragraph(
        text,
        Place(page=lines[0].page),
        level=level,
        item=bool(ITEM.match(text)) and level is None,
        note=bool(LEADER.search(text)) or lines[0].size < size - SMALLER,
    )
