"""Children and adults against women and men: ages that repeat the sexes' totals (rule R10)."""

from __future__ import annotations

from collections.abc import Iterator

from palermo.statistics.checks.finding import ERROR, WARNING, Finding
from palermo.statistics.checks.roles import Axis, Roles
from palermo.statistics.checks.sums import Cells, at_code
from palermo.statistics.checks.table import Codes, Table

CHANCE = 20  # people; below, the same two numbers may well be chance


def halves(table: Table, known: Roles) -> Iterator[Finding]:
    """Tables in which as many are children and adults as are women and men."""
    sex, age = known.sex, known.age
    if sex is None or age is None:
        return
    for group, cells in table.groups.items():
        for codes in combinations(cells, sex, age):
            women, men = (by_sex(cells, codes, sex, age, one) for one in (sex.first, sex.second))
            children, adults = (exact(cells, at_code(codes, age.at, one)) for one in (age.first, age.second))
            if women and men and {children, adults} == {women, men} and not explained(cells, codes, sex, age):
                params = {"women": women, "men": men, "children": children, "adults": adults}
                level = ERROR if women + men >= CHANCE else WARNING
                yield Finding("R10", "ages-repeat-sexes", table.key(group, codes), params, level)


def explained(cells: Cells, codes: Codes, sex: Axis, age: Axis) -> bool:
    """Whether the women and the men of each age come to its total, which is then no copy of theirs."""
    for one in (age.first, age.second):
        total = at_code(codes, age.at, one)
        parts = [cells.get(at_code(total, sex.at, its)) for its in (sex.first, sex.second)]
        told = [part for part in parts if part is not None and part.high is not None]
        high = sum(part.high or 0 for part in told)
        if len(told) < len(parts) or not sum(part.low for part in told) <= cells[total].low <= high:
            return False
    return True


def combinations(cells: Cells, sex: Axis, age: Axis) -> list[Codes]:
    """The totals of sex and age, at each combination of the other dimensions."""
    found = {at_code(at_code(codes, sex.at, sex.total), age.at, age.total) for codes in cells}
    return sorted(found)


def by_sex(cells: Cells, codes: Codes, sex: Axis, age: Axis, code: str) -> int | None:
    """How many are of a sex: their total or, where the table has none, their ages together."""
    total = at_code(codes, sex.at, code)
    if total in cells:
        return exact(cells, total)
    ages = [exact(cells, at_code(total, age.at, one)) for one in (age.first, age.second)]
    return None if None in ages else sum(one for one in ages if one is not None)


def exact(cells: Cells, codes: Codes) -> int | None:
    """The count of a cell, where the table has it and one only is possible."""
    cell = cells.get(codes)
    return cell.exact if cell else None
