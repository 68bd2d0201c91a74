"""A document as a value: what every kind of file is read into."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

MARKUP = re.compile(r"</?[a-zA-Z][a-zA-Z0-9]{0,9}(?:\s[^<>]{0,200})?/?>")
WITHIN_A_WORD = re.compile(r"</?(?:i|b|u|em|strong|span|font|small|mark)(?:\s[^<>]{0,200})?>", re.IGNORECASE)
EMPHASIS = re.compile(r"(?<![\w*])\*(?=\S)([^*\n]{1,300}?)(?<=\S)\*(?![\w*])")
LINE_END = re.compile(r"[\n\r]+|<(?:br|/p|/li)\b[^<>]{0,20}>", re.IGNORECASE)
INVISIBLE = re.compile("[\x00-\x08\x0e-\x1b\ufffe\uffff\u00ad\u200b-\u200d\u2060\ufeff]")
SPACES = re.compile(r"\s+")


@dataclass(frozen=True)
class Place:
    """Where something stands: the line (outside text files the number of the block), the page, the row."""

    line: int | None = None
    page: int | None = None
    table: int | None = None
    row: int | None = None


@dataclass(frozen=True)
class Cell:
    """One cell of a table.

    `merged` tells the continuation of a cell that is merged downwards from a cell that is empty. `markup`
    tells that signs of markup stood in the text and were taken out. `items` are the items of a list in it,
    `lines` its lines where it has several; `wrapped` says that they end where the column is full, not where
    the writer ended them. `span` is the number of columns that it covers.
    """

    text: str
    merged: bool = False
    markup: bool = False
    items: tuple[str, ...] = ()
    lines: tuple[str, ...] = ()
    wrapped: bool = False
    span: int = 1


@dataclass(frozen=True)
class Row:
    """One row of a table."""

    cells: tuple[Cell, ...]
    place: Place = field(default_factory=Place)


@dataclass(frozen=True)
class Table:
    """A table; what a page break cut in two is one table again."""

    rows: tuple[Row, ...]
    place: Place = field(default_factory=Place)
    title: str = ""  # a sheet's name


@dataclass(frozen=True)
class Paragraph:
    """A paragraph. `level` is set for a heading that the document itself marks as one.

    `note` marks what is no part of the running text: footnotes, headers, tables of contents.
    """

    text: str
    place: Place = field(default_factory=Place)
    level: int | None = None
    item: bool = False
    note: bool = False


@dataclass(frozen=True)
class Document:
    """A file that was read: its name, kind and SHA-256, and its blocks in order."""

    name: str
    kind: str
    sha256: str
    blocks: tuple[Paragraph | Table, ...]


def plain(text: str) -> str:
    """The words of a text without markup, emphasis and places to hyphenate, with single spaces."""
    bare = MARKUP.sub(" ", WITHIN_A_WORD.sub("", INVISIBLE.sub("", text)))
    return SPACES.sub(" ", EMPHASIS.sub(r"\1", bare)).strip()


def cell(text: str) -> Cell:
    """A cell from a text that may hold literal markup: its words, and the items of a list in it."""
    marked = bool(MARKUP.search(text) or EMPHASIS.search(text))
    listed = re.findall(r"<li>(.*?)(?=</li>|<li>|</ul>|$)", text, re.IGNORECASE | re.DOTALL)
    items = tuple(bullet(plain(item)) for item in listed if plain(item))
    return Cell(plain(text), markup=marked, items=items, lines=several(LINE_END.split(text)))


def several(texts: Iterable[str]) -> tuple[str, ...]:
    """The lines of a cell that hold words, without bullets; none where there is only one."""
    found = tuple(bullet(words) for text in texts if (words := plain(text)))
    return found if len(found) > 1 else ()


def bullet(text: str) -> str:
    """A list item without its bullet."""
    return re.sub(r"^[-–•*▪◦]\s*", "", text)
