"""How keys and counts are written: a key stands once (rule R4), a count is a plain whole number (rule R5)."""

from __future__ import annotations

from collections.abc import Iterator

from palermo.statistics.checks.finding import WARNING, Finding
from palermo.statistics.checks.roles import Roles, is_rest, meaning_of_axis
from palermo.statistics.checks.table import Cell, Table

MOST = 10  # lines that a sentence names


def duplicates(table: Table) -> Iterator[Finding]:
    """Keys that stand on several lines, with the same count or with others."""
    for group, cells in table.groups.items():
        for codes, cell in cells.items():
            if len(cell.rows) > 1:
                code = "same-twice" if len({text for _line, text in cell.rows}) == 1 else "differ"
                yield Finding("R4", code, table.key(group, codes), lines_of(cell))


def lines_of(cell: Cell) -> dict[str, object]:
    """How many lines a key has, which, and with which counts."""
    rows = sorted(cell.rows)
    more = ", …" if len(rows) > MOST else ""
    return {
        "number": len(rows),
        "lines": ", ".join(str(line) for line, _text in rows[:MOST]) + more,
        "values": ", ".join(text for _line, text in rows[:MOST]) + more,
    }


def counts(table: Table) -> Iterator[Finding]:
    """Counts that are no plain whole number from 0 on."""
    for group, codes, text, fault in table.faults:
        yield Finding("R5", fault, table.key(group, codes), {"text": text[:40]})


def strays(table: Table, known: Roles) -> Iterator[Finding]:
    """Codes of the file that the specification does not have: what becomes of their rows."""
    for at, one in enumerate(table.specification.dimensions):
        rows: dict[str, int] = {}
        for cells in table.groups.values():
            for codes, cell in cells.items():
                if codes[at] not in one.codes:
                    rows[codes[at]] = rows.get(codes[at], 0) + len(cell.rows)
        rule = meaning_of_axis(at, known, table.specification)
        for code, number in rows.items():
            kind = "further-part" if is_rest(code, at, known) else "code-not-known"
            params = {"number": number, "code": code[:80], "dimension": one.name}
            yield Finding(rule, kind, {one.name: code}, params, WARNING)
