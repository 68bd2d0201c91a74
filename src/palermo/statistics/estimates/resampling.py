"""How uncertain an estimate is: the same people drawn again many times, and the model chosen anew each time.

Percentile intervals take the middle 95 % of what the repetitions give. BCa intervals (Efron 1987) shift these
ends by how the repetitions lie about the estimate and by how it bends when one person is left out; they are
the published ones.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from scipy.special import ndtr, ndtri

from palermo.statistics.estimates.fitting import Numbers, Terms

Choose = Callable[[Numbers], tuple[Terms, float]]
Interval = tuple[float, float]
ENDS = (0.025, 0.975)


def drawn(counts: Numbers, number: int, seed: int) -> Numbers:
    """So many samples (number x histories) of the people observed, with replacement."""
    observed = int(counts.sum())
    samples = np.random.default_rng(seed).multinomial(observed, counts / observed, size=number)
    return samples.astype(np.float64)


def repeated(samples: Iterable[Numbers], choose: Choose) -> Numbers:
    """The whole population as each sample gives it, in rising order; infinite where one has no answer."""
    return np.sort([sample.sum() + choose(sample)[1] for sample in samples])


def acceleration(counts: Numbers, choose: Choose) -> float:
    """How the estimate bends: from the estimates without one person, each weighted by its history's people.

    0 where one of them has no answer.
    """
    histories = np.flatnonzero(counts)
    people = counts[histories]
    fewer = np.repeat(counts[np.newaxis], histories.size, axis=0)
    fewer[np.arange(histories.size), histories] -= 1
    estimates = np.array([one.sum() + choose(one)[1] for one in fewer])
    if not np.isfinite(estimates).all():
        return 0.0
    away = np.average(estimates, weights=people) - estimates
    spread = float(people @ away**2)
    return float(people @ away**3) / (6 * spread**1.5) if spread > 0 else 0.0


def percentile(repetitions: Numbers) -> Interval:
    """The middle 95 % of the repetitions, which stand in rising order."""
    return quantile(repetitions, ENDS[0]), quantile(repetitions, ENDS[1])


def corrected(repetitions: Numbers, estimate: float, bend: float) -> Interval:
    """The BCa interval of 95 % from repetitions in rising order, the estimate and its acceleration.

    Repetitions that give just the estimate, as those of few people often do, lie half below it.
    """
    half = 0.5 / repetitions.size
    below = (np.mean(repetitions < estimate) + np.mean(repetitions <= estimate)) / 2
    bias = ndtri(np.clip(below, half, 1 - half))
    shifted = bias + ndtri(np.array(ENDS))
    low, high = ndtr(bias + shifted / (1 - bend * shifted))
    return quantile(repetitions, float(low)), quantile(repetitions, float(high))


def quantile(ordered: Numbers, share: float) -> float:
    """The value below which a share of ordered ones lies, median-unbiased; infinite next to infinite ones."""
    place = min(max(share * (ordered.size + 1 / 3) - 2 / 3, 0.0), ordered.size - 1.0)
    below = int(place)
    above = min(below + 1, ordered.size - 1)
    if place == below or ordered[below] == ordered[above]:
        return float(ordered[below])
    return float(ordered[below] + (place - below) * (ordered[above] - ordered[below]))
