"""Values of the law, each with its versions in order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from palermo.errors import Refused, words


@dataclass(frozen=True)
class Version:
    """What a value was through days; both count, and the last is open while no end is known."""

    value: Any
    since: date
    until: date | None
    source: str
    confidence: str  # verified, partly verified, inferred, to verify
    note: str = ""

    @property
    def is_read(self) -> bool:
        """Whether it was read in its source."""
        return self.confidence == "verified"

    def holds(self, day: date) -> bool:
        """Whether it is the version of a day."""
        return self.since <= day and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Value:
    """One thing that the law fixes, in its unit, from version to version."""

    name: str
    unit: str
    versions: tuple[Version, ...]

    def on(self, day: date) -> Version | None:
        """The version of a day; None before the first and after an end."""
        return next((one for one in self.versions if one.holds(day)), None)


@dataclass(frozen=True)
class Law:
    """The law of a country, by the name of each value."""

    country: str
    values: Mapping[str, Value]

    def on(self, name: str, day: date) -> Version:
        """The version of a value on a day. Raises Refused for a name or a day that the law does not know."""
        value = self.values.get(name)
        if value is None:
            raise Refused(
                "unknown-value",
                words("The law of “{country}” has no value named “{name}”."),
                words("Choose one of: {known}."),
                country=self.country,
                name=name,
                known=", ".join(sorted(self.values)),
            )
        if (found := value.on(day)) is None:
            raise Refused(
                "not-in-force",
                words("“{name}” had no version on {day}: it is known {known}."),
                words("Ask for a day within that time."),
                name=name,
                day=day,
                known=spans(value),
            )
        return found


def spans(value: Value) -> str:
    """From when to when a value is known, as dates; its versions leave no gap."""
    first, last = value.versions[0].since, value.versions[-1].until
    return f"{first.isoformat()} – {last.isoformat() if last else '…'}"
