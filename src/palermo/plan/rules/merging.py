"""Several rows become one measure: what they say alike is kept, where they differ a person chooses."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from palermo.plan.rules.said import OwnerSaid, Said, TimingSaid

UNDECIDED = "undecided"
NOTHING: dict[str, Any] = {"section": "", "timing": TimingSaid(), "training": "", "owners": ()}


def merged(rows: Sequence[Said]) -> Said:
    """All words of these rows, and what they say alike; what differs is left empty."""
    empty = {name: NOTHING[name] for name in differing(rows)}
    return replace(rows[0], text="\n".join(one.text for one in rows), **empty)


def differing(rows: Sequence[Said]) -> list[str]:
    """The parts of which these rows say different things: section, timing, training, owners."""
    return [name for name in NOTHING if len({meant(one, name) for one in rows}) > 1]


def meant(said: Said, name: str) -> object:
    """What a part says, whatever its order and however it was read."""
    if name == "timing":
        return said.timing.text, said.timing.edtf, said.timing.recurrence
    if name == "owners":
        return frozenset((one.party or one.text, one.role, one.kind) for one in said.owners)
    return getattr(said, name)


def all_owners(rows: Sequence[Said]) -> tuple[OwnerSaid, ...]:
    """Everybody who owns one of these rows, once; "to be decided" only where nobody else does."""
    found = {meant(replace(row, owners=(one,)), "owners"): one for row in rows for one in row.owners}
    real = tuple(one for one in found.values() if one.kind != UNDECIDED)
    return real or tuple(found.values())
