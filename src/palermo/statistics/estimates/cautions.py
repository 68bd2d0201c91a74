"""What must be told with an estimate, so that nobody takes it for more than it is."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING

from palermo.errors import words

if TYPE_CHECKING:
    from palermo.statistics.estimates.estimate import Answer
    from palermo.statistics.estimates.reading import Lists

THIN = 5  # people; below it a pair of lists hardly tells how they depend on each other
WIDE = 3.0  # times its lower end
SILENT = 0.025  # of the repetitions; more of them without an answer reach into the upper end
APART, MOVED = 1.25, 1.5  # times the lower answer


@dataclass(frozen=True)
class Caution:
    """A code for machines, and a sentence that may hold `{names}`, filled from `params`."""

    code: str
    says: str
    params: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The sentence in English."""
        return self.says.format(**self.params)


def of_lists(given: Lists, lists: Lists) -> list[Caution]:
    """What the lists leave in doubt before any model; `lists` are the given ones that have people."""
    totals = shared(lists)
    found = list(given.cautions)
    for name in given.names:
        if name not in lists.names:
            told = words("The list {list} has nobody and was left out.")
            found.append(Caution("list-empty", told, {"list": name}))
    if len(lists.names) == 2:
        told = words("With two lists nothing shows whether being on one makes the other likelier.")
        found.append(Caution("two-lists", told))
    for name in lists.names:
        if not any(number for pair, number in totals.items() if name in pair):
            told = words("The list {list} shares nobody with any other list.")
            found.append(Caution("list-alone", told, {"list": name}))
    return [*found, *of_nesting(lists, totals), *of_groups(lists, totals), *of_overlaps(totals)]


def of_nesting(lists: Lists, totals: Mapping[tuple[str, str], int]) -> list[Caution]:
    """Which lists hold nobody but people of another: mostly one is made from the other."""
    people = {name: on(lists, 1 << place) for place, name in enumerate(lists.names)}
    told = words(
        "Everybody on the list {list} is on {other} too: if one is made from the other, leave it out."
    )
    found = []
    for (one, other), number in totals.items():
        inner, outer = sorted((one, other), key=lambda name: people[name])
        if number == people[inner] >= THIN:
            found.append(Caution("list-within", told, {"list": inner, "other": outer}))
    return found


def of_groups(lists: Lists, totals: Mapping[tuple[str, str], int]) -> list[Caution]:
    """Whether the lists fall into groups that share nobody; a list that is alone is told elsewhere."""
    group = {name: name for name in lists.names}
    for (one, other), number in totals.items():
        if number:
            joined, into = group[other], group[one]
            group = {name: into if its == joined else its for name, its in group.items()}
    every = [[name for name in group if group[name] == its] for its in dict.fromkeys(group.values())]
    apart = [", ".join(names) for names in every if len(names) > 1]
    if len(apart) < 2:
        return []
    told = words("The lists fall into groups that share nobody: {groups}. Do they count the same people?")
    return [Caution("groups-apart", told, {"groups": " / ".join(apart)})]


def of_overlaps(totals: Mapping[tuple[str, str], int]) -> list[Caution]:
    """Which pairs of lists share nobody, and which hardly anybody."""
    found = []
    empty = [" – ".join(pair) for pair, number in totals.items() if number == 0]
    thin = [" – ".join(pair) for pair, number in totals.items() if 0 < number < THIN]
    if empty:
        told = words("Pairs of lists that share nobody: {pairs}.")
        found.append(Caution("overlap-empty", told, {"pairs": ", ".join(empty)}))
    if thin:
        told = words("Pairs of lists that share fewer than {number} people: {pairs}.")
        found.append(Caution("overlap-thin", told, {"pairs": ", ".join(thin), "number": THIN}))
    return found


def shared(lists: Lists) -> dict[tuple[str, str], int]:
    """How many people each pair of lists shares, whatever other lists they are on."""
    return {
        (lists.names[one], lists.names[other]): on(lists, 1 << one | 1 << other)
        for one, other in combinations(range(len(lists.names)), 2)
    }


def on(lists: Lists, term: int) -> int:
    """How many people are on all lists of a term."""
    return int(sum(number for history, number in enumerate(lists.counts) if history & term == term))


def of_answers(headline: Answer, models: list[Answer], stability: list[Answer]) -> list[Caution]:
    """What the answers leave in doubt: their widths, and how far they lie apart."""
    found = of_interval(headline)
    lowest = min(models, key=lambda one: one.estimate)
    highest = max(models, key=lambda one: one.estimate)
    if highest.estimate > APART * lowest.estimate:
        told = words("The choice of the model moves the answer from {lowest} to {highest}.")
        ends = {"lowest": round(lowest.estimate), "highest": round(highest.estimate)}
        found.append(Caution("methods-disagree", told, ends))
    for one in stability:
        if one.left_out and one.method == headline.method and has_moved(one.estimate, headline.estimate):
            told = words("Without the list {list} the answer would be {estimate}.")
            params = {"list": one.left_out, "estimate": round(one.estimate)}
            found.append(Caution("list-decides", told, params))
        if one.left_out and one.estimate == float("inf"):
            told = words("Without the list {list} there would be no answer.")
            found.append(Caution("list-needed", told, {"list": one.left_out}))
    return found


def has_moved(estimate: float, headline: float) -> bool:
    """A finite answer lies far from another."""
    return estimate != float("inf") and max(estimate, headline) > MOVED * min(estimate, headline)


def of_interval(headline: Answer) -> list[Caution]:
    """What the width of an interval leaves in doubt."""
    low, high = headline.interval
    if high == float("inf"):
        told = words("The interval has no upper end: too many of the repetitions have no answer.")
        return [Caution("interval-open", told)]
    found = []
    if headline.without_answer > SILENT * headline.bootstraps:
        told = words("{number} of {repetitions} repetitions have no answer: the upper end may lie higher.")
        params = {"number": headline.without_answer, "repetitions": headline.bootstraps}
        found.append(Caution("no-answer-often", told, params))
    if high > WIDE * low:
        told = words("The upper end of the interval is {times} times its lower end.")
        found.append(Caution("interval-wide", told, {"times": round(high / low, 1)}))
    return found
