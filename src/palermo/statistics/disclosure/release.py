"""What leaves: the rows of a protected table, and the certificate that proves them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from palermo.statistics.disclosure.grid import PRIMARY, PUBLISHED, SECONDARY, Counts, Grid
from palermo.statistics.disclosure.protection import Move, Protection
from palermo.statistics.specification import Specification

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
        "totals": {one.name: one.total for one in made.dimensions},
        "tables": [list(one) for one in made.tables],
        "low": made.rule.hidden_low,
        "width": made.rule.width,
        "widths": [
            [*(key.get(one.name, one.total) for one in made.dimensions), width] for key, width in made.widths
        ],
        "groups": list(groups),
    }


def proof(grid: Grid, group: Sequence[str], inner: Counts, moves: Sequence[Move]) -> dict[str, Any]:
    """What proves a group: its true inner cells, and the moves, told by the inner cells that they change."""
    true = ([*keys(grid, place), int(inner[tuple(place)])] for place in np.argwhere(inner).tolist())
    return {
        "group": list(group),
        "inner": list(true),
        "moves": [
            {"up": one.up, "down": one.down, "changes": list(inner_changes(grid, one))} for one in moves
        ],
    }


def inner_changes(grid: Grid, move: Move) -> Iterator[list[Any]]:
    """The inner cells that a move changes, each with its codes and by how much."""
    for cell, change in zip(move.cells, move.changes, strict=True):
        place = np.unravel_index(cell, grid.shape)
        if all(at < axis.parts for at, axis in zip(place, grid.axes, strict=True)):
            yield [*keys(grid, place), change]


def keys(grid: Grid, place: Sequence[Any]) -> list[str]:
    """The codes of a place."""
    return [axis.codes[at] for axis, at in zip(grid.axes, place, strict=True)]
