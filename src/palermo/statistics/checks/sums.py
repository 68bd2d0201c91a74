"""Parts and their totals: rules R1 and R2, and R3 where the form of exploitation is a dimension.

An equation says that the parts of a sum, along one dimension and with the others fixed, make that sum.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from palermo.statistics.checks.finding import ERROR, WARNING, Finding
from palermo.statistics.checks.roles import Roles, is_rest, meaning_of_axis
from palermo.statistics.checks.table import Cell, Codes, Group, Table
from palermo.statistics.specification import Dimension

Cells = Mapping[Codes, Cell]


@dataclass(frozen=True)
class Equation:
    """A sum with those of its parts that the file has."""

    at: int  # the dimension
    total: Codes
    parts: tuple[Codes, ...]
    lacks_part: bool  # a part, or one that the specification does not know, keeps the sum from being asked
    lacks_rest: bool  # only "other" and "unknown" are absent


@dataclass(frozen=True)
class Shape:
    """How the codes of one dimension add up: the nearest parts of each sum, and codes of the file alone."""

    at: int
    below: Mapping[str, tuple[str, ...]]
    rest: frozenset[str]  # "other", "unknown": a table without them has perhaps nobody there
    strays: frozenset[str]  # codes of the file that the specification does not know, nor anybody else


def shapes(table: Table, known: Roles) -> list[Shape]:
    """How each dimension adds up, with "other" and "unknown" of the file among the parts of its total."""
    found = []
    for at, one in enumerate(table.specification.dimensions):
        used = {codes[at] for cells in table.groups.values() for codes in cells}
        foreign = used - {*one.codes}
        further = sorted(code for code in foreign if is_rest(code, at, known))
        below = {code: nearest(one, code) for code in one.sums}
        below[one.total] = (*below[one.total], *further)
        rest = {code for code in one.parts if is_rest(code, at, known)} | {*further}
        found.append(Shape(at, below, frozenset(rest), frozenset(foreign - rest)))
    return found


def nearest(dimension: Dimension, total: str) -> tuple[str, ...]:
    """The widest sums within a sum, and the parts that they leave; where two overlap, the first."""
    whole, order = {*dimension.sums[total]}, list(dimension.sums)
    left, found = set(whole), []
    for code in sorted(order, key=lambda one: (-len(dimension.sums[one]), order.index(one))):
        places = {*dimension.sums[code]}
        smaller = places < whole or (places == whole and order.index(code) > order.index(total))
        if code != total and places and smaller and places <= left:
            found.append(code)
            left -= places
    return (*found, *(dimension.parts[one] for one in sorted(left)))


def equations(cells: Cells, shape: Shape) -> Iterator[Equation]:
    """Every equation along a dimension of which the table has the sum and a part."""
    stray = {without(codes, shape.at) for codes in cells if codes[shape.at] in shape.strays}
    for codes in cells:
        if codes[shape.at] not in shape.below:
            continue
        parts: list[Codes] = []
        absent = gather(codes, codes[shape.at], shape, cells, parts)
        if parts:
            lacks = bool(absent - shape.rest) or without(codes, shape.at) in stray
            yield Equation(shape.at, codes, tuple(parts), lacks, bool(absent & shape.rest))


def gather(codes: Codes, total: str, shape: Shape, cells: Cells, parts: list[Codes]) -> set[str]:
    """Add the parts of a sum that the table has, a sum's own parts in its place; give those that it lacks."""
    absent: set[str] = set()
    for code in shape.below[total]:
        if (one := at_code(codes, shape.at, code)) in cells:
            parts.append(one)
        elif code in shape.below:
            absent |= gather(codes, code, shape, cells, parts)
        else:
            absent.add(code)
    return absent


def at_code(codes: Codes, at: int, code: str) -> Codes:
    """The cell with another code of one dimension."""
    return (*codes[:at], code, *codes[at + 1 :])


def without(codes: Codes, at: int) -> Codes:
    """The codes of the other dimensions."""
    return codes[:at] + codes[at + 1 :]


def sums(table: Table, known: Roles) -> Iterator[Finding]:
    """What is wrong with the sums of every table: one finding for each equation that cannot be."""
    several = table.specification.forms == "several"
    for shape in shapes(table, known):
        rule = meaning_of_axis(shape.at, known, table.specification)
        for group, cells in table.groups.items():
            for equation in equations(cells, shape):
                if rule == "R3" and several:
                    yield from larger(table, group, equation)
                else:
                    yield from judged(table, rule, group, equation)


def larger(table: Table, group: Group, equation: Equation) -> Iterator[Finding]:
    """The parts that alone are more than the sum, where a person may count under several."""
    cells, total = table.groups[group], table.groups[group][equation.total]
    for codes in equation.parts:
        if total.high is not None and cells[codes].low > total.high:
            params = {"form": codes[equation.at], "value": cells[codes].text, "total": total.text}
            yield Finding("R3", "form-exceeds-total", table.key(group, codes), params)


def judged(table: Table, rule: str, group: Group, equation: Equation) -> Iterator[Finding]:
    """What is wrong with one equation: its parts come to more than the sum can be, or to less."""
    cells = table.groups[group]
    parts, total = [cells[one] for one in equation.parts], cells[equation.total]
    low, highs = sum(one.low for one in parts), [one.high for one in parts]
    high = None if None in highs else sum(one for one in highs if one is not None)
    exact = low == high and total.exact is not None
    params: dict[str, object] = {
        "dimension": table.specification.dimensions[equation.at].name,
        "told": " + ".join(told(cells, one, equation.at) for one in equation.parts),
        "total": total.text,
    }
    key = table.key(group, equation.total)
    if total.high is not None and low > total.high:
        params |= {"sum": low, "difference": low - total.high}
        yield Finding(rule, "parts-exceed" if exact else "parts-exceed-at-least", key, params)
    elif high is not None and high < total.low and not equation.lacks_part:
        params |= {"sum": high, "difference": total.low - high}
        level = WARNING if equation.lacks_rest else ERROR
        code = "rest-is-missing" if equation.lacks_rest else "parts-fall-short"
        yield Finding(rule, code if exact else f"{code}-at-least", key, params, level)


def told(cells: Cells, codes: Codes, at: int) -> str:
    """A part with its count as the file writes it."""
    return f"{codes[at]} {cells[codes].text}"


def alone(cells: Cells, equation: Equation) -> tuple[Codes, int] | None:
    """The one hidden cell of an equation with the count that it must have, if all else is published."""
    every = (equation.total, *equation.parts)
    hidden = [one for one in every if cells[one].exact is None]
    if len(hidden) != 1 or equation.lacks_part:
        return None
    published = sum(cells[one].low for one in equation.parts if one not in hidden)
    total = cells[equation.total]
    return hidden[0], published if hidden[0] == equation.total else total.low - published
