"""Tables by form of exploitation against the table of totals (rule R3)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from palermo.statistics.checks.finding import ERROR, WARNING, Finding
from palermo.statistics.checks.roles import Roles, called, speaks_of
from palermo.statistics.checks.table import Codes, Group, Table


def forms(table: Table, known: Roles) -> Iterator[Finding]:
    """Cells of a form, or of a citizenship, that are larger than the same cell of the table of totals."""
    if known.form is None:
        return
    totals = tables_of_totals(table, known)
    for group, cells in table.groups.items():
        bounds = table.groups.get(totals.get(apart(group, known), ()))
        level = level_of(group, known)
        if bounds is None or not level:
            continue
        for codes, cell in cells.items():
            bound = bounds.get(codes)
            if bound and bound.high is not None and cell.low > bound.high:
                params = {"form": group[known.form], "value": cell.text, "total": bound.text}
                yield Finding("R3", "form-exceeds-total", table.key(group, codes), params, level)
    if table.specification.forms == "single":
        yield from single(table, known, totals)


def tables_of_totals(table: Table, known: Roles) -> dict[Group, Group]:
    """The table of totals, by the codes of the columns that it shares with those of the forms."""
    found: dict[Group, Group] = {}
    for group in sorted(table.groups):
        if is_total(group, known):
            found.setdefault(apart(group, known), group)
    return found


def is_total(group: Group, known: Roles) -> bool:
    """Whether a table is one of all forms together."""
    return known.form is None or called(group[known.form], "total")


def apart(group: Group, known: Roles) -> Group:
    """The codes of a table without its form and what it breaks down by."""
    return tuple(code for at, code in enumerate(group) if at not in (known.form, known.kind))


def level_of(group: Group, known: Roles) -> str:
    """How surely a table counts people of the total; empty where it is one of totals, or counts others."""
    if is_total(group, known):
        return ""
    if known.kind is None:
        return ERROR
    kind = group[known.kind]
    if speaks_of(kind, "exploitation"):
        return ERROR
    return WARNING if speaks_of(kind, "citizenship") and not speaks_of(kind, "elsewhere") else ""


def single(table: Table, known: Roles, totals: dict[Group, Group]) -> Iterator[Finding]:
    """Forms that do not come to the total although each person counts under one."""
    gathered: defaultdict[Group, list[Group]] = defaultdict(list)
    every: defaultdict[Group, set[str]] = defaultdict(set)
    for group in table.groups:
        if level_of(group, known) == ERROR and apart(group, known) in totals:
            gathered[totals[apart(group, known)]].append(group)
            every[of_all_years(group, known)].add(form_of(group, known))
    for total, groups in gathered.items():
        complete = {form_of(one, known) for one in groups} == every[of_all_years(total, known)]
        for codes in table.groups[total]:
            yield from compared(table, total, codes, sorted(groups), ERROR if complete else WARNING)


def form_of(group: Group, known: Roles) -> str:
    """The form of a table; nothing where no column tells it."""
    return "" if known.form is None else group[known.form]


def of_all_years(group: Group, known: Roles) -> Group:
    """The codes of a table without its form, what it breaks down by, and its year."""
    return tuple(code for at, code in enumerate(group) if at not in (known.form, known.kind, known.year))


def compared(table: Table, total: Group, codes: Codes, groups: list[Group], short: str) -> Iterator[Finding]:
    """Whether the forms of one cell come to its total; `short` is the level at which they do not."""
    parts = [table.groups[one][codes] for one in groups if codes in table.groups[one]]
    bound, low = table.groups[total][codes], sum(one.low for one in parts)
    high = sum(one.high for one in parts if one.high is not None)
    params = {"total": bound.text, "number": len(parts)}
    if len(parts) > 1 and bound.high is not None and low > bound.high:
        yield Finding("R3", "forms-exceed-total", table.key(total, codes), params | {"sum": low})
    elif len(parts) == len(groups) and all(one.high is not None for one in parts) and high < bound.low:
        yield Finding("R3", "forms-fall-short", table.key(total, codes), params | {"sum": high}, short)
