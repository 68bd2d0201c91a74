"""All that is asked of published figures: rules R1 to R12, and which of them could not be asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import chain

from palermo.statistics.checks import countries, forms, halves, hiding, justice, sums, written, years
from palermo.statistics.checks.finding import ERROR, WARNING, Finding
from palermo.statistics.checks.roles import Roles, roles
from palermo.statistics.checks.table import Table, table
from palermo.statistics.sheets import Sheet
from palermo.statistics.specification import Specification

# The role that each rule needs, and the sentence that says so.
NEEDS = (
    ("R3", "form", "no-form"),
    ("R6", "country", "no-country-column"),
    ("R7", "year", "no-year"),
    ("R8", "year", "no-year"),
    ("R8", "sex", "no-sex"),
    ("R9", "indicator", "no-indicator"),
    ("R10", "sex", "no-sex"),
    ("R10", "age", "no-age"),
)


@dataclass(frozen=True)
class Checked:
    """How many cells were read, what cannot be true of them, and what is probably wrong or was not asked."""

    cells: int
    errors: tuple[Finding, ...]
    warnings: tuple[Finding, ...]


def check(sheet: Sheet, specification: Specification) -> Checked:
    """What is wrong with the figures of a sheet, in the order of the rules and of the cells."""
    cells = table(sheet, specification)
    known = roles(cells, sheet.columns)
    found = sorted(every(sheet, cells, known), key=lambda one: one.order)
    return Checked(cells.cells, of(found, ERROR), of(found, WARNING))


def of(found: Iterable[Finding], level: str) -> tuple[Finding, ...]:
    """The findings of one level."""
    return tuple(one for one in found if one.level == level)


def every(sheet: Sheet, cells: Table, known: Roles) -> Iterator[Finding]:
    """What each rule finds, and which could not be asked."""
    return chain(
        sums.sums(cells, known),
        written.strays(cells, known),
        forms.forms(cells, known),
        written.duplicates(cells),
        written.counts(cells),
        countries.countries(cells, known),
        countries.labels(cells, known),
        countries.beside(sheet, cells, known),
        years.jumps(cells, known),
        years.swaps(cells, known),
        justice.stages(cells, known),
        halves.halves(cells, known),
        hiding.hiding(cells, known),
        justice.declared(cells, known),
        unasked(cells, known),
    )


def unasked(cells: Table, known: Roles) -> Iterator[Finding]:
    """The rules that could not be asked, each with what it lacks."""
    for rule, role, code in NEEDS:
        lacks = getattr(known, role) is None
        if lacks and not (role == "form" and known.form_dimension is not None):
            yield Finding(rule, code, {}, {"needed": role}, WARNING)
    if known.form is not None and not forms.tables_of_totals(cells, known):
        yield Finding("R3", "no-total-of-forms", {}, {}, WARNING)
    if cells.specification.mark is None:
        yield Finding("R11", "no-mark", {}, {}, WARNING)
