"""The tables of a Word file with the words of each cell as they were typed, for a form that comes back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import docx
from docx.oxml.ns import qn

from palermo.reading.door import damaged, read
from palermo.reading.word import BROKEN, body, grid_cells, grid_rows, runs

Rows = tuple[tuple[str, ...], ...]


def tables(path: Path) -> tuple[Rows, ...]:
    """The tables of a Word file, cell by cell: paragraphs are lines, insertions count, deletions do not.

    Raises Refused for whatever `read` refuses.
    """
    read(path)
    try:
        document = docx.Document(str(path))
        found = (one for one in body(document.element.body) if one.tag == qn("w:tbl"))
        return tuple(rows(one) for one in found)
    except (*BROKEN, RecursionError) as reason:
        raise damaged(path) from reason


def rows(table: Any) -> Rows:
    """The cells of a table, row by row."""
    return tuple(tuple(typed(one) for one in grid_cells(line)) for line in grid_rows(table))


def typed(cell: Any) -> str:
    """What was typed in a cell, a line for each paragraph."""
    lines = ("".join(runs(one)) for one in body(cell) if one.tag == qn("w:p"))
    return "\n".join(lines).strip()
