"""How many people there are with those on no list: every method's answer, its interval, its stability.

The headline is the best of all hierarchical models by BIC, where all can be tried, and downhill otherwise: of
the three it alone depends on no order of steps, and its repeated choice carries the uncertainty of the model
(Silverman, Chan and Vincent 2024). No answer is given alone: the others stand beside it.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from functools import partial
from itertools import takewhile
from typing import NoReturn

import numpy as np

from palermo.errors import Refused, words
from palermo.statistics.estimates import cautions, resampling
from palermo.statistics.estimates.cautions import Caution
from palermo.statistics.estimates.choosing import downhill, stepwise, summed
from palermo.statistics.estimates.existence import is_estimable
from palermo.statistics.estimates.fitting import Numbers, Terms
from palermo.statistics.estimates.reading import Lists
from palermo.statistics.estimates.resampling import Choose, Interval
from palermo.statistics.estimates.searching import Search, weightiest
from palermo.statistics.estimates.terms import independent, listed

STEPWISE, DOWNHILL, BEST = "stepwise", "downhill", "bic-all"
ORDER = 3  # Kosovo and the British answer by BIC of all models need terms of three lists
BOOTSTRAPS, FEWER, FEWEST = 1000, 200, 100
ALL_SEARCHES = 100_000_000_000  # additions within fits: what a computer does in about 20 seconds


@dataclass(frozen=True)
class Plan:
    """How to estimate: how many lists a term has at most, how often to repeat, and from which seed."""

    order: int = ORDER
    bootstraps: int = BOOTSTRAPS
    seed: int = 1


@dataclass(frozen=True)
class Answer:
    """What one method says: people known and in all, with BCa and percentile intervals of 95 %.

    `terms` are the interactions of the chosen model as names of lists; `left_out` is a list or nothing.
    """

    method: str
    order: int
    known: int
    estimate: float
    interval: Interval
    percentile: Interval
    terms: tuple[tuple[str, ...], ...]
    bootstraps: int
    without_answer: int  # of the bootstraps
    left_out: str = ""


@dataclass(frozen=True)
class Estimate:
    """Everything that is told of some lists: the headline, each method, the stability, the cautions."""

    lists: Lists
    headline: Answer
    models: list[Answer]
    stability: list[Answer]
    cautions: list[Caution]


def estimate(lists: Lists, plan: Plan) -> Estimate:
    """Estimate the whole population. Raises Refused ("no-information") where the lists tell nothing."""
    told = informative(lists)
    models = answers(told, plan)
    headline = models[0]
    checks = without_a_list(told, plan) + by_order(told, plan)
    found = [
        *cautions.of_lists(lists, told),
        *of_work(models, plan),
        *cautions.of_answers(headline, models, checks),
    ]
    return Estimate(lists, headline, models, checks, found)


def informative(lists: Lists) -> Lists:
    """The lists that tell something: not those with nobody. Raises Refused where none does."""
    for place in range(len(lists.names) - 1, -1, -1):
        if summed(lists.counts)[1 << place] == 0 and len(lists.names) > 1:
            lists = lists.without(place)
    model = listed(independent(lists.counts.size))
    if len(lists.names) < 2 or not is_estimable(lists.counts, summed(lists.counts), model):
        refuse(lists)
    return lists


def refuse(lists: Lists) -> NoReturn:
    """Refuse lists that tell nothing of people who are on none, with the reason."""
    people = summed(lists.counts)
    everybody = [name for place, name in enumerate(lists.names) if people[1 << place] == people[0]]
    told = words("The lists tell nothing of people who are on none: too few people are on several lists.")
    if everybody:
        told = words("The lists tell nothing of people who are on none: everybody is on the list {list}.")
    what_next = words("Give lists that share people, and none that holds everybody.")
    raise Refused("no-information", told, what_next, list=everybody[0] if everybody else "")


def answers(lists: Lists, plan: Plan, share: int = 1) -> list[Answer]:
    """What each method says, the headline first; the searches may take the `share`th part of all work."""
    order = min(plan.order, len(lists.names) - 1)
    terms = weightiest(lists.counts, order)
    samples = resampling.drawn(lists.counts, plan.bootstraps, plan.seed)
    made = [answer(DOWNHILL, lists, order, partial(downhill, every=terms), samples)]
    if plan.order > 1:
        made.append(answer(STEPWISE, lists, min(order, 2), stepwise, samples))
    return [*of_all(lists, order, terms, samples, ALL_SEARCHES // share), *made]


def of_all(lists: Lists, order: int, terms: Terms, samples: Numbers, work: int) -> list[Answer]:
    """What the best of all models says, or nothing where the work does not allow for enough searches."""
    fits = work // effort(lists, terms)
    search = Search(terms, fits // FEWEST, fits)
    search(lists.counts)
    searches = FEWEST + np.count_nonzero(lists.counts)
    if (fits - search.left) * searches > fits:
        return []
    found = answer(BEST, lists, order, search, samples)
    return [found] if found.bootstraps >= min(FEWEST, len(samples)) else []


def answer(method: str, lists: Lists, order: int, choose: Choose | Search, samples: Numbers) -> Answer:
    """What a method says of some lists and of their samples; a search that is spent says it of fewer."""
    model, unseen = choose(lists.counts)
    whole = lists.known + unseen
    bend = resampling.acceleration(lists.counts, choose)
    going = takewhile(lambda _sample: not isinstance(choose, Search) or choose.left > 0, samples)
    repetitions = resampling.repeated(going, choose)
    return Answer(
        method=method,
        order=order,
        known=lists.known,
        estimate=whole,
        interval=resampling.corrected(repetitions, whole, bend),
        percentile=resampling.percentile(repetitions),
        terms=tuple(named(int(term), lists.names) for term in model if int(term).bit_count() > 1),
        bootstraps=len(repetitions),
        without_answer=int(np.isinf(repetitions).sum()),
    )


def named(term: int, names: tuple[str, ...]) -> tuple[str, ...]:
    """The lists of a term by their names."""
    return tuple(name for place, name in enumerate(names) if term >> place & 1)


def without_a_list(lists: Lists, plan: Plan) -> list[Answer]:
    """What each method says when a list is left out; with fewer repetitions."""
    if len(lists.names) == 2:
        return []
    fewer = replace(plan, bootstraps=min(plan.bootstraps, FEWER))
    return [
        replace(one, left_out=name)
        for place, name in enumerate(lists.names)
        for one in checked(lists.without(place), fewer)
    ]


def checked(lists: Lists, plan: Plan) -> list[Answer]:
    """What each method says of fewer lists; infinite where they no longer tell anything."""
    try:
        return answers(informative(lists), plan, share=len(lists.names) * 4)
    except Refused:
        nothing = (math.inf, math.inf)
        return [Answer(BEST, plan.order, lists.known, math.inf, nothing, nothing, (), 0, 0)]


def by_order(lists: Lists, plan: Plan) -> list[Answer]:
    """What each method but stepwise says with terms of fewer lists, down to none; with fewer repetitions."""
    highest = min(plan.order, len(lists.names) - 1)
    fewer = min(plan.bootstraps, FEWER)
    return [
        one
        for order in range(1, highest)
        for one in answers(lists, Plan(order, fewer, plan.seed), share=8)
        if one.method != STEPWISE
    ]


def effort(lists: Lists, terms: Terms) -> int:
    """What a fit of all terms takes at most, in additions: sums over histories, and a system of the terms."""
    size = 1 + len(lists.names) + terms.size
    return int(56 * len(lists.names) * lists.counts.size + 7 * size**3 // 6)


def of_work(models: list[Answer], plan: Plan) -> list[Caution]:
    """What could not be computed in full."""
    if models[0].method != BEST:
        told = words("There are too many models to try them all; the answer is the one found downhill.")
        return [Caution("search-left-out", told)]
    if models[0].bootstraps < plan.bootstraps:
        told = words("The search of all models was repeated {number} times instead of {wanted}.")
        return [
            Caution("fewer-bootstraps", told, {"number": models[0].bootstraps, "wanted": plan.bootstraps})
        ]
    return []
