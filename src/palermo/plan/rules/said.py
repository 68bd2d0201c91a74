"""What a measure says, as a value: made from a reading, mended by a person, stored as wording and owners."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, fields, replace
from datetime import date
from typing import Any

from palermo.organisations.directory import Directory
from palermo.plan.rules.collection import Moment, first_window
from palermo.timing import read

# The parts of a reading and the kind of their rows.
KINDS = {
    "measures": "measure",
    "training": "training",
    "commitments": "commitment",
    "obligations": "obligation",
}
OBLIGATION = "obligation"  # a sentence that binds every measure of some topics; the other kinds are measures
OWN_WORDS = "own words"  # a measure's own words ask for its evaluation
LAST = 999  # sections without a number stand after all others
LONGEST_NUMBER = 120  # signs of what stands for a section's number, such as the name of a sheet


@dataclass(frozen=True)
class TimingSaid:
    """When something is to happen: the words as they stand and what they stand for (palermo.timing)."""

    text: str = ""
    kind: str = "none"
    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None
    recurrence: str | None = None
    at_least: str | None = None
    at_most: str | None = None
    basis: str = "stated"


@dataclass(frozen=True)
class OwnerSaid:
    """Who is responsible: the words as they stand and, where the directory knows it, the party's code."""

    text: str
    party: str | None = None
    role: str = "lead"
    kind: str = "party"
    basis: str = "stated"


@dataclass(frozen=True)
class Said:
    """All that a row says about one measure, training cycle or commitment."""

    kind: str
    section: str
    text: str
    timing: TimingSaid = TimingSaid()
    owners: tuple[OwnerSaid, ...] = ()
    strength: str = ""
    actor: str = ""
    training: str = ""
    topics: tuple[str, ...] = ()
    evaluation: str = ""  # where the plan asks to evaluate it: "own words" or the number of a section
    place: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class ReadRow:
    """One row of a reading: its kind, how it is found again, and the reading itself (`palermo plan read`)."""

    kind: str
    section: str
    text: str
    reading: Mapping[str, Any]

    @property
    def place(self) -> Mapping[str, Any]:
        """Where it stands in the source: line or page, table, row."""
        found: Mapping[str, Any] = self.reading.get("place") or {}
        return found

    @property
    def doubts(self) -> Sequence[Mapping[str, Any]]:
        """What the reader was not sure of."""
        found: Sequence[Mapping[str, Any]] = self.reading.get("doubts") or []
        return found


def rows(document: Mapping[str, Any]) -> list[ReadRow]:
    """Every row of a reading: measures, training, commitments, obligations, each in the document's order."""
    bound = document.get("obligations", ())
    return [
        ReadRow(kind, reading.get("section") or "", row_text(kind, reading), unbound(reading, bound))
        for part, kind in KINDS.items()
        for reading in document.get(part, ())
    ]


def promises_something(document: Mapping[str, Any]) -> bool:
    """A measure, a training cycle or a commitment was found; a duty to evaluate alone promises nothing."""
    return any(document.get(part) for part, kind in KINDS.items() if kind != OBLIGATION)


def unbound(reading: Mapping[str, Any], bound: Sequence[Mapping[str, Any]]) -> Mapping[str, Any]:
    """A reading without a duty that follows from an obligation of the plan: that one is a row of its own."""
    source = reading.get("evaluation")
    follows = any(
        source == (one.get("section") or "plan") and set(one["topics"]) & set(reading.get("topics") or ())
        for one in bound
    )
    return {**reading, "evaluation": None} if follows else reading


def row_text(kind: str, reading: Mapping[str, Any]) -> str:
    """The words by which a row is found again; a training cycle is its organiser and its type."""
    if kind != "training":
        return str(reading["text"])
    what = reading.get("type_text") or reading.get("type") or ""
    return f"{reading['organiser']['text']} – {what}".strip(" –")


def from_row(row: ReadRow, directory: Directory) -> Said:
    """What a row says. The actor of a commitment owns it when the directory knows its whole name."""
    reading = row.reading
    return Said(
        kind=row.kind,
        section=row.section,
        text=row.text,
        timing=timing_of(row),
        owners=owners_of(row, directory),
        strength=reading.get("strength") or "",
        actor=reading.get("actor") or "",
        training=(reading.get("type") or "") if row.kind == "training" else "",
        topics=("training",) if row.kind == "training" else tuple(reading.get("topics") or ()),
        evaluation=reading.get("evaluation") or "",
        place=row.place,
    )


