"""The same table told in other ways, each under the same attack, so that a person can choose."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from palermo.errors import Refused
from palermo.statistics.disclosure import protection, release
from palermo.statistics.disclosure.bounds import UNLIMITED
from palermo.statistics.disclosure.grid import PUBLISHED, Counts
from palermo.statistics.figures import Inner
from palermo.statistics.specification import Specification
from palermo.statistics.ways.noise import noise
from palermo.statistics.ways.perturbation import perturbed
from palermo.statistics.ways.rounding import rounded
from palermo.statistics.ways.telling import Cut, Telling, cut

BASES = (3, 5)

Group = tuple[str, ...]
Groups = Mapping[Group, Inner]
Step = Callable[[str], None]
Tell = Callable[[Cut, Group, Inner], Telling]


@dataclass
class Way:
    """A way of telling all groups: its figures, or the refusal; its rows, and the certificate of hiding."""

    name: str
    figures: dict[str, Any] = field(default_factory=dict)
    refused: Refused | None = None
    rows: list[dict[str, str]] = field(default_factory=list)
    certificate: dict[str, Any] | None = None

    def told(self) -> dict[str, Any]:
        """What the contract answers of it."""
        if self.refused:
            return {"way": self.name, "refused": str(self.refused)}
        return {"way": self.name, **self.figures}


def compared(
    made: Specification, groups: Groups, secret: bytes, step: Step
) -> tuple[dict[str, Any], list[Way]]:
    """The figures of every way, as the contract answers, and the ways themselves.

    `secret` is the key of perturbation; `step` is told what begins.
    """
    whole = cut(made)
    asked = [protection.asked(whole.grid, inner, made) for inner in groups.values()]
    ways = [done(*one, step) for one in every(whole, groups, secret)]
    return {
        "people": sum(int(inner.counts.sum()) for inner in groups.values()),
        "cells": int(whole.grid.told.sum()) * len(groups),
        "primary": sum(int(one.primary.sum()) for one in asked),
        "ways": [way.told() for way in ways],
    }, ways


def every(whole: Cut, groups: Groups, secret: bytes) -> Iterator[tuple[str, Cut, Groups, Tell]]:
    """Each way: its name, how it cuts the table, the figures, and what tells one group."""
    yield "suppression", whole, groups, suppressed
    for base in BASES:
        yield f"rounding-{base}", whole, groups, rounding_to(base)
    yield "perturbation", whole, groups, perturbation_by(whole, secret)
    names = [one.name for one in whole.made.dimensions]
    if len(names) > 1:
        for at, name in enumerate(names):
            fewer = {group: summed(inner, at) for group, inner in groups.items()}
            yield f"without-{name}", cut(without(whole.made, name)), fewer, suppressed


def done(name: str, by: Cut, groups: Groups, tell: Tell, step: Step) -> Way:
    """A way with its figures, or with why it cannot be done."""
    way, cells, people = Way(name), 0, 0
    errors: list[Counts] = []
    fell: Counter[str] = Counter(exact=0, too_narrow=0)
    proofs: list[dict[str, Any]] = []
    try:
        for group, inner in sorted(groups.items()):
            step(f"{name} {', '.join(group)}".strip())
            told = tell(by, group, inner)
            cells, people = cells + int(by.grid.told.sum()), people + told.persons
            errors.append(told.errors)
            fell.update(told.attacked())
            way.rows += told.rows(group)
            if told.moves is not None:
                proofs.append(release.proof(by.grid, group, told.asked, told.moves))
    except Refused as reason:
        return Way(name, refused=reason)
    if proofs:
        way.certificate = release.certificate(by.made, proofs)
    apart = np.concatenate(errors)
    way.figures = {
        "cells": cells,
        "told": len(apart),
        "persons": people,
        "mean_error": round(float(apart.mean()), 3) if len(apart) else 0.0,
        "largest_error": int(apart.max(initial=0)),
        "attack": dict(fell),
    }
    return way


def suppressed(by: Cut, _group: Group, inner: Inner) -> Telling:
    """Small counts hidden, and what would betray them; a hidden cell is what everybody knows at least."""
    asked = protection.asked(by.grid, inner, by.made)
    found = protection.protect(by.grid, asked)
    shown = found.states == PUBLISHED
    lows = np.where(shown, asked.counts, asked.rule.hidden_low)
    between = by.known(lows, np.where(shown, asked.counts, UNLIMITED))
    status = [release.STATES.get(int(state), "") for state in found.states]
    return Telling(by, asked, asked.counts, shown, between, status, found.moves)


def rounding_to(base: int) -> Tell:
    """What tells a group rounded to multiples of a base."""

    def tell(by: Cut, _group: Group, inner: Inner) -> Telling:
        asked = protection.asked(by.grid, inner, by.made)
        found = rounded(inner.counts.ravel(), by.layout.holds, by.grid.told, base)
        published = by.grid.with_margins(found.reshape(inner.counts.shape))
        off = np.abs(published - asked.counts)[by.grid.told].max()
        reach = np.where(by.grid.is_inner, base - 1, max(base - 1, off))
        between = by.known(published - reach, published + reach)
        status = ["rounded"] * len(published)
        return Telling(by, asked, published, by.grid.told, between, status)

    return tell


def perturbation_by(whole: Cut, secret: bytes) -> Tell:
    """What tells a group with keyed noise, wide enough for every cell of which no other width is asked."""
    made = noise(whole.made.rule.threshold, whole.made.rule.width)

    def tell(by: Cut, group: Group, inner: Inner) -> Telling:
        asked = protection.asked(by.grid, inner, by.made)
        columns = dict(zip(by.made.groups, group, strict=True))
        published = perturbed(by.grid, inner.counts, columns, secret, made)
        between = by.known(*made.possible(published))
        status = ["perturbed"] * len(published)
        return Telling(by, asked, published, by.grid.told, between, status)

    return tell


def without(made: Specification, name: str) -> Specification:
    """The same with a dimension left out; cells by hand stay where they stand at its total."""
    left = next(one for one in made.dimensions if one.name == name)

    def stays(key: Mapping[str, str]) -> bool:
        return key.get(name, left.total) == left.total

    def cleared(key: Mapping[str, str]) -> dict[str, str]:
        return {column: code for column, code in key.items() if column != name}

    tables = [tuple(one for one in table if one != name) for table in made.tables]
    return replace(
        made,
        dimensions=tuple(one for one in made.dimensions if one != left),
        tables=tuple(dict.fromkeys(tables)),
        hidden=tuple(cleared(key) for key in made.hidden if stays(key)),
        widths=tuple((cleared(key), width) for key, width in made.widths if stays(key)),
        roles={role: column for role, column in made.roles.items() if column != name},
    )


def summed(inner: Inner, at: int) -> Inner:
    """Inner cells with one dimension summed up."""
    return Inner(inner.counts.sum(at), {by: one.sum(at) for by, one in inner.contributions.items()})
