"""What a plan document says, as values: the shape of the `plan read` contract."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import date
from typing import Any

from palermo.reading import Place
from palermo.timing import Frequency, Timing

Source = tuple[
    tuple[str, str], ...
]  # the words of the place: each column's title and cell, or ("", paragraph)


@dataclass(frozen=True)
class Doubt:
    """Something that a person must look at: a code and what it speaks of; sentences stand in `said`."""

    code: str
    about: str = ""
    place: Place | None = None


@dataclass(frozen=True)
class Owner:
    """A party responsible as the cell names it; `party` is null where the directory does not know it."""

    text: str
    party: str | None
    role: str = "lead"  # lead, with, consulted, follow-up
    kind: str = "party"  # party, class, undecided
    basis: str = "stated"  # stated, inherited


@dataclass(frozen=True)
class ReadMeasure:
    """One row of a table of measures."""

    section: str
    text: str
    owners: tuple[Owner, ...]
    timing: Timing
    timing_basis: str
    place: Place
    doubts: tuple[Doubt, ...] = ()
    topics: tuple[str, ...] = ()
    evaluation: str = ""  # where its duty to be evaluated comes from; empty without one
    source: Source = ()


@dataclass(frozen=True)
class ReadTraining:
    """One organiser's training of one type, with how often."""

    organiser: Owner
    type: str
    type_text: str
    frequency: Frequency
    place: Place
    section: str = ""
    doubts: tuple[Doubt, ...] = ()
    source: Source = ()


@dataclass(frozen=True)
class ReadCommitment:
    """A promise that stands in the running text."""

    section: str
    text: str
    actor: str | None
    strength: str  # firm, standing, explore
    timing: Timing
    place: Place
    doubts: tuple[Doubt, ...] = ()
    source: Source = ()


@dataclass(frozen=True)
class ReadObligation:
    """A clause that binds many measures at once: each of these topics must be evaluated."""

    section: str
    text: str
    topics: tuple[str, ...]
    place: Place


@dataclass(frozen=True)
class ReadPlan:
    """Everything read from one document."""

    language: str
    title: str = ""
    sections: tuple[tuple[str, str], ...] = ()
    measures: tuple[ReadMeasure, ...] = ()
    training: tuple[ReadTraining, ...] = ()
    commitments: tuple[ReadCommitment, ...] = ()
    obligations: tuple[ReadObligation, ...] = field(default=())
    doubts: tuple[Doubt, ...] = ()


def inherited(owners: tuple[Owner, ...]) -> tuple[Owner, ...]:
    """Owners as a row below takes them over."""
    return tuple(replace(owner, basis="inherited") for owner in owners)


def timing_json(timing: Timing, basis: str) -> dict[str, Any]:
    """A timing as the contract writes it."""
    told = asdict(timing)
    del told["first"]
    return {key: value.isoformat() if isinstance(value, date) else value for key, value in told.items()} | {
        "basis": basis
    }