def timing_of(row: ReadRow) -> TimingSaid:
    """The time of a row; the frequency of a training cycle counts from the year that anchors it."""
    if row.kind == "training":
        return frequency_of(row.reading.get("frequency") or {})
    told = row.reading.get("timing") or {}
    names = {one.name for one in fields(TimingSaid)}
    known = {name: value for name, value in told.items() if name in names and value is not None}
    return TimingSaid(**known | {name: day(known.get(name)) for name in ("earliest", "latest")})


def frequency_of(told: Mapping[str, Any]) -> TimingSaid:
    """How often, as a time: recurring where a period is known, else unread with its words kept."""
    known: dict[str, Any] = {name: told.get(name) for name in ("recurrence", "at_least", "at_most")}
    text = told.get("text") or ""
    if not any(known.values()):
        return TimingSaid(text=text, kind="unread" if text else "none")
    first = first_window(Moment("recurring", None, None, known["recurrence"], ""))
    earliest, latest = first or (None, None)
    return TimingSaid(text=text, kind="recurring", earliest=earliest, latest=latest, **known)


def retimed(words: str, language: str) -> TimingSaid:
    """The time that a person's own words stand for, read by the grammar that reads plans."""
    told = read(words, language)
    known = {one.name: getattr(told, one.name) for one in fields(TimingSaid) if one.name != "basis"}
    return TimingSaid(**known, basis="decided")


def owners_of(row: ReadRow, directory: Directory) -> tuple[OwnerSaid, ...]:
    """The owners of a row, each in its role."""
    if row.kind == "training":
        told = [{**row.reading["organiser"], "role": "lead"}]
    else:
        told = list(row.reading.get("owners") or ())
    actor = row.reading.get("actor") or ""
    if not told and actor and (party := directory.find(actor)):
        told = [{"text": actor, "party": party.code, "role": "lead", "kind": party.kind}]
    names = {one.name for one in fields(OwnerSaid)}
    return tuple(OwnerSaid(**{key: value for key, value in one.items() if key in names}) for one in told)


def with_parts(standing: Said, new: Said, parts: Sequence[str]) -> Said:
    """What stands, with only the changed parts of a new reading: what a person mended elsewhere stays."""
    sources = {
        "frequency": ("timing",),
        "organiser": ("owners",),
        "type": ("training",),
        "actor": ("actor", "owners"),
    }
    names = {name for part in parts for name in sources.get(part, (part,))}
    known = {one.name for one in fields(Said)}
    return replace(standing, **{name: getattr(new, name) for name in names & known}, place=new.place)


def day(value: date | str | None) -> date | None:
    """A day from its ISO form, as JSON holds it."""
    return date.fromisoformat(value) if isinstance(value, str) else value


def plain(said: Said) -> dict[str, Any]:
    """A value as the fields of a form show it."""
    return asdict(said)


def section_order(number: str) -> int:
    """A number by which sections sort: 4.2 before 4.10, up to three levels; unnumbered ones last."""
    parts = [int(part[:9]) for part in re.findall(r"\d+", number)[:3]] or [LAST]
    padded = [*parts, 0, 0][:3]
    return sum(min(part, LAST) * 1000 ** (2 - level) for level, part in enumerate(padded))


def years_in(words: str) -> tuple[int, int] | None:
    """The years that a plan's code or title states: "be-2015-2019", "2015–2019", "2024"; None where none."""
    found = [int(year) for year in re.findall(r"(?<!\d)(?:19|20)\d\d(?!\d)", words)]
    return (min(found), max(found)) if found else None


def period_of(code: str, reading: Mapping[str, Any], on: date) -> tuple[date, date | None]:
    """The first and last day of a plan's period: the years of its code, its title or its document's name.

    Where none states a year, it begins with the year of its earliest timing, else of the day `on`, and its
    end is not known.
    """
    for words in (code, reading.get("title") or "", reading["document"]["name"]):
        if years := years_in(words):
            return date(years[0], 1, 1), date(years[1], 12, 31)
    dated = [timing_of(row).earliest for row in rows(reading) if row.kind != OBLIGATION]
    first = min([one for one in dated if one] or [on])
    return date(min(first, on).year, 1, 1), None
