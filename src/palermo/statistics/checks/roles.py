"""Which column is the sex, the age, the year, the country, the form of exploitation, the indicator.

A specification may tell (`roles`); else a column is recognised by its name or, failing that, by its codes.
"""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from palermo.statistics.checks.table import Table
from palermo.statistics.specification import Dimension, Specification

KNOWN = tomllib.loads(Path(__file__).with_name("roles.toml").read_text("utf-8"))
SIGNS = {"<": "lt", ">=": "ge", "≥": "ge", ">": "gt", "+": "plus", "&": "and"}
YEAR = re.compile(r"(?:19|20)[0-9]{2}")


@cache
def bare(text: str) -> str:
    """A text in small letters, without accents and spaces; signs that mean something are words."""
    for sign, word in SIGNS.items():
        text = text.replace(sign, word)
    apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(one for one in apart if one.isalnum() and not unicodedata.combining(one))


def called(text: str, name: str, section: str = "codes") -> bool:
    """Whether a text is one of the names or codes of something."""
    return bare(text) in KNOWN[section][name]


def speaks_of(text: str, subject: str) -> bool:
    """Whether a piece of the text is a word of a subject."""
    return any(one in bare(text) for one in KNOWN["words"][subject])


@dataclass(frozen=True)
class Axis:
    """A dimension with a meaning: its place, and the codes of its halves (women, men; children, adults)."""

    at: int
    first: str
    second: str
    total: str


@dataclass(frozen=True)
class Roles:
    """Where each meaning stands: a dimension, or a place in `group_by`; None where nobody recognises it."""

    sex: Axis | None
    age: Axis | None
    year: int | None
    country: int | None
    form: int | None
    form_dimension: int | None
    kind: int | None
    indicator: int | None
    label: int | None  # a column of the file beside the country's code
    instance: int | None  # likewise


def roles(table: Table, columns: tuple[str, ...]) -> Roles:
    """What the columns of a table mean."""
    cut = table.specification
    taken: dict[str, int] = {}
    for role in ("year", "country", "indicator", "kind", "form"):
        if (found := column(role, table, taken)) is not None:
            taken[role] = found
    at = taken.get
    dimension = None if "form" in taken else form_dimension(cut)
    return Roles(
        axis("sex", cut, "female", "male"), axis("age", cut, "child", "adult"),
        at("year"), at("country"), at("form"), dimension, at("kind"), at("indicator"),
        beside("label", columns, cut), beside("instance", columns, cut),
    )  # fmt: skip


def column(role: str, table: Table, taken: Mapping[str, int]) -> int | None:
    """The place in `group_by` that has a role: as told, by name, or by its codes."""
    groups = table.specification.groups
    if told := table.specification.roles.get(role):
        return groups.index(told) if told in groups else None
    told_otherwise = {*table.specification.roles.values()}
    free = [at for at, name in enumerate(groups) if at not in taken.values() and name not in told_otherwise]
    codes = {at: {group[at] for group in table.groups} for at in free}
    by_name = [at for at in free if called(groups[at], role, "names") and could_be(role, codes[at])]
    if by_name:
        return min(by_name, key=lambda at: KNOWN["names"][role].index(bare(groups[at])))
    return next((at for at in free if means(role, codes[at])), None)


def could_be(role: str, codes: set[str]) -> bool:
    """Whether a column that is called so can have a role: one of years must hold a year."""
    return role != "year" or not codes or any(map(YEAR.fullmatch, codes))


def means(role: str, codes: set[str]) -> bool:
    """Whether all codes of a column, or enough of them, are those of a role."""
    if role == "year":
        return bool(codes) and all(map(YEAR.fullmatch, codes))
    if role == "form":
        return sum(speaks_of(one, "forms") for one in codes) >= 2
    if role == "indicator":
        stages = ("suspects", "prosecuted", "convicted")
        return any(speaks_of(one, stage) for one in codes for stage in stages)
    return False


def axis(role: str, cut: Specification, first: str, second: str) -> Axis | None:
    """The dimension with a role, if it has the codes of both halves."""
    told = cut.roles.get(role)
    every = list(enumerate(cut.dimensions))
    named = [
        (at, one) for at, one in every if (one.name == told if told else called(one.name, role, "names"))
    ]
    for at, one in named or ([] if told else every):
        halves = half(one, first), half(one, second)
        if halves[0] and halves[1]:
            return Axis(at, halves[0], halves[1], one.total)
    return None


def half(dimension: Dimension, name: str) -> str:
    """The code of a dimension that means women, men, children or adults; empty where none does."""
    return next((one for one in dimension.codes if called(one, name)), "")


def form_dimension(cut: Specification) -> int | None:
    """The dimension that is the form of exploitation."""
    for at, one in enumerate(cut.dimensions):
        told = cut.roles.get("form")
        if one.name == told or (not told and called(one.name, "form", "names")):
            return at
    return None


def beside(role: str, columns: Iterable[str], cut: Specification) -> int | None:
    """A column of the file that has a role and is not part of the key."""
    key = {*cut.groups, cut.count, *(one.name for one in cut.dimensions)}
    for at, name in enumerate(columns):
        if called(name, role, "names") and name not in key:
            return at
    return None


def is_rest(code: str, at: int, known: Roles) -> bool:
    """Whether a code of a dimension is "other" or "unknown"; single letters are, for sex and age."""
    people = {axis.at for axis in (known.sex, known.age) if axis}
    return called(code, "residual") or (at in people and called(code, "residual_letter"))


def meaning_of_axis(at: int, known: Roles, cut: Specification) -> str:
    """The rule of sums along a dimension: R2 for age, R3 for the form, R1 for sex and all others."""
    name = cut.dimensions[at].name
    if (known.age and at == known.age.at) or name == cut.roles.get("age") or called(name, "age", "names"):
        return "R2"
    return "R3" if at == known.form_dimension else "R1"
