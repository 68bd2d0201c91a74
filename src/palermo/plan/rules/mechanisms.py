"""The mechanisms that address recommendations to a country, and the words by which each grades them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "data" / "mechanisms.toml"
LANGUAGES = ("en", "fr", "nl", "de")
BEGINS = "^"  # the sentence may begin with the verb


@dataclass(frozen=True)
class Strength:
    """One degree of a mechanism's wording: rank 1 is the strongest; `said` finds it in each language."""

    rank: int
    words: Mapping[str, str]
    said: Mapping[str, re.Pattern[str]]


@dataclass(frozen=True)
class Mechanism:
    """A body that recommends: its names, how its reports speak of it, its strengths from the strongest."""

    code: str
    names: Mapping[str, str]
    called: re.Pattern[str]
    begins: bool  # its sentences may begin with the verb
    strengths: tuple[Strength, ...]

    def name(self, language: str) -> str:
        """Its name in a language, else in English."""
        return self.names.get(language) or self.names["en"]

    def word(self, rank: int | None, language: str) -> str:
        """The word of a strength in a language; empty where the strength was not read."""
        known = next((one for one in self.strengths if one.rank == rank), None)
        return (known.words.get(language) or known.words["en"]) if known else ""

    @property
    def ranks(self) -> tuple[int, ...]:
        """The ranks that a recommendation of it can have."""
        return tuple(one.rank for one in self.strengths)


@dataclass(frozen=True)
class Signs:
    """What tells in any report that something is recommended, in one language."""

    verb: re.Pattern[str]
    should: re.Pattern[str]
    addressed: re.Pattern[str]
    clause: re.Pattern[str]
    joined: re.Pattern[str]


@cache
def told() -> dict[str, Any]:
    """The reference data as it stands in its file."""
    return tomllib.loads(DATA.read_text("utf-8"))


@cache
def mechanisms() -> dict[str, Mechanism]:
    """Every known mechanism by its code, in the order of the data."""
    return {one["code"]: mechanism(one) for one in told()["mechanism"]}


def mechanism(one: dict[str, Any]) -> Mechanism:
    """A mechanism from its entry in the data."""
    degrees = enumerate(one["strength"], start=1)
    return Mechanism(
        code=one["code"],
        names=one["name"],
        called=either([each for each in one["called"] if each != BEGINS]),
        begins=BEGINS in one["called"],
        strengths=tuple(
            Strength(rank, degree["word"], {key: either(each) for key, each in degree["said"].items()})
            for rank, degree in degrees
        ),
    )


@cache
def signs(language: str) -> Signs:
    """The signs of a language; English where it has none."""
    own = {name: each.get(language) or each["en"] for name, each in told()["signs"].items() if name != "list"}
    return Signs(**{name: either(each) for name, each in own.items()})


@cache
def list_heading() -> re.Pattern[str]:
    """The heading of a part that repeats what the report recommends."""
    return either(told()["signs"]["list"])


def either(patterns: Sequence[str]) -> re.Pattern[str]:
    """One pattern for these alternatives, each a whole word."""
    return re.compile(r"(?<!\w)(?:" + "|".join(f"(?:{one})" for one in patterns) + r")(?<=['\w])(?!\w)")
