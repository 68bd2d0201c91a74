"""From the words of a timing cell to what they stand for; what is not known whole is unread.

The dates of a text are found first. What is left, with a mark where each date stood, must be known to its
last word: "by the end of 2016 at the latest" becomes "by the ◆ at the latest".
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

from palermo.timing import vocabulary as words
from palermo.timing.edtf import bounds
from palermo.timing.frequency import Frequency, Period, period_in, periods
from palermo.timing.units import Unit, find
from palermo.timing.vocabulary import fold

Kind = Literal["window", "recurring", "relative", "reference", "continuous", "none", "unread"]
WORD = re.compile(r"[^\W_]+")
DATE, HOW_OFTEN = "\ue000", "\ue001"  # marks for what has been understood; no writer uses these signs
SIGNS = re.compile(
    rf"[^\w\s.,;:()\[\]/'\"&*|{DATE}{HOW_OFTEN}-]|(?:{DATE}|{HOW_OFTEN}) ?-+$|{DATE} of {DATE}"
)
CALLED = re.compile(rf"\b(?:{words.CALLED}) {words.BARE}\(?{DATE}|{DATE} (?:\w+ )?(?:{words.CALLED})\b")
NONE, CONTINUOUS = re.compile(words.NONE), re.compile(words.CONTINUOUS)
REFERENCE = re.compile(rf"\(?(?:{words.REFERENCE})\b")
RELATIVE = re.compile(rf"\b{words.RELATIVE}\b")
ENDLESS = re.compile(r"(?:\.\.|…)\s*$")
GOES_ON = re.compile(
    rf"^(?:{words.CONTINUOUS}){words.GOES_ON}|(?:[(,;:-]|{DATE}) ?\(?(?:{words.LASTING_PHRASE})\)?$"
)
CONDITION = re.compile(rf"\b(?:{words.CONDITION})")
FIRST = re.compile(rf"\b(?:{words.FIRST_TIME}|(?:{words.ORDINALS[0]}) (?:{words.HAPPENING}))\b")
FIRST_OF_SEVERAL = re.compile(rf"(?:the )?(?:{words.ORDINALS[0]}) ?(?:{words.HAPPENING})\b")
STARTING = frozenset(WORD.findall(words.FROM.replace("[eu]", "")))
ARTICLES = rf" ?{words.BARE}"
SINCE_THEN = (
    rf"(?:^|\b(?:{words.FROM}|in|en|im|op|the|le|l'|het|jahre?|annee|jaar|year|first) |[(,;:]) ?{DATE}"
)
ANCHORED = re.compile(SINCE_THEN)


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
    if kind := whole_cell(said):
        return Timing(text, kind)
    units = find(said)
    if units is None:
        return Timing(text, "unread")
    if periods(said):
        return recurring(text, said, units)
    bare = skeleton(said, units)
    if not units or GOES_ON.search(bare):
        return Timing(text, without_dates(bare))
    strange = SIGNS.search(bare) or ENDLESS.search(text)
    return Timing(text, "unread") if strange else dated(text, bare, units)


def whole_cell(said: str) -> Kind | None:
    """The kind of a text that says as a whole that there is no time, that it goes on, or where to look."""
    if NONE.fullmatch(said.strip("-/ ")):
        return "none"
    if CONTINUOUS.fullmatch(said.strip("-/ ")):
        return "continuous"
    return "reference" if REFERENCE.match(said) else None


def read_frequency(text: str, language: str | None = None) -> Frequency:  # noqa: ARG001 - no word is shared
    """Read a cell that says how often; "as needed" and what is not known give no period.

    A year counts as the first occurrence only where the whole cell is understood.
    """
    period = period_in(fold(text)) if len(text) <= words.LONGEST else None
    if period is None:
        return Frequency(text)
    whole = read(text)
    recurrence = whole.recurrence or (period.iso and f"R/{period.iso}")
    return Frequency(text, recurrence, period.at_least, period.at_most)


def without_dates(said: str) -> Kind:
    """The kind of a text that names no date of its own, or that goes on whatever date it names."""
    if CONDITION.search(said + " "):
        return "unread"
    if GOES_ON.search(said):
        return "continuous"
    anchored = RELATIVE.search(said)
    return "relative" if anchored and len(WORD.findall(said)) > 1 else "unread"


def skeleton(said: str, units: list[Unit]) -> str:
    """The text with a mark in the place of each of its dates."""
    for unit in reversed(units):
        said = said[: unit.start] + DATE + said[unit.end :]
    return said


def framed(rest: str, more: frozenset[str] = frozenset()) -> bool:
    """Whether the words around what has been understood are all known and change nothing."""
    return all(word in words.FRAME or word in more for word in WORD.findall(rest))


def recurring(text: str, said: str, units: list[Unit]) -> Timing:
    """A recurrence, from its first occurrence where the words name one."""
    period = period_in(said)
    if period is None or len({unit.edtf for unit in units}) > 1:
        return Timing(text, "unread")
    bare = FIRST.sub("first", skeleton(said, units)).replace(period.said, HOW_OFTEN)
    known = framed(bare.replace("first", ""), STARTING)
    if not known and (units or not CONDITION.search(said + " ")):
        return Timing(text, "unread")
    made = Timing(text, "recurring", at_least=period.at_least, at_most=period.at_most)
    if not units:
        return replace(made, recurrence=period.iso and f"R/{period.iso}")
    return since_then(made, bare, units[0], period)


def since_then(made: Timing, bare: str, first: Unit, period: Period) -> Timing:
    """A recurrence with its first occurrence; unread where the date is not said to be that."""
    if SIGNS.search(bare) or not ANCHORED.search(bare):
        return Timing(made.text, "unread")
    edtf = first.edtf
    earliest, latest = bounds(edtf)
    anchor = edtf if re.fullmatch(r"\d{4}(-(0\d|1[0-2])(-\d\d)?)?", edtf) else edtf[:4]
    recurrence = period.iso and f"R/{anchor}/{period.iso}"
    return replace(made, edtf=edtf, earliest=earliest, latest=latest, recurrence=recurrence)


def dated(text: str, bare: str, units: list[Unit]) -> Timing:
    """A text with dates: a window, one side of a window, a range, or several dates that agree."""
    if len(units) == 1 and (first := FIRST_OF_SEVERAL.match(bare)) and framed(bare[first.end() :]):
        edtf = units[0].edtf
        return Timing(text, "recurring", edtf, *bounds(edtf), first=True)
    if CALLED.search(bare):
        return Timing(text, "unread")
    if len(units) == 2 and (match := SPAN.search(bare)):
        rest = bare[: match.start()] + " " + bare[match.end() :]
        ordered = bounds(units[0].edtf)[0] < bounds(units[1].edtf)[0]  # type: ignore[operator]
        return window(text, joined(units) if ordered and framed(rest) else None)
    for pattern, side in SIDES if len(units) == 1 else ():
        if match := pattern.search(bare):
            rest = bare[: match.start()] + " " + bare[match.end() :]
            return window(text, side(units[0]) if framed(rest) else None)
    if not framed(bare):
        return Timing(text, "unread")
    known = {unit.edtf for unit in units}
    return window(text, known.pop() if len(known) == 1 else joined(units))


def window(text: str, edtf: str | None) -> Timing:
    """A window with its bounds; unread where the first day would come after the last."""
    if edtf is None:
        return Timing(text, "unread")
    earliest, latest = bounds(edtf)
    if earliest and latest and latest < earliest:
        return Timing(text, "unread")
    return Timing(text, "window", edtf, earliest, latest)


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


def by(unit: Unit) -> str | None:
    """Until a date, the date included."""
    return f"../{unit.edtf}" if "/" not in unit.edtf else None


def since(unit: Unit) -> str | None:
    """From a date on, the date included."""
    return f"{unit.edtf}/.." if "/" not in unit.edtf else None


def before(unit: Unit) -> str | None:
    """Until the day before a date; before the end of a year or a month means until its end."""
    if unit.edtf.endswith("-39") or unit.part == "late":
        return by(unit)
    first = bounds(unit.edtf)[0]
    return (
        f"../{first - timedelta(days=1)}" if first and "/" not in unit.edtf and unit.part != "mid" else None
    )


def after(unit: Unit) -> str | None:
    """From the day after a date on."""
    last = bounds(unit.edtf)[1]
    known = last and "/" not in unit.edtf and unit.part in {"", "late"}
    return f"{last + timedelta(days=1)}/.." if known and last else None


def as_it_is(unit: Unit) -> str | None:
    """The date, where the words before it say no more than "in"."""
    return unit.edtf


def led(words_before: str, behind: str = "") -> re.Pattern[str]:
    """A date after some words and articles, and with what may stand behind it."""
    return re.compile(rf"(?<![\w'])(?:{words_before})(?!\w){ARTICLES}:? ?{DATE}{behind}")


# Each way of leading a date, with what it makes of it; tried in this order.
SIDES: tuple[tuple[re.Pattern[str], Callable[[Unit], str | None]], ...] = (
    (led(words.PLANNED), as_it_is),
    (
        led(
            rf"(?:(?:{words.BY})(?!\w)(?: {words.BY_JOINS}(?!\w))* ?)+",
            rf"(?: (?:{words.LATEST_BEHIND}|{words.INCLUDED})\b)?",
        ),
        by,
    ),
    (re.compile(rf"{DATE} (?:{words.LATEST_BEHIND})\b"), by),
    (led(words.BEFORE), before),
    (led(words.FROM, rf"(?:,? (?:{words.FROM_BEHIND})(?!\w))?"), since),
    (re.compile(rf"{DATE},? (?:{words.FROM_BEHIND})(?!\w)"), since),
    (led(words.AFTER), after),
)
SPAN = re.compile(
    rf"(?:^|(?<=[ (:]))(?:{words.BETWEEN}){ARTICLES}{DATE} ?(?:{words.TO})(?!\w){ARTICLES}{DATE}"
    rf"|{DATE}(?: ?[-/] ?| ?(?:to|until|till|through|a|tot|tot en met|t/m|bis(?: zum)?) {words.BARE}){DATE}"
)
