"""Estimates of the unseen: the published points and intervals beside ours, and the time of each.

`palermo bench estimate` reads the tables in ../shared/data/mse, compiles, then estimates each on one core.
Every bootstrap chooses its model anew; the intervals are BCa from 1,000 bootstraps. Limits: points within
1 %; each published end within three standard deviations of ours over 8 runs of 1,000, which is what a run of
1,000 leaves to chance; 1,000 bootstraps of UKdat_5 in under 10 s by each method.
"""

import math
import sys
import time
from functools import partial
from pathlib import Path

import numpy as np

from palermo.statistics.estimates.choosing import downhill, stepwise
from palermo.statistics.estimates.estimate import ORDER
from palermo.statistics.estimates.reading import read
from palermo.statistics.estimates.resampling import acceleration, corrected, drawn, repeated
from palermo.statistics.estimates.searching import Search, weightiest

TABLES = Path(__file__).resolve().parents[2] / "shared/data/mse"
BOOTSTRAPS, RUNS, LONGEST, CLOSEST, DEVIATIONS = 1000, 8, 10, 0.01, 3
# Chan, Silverman and Vincent (2021); Silverman, Chan and Vincent (2024).
PUBLISHED = (
    ("UKdat", "stepwise", 11_418, None),
    ("UKdat_5", "stepwise", 11_313, (9_566, 15_478)),
    ("UKdat_5", "bic-all", 25_311, (11_168, 56_052)),
    ("UKdat_5", "downhill", 12_262, (9_330, 32_115)),
    ("NewOrl_5", "stepwise", 1_034, (589, 1_703)),
    ("Western", "stepwise", 2_483, (1_293, 3_670)),
    ("Kosovo", "bic-all", 10_357, (6_947, 18_010)),
    ("Korea", "bic-all", 157, (128, 349)),
)


def ways(counts):
    """Each method as a function of counts."""
    terms = weightiest(counts, min(ORDER, int(math.log2(counts.size)) - 1))
    return {
        "stepwise": stepwise,
        "downhill": partial(downhill, every=terms),
        "bic-all": Search(terms, 100_000, 0),
    }


def compiled():
    """How long the first use takes, in which everything is compiled or fetched from where it was kept."""
    begun = time.perf_counter()
    for choose in ways(np.arange(8.0)).values():
        choose(np.arange(8.0))
    return time.perf_counter() - begun


def intervals(counts, choose):
    """The point, the interval of each run, and how long a run takes on average."""
    whole = counts.sum() + choose(counts)[1]
    begun = time.perf_counter()
    bend = acceleration(counts, choose)
    found = [
        corrected(repeated(drawn(counts, BOOTSTRAPS, seed), choose), whole, bend)
        for seed in range(1, RUNS + 1)
    ]
    return whole, np.array(found), (time.perf_counter() - begun) / RUNS


def judged(published, whole, ends, found):
    """What is missed of a published point and interval."""
    missed = [] if abs(whole / published - 1) <= CLOSEST else ["point"]
    if ends:
        error = DEVIATIONS * found.std(axis=0, ddof=1) * math.sqrt(1 + 1 / RUNS)
        away = np.abs(found.mean(axis=0) - ends)
        missed += [end for end, late in zip(("lower end", "upper end"), away > error, strict=True) if late]
    return missed


def main():
    if not TABLES.exists():
        sys.exit(f"The published tables are not in {TABLES}.")
    print(f"compiled, or fetched from where that was kept, in {compiled():.1f} s\n")
    print(
        f"{'':9}{'':9}{'':>10}   {'point':>17}{'':9}{'interval of 95 %':>16}{'':9}{BOOTSTRAPS:,} bootstraps"
    )
    faults = []
    for name, method, point, ends in PUBLISHED:
        counts = read(TABLES / f"{name}.csv").counts
        whole, found, lasted = intervals(counts, ways(counts)[method])
        missed = judged(point, whole, ends, found)
        if name == "UKdat_5" and lasted > LONGEST:
            missed.append("time")
        told = f"{ends[0]:>9,} to {ends[1]:>7,}" if ends else f"{'–':>9}{'':11}"
        print(f"{name:9}{method:9}  published {point:>9,}          {told}")
        low, high = found[0]
        spread = " ± ".join(
            ["", f"{found.std(axis=0, ddof=1)[0]:,.0f} / {found.std(axis=0, ddof=1)[1]:,.0f}"]
        )
        print(f"{'':18}  here      {whole:>9,.0f} {whole / point - 1:>+7.2%}  {low:>9,.0f} to {high:>7,.0f}"
              f"{spread:22}{lasted:6.2f} s  {'MISSED: ' + ', '.join(missed) if missed else ''}")  # fmt: skip
        faults += [f"{name} {method} {one}" for one in missed]
    if faults:
        sys.exit(f"Missed: {'; '.join(faults)}")


if __name__ == "__main__":
    main()
