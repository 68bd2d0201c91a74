"""The release of the United Nations: how it is cut, parts of it, and a file that is like it in size."""

from pathlib import Path

import yaml

from palermo.statistics.checks.countries import codes
from palermo.statistics.sheets import read
from palermo.statistics.specification import specification

DATA = Path(__file__).resolve().parents[5] / "shared/data"
COLUMNS = ("Iso3_code", "Indicator", "Dimension", "Category", "Year", "Sex", "Age", "txtVALUE")
CUT = """
count: txtVALUE
group_by: [Iso3_code, Indicator, Dimension, Category, Year]
dimensions:
  Sex: {total: Total, parts: [Female, Male]}
  Age: {total: Total, parts: ["0 to 17 years", "18 years or over"]}
suppressed: {mark: "<5", low: 0, high: 4}
"""
ROWS = 58_769
KINDS = (
    ("Total", ("Total",)),
    ("by form of exploitation", ("Forced labour", "Sexual exploitation")),
    ("by citizenship", tuple(f"Country {number}" for number in range(25))),
)
SIZES = {"Total": 100, "by form of exploitation": 45}
SHARES = (0.3, 0.25, 0.2, 0.25)  # girls, women, boys, men


def part(name):
    """The figures of a part of the release, and how they are cut; nothing where it is not there."""
    path = DATA / f"unodc_glotip_{name}.csv"
    return (read(path, COLUMNS), cut()) if path.exists() else None


def cut():
    """How the release is cut."""
    return specification(yaml.load(CUT, yaml.BaseLoader))


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
