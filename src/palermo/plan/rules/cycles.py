"""What comes back: its occurrences, and which of them are to come, due, late or done on a day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from palermo.timing.edtf import PERIOD, shifted

Window = tuple[date, date]  # the first and the last day; both count


@dataclass(frozen=True)
class Done:
    """That what was to happen within a window happened: on which day, and the record that says so."""

    window: Window
    on: date
    key: int


@dataclass(frozen=True)
class Cycle:
    """One occurrence, as it stands on a day: to-come, due, late or done."""

    earliest: date
    latest: date
    state: str
    done: Done | None = None

    @property
    def late_since(self) -> date | None:
        """The first day on which it was late, while it is."""
        return self.latest + timedelta(days=1) if self.state == "late" else None


def repeated(first: Window, recurrence: str) -> Iterator[Window]:
    """The occurrences from the first on, each counted from the first: a late one moves no other."""
    step = PERIOD.fullmatch(recurrence)
    every = int(step["number"]) if step else 0
    number, window = 0, first
    while True:
        yield window
        if step is None or every == 0:
            return
        number += every
        try:
            window = shifted(first[0], number, step["unit"]), shifted(first[1], number, step["unit"])
        except ValueError:  # after the last of all years
            return


def begun(first: Window, recurrence: str, until: date) -> Iterator[Window]:
    """The occurrences that begin by a day."""
    for window in repeated(first, recurrence):
        if window[0] > until:
            return
        yield window


def cycles(first: Window, recurrence: str, done: Iterable[Done], on: date) -> list[Cycle]:
    """The occurrences that have begun by a day, and the one that follows."""
    known = list(done)
    found = []
    for window in repeated(first, recurrence):
        found.append(cycle(window, fulfilling(window, known), on))
        if window[0] > on:
            break
    return found


def cycle(window: Window, done: Done | None, on: date) -> Cycle:
    """How one occurrence stands on a day."""
    if done is not None:
        return Cycle(*window, "done", done)
    if on < window[0]:
        return Cycle(*window, "to-come")
    return Cycle(*window, "late" if window[1] < on else "due")


def fulfilling(window: Window, done: Iterable[Done]) -> Done | None:
    """What fulfilled an occurrence: the words may have been read anew since, so that meeting it is enough."""
    return next((one for one in done if one.window[0] <= window[1] and window[0] <= one.window[1]), None)


def first_open(first: Window, recurrence: str, done: Iterable[Done]) -> Window | None:
    """The first occurrence that is not done; None where every one is."""
    known = list(done)
    return next((one for one in repeated(first, recurrence) if fulfilling(one, known) is None), None)
