"""The law's data files: read, checked, refused with the file and the line at fault."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, NoReturn

from palermo.errors import Refused, words
from palermo.law.value import Law, Value, Version

DATA = Path(__file__).parent / "data"
CONFIDENCES = ("verified", "partly verified", "inferred", "to verify")
NEEDED, KEYS = {"since", "value", "source", "confidence"}, {"until", "note"}
HEADER = re.compile(r"^\s*\[\[?([^\[\]]+)\]\]?")
DAY = timedelta(days=1)


def whole(value: Any) -> bool:
    """Whether it is a number of days, months or times."""
    return type(value) is int and value > 0


def number(value: Any) -> bool:
    """Whether it is a number above nothing, whole or not."""
    return type(value) in (int, float) and value > 0


def text(value: Any) -> bool:
    """Whether it is a word."""
    return isinstance(value, str) and bool(value)


def texts(value: Any) -> bool:
    """Whether it is a list of words."""
    return isinstance(value, list) and all(map(text, value))


def ordered(value: Any) -> bool:
    """Whether it is a lowest and a highest number."""
    return isinstance(value, list) and len(value) == 2 and all(map(whole, value)) and value[0] <= value[1]


def span(value: Any) -> bool:
    """Whether it is a lowest number, which may be nothing, and a highest one."""
    if isinstance(value, list) and value[:1] == [0] and type(value[0]) is int:
        return len(value) == 2 and whole(value[1])
    return ordered(value)


def short_penalty(value: Any) -> bool:
    """Whether it is months of imprisonment and a fine in euro."""
    return (
        isinstance(value, dict)
        and set(value) == {"imprisonment", "fine"}
        and all(map(ordered, value.values()))
    )


def penalty(value: Any) -> bool:
    """Whether it is a penalty: years of imprisonment, a fine in euro; its kind, the grounds, the level."""
    checks: dict[str, Callable[[Any], bool]] = {"grounds": texts, "level": whole, "kind": text}
    checks |= {"imprisonment": ordered, "fine": ordered}
    return (
        isinstance(value, dict)
        and {"imprisonment", "fine"} <= set(value) <= set(checks)
        and all(checks[key](one) for key, one in value.items())
    )


def is_tables(value: Any) -> bool:
    """Whether it is a list of tables, at least one."""
    return isinstance(value, list) and bool(value) and all(isinstance(one, dict) for one in value)


UNITS: Mapping[str, Callable[[Any], bool]] = {
    "days": whole,
    "working-days": whole,
    "months": whole,
    "years": whole,
    "times": whole,
    "factor": number,
    "euro": number,
    "boolean": lambda value: type(value) is bool,
    "article": text,
    "articles": lambda value: texts(value) and bool(value),
    "grounds": texts,
    "body": text,
    "document": text,
    "clause": text,
    "recurrence": lambda value: text(value) and value.startswith("R/"),
    "aims": texts,
    "holidays": texts,
    "penalty": penalty,
    "penalty-in-months": short_penalty,
    "span-of-years": span,
}


@cache
def load(country: str = "be") -> Law:
    """The law of a country (ISO 3166-1 in small letters, or eu), read once. Raises Refused."""
    folder = DATA / country
    if not country.isalpha() or not folder.is_dir():
        raise Refused(
            "no-law",
            words("There is no law of the country “{country}” here."),
            words("Choose one of: {known}."),
            country=country,
            known=", ".join(sorted(one.name for one in DATA.iterdir())),
        )
    return read(country, folder.glob("*.toml"))


def read(country: str, paths: Iterable[Path]) -> Law:
    """The law of a country from its files. Raises Refused where one is broken or contradicts another."""
    values: dict[str, Value] = {}
    for path in sorted(paths):
        for value, line in values_of(path):
            if value.name in values:
                refuse(path, line, f"{value.name} stands in two places")
            values[value.name] = value
    return Law(country, values)


def values_of(path: Path) -> Iterator[tuple[Value, int]]:
    """The values of a file, each with the line where it begins."""
    content = path.read_bytes().decode(errors="replace")
    try:
        tables = tomllib.loads(content)
    except tomllib.TOMLDecodeError as reason:
        found = re.search(r"line (\d+)", str(reason))
        refuse(path, int(found[1]) if found else content.count("\n") + 1, str(reason))
    lines: dict[str, list[int]] = {}
    for number, written in enumerate(content.splitlines(), start=1):
        if header := HEADER.match(written):
            lines.setdefault(header[1].strip(), []).append(number)
    for name, told in tables.items():
        begins = lines.get(name, [1])[0]
        if not isinstance(told, dict) or set(told) != {"unit", "version"} or not is_tables(told["version"]):
            refuse(path, begins, f"{name} needs a unit and versions, and nothing else")
        if not text(told["unit"]) or told["unit"] not in UNITS:
            refuse(path, begins, f"{name} has a unit that is none of {', '.join(UNITS)}")
        starts = starts_of(lines, name, begins, len(told["version"]))
        versions = [version(path, starts[at], told["unit"], one) for at, one in enumerate(told["version"])]
        for at, (earlier, later) in enumerate(pairwise(versions), start=1):
            follows(path, starts[at], earlier, later)
        yield Value(name, told["unit"], tuple(versions)), begins


def starts_of(lines: Mapping[str, list[int]], name: str, begins: int, number: int) -> list[int]:
    """The line of each version; the value's own where they are written in another way, such as within it."""
    starts = lines.get(f"{name}.version", [])
    return starts if len(starts) == number else [begins] * number


def version(path: Path, line: int, unit: str, told: Mapping[str, Any]) -> Version:
    """One version from its table."""
    if unknown := set(told) - NEEDED - KEYS:
        refuse(path, line, f"the key {min(unknown)} means nothing")
    for needed in sorted(NEEDED - {name for name, one in told.items() if one != ""}):
        refuse(path, line, f"it has no {needed}")
    days_of(path, line, told)
    if not UNITS[unit](told["value"]):
        refuse(path, line, f"its value is none in {unit}")
    if told["confidence"] not in CONFIDENCES:
        refuse(path, line, f"its confidence is none of {', '.join(CONFIDENCES)}")
    return Version(**{"until": None, **told})


def days_of(path: Path, line: int, told: Mapping[str, Any]) -> None:
    """Refuse days that are none, or stand in the wrong order."""
    for name in ("since", "until"):
        if type(told.get(name, date.min)) is not date:
            refuse(path, line, f"its {name} is no date")
    if told.get("until", date.max) < told["since"]:
        refuse(path, line, "it ends before it begins")


def follows(path: Path, line: int, earlier: Version, later: Version) -> None:
    """Refuse a version that does not begin on the day after the one before."""
    if later.since <= earlier.since:
        refuse(path, line, f"it stands after one that begins on {earlier.since}")
    if earlier.until is None:
        refuse(path, line, f"the one before, of {earlier.since}, has no end")
    if later.since <= earlier.until:
        refuse(path, line, f"it overlaps the one before, which ends on {earlier.until}")
    if later.since > earlier.until + DAY:
        refuse(path, line, f"nothing holds between {earlier.until} and {later.since}")


def refuse(path: Path, line: int, fault: str) -> NoReturn:
    """Refuse a file."""
    raise Refused(
        "law-file",
        words("The file {file} of the law cannot be used: line {line}, {fault}."),
        words("Mend that line."),
        file="/".join(path.parts[-2:]),
        line=line,
        fault=fault,
    )
