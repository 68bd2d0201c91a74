"""The release of the United Nations as it is cut: files beside the project, which are not part of it."""

from pathlib import Path

import yaml

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


def part(name):
    """The figures of a part of the release, and how they are cut; nothing where it is not there."""
    path = DATA / f"unodc_glotip_{name}.csv"
    return (read(path, COLUMNS), cut()) if path.exists() else None


def cut():
    """How the release is cut."""
    return specification(yaml.load(CUT, yaml.BaseLoader))
