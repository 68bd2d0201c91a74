"""The road of a bill, from the draft to the Moniteur belge. Words and days in, codes out."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from palermo.plan.rules.folding import fold
from palermo.plan.rules.phrases import patterns

PUBLISHED = "published"
# In the order in which a bill reaches them; it may skip some, and come back to others.
STEPS = ("drafted", "intercabinet", "council-of-ministers", "council-of-state", "chamber", PUBLISHED)


def is_bill(text: str) -> bool:
    """Whether the words of a measure speak of a bill; a proposal, about which the Bureau decides."""
    return any(pattern.search(fold(text)) for pattern in patterns("bills", "bills").values())


def furthest(reached: Iterable[tuple[str, date]]) -> str:
    """Where a bill is: the step that it reached last, of several on one day the furthest; empty for none."""
    return max(reached, key=lambda one: (one[1], STEPS.index(one[0])), default=("", date.min))[0]


def station(step: str, reached: Collection[str]) -> str:
    """How a step of the road looks: "reached", "skipped" where a later one was reached, else "ahead"."""
    if step in reached:
        return "reached"
    later = STEPS[STEPS.index(step) + 1 :]
    return "skipped" if any(one in reached for one in later) else "ahead"


def next_step(last: str) -> str:
    """The step that follows where a bill is; the last one stays the last."""
    place = STEPS.index(last) + 1 if last else 0
    return STEPS[min(place, len(STEPS) - 1)]


def wrong_day(reached_on: date, since_on: date, on: date) -> str:
    """Why a step was not reached on a day: "ahead" of the office's day, "before" the plan; or empty."""
    if reached_on > on:
        return "ahead"
    return "before" if reached_on < since_on else ""
