"""The source of the demonstration's plan: a text file with a handful of marks, as blocks of a document.

`# ` and `## ` begin a heading (`{5}` at its end is the page it stands on), `- ` a list item, `? ` an
abbreviation and its meaning, `|` a row of a table; `key: value` lines before all else are the front page.
Inside a cell `<br>` begins a paragraph, `<br>- ` a list item, and `^` alone continues the cell above.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

SOURCE = Path(__file__).with_name("plan_text.md")


@dataclass(frozen=True)
class Heading:
    """A numbered heading; `page` is known for chapters, which the table of contents lists."""

    text: str
    level: int
    page: int | None


@dataclass(frozen=True)
class Words:
    """A paragraph, or an item of a list."""

    text: str
    item: bool = False


@dataclass(frozen=True)
class Abbreviation:
    """A short form and what it stands for."""

    short: str
    meaning: str


@dataclass(frozen=True)
class Rows:
    """A table; the first row is its header."""

    cells: tuple[tuple[str, ...], ...]


Block = Heading | Words | Abbreviation | Rows


@dataclass(frozen=True)
class Source:
    """The front page by key, and the blocks that follow it."""

    front: dict[str, str]
    blocks: tuple[Block, ...]


def load(path: Path = SOURCE) -> Source:
    """The plan's source as blocks, in order."""
    front, _, body = path.read_text(encoding="utf-8").partition("\n\n")
    lines = (line.partition(": ") for line in front.splitlines())
    chunks = (chunk.strip() for chunk in body.split("\n\n"))
    return Source(
        {key: value for key, _, value in lines},
        tuple(block for chunk in chunks if chunk for block in _blocks(chunk)),
    )


def _blocks(chunk: str) -> list[Block]:
    """The blocks of one chunk: a table, or each of its lines."""
    lines = chunk.splitlines()
    if lines[0].startswith("|"):
        return [Rows(tuple(_cells(line) for line in lines if not line.startswith("|---")))]
    return [_block(line) for line in lines]


def _cells(line: str) -> tuple[str, ...]:
    return tuple(cell.strip() for cell in line.strip().strip("|").split("|"))


def _block(line: str) -> Block:
    if heading := re.fullmatch(r"(#+) (.+?)(?: \{(\d+)\})?", line):
        marks, text, page = heading.groups()
        return Heading(text, len(marks), int(page) if page else None)
    if line.startswith("? "):
        short, _, meaning = line[2:].partition(" | ")
        return Abbreviation(short, meaning)
    return Words(line.removeprefix("- "), item=line.startswith("- "))
