"""Small counts that are published although others are hidden, and hidden ones that follow (rule R11)."""

from __future__ import annotations

from collections.abc import Iterator

from palermo.statistics.checks.finding import WARNING, Finding
from palermo.statistics.checks.roles import Roles
from palermo.statistics.checks.sums import Cells, Shape, alone, equations, shapes
from palermo.statistics.checks.table import Codes, Table
from palermo.statistics.specification import Mark, Rule


def hiding(table: Table, known: Roles) -> Iterator[Finding]:
    """What the marks of a file do not hide; nothing where no cell is marked."""
    mark = table.specification.mark
    if mark is None or not any(marked(cells, mark) for cells in table.groups.values()):
        return
    ways = shapes(table, known)
    for group, cells in table.groups.items():
        for codes, value in sorted(recoverable(cells, ways, mark).items()):
            params = {"value": value, "mark": mark.text}
            yield Finding("R11", "recoverable", table.key(group, codes), params, WARNING)
        for codes in small(table, cells, mark):
            params = {"value": cells[codes].low, "mark": mark.text}
            yield Finding("R11", "small-and-published", table.key(group, codes), params, WARNING)


def marked(cells: Cells, mark: Mark) -> bool:
    """Whether a table hides a count."""
    return any(text == mark.text for cell in cells.values() for _line, text in cell.rows)


def recoverable(cells: Cells, ways: list[Shape], mark: Mark) -> dict[Codes, int]:
    """The hidden cells that follow from one equation, with their counts where the mark allows these."""
    found: dict[Codes, int] = {}
    for shape in ways:
        for equation in equations(cells, shape):
            one = alone(cells, equation)
            if one and allows(mark, one[1]) and {text for _line, text in cells[one[0]].rows} == {mark.text}:
                found.setdefault(*one)
    return found


def allows(mark: Mark, value: int) -> bool:
    """Whether a mark may stand for a count."""
    return mark.low <= value and (mark.high is None or value <= mark.high)


def small(table: Table, cells: Cells, mark: Mark) -> list[Codes]:
    """The cells whose published count the rule, or the mark, would hide."""
    rule = table.specification.rule
    below = mark.high + 1 if rule == Rule() and mark.high is not None else rule.threshold
    return [codes for codes, one in cells.items() if one.exact is not None and 0 < one.low < below]
