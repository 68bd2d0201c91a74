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

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from palermo.statistics.disclosure.grid import Counts

HALVINGS = 60  # of an interval in which a number is sought
STEEP = 30.0  # how steep a distribution may be, for the largest deviation
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
    last = greatest + threshold  # from here on nothing is forbidden
    shares = np.zeros((last + 1, 2 * greatest + 1))
    shares[0, greatest] = 1
    for count in range(1, last + 1):
        allowed = deviations(count, greatest, threshold)
        shares[count, allowed + greatest] = flattest(allowed.astype(np.float64), variance)
    return Noise(greatest, threshold, shares)


def deviations(count: int, greatest: int, threshold: int) -> Counts:
    """The deviations that a count may have: to 0, or to the threshold and beyond."""
    every = np.arange(-greatest, greatest + 1)
    told = count + every
    return np.asarray(every[(told == 0) | (told >= max(threshold, 1))])


def flattest(allowed: Real, variance: float) -> Real:
    """The shares of these deviations with mean 0, this variance or the nearest, and the most entropy."""
    least = -allowed[allowed <= 0].max() * allowed[allowed >= 0].min()  # the two beside 0
    most = -allowed.min() * allowed.max()
    wanted = float(np.clip(variance, least + WITHIN * (most - least), most - WITHIN * (most - least)))
    low, high = -STEEP, STEEP
    for _halving in range(HALVINGS):
        bend = (low + high) / 2
        if (centred(allowed, bend) * allowed**2).sum() < wanted:
            low = bend
        else:
            high = bend
    return centred(allowed, (low + high) / 2)


def centred(allowed: Real, bend: float) -> Real:
    """The shares exp(a·v + bend·v²), with the a that makes their mean 0."""
    low, high = -STEEP, STEEP
    for _halving in range(HALVINGS):
        slope = (low + high) / 2
        if (shared(allowed, slope, bend) * allowed).sum() < 0:
            low = slope
        else:
            high = slope
    return shared(allowed, (low + high) / 2, bend)


def shared(allowed: Real, slope: float, bend: float) -> Real:
    """Shares in proportion to exp(slope·v + bend·v²)."""
    height = slope * allowed + bend * allowed**2
    shares = np.exp(height - height.max())
    return np.asarray(shares / shares.sum())
