"""Where a sentence speaks of time: the phrases that hold a date, with the words that lead it."""

from __future__ import annotations

import re
from bisect import bisect_right

from palermo.timing import vocabulary as words
from palermo.timing.grammar import DATE, SIDES, SPAN, skeleton
from palermo.timing.units import Unit, find

IN = (
    r"in|during|within|over|throughout|on|at|en|au|dans|durant|pendant|le|op|tijdens|gedurende|im|am|wahrend"
    r"|prevue?s? (?:en|pour)"
)
COURSE = r"(?:(?:course|courant|cours|loop|laufe|verlauf)(?!\w) ?)?"
LED = [
    SPAN,
    *(side for side, _ in SIDES),
    re.compile(rf"(?<!\w)(?:{IN}) {words.BARE}{COURSE}{words.BARE}{DATE}"),
]
ONE_YEAR = re.compile(rf"(?:\b(?:{words.BETWEEN}) )?{words.OF_ONE_YEAR.pattern}")
FEWER = re.compile(r"\d{4}(?:-\d\d-\d\d|/\d{4})?")  # by themselves these may be the name of a law or a plan


def phrases(said: str) -> list[tuple[int, int]]:
    """The places of the phrases of time in a folded text, from left to right, none overlapping.

    A year, a day or a range of years counts only behind words that lead it: "Act of 24 June 2013", "the plan
    2015-2019" are names.
    """
    units = find(said.translate({ord(dash): "-" for dash in "\u2010\u2011\u2012\u2013\u2014"}))
    if not units:
        return []
    bare = skeleton(said, units)
    marks = [place for place, sign in enumerate(bare) if sign == DATE]
    found = [match.span() for pattern in LED for match in pattern.finditer(bare)]
    alone = zip(marks, units, strict=True)
    found += [(mark, mark + 1) for mark, unit in alone if not FEWER.fullmatch(unit.edtf)]
    places = [(original(a, marks, units), original(b, marks, units)) for a, b in found]
    return longest([*places, *(match.span() for match in ONE_YEAR.finditer(said))])


def longest(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Of overlapping spans the longest, in order."""
    kept: list[tuple[int, int]] = []
    for one in sorted(spans, key=lambda span: span[0] - span[1]):
        if all(one[1] <= other[0] or other[1] <= one[0] for other in kept):
            kept.append(one)
    return sorted(kept)


def original(place: int, marks: list[int], units: list[Unit]) -> int:
    """A place of the skeleton as a place of the text."""
    before = bisect_right(marks, place - 1)
    return place + sum(unit.end - unit.start - 1 for unit in units[:before])
