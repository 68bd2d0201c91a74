"""Intervals between which each cell lies, drawn together by every equation of a group."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from palermo.statistics.disclosure.equations import Equation
from palermo.statistics.disclosure.grid import Counts, Flags

Ends = list[int] | Counts
SWEEPS = 60  # of all equations; what they have not narrowed by then is left to the programmes
TURNS = 60  # of each open cell, where intervals are drawn from one cell on


class ContradictionError(Exception):
    """No table of whole numbers has these published figures."""


def narrowed(equations: Sequence[Equation], lows: list[int], highs: list[int]) -> None:
    """Draw the intervals together by every equation, SWEEPS times at most. Raises ContradictionError."""
    for _sweep in range(SWEEPS):
        moved = False
        for total, parts in equations:
            moved |= narrow(total, parts, lows, highs)
        if not moved:
            return


def narrow(total: int, parts: Sequence[int], lows: Ends, highs: Ends) -> bool:
    """Draw the intervals of one equation together; whether any moved."""
    least, most = sum([lows[one] for one in parts]), sum([highs[one] for one in parts])
    moved = within(total, least, most, lows, highs)
    for one in parts:
        low, high = lows[one], highs[one]
        if low == high:
            continue
        if within(one, lows[total] - (most - high), highs[total] - (least - low), lows, highs):
            least, most = least + lows[one] - low, most + highs[one] - high
            moved = True
    return moved


def within(cell: int, low: int, high: int, lows: Ends, highs: Ends) -> bool:
    """Keep a cell within an interval; whether its own became smaller."""
    moved = False
    if low > lows[cell]:
        lows[cell], moved = low, True
    if high < highs[cell]:
        highs[cell], moved = high, True
    if lows[cell] > highs[cell]:
        raise ContradictionError
    return moved


def through(equations: Iterable[Equation], is_open: Flags) -> dict[int, list[Equation]]:
    """The equations of each open cell."""
    found: defaultdict[int, list[Equation]] = defaultdict(list)
    for total, parts in equations:
        for one in (total, *parts):
            if is_open[one]:
                found[one].append((total, parts))
    return dict(found)


def drawn(known: dict[int, list[Equation]], cell: int, lows: Counts, highs: Counts) -> None:
    """Draw intervals together, from the one of a cell on, by the equations of each, for a while.

    Raises ContradictionError.
    """
    waiting = [cell]
    for _turn in range(TURNS * len(known)):
        if not waiting:
            return
        for total, parts in known.get(waiting.pop(), ()):
            cells = [total, *parts]
            before = lows[cells], highs[cells]
            if narrow(total, parts, lows, highs):
                moved = (lows[cells] != before[0]) | (highs[cells] != before[1])
                waiting.extend(one for one, has in zip(cells, moved.tolist(), strict=True) if has)
