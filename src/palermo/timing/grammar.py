"""From the words of a timing cell to what they stand for; what is not known whole is unread."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from palermo.timing import vocabulary as words
from palermo.timing.edtf import bounds
from palermo.timing.frequency import period_in
from palermo.timing.units import Unit, find
from palermo.timing.vocabulary import fold

Kind = Literal["window", "recurring", "relative", "reference", "continuous", "none", "unread"]
WORD = re.compile(r"[^\W_]+")
FIRST = re.compile(rf"\b(?:{words.FIRST_TIME}|(?:{words.ORDINALS[0]}) (?:{words.HAPPENING}))\b")
STARTING = frozenset(WORD.findall(words.FROM.replace("[eu]", "")))


@dataclass(frozen=True)
class Timing:
    """What a text says about time. Only `window` and `recurring` have days; `text` is kept as it stood."""

    text: str
    kind: Kind
    edtf: str | None = None
    earliest: date | None = None
    latest: date | None = None
    recurrence: str | None = None  # ISO 8601: "R/2017/P2Y", "R/P1Y"
    at_least: str | None = None  # of a range of periods the shorter: "P1Y"
    at_most: str | None = None  # the longer: "P2Y"
    first: bool = False  # the words speak of the first of several occurrences


def read(text: str, language: str | None = None) -> Timing:  # noqa: ARG001 - the languages share no word
    """Read a timing cell. Any text gives an answer; no date is ever added to what the words say."""
    said = fold(text) if len(text) <= words.LONGEST else "?"
    for pattern, kind in ((words.NONE, "none"), (words.CONTINUOUS, "continuous")):
        if re.fullmatch(pattern, said.strip("-/ ")):
            return Timing(text, kind)  # type: ignore[arg-type]
    if re.match(rf"\(?(?:{words.REFERENCE})\b", said):
        return Timing(text, "reference")
    units = find(said)
    if units is None:
        return Timing(text, "unread")
    if period_in(said):
        return recurring(text, said, units)
    if not units or re.match(rf"(?:{words.CONTINUOUS})\b", said):
        return Timing(text, without_dates(said))
    return dated(text, said, units)


def without_dates(said: str) -> Kind:
    """The kind of a text that names no date of its own, or that goes on whatever date it names."""
    if re.match(rf"(?:{words.CONTINUOUS})\b", said) and not re.search(rf"\b(?:{words.CONDITION})", said):
        return "continuous"
    if re.match(rf"(?:{words.CONDITION})", said):
        return "unread"
    anchored = re.search(rf"\b{words.RELATIVE}\b", said)
    return "relative" if anchored and len(WORD.findall(said)) > 1 else "unread"


def recurring(text: str, said: str, units: list[Unit]) -> Timing:
    """A recurrence, from its first occurrence where the words name one."""
    period = period_in(said)
    if period is None or len({unit.edtf for unit in units}) > 1:
        return Timing(text, "unread")
    rest = FIRST.sub(" ", said.replace(period.said, " "))
    for unit in units:
        rest = rest.replace(said[unit.start : unit.end], " ")
    framed = all(word in words.FRAME or word in STARTING for word in WORD.findall(rest))
    if not framed and not re.search(rf"\b(?:{words.CONDITION})", said + " "):
        return Timing(text, "unread")
    made = Timing(text, "recurring", at_least=period.at_least, at_most=period.at_most)
    if not units:
        return replace(made, recurrence=period.iso and f"R/{period.iso}")
    edtf = units[0].edtf
    earliest, latest = bounds(edtf)
    anchor = edtf if re.fullmatch(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?", edtf) else edtf[:4]
    return replace(
        made,
        edtf=edtf,
        earliest=earliest,
        latest=latest,
        recurrence=period.iso and f"R/{anchor}/{period.iso}",
    )


def dated(text: str, said: str, units: list[Unit]) -> Timing:
    """A text with dates: a window, one side of a window, a range, or several dates that agree."""
    if first := first_of_several(text, said, units):
        return first
    if len(units) == 2 and (span := spanned(said, units)):
        return window(text, span)
    rest = outside(said, units)
    if len(units) == 1 and (sided := one_side(said, units[0])):
        edtf, rest = sided
        return window(text, edtf) if framed(rest) else Timing(text, "unread")
    if not framed(rest):
        return Timing(text, "unread")
    known = {unit.edtf for unit in units}
    if len(known) == 1:
        return window(text, known.pop())
    return window(text, joined(units))


def window(text: str, edtf: str | None) -> Timing:
    """A window with its bounds; unread where the first day would come after the last."""
    if edtf is None:
        return Timing(text, "unread")
    earliest, latest = bounds(edtf)
    if earliest and latest and latest < earliest:
        return Timing(text, "unread")
    return Timing(text, "window", edtf, earliest, latest)


def outside(said: str, units: list[Unit]) -> str:
    """The text without its dates."""
    pieces, at = [], 0
    for unit in units:
        pieces.append(said[at : unit.start])
        at = unit.end
    return " ".join([*pieces, said[at:]])


def framed(rest: str) -> bool:
    """Whether the words around the dates are all known and change nothing."""
    return all(word in words.FRAME for word in WORD.findall(rest))


def first_of_several(text: str, said: str, units: list[Unit]) -> Timing | None:
    """For "1st assessment in 2017": the first occurrence of something that comes back."""
    pattern = rf"(?:the )?(?:{words.ORDINALS[0]}) ?(?:{words.HAPPENING})\b"
    match = re.match(pattern, said)
    if (
        match is None
        or len(units) != 1
        or not framed(outside(said[match.end() :], shifted(units, match.end())))
    ):
        return None
    earliest, latest = bounds(units[0].edtf)
    return Timing(text, "recurring", units[0].edtf, earliest, latest, first=True)


def shifted(units: list[Unit], by: int) -> list[Unit]:
    """Dates with their places counted from a later start."""
    return [Unit(unit.start - by, unit.end - by, unit.edtf) for unit in units]


def spanned(said: str, units: list[Unit]) -> str | None:
    """A range of two dates: "2016/2017", "from June 2016 to the end of 2017"."""
    one, two = units
    head, between, tail = said[: one.start], said[one.end : two.start], said[two.end :]
    led = re.search(rf"(?:^| )(?:{words.BETWEEN})(?: the)? ?$", head)
    sign = re.fullmatch(rf" ?(?:{words.TO})(?: (?:the|le|la|den|de))? ?", between)
    bare = re.fullmatch(r" ?[-/] ?| ?(?:to|until|till|through|a|tot|tot en met|t/m|bis) ?", between)
    if not (sign and led) and not bare:
        return None
    if not framed((head[: led.start()] if led else head) + " " + tail):
        return None
    return joined(units) if bounds(one.edtf)[0] < bounds(two.edtf)[0] else None  # type: ignore[operator]


def joined(units: list[Unit]) -> str | None:
    """The interval from the first to the last of several dates.

    None where one is an interval itself, or where they do not follow one another.
    """
    starts = [bounds(unit.edtf)[0] or date.min for unit in units]
    if any("/" in unit.edtf for unit in units) or starts != sorted(starts):
        return None
    first = min(units, key=lambda unit: bounds(unit.edtf)[0] or date.min)
    last = max(units, key=lambda unit: bounds(unit.edtf)[1] or date.max)
    return f"{first.edtf}/{last.edtf}"


def one_side(said: str, unit: Unit) -> tuple[str | None, str] | None:
    """A date led by "by", "before", "from" or "after": the EDTF that it makes, and the words left over."""
    head, tail = said[: unit.start].rstrip(), said[unit.end :].strip()
    for pattern, edtf in sides(unit.edtf):
        if match := re.search(rf"(?:^| )(?:{pattern})$", head):
            behind = re.sub(rf"^(?:{words.FROM_BEHIND})(?: |$)", "", tail) if pattern == words.FROM else tail
            return edtf, head[: match.start()] + " " + behind
    for pattern, edtf in ((words.LATEST_BEHIND, by(unit.edtf)), (words.FROM_BEHIND, since(unit.edtf))):
        if match := re.match(rf"(?:{pattern})(?: |$)", tail):
            return edtf, head + " " + tail[match.end() :]
    return None


def sides(edtf: str) -> list[tuple[str, str | None]]:
    """Each way of leading a date, with the EDTF that it makes of it."""
    return [
        (words.BY, by(edtf)),
        (words.BEFORE, before(edtf)),
        (words.FROM, since(edtf)),
        (words.AFTER, after(edtf)),
    ]


def by(edtf: str) -> str | None:
    """Until a date, the date included."""
    return f"../{edtf}" if "/" not in edtf else None


def since(edtf: str) -> str | None:
    """From a date on, the date included."""
    return f"{edtf}/.." if "/" not in edtf else None


def before(edtf: str) -> str | None:
    """Until the day before a date; before the end of a year means until its end."""
    if edtf.endswith("-39"):
        return by(edtf)
    first = bounds(edtf)[0]
    return f"../{first - timedelta(days=1)}" if first and "/" not in edtf else None


def after(edtf: str) -> str | None:
    """From the day after a date on."""
    last = bounds(edtf)[1]
    return f"{last + timedelta(days=1)}/.." if last and "/" not in edtf else None
