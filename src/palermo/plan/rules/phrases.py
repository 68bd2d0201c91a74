"""The words of plans, as data: one file of patterns for each question, in four languages."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

DATA = Path(__file__).with_name("data")


@cache
def alternatives(name: str, table: str) -> dict[str, str]:
    """The patterns of a table, each list of alternatives joined to one regular expression."""
    told = tomllib.loads((DATA / f"{name}.toml").read_text("utf-8"))[table]
    return {key: "|".join(each) for key, each in told.items()}


@cache
def patterns(name: str, table: str) -> dict[str, re.Pattern[str]]:
    """The patterns of a table, compiled; they are meant for text without case and accents."""
    return {key: re.compile(each) for key, each in alternatives(name, table).items()}
