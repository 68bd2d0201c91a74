"""What leaves: the rows of a protected table, and the certificate that proves them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from palermo.statistics.disclosure.choosing import Move
from palermo.statistics.disclosure.grid import PRIMARY, PUBLISHED, SECONDARY, Counts, Grid
from palermo.statistics.disclosure.insiders import Insider
from palermo.statistics.disclosure.protection import Asked, Protection
from palermo.statistics.specification import Dimension, Specification

STATES = {PUBLISHED: "published", PRIMARY: "primary", SECONDARY: "secondary"}


def rows(
    made: Specification, grid: Grid, group: Sequence[str], counts: Counts, found: Protection
) -> Iterator[dict[str, str]]:
    """A row for each told cell: its codes, its count where it is told, and what was done with it."""
    for cell in np.flatnonzero(grid.told):
        state = int(found.states[cell])
        yield {
            **dict(zip(made.groups, group, strict=True)),
            **grid.key(int(cell)),
            "value": str(counts[cell]) if state == PUBLISHED else "",
            "status": STATES[state],
        }


def certificate(made: Specification, groups: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What `verify.py` reads: how the tables are cut, what was promised, and what proves each group."""
    return {
        "keep": "This file holds the true table. Keep it where the true table is kept.",
        "group_by": list(made.groups),
        "dimensions": {
            one.name: {part: [part] for part in one.parts}
            | {code: [one.parts[place] for place in places] for code, places in one.sums.items()}
            for one in made.dimensions
        },
        "tables": [
            [told_codes(one) if one.name in table else [one.total] for one in made.dimensions]
            for table in made.tables or [[one.name for one in made.dimensions]]
        ],
        "low": made.rule.hidden_low,
        "width": made.rule.width,
        "widths": [
            [*(key.get(one.name, one.total) for one in made.dimensions), width] for key, width in made.widths
        ],
        "groups": list(groups),
    }


def told_codes(dimension: Dimension) -> list[str]:
    """The codes of a dimension that are told: not those of earlier releases alone."""
    return [code for code in dimension.codes if code not in dimension.before]


def proof(grid: Grid, group: Sequence[str], asked: Asked, moves: Sequence[Move]) -> dict[str, Any]:
    """What proves a group: its true inner cells, those of insiders, what was told before, and the moves.

    Moves are told by the inner cells that they change.
    """
    inner = np.flatnonzero(grid.is_inner & (asked.counts > 0))
    return {
        "group": list(group),
        "inner": numbered(grid, inner, asked.counts[inner]),
        "insiders": [{"name": one.name, "own": own(grid, one)} for one in asked.insiders],
        "before": [list(grid.key(int(cell)).values()) for cell in np.flatnonzero(asked.before)],
        "moves": [{"up": one.up, "down": one.down, "changes": inner_changes(grid, one)} for one in moves],
    }


def own(grid: Grid, one: Insider) -> list[list[Any]]:
    """The inner cells in which an insider stands."""
    is_inner = grid.is_inner[one.cells]
    return numbered(grid, one.cells[is_inner], one.counts[is_inner])


def inner_changes(grid: Grid, move: Move) -> list[list[Any]]:
    """The inner cells that a move changes, each with its codes and by how much."""
    cells, changes = np.array(move.cells), np.array(move.changes)
    is_inner = grid.is_inner[cells]
    return numbered(grid, cells[is_inner], changes[is_inner])


def numbered(grid: Grid, cells: Counts, numbers: Counts) -> list[list[Any]]:
    """Cells by their codes, each with a number."""
    return [
        [*grid.key(cell).values(), number]
        for cell, number in zip(cells.tolist(), numbers.tolist(), strict=True)
    ]
