"""How far from the truth a count is told: the flattest distributions that keep what is promised.

No deviation is larger than the greatest; on average there is none; the variance is the one that is asked, or
the nearest that the count allows; no number from 1 to below the threshold is told; 0 stays 0. Of all such
distributions the one with the most entropy is taken, so that nothing is promised beyond this: it is
exp(a·v + b·v²) over the deviations v that are allowed, with the two numbers that give the mean and the
variance.

Source: G. Marley, V. Leaver, "A method for confidentialising user-defined tables: statistical properties and
a risk-utility analysis", ISI 2011; S. Giessing, "Computational issues in the design of transition
probabilities and disclosure risk estimation for additive noise", PSD 2016.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from palermo.statistics.disclosure.grid import Counts, Flags

HALVINGS = 60  # of an interval in which a number is sought
STEEP = 30.0  # how steep a distribution may be: exp of so much for a deviation of one
WITHIN = 0.1  # how near to the least and the most variance that a count allows one may come, as a share

Real = NDArray[np.float64]


@dataclass(frozen=True)
class Noise:
    """The deviations of each count up to `len(shares) - 1`; larger counts have those of the last.

    `shares[count, greatest + v]` is the probability of the deviation v.
    """

    greatest: int
    threshold: int
    shares: Real

    def deviations(self, counts: Counts, keys: NDArray[np.uint64]) -> Counts:
        """How far from its count each cell is told, by its key: the share of 2**64 below which it lies."""
        reached = np.cumsum(self.shares, axis=1)
        reached[:, -1] = 1.0
        places = np.minimum(counts, len(self.shares) - 1)
        at = keys.astype(np.float64) / 2.0**64
        found = np.array(
            [np.searchsorted(reached[place], one, "right") for place, one in zip(places, at, strict=True)],
            np.int64,
        )
        return np.minimum(found, 2 * self.greatest) - self.greatest

    def possible(self, told: Counts) -> tuple[Counts, Counts]:
        """The lowest and the highest count that can be told as each of these numbers."""
        lows = np.where(told == 0, 0, np.maximum(1, told - self.greatest))
        return lows, told + self.greatest


def noise(threshold: int, width: int) -> Noise:
    """The deviations that leave every number that is told at least so wide a range of counts.

    The greatest is the larger of threshold and width: then 0 is told of every count up to the width, each
    other number of counts that lie further apart, and every count has a deviation below it and one above.
    The variance is what the least certain count below the threshold has at least, when only 0 and the
    threshold may be told of it; so the larger counts are no more certain.
    """
    greatest = max(threshold, width, 2)
    variance = max(1.0, threshold**2 / 4)
    counts = np.arange(1, greatest + threshold + 1)[:, None]  # from the last of them on nothing is forbidden
    every = np.arange(-greatest, greatest + 1)
    told = counts + every
    allowed = (told == 0) | (told >= max(threshold, 1))
    shares = np.zeros((len(counts) + 1, len(every)))
    shares[0, greatest] = 1
    shares[1:] = flattest(every.astype(np.float64), allowed, variance)
    return Noise(greatest, threshold, shares)


def flattest(every: Real, allowed: Flags, variance: float) -> Real:
    """The shares of the deviations that each line allows: mean 0, this variance or the nearest, most entropy.

    Along the distributions with mean 0 the variance grows with the bend, so halving finds it.
    """
    below = np.where(allowed & (every <= 0), every, -np.inf).max(axis=1)
    above = np.where(allowed & (every >= 0), every, np.inf).min(axis=1)
    lowest, highest = (np.where(allowed, every, 0).min(axis=1), np.where(allowed, every, 0).max(axis=1))
    least, most = -below * above, -lowest * highest  # the two beside 0, and the two at the ends
    wanted = np.clip(variance, least + WITHIN * (most - least), most - WITHIN * (most - least))

    def varies_less(bend: Real) -> Flags:
        return np.asarray((centred(every, allowed, bend) * every**2).sum(axis=1) < wanted)

    return centred(every, allowed, halved(varies_less, len(allowed)))


def centred(every: Real, allowed: Flags, bend: Real) -> Real:
    """The shares exp(a·v + bend·v²) of each line, with the a that makes their mean 0."""

    def leans_down(slope: Real) -> Flags:
        return np.asarray((shared(every, allowed, slope, bend) * every).sum(axis=1) < 0)

    return shared(every, allowed, halved(leans_down, len(allowed)), bend)


def halved(too_low: Callable[[Real], Flags], lines: int) -> Real:
    """A number for each line, at which what holds of all that are too low ceases to hold."""
    low, high = np.full(lines, -STEEP), np.full(lines, STEEP)
    for _halving in range(HALVINGS):
        middle = (low + high) / 2
        is_low = too_low(middle)
        low, high = np.where(is_low, middle, low), np.where(is_low, high, middle)
    return np.asarray((low + high) / 2)


def shared(every: Real, allowed: Flags, slope: Real, bend: Real) -> Real:
    """Shares of each line in proportion to exp(slope·v + bend·v²)."""
    height = np.where(allowed, slope[:, None] * every + bend[:, None] * every**2, -np.inf)
    shares = np.exp(height - height.max(axis=1, keepdims=True))
    return np.asarray(shares / shares.sum(axis=1, keepdims=True))
