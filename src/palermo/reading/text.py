"""Plain text: a line is a paragraph, consecutive lines with tabs are a table."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from palermo.reading.document import Paragraph, Place, Row, Table, cell, plain
from palermo.reading.door import Blocks, mislabelled, wide_encoding

LEADER = re.compile(r"\.{4,}\s*\d*\s*$|…{2,}\s*\d*\s*$")  # a line of a table of contents
NOTE = re.compile(r"^(?:[¹²³⁴-⁹]|\[\d+\]|https?://)")
ITEM = re.compile(r"^\s*(?:[-–•*▪◦]|\(?[a-z0-9]{1,2}[.)])\s+(?=\S)")
HEADING = re.compile(r"^(#{1,6})\s+")


def decoded(path: Path, content: bytes) -> str:
    """The text in the encoding that its bytes show: UTF-8, UTF-16, else Windows-1252.

    Refused where it is none of them.
    """
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encodings = ["utf-16"]
    elif wide := wide_encoding(content):
        encodings = [wide]
    else:
        encodings = ["utf-8-sig", "cp1252"]
    for encoding in encodings:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not re.search(r"[\x00-\x08\x0e-\x1f]", text):
            return text
    raise mislabelled(path, path.suffix.lstrip(".") or "txt")


def read_text(path: Path, content: bytes) -> Blocks:
    """Paragraphs and tables of a text file, each with the number of its line."""
    blocks: list[Paragraph | Table] = []
    rows: list[Row] = []
    for number, line in enumerate(re.split(r"\r\n|\r|\n|\f", decoded(path, content)), start=1):
        if "\t" in line.strip(" \r\n") and line.strip():
            rows.append(Row(tuple(cell(part) for part in line.split("\t")), Place(line=number)))
            continue
        if rows:
            blocks.append(Table(tuple(rows), rows[0].place))
            rows = []
        if line.strip():
            blocks.append(paragraph(line, number))
    if rows:
        blocks.append(Table(tuple(rows), rows[0].place))
    return tuple(blocks)


def paragraph(line: str, number: int) -> Paragraph:
    """One line as a paragraph."""
    heading = HEADING.match(line)
    text = plain(line[heading.end() :] if heading else line)
    return Paragraph(
        text,
        Place(line=number),
        level=len(heading[1]) if heading else None,
        item=bool(ITEM.match(line)),
        note=bool(LEADER.search(line) or NOTE.match(line.strip())),
    )
