"""What a row of a table of measures is, where it is no measure: a title in the middle, a total, a note."""

from __future__ import annotations

import re

from palermo.plan.rules.columns import ORDINAL
from palermo.plan.rules.folding import fold
from palermo.plan.rules.said import LONGEST_NUMBER
from palermo.plan.rules.sections import NAMED
from palermo.reading import Row

NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+[\"“„«]?\s?[A-ZÀ-Ý]")
SECTION = re.compile(r"^\d{1,2}(?:\.\d{1,2})*(?:\D|$)")
NUMBER = re.compile(r"(?<![\d/.-])(\d{1,2}(?:\.\d{1,2})*)(?![\d/]|[.-]\d)")
TOTAL = re.compile(
    r"^(?:sub|sous|sub-|sous-)?\s*-?(?:totals?|totaux|totaal|totalen|gesamt(?:summe)?|summe)\b.{0,20}$"
)
NOTE = re.compile(
    r"^(?:\*|\(\*|[¹²³]|sources?\b|bron\b|quelle\b|notes?\b|nota\b|n\.?b\.?\b|legend|leg?ende|version\b|versie\b|update"
    r"|mise a jour|stand:|remarks?:|remarques?:|opmerking(?:en)?:|bemerkung(?:en)?:)"
)


def band(row: Row, below: Row | None, number: int | None) -> str:
    """The section that a row of its own announces in the middle of a table; empty for any other row."""
    filled = [(place, cell) for place, cell in enumerate(row.cells) if cell.text]
    if any(cell.merged for cell in row.cells) or len(row.cells) < 2:
        return ""
    if len(filled) == 1:
        place, cell = filled[0]
        wide = cell.span > 1 and cell.span + place >= len(row.cells) and place <= 1
        named = NAMED.match(fold(cell.text)) or NUMBERED.match(cell.text)
        return own_section(cell.text) if wide or named else ""
    own = numbered(row, number)
    if len(filled) == 2 and own and below and numbered(below, number).startswith(f"{own}."):
        return own
    return ""


def numbered(row: Row, number: int | None) -> str:
    """The number of a row, where its table has a column of numbers."""
    if number is None or number >= len(row.cells):
        return ""
    text = row.cells[number].text.strip(" .)")
    return text[:LONGEST_NUMBER] if ORDINAL.match(text) else ""


def titled(title: str, own: str) -> str:
    """The section of a row by the name of its sheet, where that is a number and the row's own is a count."""
    if "." not in own and (NAMED.match(fold(title)) or SECTION.match(title)):
        return own_section(title)
    return own


def own_section(text: str) -> str:
    """The section number in a cell, else its words."""
    if named := NAMED.match(fold(text)):
        return named["number"].upper()
    match = NUMBER.search(text)
    return (match[1] if match else text.strip())[:LONGEST_NUMBER]


def aside(row: Row, measure: int) -> bool:
    """Whether a row is a total or a note under the table, and no measure."""
    filled = [cell.text for cell in row.cells if cell.text]
    if not filled:
        return True
    first = fold(filled[0])
    alone = len(filled) == 1 and not any(cell.merged for cell in row.cells)
    total = TOTAL.match(fold(row.cells[measure].text)) if measure < len(row.cells) else None
    return bool(total or TOTAL.match(first) or (alone and NOTE.match(first)))
