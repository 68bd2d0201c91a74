"""Signs of a PDF's page that do not say what they look like: drawn bullets, codes without a letter."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

MOST_DRAWN = 300  # of a page
LARGEST = 7.0  # points: a round mark that is larger is no bullet
APART = 25.0  # points between a bullet and its words
# WinAnsiEncoding shows a bullet for every code that has no sign of its own (ISO 32000-1, annex D.2).
SYMBOL = re.compile("[\uf0a7\uf0a8\uf0b7\uf0d8\uf076\uf0fc]")  # bullets of symbol fonts
NO_LETTER = re.compile(r"\(cid:(?:127|129|141|143|144|157)\)")


@lru_cache(4096)
def printed(text: str) -> str:
    """What a reader sees of a sign; a place to hyphenate is a hyphen on paper."""
    if text == "\u00ad":
        return "\u2010"
    if SYMBOL.fullmatch(text):
        return "•"
    return NO_LETTER.sub("•", text) if text.startswith("(cid:") else text


def add_bullets(page: Any) -> None:
    """Put a sign where a list's bullet is drawn as a small round shape before a line."""
    marks = [one for one in page.curves[:MOST_DRAWN] if round_mark(one)]
    for mark in marks:
        middle = (mark["top"] + mark["bottom"]) / 2
        beside = (
            sign
            for sign in page.chars
            if 0 < sign["x0"] - mark["x1"] < APART and sign["top"] < middle < sign["bottom"]
        )
        if first := min(beside, key=lambda sign: sign["x0"], default=None):
            page.chars.append(first | {"text": "•", "x0": mark["x0"], "x1": mark["x1"]})


def round_mark(one: Any) -> bool:
    """Whether a shape is small, filled and as wide as it is high."""
    return bool(one["fill"]) and 0 < one["width"] < LARGEST and abs(one["width"] - one["height"]) < 1
