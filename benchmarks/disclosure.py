"""Protection of tables: how many cells are hidden, beside the best known program, and how long it takes.

`palermo bench disclosure [STARTS]` protects the published instances for both attackers (counts 1 to 3 hidden,
zeros published, all margins, width 3, the grand total told), each in one start or in STARTS of them, and has
every result proved by the checker that needs no search. Limits, in one start: 1,750 secondary cells where
hidden cells may be 0, 3,000 where they are 1 at least, and less time than the best known program takes
without a proof (44.7 s); with ten starts or more 1,650. Each is then attacked by both readers, and must
withstand the one for whom it was protected. Then a table with insiders, the attack on what was published (of
Belgium's figures 63 cells follow by one subtraction, of those of eight countries 419), the check of a file as
large as the whole release, and a table of some 100,000 cells: 90 seconds and 2 GB.
"""

import csv
import random
import resource
import sys
import time
from pathlib import Path

import numpy as np

from palermo.statistics import sheets
from palermo.statistics.checks.check import check
from palermo.statistics.disclosure import attack, protection, release, verify
from palermo.statistics.disclosure.grid import grid
from palermo.statistics.figures import Inner
from palermo.statistics.specification import Dimension, Mark, Rule, Specification
from palermo.statistics.tests.release import COLUMNS, cut, part, planted

DATA = Path(__file__).resolve().parents[1].parent / "shared/data/sdc"
INSTANCES = {"inst5_mid": 293, "inst4_150": 110, "inst4_3000": 636, "inst4_30000": 609}  # hidden by the peer
PEER_SECONDS, LARGE_SECONDS, LARGE_GIGABYTES = 44.7, 90, 2
MOST = {0: 1750, 1: 3000}
MANY, MOST_OF_MANY = 10, 1650  # starts
LARGE = (40, 25, 12, 6)
SUBTRACTED = {"BEL": 63, "8eu": 419}  # hidden cells that follow by one subtraction


def table(name):
    """The dimensions of an instance and its inner cells."""
    with (DATA / f"{name}.csv").open(encoding="utf-8") as opened:
        head, *lines = csv.reader(opened)
    parts = [tuple(sorted({line[at] for line in lines})) for at in range(len(head) - 1)]
    dimensions = tuple(
        Dimension(one, of, {"Total": tuple(range(len(of)))}) for one, of in zip(head, parts, strict=False)
    )
    counts = np.zeros([len(of) for of in parts], np.int64)
    for *codes, count in lines:
        counts[tuple(of.index(code) for of, code in zip(parts, codes, strict=True))] = int(count)
    return dimensions, counts


def drawn(people):
    """Dimensions and inner cells as large as a ministry's: people who are spread as people are, unevenly."""
    chance = np.random.default_rng(1)
    dimensions = tuple(
        Dimension(f"d{at}", tuple(f"c{one}" for one in range(size)), {"T": tuple(range(size))})
        for at, size in enumerate(LARGE)
    )
    shares = [chance.dirichlet(np.full(size, 0.6)) for size in LARGE]
    places = [chance.choice(size, people, p=share) for size, share in zip(LARGE, shares, strict=True)]
    counts = np.zeros(LARGE, np.int64)
    np.add.at(counts, tuple(places), 1)
    return dimensions, counts


def protected(dimensions, counts, low, starts=1, insider=""):
    """The rows of a protected table, how many hidden cells are certified, and how long both took."""
    made = Specification("value", dimensions, rule=Rule(hidden_low=low, insider=insider))
    whole = grid(made.dimensions)
    begun = time.perf_counter()
    asked = protection.asked(whole, Inner(counts), made)
    found = protection.protect(whole, asked, starts)
    middle = time.perf_counter()
    rows = list(release.rows(made, whole, (), asked.counts, found))
    proof = release.proof(whole, (), asked, found.moves)
    certified = verify.check(rows, release.certificate(made, [proof]))["certified"]
    return rows, certified, (middle - begun, time.perf_counter() - middle)


