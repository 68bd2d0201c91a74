"""A file of the size and form of the release of the United Nations is checked, fault by fault."""

import random
from collections import Counter

import pytest

from palermo.statistics.checks.check import check
from palermo.statistics.checks.sentences import sentence
from palermo.statistics.sheets import read
from palermo.statistics.tests.release import COLUMNS, ROWS, cut, planted


@pytest.fixture(scope="module")
def figures(tmp_path_factory):
    rows, wrong, twice = planted(random.Random(7))
    path = tmp_path_factory.mktemp("figures") / "release.csv"
    lines = [(*COLUMNS, "Source"), *((*row, "GLOTIP") for row in rows)]
    path.write_text("".join(",".join(line) + "\n" for line in lines), "utf-8")
    return path, wrong, twice


def test_a_whole_release_is_checked(figures):
    path, wrong, twice = figures
    found = check(read(path, COLUMNS), cut())
    assert all(sentence(one) for one in (*found.errors, *found.warnings))
    rules = Counter(one.rule for one in found.errors)
    assert (found.cells, rules["R4"]) == (ROWS, twice)
    broken = {tuple(one.key.values())[:5] for one in found.errors if one.rule in ("R1", "R2")}
    assert len(broken) == wrong > 100
