"""The law and what is reckoned with it, against tables that a jurist can read and correct."""

from datetime import date
from pathlib import Path

import pytest

from palermo.errors import Refused
from palermo.law.file import load
from palermo.law.fines import fine

LAW = load("be")


def lines(name):
    """The cells of each line of a table."""
    told = Path(__file__).with_name(name).read_text("utf-8").splitlines()
    rows = [[cell.strip() for cell in line.strip("|").split("|")] for line in told if line.startswith("|")]
    return [row for row in rows[1:] if not row[0].startswith("-")]


@pytest.mark.parametrize("line", lines("values.md"), ids=lambda line: " ".join(line[:2]))
def test_a_value_is_what_the_table_says(line):
    name, day, told, since, until = line
    if told == "–":
        with pytest.raises(Refused) as refused:
            LAW.on(name, date.fromisoformat(day))
        assert refused.value.code == "not-in-force"
        return
    found = LAW.on(name, date.fromisoformat(day))
    assert f"{found.value} {LAW.values[name].unit}" == told
    assert [found.since.isoformat(), found.until.isoformat() if found.until else "–"] == [since, until]


@pytest.mark.parametrize("line", lines("fines.md"), ids=lambda line: " ".join(line[:3]))
def test_a_fine_comes_to_what_the_table_says(line):
    article, victims, day, *told = line
    if told[0] == "–":
        with pytest.raises(Refused):
            fine(LAW, article, int(victims), date.fromisoformat(day))
        return
    found = fine(LAW, article, int(victims), date.fromisoformat(day))
    assert [str(one) for one in (found.minimum, found.maximum, found.multiplier, found.times_victims)] == told


def test_a_value_that_is_not_known_names_those_that_are():
    with pytest.raises(Refused, match="reflection-period") as refused:
        LAW.on("reflexion", date(2018, 1, 1))
    assert refused.value.code == "unknown-value"
