"""A table of figures from its CSV file: UTF-8, with commas, semicolons or tabs between its fields.

Other encodings are refused, not guessed: a guess would make new spellings of the codes.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from palermo.errors import Refused, words

LARGEST = 200_000_000  # bytes
WIDEST = 100_000  # characters of a heading, and of a field
SEPARATORS = (",", ";", "\t")
ABOVE = re.compile(
    r"[\s,;\"]*+(sep=.[\s,;\"]*+)?", re.IGNORECASE
)  # what spreadsheets leave above the heading
IN_PARTS = words("Check it in parts, with whole tables in each.")


@dataclass(frozen=True)
class Sheet:
    """The columns of a file and its rows, each with the line on which it ends."""

    columns: tuple[str, ...]
    rows: list[tuple[int, list[str]]]


def read(path: Path, needed: tuple[str, ...]) -> Sheet:
    """The rows of a file that has the columns `needed`. Raises Refused with what is wrong with it."""
    opened = io.StringIO(decoded(content(path, LARGEST), path), newline="")
    heading, above = opened.readline(), 0
    while heading and ABOVE.fullmatch(heading):
        heading, above = opened.readline(), above + 1
    separator = max(SEPARATORS, key=lambda one: len({*headings(heading[:WIDEST], one)} & {*needed}))
    lines = csv.reader(chain([heading], opened), delimiter=separator, strict=True)
    try:
        columns = tuple(one.strip() for one in next(lines, []))
        complete(columns, needed, path)
        rows = [
            row_of(row, above + lines.line_num, len(columns)) for row in lines if any(map(str.strip, row))
        ]
    except csv.Error as reason:
        raise Refused(
            "no-table",
            words("Line {line} of the file cannot be read: {reason}."),
            words("Look for a quotation mark that is not closed, or save the file as CSV again."),
            line=above + lines.line_num,
            reason=str(reason),
        ) from reason
    return Sheet(columns, rows)


def content(path: Path, largest: int, smaller: str = IN_PARTS) -> bytes:
    """The bytes of a file that can be read and is no larger than so many; else `smaller` tells what to do."""
    try:
        with path.open("rb") as opened:
            found = opened.read(largest + 1)
    except OSError as reason:
        raise Refused(
            "no-file",
            words("The file {file} cannot be read: {reason}."),
            words("Check its name."),
            file=str(path),
            reason=reason.strerror,
        ) from reason
    if len(found) > largest:
        raise Refused(
            "too-large",
            words("The file {file} is larger than {megabytes} megabytes."),
            smaller,
            file=str(path),
            megabytes=largest // 1_000_000,
        )
    return found


def decoded(found: bytes, path: Path) -> str:
    """The text of a file in UTF-8, with or without its mark at the beginning."""
    try:
        return found.decode("utf-8-sig")
    except UnicodeDecodeError as reason:
        raise Refused(
            "not-utf-8",
            words("The file {file} is not in UTF-8: line {line} has other bytes."),
            words("Save it as CSV in UTF-8 and check it again."),
            file=str(path),
            line=found.count(b"\n", 0, reason.start) + 1,
        ) from reason


def headings(heading: str, separator: str) -> list[str]:
    """The columns of a heading, if this is what separates them."""
    try:
        return [one.strip() for one in next(csv.reader([heading], delimiter=separator), [])]
    except csv.Error:
        return []


def complete(columns: tuple[str, ...], needed: tuple[str, ...], path: Path) -> None:
    """Refuse a file that lacks columns of the specification, or has one of them twice."""
    times = Counter(columns)
    if missing := [one for one in needed if not times[one]]:
        raise Refused(
            "missing-columns",
            words("The file {file} lacks these columns: {missing}. It has: {columns}."),
            words("Name its columns in the specification as they stand in its first line."),
            file=str(path),
            missing=", ".join(missing),
            columns=", ".join(columns)[:500] or "–",
        )
    if twice := [one for one in needed if times[one] > 1]:
        raise Refused(
            "columns-twice",
            words("The file {file} has these columns twice: {columns}."),
            words("Keep one of each."),
            file=str(path),
            columns=", ".join(twice),
        )


def row_of(fields: list[str], line: int, width: int) -> tuple[int, list[str]]:
    """A row with its line; one with too few or too many fields is refused, and a field without an end."""
    if max(map(len, fields)) > WIDEST:  # the limit of Python's own reader is another's to set
        raise csv.Error(f"a field is longer than {WIDEST} characters")
    if len(fields) != width:
        raise Refused(
            "ragged-row",
            words("Line {line} of the file has {found} fields, and its first line {width}."),
            words("Put a field that holds the separator between quotation marks, and save the file again."),
            line=line,
            found=len(fields),
            width=width,
        )
    return line, fields
