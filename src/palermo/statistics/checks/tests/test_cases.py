"""What a check finds in small tables that people can read and correct, and what it does not."""

import re
from pathlib import Path

import pytest
import yaml

from palermo.statistics.checks.check import check
from palermo.statistics.checks.sentences import sentence
from palermo.statistics.sheets import Sheet
from palermo.statistics.specification import specification

SPECIFICATION = """
count: n
group_by: [country, indicator, form, year]
dimensions: {sex: {total: T, parts: [F, M]}, age: {total: T, parts: [child, adult]}}
suppressed: {mark: "<5", low: 0, high: 4}
reference: {instance: first}
"""
COLUMNS = ("country", "indicator", "form", "year", "sex", "age", "n")
USUAL = {"country": "BE", "indicator": "Detected victims", "form": "Total", "year": "2020"}


def cases():
    """The title and the lines of each case."""
    text = Path(__file__).with_name("cases.md").read_text("utf-8")
    for block in text.split("\n## ")[1:]:
        title, *lines = block.strip().splitlines()
        yield pytest.param(lines, id=title)


def cut(lines):
    """The specification of a case."""
    told = yaml.load(SPECIFICATION, yaml.BaseLoader)
    for line in lines:
        if line.startswith("spec "):
            told |= yaml.load(line.removeprefix("spec "), yaml.BaseLoader)
    return specification(told)


def cells(line):
    return [cell.strip() for cell in line.strip().strip("|").split("|")]


def sheet(lines):
    """The rows of the grids of a case."""
    of, ages, rows = dict(USUAL), [], []
    for line in lines:
        if line.startswith("of "):
            words = [part.split(" ", 1) for part in line.removeprefix("of ").split(", ")]
            of, ages = USUAL | dict(words), []
        elif line.startswith("|") and not ages:
            ages = cells(line)[1:]
        elif line.startswith("|"):
            sex, *counts = cells(line)
            for age, written in zip(ages, counts, strict=True):
                each = written.split(" & ") if written else ()
                rows += [[*of.values(), sex, age, count.strip('"')] for count in each]
    return Sheet(COLUMNS, [(number, row) for number, row in enumerate(rows, 2)])


def expected(lines):
    """Each line below a grid: the level, the rule, the key and the words."""
    for line in lines:
        if line.startswith("- ") and line != "- nothing":
            told, words = line.removeprefix("- ").split(": ", 1)
            level, rule, *key = re.split(r" (?=\w+=|R\d)", told)
            yield level, rule, dict(one.split("=", 1) for one in key), words


@pytest.mark.parametrize("lines", [*cases()])
def test_a_table_has_these_findings_and_no_others(lines):
    found = check(sheet(lines), cut(lines))
    left = [(one.level, one.rule, one.key, sentence(one)) for one in (*found.errors, *found.warnings)]
    for level, rule, key, words in expected(lines):
        fitting = [
            one
            for one in left
            if one[:2] == (level, rule) and key.items() <= one[2].items() and words in one[3]
        ]
        assert len(fitting) == 1, f"{level} {rule} {key} {words} is not in {left}"
        left.remove(fitting[0])
    assert left == []


def test_there_are_many_cases_and_some_find_nothing():
    every = [one.values[0] for one in cases()]
    assert len(every) > 60
    assert sum("- nothing" in lines for lines in every) > 15
    assert {one[1] for lines in every for one in expected(lines)} == {f"R{n}" for n in range(1, 13)}
