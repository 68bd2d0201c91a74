"""Sheets: CSV and TSV with any of the usual separators, XLSX with its merged cells."""

from __future__ import annotations

import csv
import io
import re
import zipfile
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

from palermo.reading.document import Cell, Place, Row, Table, cell, plain
from palermo.reading.door import Blocks, bomb, damaged
from palermo.reading.text import decoded

SEPARATORS = ",;\t|"
WIDEST = 1_000_000  # signs in one cell
MOST_ROWS = 200_000
MOST_CELLS = 8_000_000  # of a sheet, from its first to its furthest; each takes some tens of bytes
ROW = re.compile(rb"<(?:\w+:)?row\b[^<>]*?\br=[\"'](\d+)[\"']")
NAMELESS = re.compile(rb"<(?:\w+:)?c>")  # a cell that stands behind the one before it
CELL = re.compile(rb"<(?:\w+:)?c\b[^<>]*?\br=[\"']([A-Za-z]+)(\d+)[\"'][^<>]*(?<!/)>")


def read_separated(path: Path, content: bytes) -> Blocks:
    """One table; the place of a row is the line on which it begins."""
    text = decoded(path, content)
    csv.field_size_limit(WIDEST)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator(text, path.suffix))
    rows: list[Row] = []
    begun = 1
    try:
        for fields in reader:
            if any(field.strip() for field in fields):
                rows.append(
                    Row(tuple(lines(field) for field in fields), Place(line=begun, row=len(rows) + 1))
                )
            begun = reader.line_num + 1
    except csv.Error as reason:
        raise damaged(path) from reason
    return (Table(tuple(rows), Place(line=1)),) if rows else ()


def separator(text: str, suffix: str) -> str:
    """The separator that cuts the first lines into the same number of fields, most of all."""
    if suffix.lower() in {".tsv", ".tab"}:
        return "\t"
    head = text[:20_000]

    def width(sign: str) -> tuple[int, int]:
        found = [len(row) for row in csv.reader(io.StringIO(head, newline=""), delimiter=sign) if row][:20]
        most = max(set(found), key=found.count) if found else 0
        return (found.count(most) if most > 1 else 0, most)

    return max(SEPARATORS, key=width)


def lines(text: str) -> Cell:
    """A field; several lines with bullets are a list."""
    made = cell(text)
    parts = [part.strip() for part in text.splitlines() if part.strip()]
    items = tuple(part.lstrip("-–•*▪ ").strip() for part in parts if part[0] in "-–•*▪")
    return replace(made, items=made.items or items)


def read_workbook(path: Path, content: bytes) -> Blocks:
    """Each sheet is a table with the sheet's name as its title; the place is the row of the sheet."""
    from python_calamine import CalamineError, CalamineWorkbook  # noqa: PLC0415 - heavy, and only for this kind

    tables = []
    check_size(path, content)
    try:
        book = CalamineWorkbook.from_filelike(io.BytesIO(content))
        for name in book.sheet_names:
            sheet = book.get_sheet_by_name(name)
            values = sheet.to_python(skip_empty_area=False)[:MOST_ROWS]
            merged = continued(sheet.merged_cell_ranges or [], len(values))
            rows = tuple(
                Row(
                    tuple(value_cell(value, (at, column) in merged) for column, value in enumerate(line)),
                    Place(line=at + 1, row=at + 1),
                )
                for at, line in enumerate(values)
                if any(str(value).strip() for value in line)
                or any((at, column) in merged for column in range(len(line)))
            )
            if rows:
                tables.append(Table(rows, Place(line=rows[0].place.line), title=plain(name)))
    except (CalamineError, ValueError, OSError, OverflowError) as reason:
        raise damaged(path) from reason
    except BaseException as reason:
        if type(reason).__name__ != "PanicException":  # the parser's own panic derives from BaseException
            raise
        raise damaged(path) from reason
    return tuple(tables)


def check_size(path: Path, content: bytes) -> None:
    """Refuse a workbook of which a cell far away would make a sheet larger than any that people fill."""
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        for part in package.infolist():
            if part.filename.lower().endswith(".xml") and area(package.read(part)) > MOST_CELLS:
                raise bomb(path)


def area(xml: bytes) -> int:
    """How many cells a sheet has from its first to its furthest filled one, by its own references."""
    rows = [int(number[:9]) for number in ROW.findall(xml)]
    cells = [(column(letters), int(number[:9])) for letters, number in CELL.findall(xml)]
    most_row = max([*rows, *(row for _, row in cells)], default=0)
    unnamed = max((len(NAMELESS.findall(row)) for row in xml.split(b"<row")), default=0)
    return most_row * max([unnamed, *(at for at, _ in cells)])


def column(letters: bytes) -> int:
    """The number of a column from its letters."""
    number = 0
    for sign in letters.upper()[:7]:
        number = number * 26 + sign - 64
    return number


def continued(ranges: list[tuple[tuple[int, int], tuple[int, int]]], rows: int) -> set[tuple[int, int]]:
    """The cells below the first of each vertically merged range, as far as the sheet has rows."""
    found: set[tuple[int, int]] = set()
    for (top, left), (bottom, _right) in ranges:
        found |= {(row, left) for row in range(top + 1, min(bottom + 1, rows))}
        if len(found) > MOST_CELLS:
            raise ValueError("merged cells without end")
    return found


def value_cell(value: object, merged: bool) -> Cell:  # noqa: FBT001 - the two facts of a cell
    """A value of a sheet in words: 2015.0 is "2015", a day is ISO 8601."""
    if merged and not str(value).strip():
        return Cell("", merged=True)
    if isinstance(value, float) and value.is_integer():
        return Cell(str(int(value)))
    if isinstance(value, datetime):
        return Cell(value.date().isoformat())
    if isinstance(value, date):
        return Cell(value.isoformat())
    return lines(str(value))
