"""The lines of a PDF's pages: words at the same height, and those that come back on most pages."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from palermo.reading.document import plain

APART = 0.9  # of the letters' size: the white between two groups of words of a line
EDGE = 4  # lines at the top and at the foot of a page that may stand on others too
SAME_HEIGHT = 3.0  # points between the feet of words on one line


class Word(NamedTuple):
    """A word of a line: where it begins and ends."""

    left: float
    right: float
    text: str


@dataclass(frozen=True)
class Line:
    """A line of a page: its words, how large and how high they stand, and where it ends."""

    text: str
    top: float
    bottom: float
    left: float
    right: float
    size: float
    bold: bool
    page: int
    words: tuple[Word, ...] = field(default=(), repr=False)


def page_lines(words: Iterable[Any], number: int) -> Iterator[Line]:
    """The lines of a page's words from top to bottom."""
    open_words: list[Any] = []
    for word in sorted(words, key=lambda word: (word["bottom"], word["x0"])):
        if open_words and word["bottom"] - open_words[0]["bottom"] > SAME_HEIGHT:
            yield line(open_words, number)
            open_words = []
        open_words.append(word)
    if open_words:
        yield line(open_words, number)


def line(words: list[Any], number: int) -> Line:
    """Words at the same height as a line."""
    row = sorted(words, key=lambda word: word["x0"])
    return Line(
        text=plain(" ".join(word["text"] for word in row)),
        top=min(word["top"] for word in row),
        bottom=max(word["bottom"] for word in row),
        left=row[0]["x0"],
        right=row[-1]["x1"],
        size=row[0]["size"],
        bold=all("bold" in word["fontname"].lower() for word in row),
        page=number,
        words=tuple(Word(word["x0"], word["x1"], word["text"]) for word in row),
    )


def running(lines: Sequence[Line], pages: int) -> set[Line]:
    """The lines that are no part of the text: page numbers, and what many pages repeat at the same height.

    A table's header that every page repeats is part of the text: words in columns, and no number among them.
    """
    by_page = [list(group) for _, group in groupby(lines, key=lambda line: line.page)]
    ends = [line for page in by_page for line in edges(page, EDGE)]
    seen = Counter({(shape(line), line.page) for line in ends})
    heights = Counter(one for one, _ in seen)
    return {line for page in by_page for line in edges(page, 2) if page_number(line)} | {
        line
        for line in ends
        if heights[shape(line)] >= min(3, max(pages, 2))
        and heights[shape(line)] * 5 > pages * 2
        and not column_names(line)
    }


def edges(lines: list[Line], many: int) -> list[Line]:
    """The first and the last lines of a page."""
    many = min(many, max(len(lines) // 4, 2))
    return lines if len(lines) <= 2 * many else [*lines[:many], *lines[-many:]]


def page_number(line: Line) -> bool:
    """Whether a line is a number alone that is no year."""
    return bool(re.fullmatch(r"\d{1,4}", line.text)) and not re.fullmatch(r"(?:19|20)\d\d", line.text)


def column_names(line: Line) -> bool:
    """Whether a line may be a table's header."""
    return len(opened(line)) > 1 and not re.search(r"\d", line.text)


def opened(line: Line) -> list[tuple[float, float]]:
    """The wide whites of a line."""
    return [
        (one.right, two.left)
        for one, two in pairwise(line.words)
        if two.left - one.right >= APART * line.size
    ]


def shape(line: Line) -> tuple[str, int]:
    """A line with its numbers made alike, and its height on the page."""
    return re.sub(r"\d+", "#", line.text), round(line.top / 2)
