"""The paragraphs of a report: joined where a page cut them, no running headers, each list with its lead."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from palermo.plan.rules.folding import fold
from palermo.plan.rules.mechanisms import list_heading
from palermo.reading import Document, Paragraph, Place, Table

HEADER = 3  # times that a line stands in a document before it is a running header
LONGEST = 20_000  # signs of a paragraph that goes on
SHORT = 120  # signs of a running header or a heading, at most
NUMBER = re.compile(
    r"\s*(?:(?:recommendation|recommandation|aanbeveling|empfehlung)\s+(?:n[o°r]?\.?\s*)?(\d{1,4}(?:\.\d{1,3}){0,4})\s*[:.–-]?"
    r"|§\s*(\d{1,6})|\[(\d{1,6})\]|(\d{1,3}(?:\.\d{1,2}){0,2})[.)])\s+",
    re.IGNORECASE,
)
BULLET = re.compile(r"\s*(?:[-–—•*▪◦■]|\(?(?:[a-z]|[ivx]{1,4})[.)])\s+")
ENDS = re.compile(r"[.!?:;”»\")]\s*(?:\d{1,3})?$")


@dataclass(frozen=True)
class Numbered:
    """A paragraph with its number as printed, and the items of the list that it introduces."""

    number: str
    text: str
    place: Place
    items: tuple[str, ...] = ()
    listed: bool = False


def numbered(document: Document) -> Iterator[Numbered]:
    """The paragraphs of a report in their order, those of tables among them."""
    lines = list(whole(running_text(document)))
    listed, begun, position = False, False, 0
    while position < len(lines):
        line = lines[position]
        position += 1
        if is_heading(line):
            listed = bool(list_heading().fullmatch(fold(line.text).strip(" .:")))
            continue
        number = NUMBER.match(line.text)
        if number and not begun:  # a summary goes before; the report itself begins with its first number
            listed, begun = False, True
        text = line.text[number.end() :] if number else BULLET.sub("", line.text, count=1)
        items: list[str] = []
        while text.endswith(":") and position < len(lines) and is_item(lines[position]):
            items.append(lines[position].text)
            position += 1
        yield Numbered(
            next(filter(None, number.groups()), "") if number else "", text, line.place, tuple(items), listed
        )


def running_text(document: Document) -> list[Paragraph]:
    """Every paragraph and every cell, without notes and without what stands on top of each page."""
    lines = [
        line for block in document.blocks for line in parts(block) if line.text.strip() and not line.note
    ]
    counted = Counter(without_numbers(line.text) for line in lines if may_head(line.text))
    return [
        line
        for line in lines
        if not line.text.isdigit()
        and not (may_head(line.text) and counted[without_numbers(line.text)] >= HEADER)
    ]


def may_head(text: str) -> bool:
    """Whether a line can be a running header: short, without a number before it, and no whole sentence."""
    return len(text) <= SHORT and not begins(text) and not text.rstrip().endswith((".", ";", ":"))


def parts(block: Paragraph | Table) -> Iterator[Paragraph]:
    """A paragraph as it is; a table as the paragraphs of its cells."""
    if isinstance(block, Paragraph):
        yield block
        return
    for row in block.rows:
        for one in row.cells:
            for text in one.lines or (one.text,):
                yield Paragraph(text, row.place)


def without_numbers(text: str) -> str:
    """A line without the numbers that change from page to page."""
    return re.sub(r"\d+", "", fold(text)).strip()


def whole(lines: Sequence[Paragraph]) -> Iterator[Paragraph]:
    """The lines with those joined that a page or a line's end cut in two."""
    held: Paragraph | None = None
    for line in lines:
        if held is not None and goes_on(held, line):
            held = replace(held, text=f"{held.text} {line.text}")
            continue
        if held is not None:
            yield held
        held = line
    if held is not None:
        yield held


def goes_on(before: Paragraph, line: Paragraph) -> bool:
    """Whether a line is the rest of the one before it."""
    if (
        len(before.text) > LONGEST
        or before.level
        or line.level
        or line.item
        or ENDS.search(before.text)
        or begins(line.text)
    ):
        return False
    return line.text[:1].islower() or len(before.text) > SHORT / 2


def begins(text: str) -> bool:
    """Whether a line begins something of its own."""
    return bool(NUMBER.match(text) or BULLET.match(text))


def is_heading(line: Paragraph) -> bool:
    """Whether a line is a heading: marked as one, or the short title of a list of recommendations."""
    if line.level:
        return True
    short = len(line.text) <= SHORT and not ENDS.search(line.text) and not line.item
    return short and bool(list_heading().fullmatch(fold(line.text).strip(" .:")))


def is_item(line: Paragraph) -> bool:
    """Whether a line is an item of the list that goes before."""
    return bool(BULLET.match(line.text)) or (line.item and not NUMBER.match(line.text))
