"""How a table is cut: its dimensions with their totals, its groups, what a mark tells, what must be hidden.

Read from YAML, in which every value is taken as text, so that `NO` stays Norway.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NoReturn

import yaml

from palermo.errors import Refused, words
from palermo.statistics import sheets

KEYS = {
    "count", "group_by", "dimensions", "suppressed", "rule", "tables", "contributor", "hidden", "widths",
    "roles", "reference", "forms",
}  # fmt: skip
RULES = {"threshold", "zeros", "hidden_low", "width", "dominance", "insider"}
ROLES = {"sex", "age", "year", "country", "form", "kind", "indicator"}
REFERENCE = {"period", "instance"}
FORMS = ("", "single", "several")
ZEROS = ("published", "hidden")
INSIDERS = ("", "contributor", "person")
LARGEST = 10_000_000  # bytes
WIDEST = 1_000  # of any width and any threshold


@dataclass(frozen=True)
class Dimension:
    """A column of codes: its parts, and every code that is a sum of parts, the total first.

    `sums` gives for each sum its parts, as places in `parts`; sums may overlap. Those in `before` stand in
    earlier releases alone.
    """

    name: str
    parts: tuple[str, ...]
    sums: Mapping[str, tuple[int, ...]]
    before: frozenset[str] = frozenset()

    @property
    def total(self) -> str:
        """The code of the sum of all parts."""
        return next(iter(self.sums))

    @property
    def codes(self) -> tuple[str, ...]:
        """Every code: the parts in order, then the sums, the total first."""
        return (*self.parts, *self.sums)


@dataclass(frozen=True)
class Mark:
    """What stands in place of a hidden count, and between which counts it then lies."""

    text: str
    low: int
    high: int | None


@dataclass(frozen=True)
class Rule:
    """What must be hidden, and how uncertain that must stay.

    Counts from 1 to below `threshold` are hidden, 0 too where zeros are. `hidden_low` is the least that
    everybody knows of a hidden inner cell; `width` is how far its lowest and highest possible whole value
    must lie apart. A cell of which a contributor has at least the share `dominance` is hidden. Each
    `insider`, a contributor or a person, knows the own figures, and where nobody else stands.
    """

    threshold: int = 4
    zeros: str = "published"
    hidden_low: int = 1
    width: int = 3
    dominance: float | None = None
    insider: str = ""


@dataclass(frozen=True)
class Specification:
    """How figures are cut into tables, and what is asked of them.

    `tables` names the dimensions of each table that is published, the others standing at their total;
    `hidden` are cells hidden by hand, `widths` cells that need another width; both by code of each dimension.
    `roles` tells which column is the sex, the year, the form of exploitation and so on; `reference` the
    period and the instance of the figures; `forms` whether a person counts under a `single` form or
    `several`.
    """

    count: str
    dimensions: tuple[Dimension, ...]
    groups: tuple[str, ...] = ()
    mark: Mark | None = None
    rule: Rule = field(default_factory=Rule)
    tables: tuple[tuple[str, ...], ...] = ()
    contributor: str = ""
    hidden: tuple[Mapping[str, str], ...] = ()
    widths: tuple[tuple[Mapping[str, str], int], ...] = ()
    roles: Mapping[str, str] = field(default_factory=dict)
    reference: Mapping[str, str] = field(default_factory=dict)
    forms: str = ""


def read(path: Path) -> Specification:
    """A specification from its file. Raises Refused with what is wrong in it."""
    content = sheets.content(path, LARGEST)
    try:
        told = yaml.load(content, yaml.BaseLoader)  # noqa: S506 - builds text, lists and mappings alone
    except (yaml.YAMLError, ValueError, RecursionError) as reason:
        refuse(f"it is no YAML ({' '.join(str(reason).split())[:200]})")
    return specification(told)


def specification(told: Any) -> Specification:
    """A specification from what its YAML says. Raises Refused with what is wrong in it."""
    table = mapping(told, "the specification", KEYS)
    if "dimensions" not in table:
        refuse("it has no dimensions")
    dimensions = tuple(
        dimension(name, one) for name, one in mapping(table["dimensions"], "dimensions").items()
    )
    if not dimensions:
        refuse("it has no dimensions")
    made = Specification(
        count=text(table.get("count", "value"), "count"),
        dimensions=dimensions,
        groups=texts(table.get("group_by", []), "group_by"),
        mark=mark(table["suppressed"]) if "suppressed" in table else None,
        rule=rule(table.get("rule", {})),
        tables=tuple(texts(one, "tables") for one in listed(table.get("tables", []), "tables")),
        contributor=text(table.get("contributor", ""), "contributor"),
        hidden=tuple(mapping(one, "hidden") for one in listed(table.get("hidden", []), "hidden")),
        widths=tuple(width(one) for one in listed(table.get("widths", []), "widths")),
        roles=named(table.get("roles", {}), "roles", ROLES),
        reference=named(table.get("reference", {}), "reference", REFERENCE),
        forms=text(table.get("forms", ""), "forms"),
    )
    agree(made)
    agree_on_roles(made)
    return made


def agree(made: Specification) -> None:
    """Refuse columns that are named twice, and codes or dimensions that there are not."""
    known = {one.name: one.codes for one in made.dimensions}
    columns = [*known, *made.groups, made.count, *filter(None, [made.contributor])]
    alone("the column {}", columns)
    for table in made.tables:
        alone("the dimension {} of a table", [*table])
        for one in table:
            if one not in known:
                refuse(f"a table names {one}, which is no dimension")
    if made.rule.dominance is not None and not made.contributor:
        refuse("dominance needs the column of contributors")
    if made.rule.insider == "contributor" and not made.contributor:
        refuse("insiders who contribute need the column of contributors")
    told = [*made.hidden, *(key for key, _width in made.widths)]
    for name, code in (named for key in told for named in key.items()):
        if code not in known.get(name, ()):
            refuse(f"a cell names {code}, which is no code of {name}")


def agree_on_roles(made: Specification) -> None:
    """Refuse roles of columns that there are not, and forms that count in no known way."""
    dimensions = {one.name for one in made.dimensions}
    for role, column in made.roles.items():
        known = dimensions if role in ("sex", "age") else {*made.groups}
        if column not in (known | dimensions if role == "form" else known):
            refuse(f"the role {role} names {column}, which is no column that could have it")
    if made.forms not in FORMS:
        refuse("forms are single or several")


def dimension(name: str, told: Any) -> Dimension:
    """A dimension: its total, its parts, which may be nested, and sums beside them (`also`, `before`)."""
    table = mapping(told, f"the dimension {name}", {"total", "parts", "also", "before"})
    for needed in ("total", "parts"):
        if needed not in table:
            refuse(f"the dimension {name} has no {needed}")
    total = text(table["total"], f"the total of {name}")
    parts: list[str] = []
    nested: dict[str, tuple[int, ...]] = {}
    within(name, table["parts"], parts, nested)
    before = mapping(table.get("before", {}), f"before of {name}")
    beside = [*mapping(table.get("also", {}), f"also of {name}").items(), *before.items()]
    alone(f"the code {{}} of {name}", [*parts, *nested, total, *(code for code, _of in beside)])
    if not parts:
        refuse(f"the dimension {name} has no parts")
    also = {code: gathered(name, code, of, parts) for code, of in beside}
    return Dimension(
        name, tuple(parts), {total: tuple(range(len(parts))), **nested, **also}, frozenset(before)
    )


def gathered(name: str, code: str, told: Any, parts: list[str]) -> tuple[int, ...]:
    """The places of the parts that a sum beside the others has."""
    named = texts(told, f"{code} of {name}")
    for one in named:
        if one not in parts:
            refuse(f"{code} of {name} names {one}, which is no part")
    return tuple(sorted({parts.index(one) for one in named}))


def alone(what: str, names: list[str]) -> None:
    """Refuse a name that stands twice; `what` has a place for it."""
    for one, number in Counter(names).items():
        if number > 1:
            refuse(f"{what.replace('{}', one)} stands twice")


def within(name: str, told: Any, parts: list[str], sums: dict[str, tuple[int, ...]]) -> None:
    """Add the parts of a level, and of those below it, with the sums that they make, the widest first."""
    for code, below in branches(name, told):
        if not below:
            parts.append(code)
            continue
        if code in sums:
            refuse(f"the code {code} of {name} stands twice")
        first = len(parts)
        sums[code] = ()  # its place before those below it
        within(name, below, parts, sums)
        sums[code] = tuple(range(first, len(parts)))


def branches(name: str, told: Any) -> Iterator[tuple[str, Any]]:
    """Each code of a level with what stands below it."""
    if isinstance(told, dict):
        yield from ((text(code, f"a part of {name}"), below) for code, below in told.items())
    else:
        yield from ((one, None) for one in texts(told, f"the parts of {name}"))


def mark(told: Any) -> Mark:
    """What a mark tells."""
    table = mapping(told, "suppressed", {"mark", "low", "high"})
    if "mark" not in table:
        refuse("suppressed has no mark")
    high = whole(table["high"], "the high of suppressed") if "high" in table else None
    low = whole(table.get("low", "0"), "the low of suppressed")
    if high is not None and high < low:
        refuse("the high of suppressed lies below its low")
    return Mark(text(table["mark"], "the mark"), low, high)


def rule(told: Any) -> Rule:
    """What must be hidden."""
    table = mapping(told, "rule", RULES)
    zeros = text(table.get("zeros", "published"), "zeros")
    if zeros not in ZEROS:
        refuse("zeros are published or hidden")
    made = Rule(
        threshold=whole(table.get("threshold", "4"), "threshold"),
        zeros=zeros,
        hidden_low=whole(table.get("hidden_low", "1" if zeros == "published" else "0"), "hidden_low"),
        width=whole(table.get("width", "3"), "width"),
        dominance=share(table["dominance"]) if "dominance" in table else None,
        insider=text(table.get("insider", ""), "insider"),
    )
    if made.insider not in INSIDERS:
        refuse("an insider is a contributor or a person")
    if made.hidden_low > 1:
        refuse("hidden_low is 0 or 1")
    if made.hidden_low and zeros == "hidden":
        refuse("a hidden cell may be 0 where zeros are hidden: hidden_low is 0")
    if not 1 <= made.threshold <= WIDEST:
        refuse(f"a threshold is from 1 to {WIDEST}")
    refuse_width(made.width)
    return made


def width(told: Any) -> tuple[Mapping[str, str], int]:
    """A cell and the width that it needs."""
    table = mapping(told, "widths", {"cell", "width"})
    if set(table) != {"cell", "width"}:
        refuse("widths are cells, each with its width")
    wanted = whole(table["width"], "a width")
    refuse_width(wanted)
    return mapping(table["cell"], "a cell of widths"), wanted


def refuse_width(width: int) -> None:
    """Refuse a width that promises nothing, or more than can be counted for each cell."""
    if not 1 <= width <= WIDEST:
        refuse(f"a width is from 1 to {WIDEST}")


def mapping(told: Any, what: str, known: set[str] | None = None) -> dict[str, Any]:
    """What is told as a mapping, with known keys alone."""
    if not isinstance(told, dict):
        refuse(f"{what} is no mapping")
    for name in told:
        if not isinstance(name, str) or (known is not None and name not in known):
            refuse(f"{what} has the key {name}, which means nothing")
    return told


def named(told: Any, what: str, known: set[str]) -> dict[str, str]:
    """What is told as a mapping of known keys to texts."""
    return {name: text(one, f"{name} of {what}") for name, one in mapping(told, what, known).items()}


def listed(told: Any, what: str) -> list[Any]:
    """What is told as a list."""
    if not isinstance(told, list):
        refuse(f"{what} is no list")
    return told


def texts(told: Any, what: str) -> tuple[str, ...]:
    """What is told as a list of texts."""
    return tuple(text(one, what) for one in listed(told, what))


def text(told: Any, what: str) -> str:
    """What is told as text."""
    if not isinstance(told, str):
        refuse(f"{what} is no text")
    return told


def whole(told: Any, what: str) -> int:
    """What is told as a whole number from 0 on."""
    if not isinstance(told, str) or not told.isascii() or not told.isdigit() or len(told) > 9:
        refuse(f"{what} is no whole number from 0 on")
    return int(told)


def share(told: Any) -> float:
    """A share above 0 and up to 1."""
    try:
        found = float(told)
    except (TypeError, ValueError):
        found = 0
    if not 0 < found <= 1:
        refuse("dominance is a share above 0, and 1 at most")
    return found


def refuse(fault: str) -> NoReturn:
    """Refuse a specification."""
    raise Refused(
        "specification",
        words("The specification cannot be used: {fault}."),
        words("Mend it; docs/disclosure.md shows one."),
        fault=fault,
    )