def hidden(rows):
    """How many primary and secondary cells there are."""
    return [sum(row["status"] == one for row in rows) for one in ("primary", "secondary")]


def line(rows, certified, times):
    """A protected table as a line."""
    primary, secondary = hidden(rows)
    return (
        f"{primary:5} primary {secondary:5} secondary, {certified / (primary + secondary):.0%} certified in "
        f"whole numbers, {times[0]:6.2f} s + {times[1]:.2f} s of proof"
    )


def attacked(sheet, made):
    """What falls of figures, and that as a line."""
    begun = time.perf_counter()
    found = attack.attack(sheet, made)
    readers = [
        f">= {low}: {one['exact']} exact, {one['too_narrow']} narrow" for low, one in found["by_low"].items()
    ]
    linear, integer = found["programmes"].values()
    return found, (
        f"{found['suppressed']} hidden, {found['one_subtraction']} by one subtraction, {'; '.join(readers)}; "
        f"{linear} linear and {integer} integer programmes, {time.perf_counter() - begun:.1f} s"
    )


def attacked_rows(dimensions, rows):
    """What falls of a protected table, and that as a line."""
    columns = (*(one.name for one in dimensions), "value")
    lines = [[row[one] for one in columns] for row in rows]
    sheet = sheets.Sheet(columns, list(enumerate(lines, start=2)))
    return attacked(sheet, Specification("value", dimensions, mark=Mark("", 0, None)))


def checked():
    """A file as large as the whole release of the United Nations, with planted faults, as a line."""
    lines, wrong, twice = planted(random.Random(7))
    begun = time.perf_counter()
    found = check(sheets.Sheet(COLUMNS, list(enumerate(lines, start=2))), cut())
    return (
        f"{found.cells:,} rows with {wrong} impossible tables and {twice} keys that stand twice: "
        f"{len(found.errors)} errors found in {time.perf_counter() - begun:.1f} s"
    )


def main(starts=1):
    if not DATA.exists():
        sys.exit(f"The published instances are not there: {DATA} holds them.")
    begun = time.perf_counter()
    protection.prepared()
    print(f"compiled, or read as compiled: {time.perf_counter() - begun:.1f} s")
    failed = False
    for low in (0, 1):
        total, seconds = 0, 0.0
        for name, peer in INSTANCES.items():
            dimensions, counts = table(name)
            rows, certified, times = protected(dimensions, counts, low, starts)
            secondary = hidden(rows)[1]
            total, seconds = total + secondary, seconds + sum(times)
            failed |= certified != sum(hidden(rows))
            print(f"hidden >= {low}  {name:12} {line(rows, certified, times)} (peer {peer})")
            fallen, told = attacked_rows(dimensions, rows)
            print(f"             attacked: {told}")
            failed |= fallen["by_low"][str(low)]["exact"] + fallen["by_low"][str(low)]["too_narrow"] > 0
        print(
            f"hidden >= {low}  all: {total} secondary (peer 1648) in {seconds:.1f} s, "
            f"{seconds / PEER_SECONDS:.2f} of the peer's {PEER_SECONDS} s"
        )
        failed |= total > (MOST_OF_MANY if low == 0 and starts >= MANY else MOST[low])
        failed |= starts == 1 and seconds > PEER_SECONDS
    print(f"inst4_150, each person an insider: {line(*protected(*table('inst4_150'), 1, insider='person'))}")
    for name, subtracted in SUBTRACTED.items():
        fallen, told = attacked(*part(name))
        print(f"{name}: {told}")
        failed |= fallen["one_subtraction"] != subtracted
    print(checked())
    rows, certified, times = protected(*drawn(30_000), 0)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e6
    print(f"{len(rows):,} cells: {line(rows, certified, times)}, {memory:.1f} GB in all")
    return failed or sum(times) > LARGE_SECONDS or memory > LARGE_GIGABYTES


if __name__ == "__main__":
    sys.exit(main(*map(int, sys.argv[1:])))
