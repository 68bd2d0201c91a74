"""From an answer in fractions to one in whole numbers: one column after the other is rounded, both ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from highspy._core import _Highs
from numpy.typing import NDArray

Real = NDArray[np.float64]
NEAR = 1e-6  # of a whole number


@dataclass(frozen=True)
class Answer:
    """What a solver says: whether it could decide, and what it found where there is something."""

    decided: bool
    values: Real | None = None


UNDECIDED = Answer(decided=False)


@dataclass
class Branch:
    """A column that is held above or below a fraction: its bounds before, and those still untried."""

    column: int
    before: tuple[float, float]
    untried: tuple[float, float] | None


@dataclass
class Dive:
    """A search in depth on a model, of which the bounds are changed."""

    model: _Highs
    lows: Real
    highs: Real
    branches: list[Branch] = field(default_factory=list)

    def whole(self, first: Answer, steps: int, ask: Callable[[], Answer]) -> Answer:
        """An answer in whole numbers, from a first one in fractions, in so many steps at most."""
        found = first
        for step in range(steps):
            if not found.decided:
                return UNDECIDED
            if found.values is None:
                if not self.turn():
                    return found
            elif (column := fraction(found.values)) is None:
                return found
            elif step + 1 == steps:
                break
            else:
                self.split(column, float(found.values[column]))
            found = ask()
        return UNDECIDED

    def split(self, column: int, value: float) -> None:
        """Hold a column on the nearer side of a fraction; the other is tried if nothing is found there."""
        low, high = float(self.lows[column]), float(self.highs[column])
        below, above = (low, float(np.floor(value))), (float(np.ceil(value)), high)
        first, other = (above, below) if value % 1 >= 0.5 - NEAR else (below, above)
        self.branches.append(Branch(column, (low, high), other))
        self.hold(column, first)

    def turn(self) -> bool:
        """Try the other side of the last column that has one; whether there was any."""
        while self.branches and self.branches[-1].untried is None:
            last = self.branches.pop()
            self.hold(last.column, last.before)
        if not self.branches:
            return False
        last = self.branches[-1]
        if last.untried is not None:
            self.hold(last.column, last.untried)
            last.untried = None
        return True

    def hold(self, column: int, bounds: tuple[float, float]) -> None:
        """Hold a column between bounds."""
        self.lows[column], self.highs[column] = bounds
        self.model.changeColBounds(column, *bounds)


def fraction(values: Real) -> int | None:
    """The column that is furthest from a whole number; nothing where all are whole."""
    apart = np.abs(values - np.rint(values))
    column = int(apart.argmax())
    return column if apart[column] > NEAR else None
