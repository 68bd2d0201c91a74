"""A file of the size and form of the release of the United Nations is checked in seconds, fault by fault."""

import random
import time
from collections import Counter

import pytest

from palermo.statistics.checks.check import check
from palermo.statistics.checks.countries import codes
from palermo.statistics.checks.sentences import sentence
from palermo.statistics.sheets import read
from palermo.statistics.tests.release import COLUMNS, cut

ROWS = 58_769
SECONDS = 20  # on a busy machine; four on a quiet one
KINDS = (
    ("Total", ("Total",)),
    ("by form of exploitation", ("Forced labour", "Sexual exploitation")),
    ("by citizenship", tuple(f"Country {number}" for number in range(25))),
)
SIZES = {"Total": 100, "by form of exploitation": 45}
SHARES = (0.3, 0.25, 0.2, 0.25)  # girls, women, boys, men


def table(total):
    """Nine cells that add up: sexes by ages, with their totals."""
    girls, women, boys = (int(total * one) for one in SHARES[:3])
    men = total - girls - women - boys
    inner = {("Female", "0 to 17 years"): girls, ("Female", "18 years or over"): women}
    inner |= {("Male", "0 to 17 years"): boys, ("Male", "18 years or over"): men}
    cells = dict(inner)
    for (sex, age), number in inner.items():
        for key in (("Total", age), (sex, "Total"), ("Total", "Total")):
            cells[key] = cells.get(key, 0) + number
    return cells


def tables():
    """The tables of many countries and years, each as its key and its cells."""
    countries = sorted(one for one in codes() if len(one) == 3)
    for country in countries:
        for indicator in ("Detected trafficking victims", "Persons convicted"):
            for year in range(2003, 2023):
                for kind, categories in KINDS:
                    for category in categories:
                        cells = {("Total", "Total"): 3} if kind == "by citizenship" else table(SIZES[kind])
                        yield (country, indicator, kind, category, str(year)), cells


def planted(dice):
    """The rows of the file, with impossible tables and keys that stand twice, and how many of each."""
    rows, wrong, twice = [], 0, 0
    for key, cells in tables():
        for (sex, age), number in cells.items():
            rows.append([*key, sex, age, "<5" if number < 5 else str(number)])
        if key[2] == "Total" and wrong < 500 and dice.random() < 0.5:
            rows[-1 - dice.randrange(len(cells))][-1] = "1000"
            wrong += 1
        elif key[2] == "by citizenship" and twice < 600 and dice.random() < 0.1:
            rows.append([*rows[-1][:-1], "77"])
            twice += 1
        if len(rows) >= ROWS:
            break
    rows = rows[:ROWS]
    dice.shuffle(rows)
    return rows, wrong, twice


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    rows, wrong, twice = planted(random.Random(7))
    path = tmp_path_factory.mktemp("figures") / "release.csv"
    lines = [",".join((*COLUMNS, "Source")), *(",".join((*row, "GLOTIP")) for row in rows)]
    path.write_text("\n".join(lines) + "\n", "utf-8")
    return path, wrong, twice


def test_a_whole_release_is_checked_in_seconds(figures):
    path, wrong, twice = figures
    begun = time.perf_counter()
    found = check(read(path, COLUMNS), cut())
    assert all(sentence(one) for one in (*found.errors, *found.warnings))
    assert time.perf_counter() - begun < SECONDS
    rules = Counter(one.rule for one in found.errors)
    assert (found.cells, rules["R4"]) == (ROWS, twice)
    broken = {tuple(one.key.values())[:5] for one in found.errors if one.rule in ("R1", "R2")}
    assert len(broken) == wrong > 100
