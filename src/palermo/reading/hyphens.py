"""Words that a line's end cut: whole again, or with the hyphen that they always had.

The document itself is the witness: a word that it writes with a hyphen within a line keeps it, one that it
writes whole loses it, and for any other the more frequent of the two decides.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise

LONGEST = 60  # signs of a word at the end of a line
SOFT = "\u2010\u00ad"  # signs that only a line's end brings about
BROKEN = re.compile(rf"([^\W\d_]+)[-{SOFT}]$")
ENDED = re.compile(r"[^\W\d_]+$")
BEGUN = re.compile(r"[^\W\d_]+")
WORD = re.compile(rf"[^\W\d_]+(?:[-{SOFT}][^\W\d_]+)*")
CLOSE = re.compile(r"(?:\d[-–]|[^\s/]/)$")  # "2015-" and "Justice/" go on without a space
SHARED = {"en", "of", "et", "ou", "und", "oder", "and", "or"}  # "in- en uitvoer"


class Hyphens:
    """What a document tells of its hyphens."""

    def __init__(self, texts: Iterable[Sequence[str]]) -> None:
        texts = [list(lines) for lines in texts]
        self.words = {
            re.sub(f"[{SOFT}]", "-", word.lower())
            for lines in texts
            for line in lines
            for word in WORD.findall(line)
        }
        self.within = {
            word.lower() for lines in texts for line in lines for word in BEGUN.findall(line)[1:-1]
        }
        self.whole = True
        told = [self.told(*pair) for lines in texts for pair in pairwise(lines)]
        self.whole = told.count("") >= told.count("-")

    def told(self, line: str, below: str) -> str | None:
        """The sign that joins two lines as the word is written elsewhere; None where it nowhere is."""
        end, start = BROKEN.search(line[-LONGEST:]), BEGUN.match(below)
        if not end or not start:
            return None
        one, two = end[1].lower(), start[0].lower()
        if not below[:1].islower() or f"{one}-{two}" in self.words:
            return "-"
        return "" if one + two in self.words else None

    def between(self, line: str, below: str) -> str | None:
        """What stands between two lines that run on without a space; None where they do not."""
        end, start = BROKEN.search(line[-LONGEST:]), BEGUN.match(below)
        if not end or not start or start[0] in SHARED:
            close = (CLOSE.search(line) and re.match(r"\w", below)) or self.too_long(line, below)
            return "" if close else None
        told = self.told(line, below)
        if told is not None:
            return told
        return "" if self.whole or line[-1] in SOFT else "-"

    def too_long(self, line: str, below: str) -> bool:
        """Whether a column was too narrow for a word: its halves are no words of the document, it is."""
        end, start = ENDED.search(line[-LONGEST:]), BEGUN.match(below)
        if not end or not start or not below[:1].islower():
            return False
        one, two = end[0].lower(), start[0].lower()
        return one + two in self.within and one not in self.within and two not in self.within

    def lines(self, lines: Iterable[str]) -> list[str]:
        """Lines, where one that ends within a word takes in the next."""
        found: list[str] = []
        for line in lines:
            sign = self.between(found[-1], line) if found else None
            if sign is None:
                found.append(line)
            else:
                head, tail = found[-1][:-LONGEST], found[-1][-LONGEST:]
                found[-1] = head + BROKEN.sub(r"\1", tail) + sign + line
        return found

    def text(self, lines: Iterable[str]) -> str:
        """Lines as one text."""
        return " ".join(self.lines(lines))
