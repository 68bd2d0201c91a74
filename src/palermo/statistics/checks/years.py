"""One year against the others: counts that jump (rule R7), women and men that change places (rule R8)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping
from statistics import median

from palermo.statistics.checks.finding import ERROR, WARNING, Finding
from palermo.statistics.checks.forms import apart, is_total, level_of, tables_of_totals
from palermo.statistics.checks.roles import YEAR, Axis, Roles
from palermo.statistics.checks.sums import Cells, at_code
from palermo.statistics.checks.table import Cell, Codes, Group, Table

FEWEST = 20  # people of whom a jump, or a change of places, is told
OF_ORIGIN = 100  # the same in tables by citizenship and the like, whose numbers change more
OTHERS = 10  # people that another year must have to say how women and men are spread
GAP = 0.3  # how much nearer the reversed shares must lie than those of the year
AROUND = 3  # years of history that a sentence tells, before and after

Series = dict[Group, dict[int, Group]]  # the tables of each year, by what they share


def series(table: Table, known: Roles) -> Series:
    """The tables that differ by their year only, each with its years."""
    found: defaultdict[Group, dict[int, Group]] = defaultdict(dict)
    for group in table.groups:
        if known.year is not None and YEAR.fullmatch(group[known.year]):
            found[without_year(group, known)][int(group[known.year])] = group
    return found


def without_year(group: Group, known: Roles) -> Group:
    """The codes of a table without its year."""
    return tuple(code for at, code in enumerate(group) if at != known.year)


def jumps(table: Table, known: Roles) -> Iterator[Finding]:
    """Counts that halve or double from one year to the next; what their total does is told there."""
    totals = tables_of_totals(table, known)
    for years in series(table, known).values():
        for year, group in years.items():
            before = years.get(year - 1)
            if before is None:
                continue
            sure = is_total(group, known) or level_of(group, known) == ERROR
            moved = jumping(table, before, group, FEWEST if sure else OF_ORIGIN)
            if moved and with_total(table, known, totals, before, group):
                continue
            for codes in table.widest(moved):
                params = {
                    "before": table.groups[before][codes].text,
                    "now": table.groups[group][codes].text,
                    "year": year,
                    "history": history(table, years, codes, year),
                }
                yield Finding("R7", "jump", table.key(group, codes), params, WARNING)


def with_total(
    table: Table, known: Roles, totals: Mapping[Group, Group], before: Group, group: Group
) -> bool:
    """Whether a table of a form only does what the table of totals does from one year to the next."""
    if is_total(group, known):
        return False
    then, now = (totals.get(apart(one, known)) for one in (before, group))
    if then is None or now is None:
        return False
    both = {codes: None for codes in table.groups[now] if codes in table.groups[then]}
    return any(codes in jumping(table, then, now) for codes in table.widest(both))


def jumping(table: Table, before: Group, group: Group, fewest: int = FEWEST) -> dict[Codes, Cell]:
    """The cells of a year whose count jumped since the year before."""
    then = table.groups[before]
    return {
        codes: one
        for codes, one in table.groups[group].items()
        if codes in then and jump(then[codes], one, fewest)
    }


def jump(then: Cell, now: Cell, fewest: int) -> bool:
    """Whether a count more than halves or doubles whatever the marks hide, and is not small in both years."""
    if max(then.low, now.low) < fewest or then.high is None or now.high is None:
        return False
    return now.low > 2 * then.high or then.low > 2 * now.high


def history(table: Table, years: Mapping[int, Group], codes: Codes, year: int) -> str:
    """The counts of the years around one."""
    near = [one for one in sorted(years) if abs(one - year) <= AROUND and codes in table.groups[years[one]]]
    return ", ".join(f"{one}: {table.groups[years[one]][codes].text}" for one in near)


def swaps(table: Table, known: Roles) -> Iterator[Finding]:
    """Years whose women and men lie nearer to the other years' men and women."""
    if known.sex is None:
        return
    totals = tables_of_totals(table, known)
    for years in series(table, known).values():
        shares = {year: spread(table.groups[group], known.sex) for year, group in years.items()}
        for year, group in years.items():
            found = [codes for codes in shares[year] if reversed_in(year, codes, shares)]
            bounds = (
                table.groups.get(totals.get(apart(group, known), ()), {}) if known.form is not None else {}
            )
            for codes in found:
                if not table.above(codes, found):
                    yield swap(table, known.sex, years, year, codes, bounds)


def spread(cells: Cells, sex: Axis) -> dict[Codes, tuple[float, int]]:
    """The share of women among women and men, with how many they are, at each combination of the others."""
    found = {}
    for codes in cells:
        women, men = (cells.get(at_code(codes, sex.at, one)) for one in (sex.first, sex.second))
        if codes[sex.at] != sex.first or women is None or men is None:
            continue
        if women.high is not None and men.high is not None:
            middle = (women.low + women.high) / 2, (men.low + men.high) / 2
            if sum(middle) >= OTHERS:
                found[at_code(codes, sex.at, sex.total)] = middle[0] / sum(middle), women.low + men.low
    return found


def reversed_in(year: int, codes: Codes, shares: Mapping[int, Mapping[Codes, tuple[float, int]]]) -> bool:
    """Whether a year's share lies much nearer to the others' reversed, while most of these agree."""
    share, number = shares[year][codes]
    others = [one[codes][0] for its, one in shares.items() if its != year and codes in one]
    if number < FEWEST or len(others) < 2:
        return False
    usual = median(others)
    agree = sum((one - 0.5) * (usual - 0.5) > 0 for one in others)
    return 3 * agree >= 2 * len(others) and abs(share - usual) - abs(1 - share - usual) >= GAP


def swap(
    table: Table, sex: Axis, years: Mapping[int, Group], year: int, codes: Codes, bounds: Cells
) -> Finding:
    """A finding: an error where only the swapped counts would not exceed the table of totals."""
    cells = table.groups[years[year]]
    women, men = at_code(codes, sex.at, sex.first), at_code(codes, sex.at, sex.second)
    other = sorted(one for one in years if one != year and {women, men} <= {*table.groups[years[one]]})
    near = sorted(sorted(other, key=lambda one: abs(one - year))[: 2 * AROUND])
    usual = [table.groups[years[one]] for one in near]
    params = {
        "women": cells[women].text,
        "men": cells[men].text,
        "history": ", ".join(
            f"{one}: {its[women].text}/{its[men].text}" for one, its in zip(near, usual, strict=True)
        ),
    }
    sure = exceeds(cells, bounds, women, men)
    code = "swapped-and-too-many" if sure else "swapped"
    return Finding("R8", code, table.key(years[year], codes), params, ERROR if sure else WARNING)


def exceeds(cells: Cells, bounds: Cells, women: Codes, men: Codes) -> bool:
    """Whether women or men are more than the table of totals has, and would not be in each other's place."""
    of = {one: bounds[one].high for one in (women, men) if one in bounds}
    stands = all(high is None or cells[one].low <= high for one, high in of.items())
    other = {women: men, men: women}
    return not stands and all(high is None or cells[other[one]].low <= high for one, high in of.items())
