"""Tables as they stand on the pages of a PDF, and joined over the page breaks that cut them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest

from palermo.reading.lines import Line

ITEM = re.compile(r"^(?:[-–•*▪◦\uf0b7]|\(?[a-z0-9]{1,2}[.)])\s+(?=\S)")
UNFINISHED = re.compile(
    r"(?:[,/+&(–-]|\b(?:the|of|and|or|for|to|in|with|by|de|du|des|la|les|le|et|ou|pour|avec|van|het|een|en"
    r"|voor|met|der|die|das|und|oder|für|mit))$"
)
HEADER_ROWS = 4
Texts = tuple[str | None, ...]


@dataclass(frozen=True)
class Strip:
    """A row as it is drawn on a page; None where nothing closes a cell against its neighbour."""

    texts: Texts
    page: int


@dataclass(frozen=True)
class Piece:
    """What stands of a table on a page, and whether the page ends within its last row."""

    strips: tuple[Strip, ...]
    open: bool = False

    @property
    def width(self) -> int:
        """How many columns it has."""
        return len(self.strips[0].texts)


def piece(rows: Iterable[Sequence[str | None]], page: int, *, cut: bool = False) -> Piece:
    """A piece of a table from the texts of its cells."""
    return Piece(tuple(Strip(tuple(texts), page) for texts in rows), cut)


def joined(found: Iterable[Line | Piece], least: float) -> Iterator[Line | Piece]:
    """Join the pieces of a table: as many columns, nothing between but notes, the header repeated or not.

    Lines smaller than `least` are notes at the foot of a page; they follow the table that goes on.
    """
    waiting: list[Line | Piece] = []  # the last table, and the notes after it
    for one in found:
        held = waiting[0] if waiting else None
        if isinstance(one, Piece) and isinstance(held, Piece) and continues(held, one):
            waiting[0] = together(held, one)
        elif held and isinstance(one, Line) and one.size < least:
            waiting.append(one)
        else:
            yield from waiting
            waiting = [one] if isinstance(one, Piece) else []
            if isinstance(one, Line):
                yield one
    yield from waiting


def continues(held: Piece, new: Piece) -> bool:
    """Whether a table goes on from the one before it."""
    return new.strips[0].page - held.strips[-1].page == 1 and new.width == held.width


def together(held: Piece, new: Piece) -> Piece:
    """A table with its next page: without a repeated header, a row that the page break cut whole again."""
    head = {strip.texts for strip in held.strips[:HEADER_ROWS]}
    more = list(new.strips)
    while more and more[0].texts in head:
        more.pop(0)
    if not more:
        return held
    if held.open or cut(held.strips[-1].texts, more[0].texts):
        last = replace(held.strips[-1], texts=both(held.strips[-1].texts, more.pop(0).texts))
        return Piece((*held.strips[:-1], last, *more), new.open)
    return Piece((*held.strips, *more), new.open)


def cut(last: Texts, first: Texts) -> bool:
    """Whether a row at the top of a page goes on in the middle of what ended the page before."""
    pairs = [(one or "", two) for one, two in zip(last, first, strict=True) if two]
    going = [runs_on(one, two) for one, two in pairs]
    return any(going) and (len(pairs) < len(first) or all(going))


def runs_on(text: str, more: str) -> bool:
    """Whether a text is the end of another."""
    if not text or re.search(r"[.;!?]$", text):
        return False
    if text.endswith(":"):
        return bool(ITEM.match(more))
    begun = ITEM.sub("", text)[:1].isupper()
    return (begun and more[:1].islower()) or bool(UNFINISHED.search(text))


def both(one: Texts, two: Texts) -> Texts:
    """Two strips as one row."""
    return tuple(
        f"{above}\n{below}" if above and below else above or below
        for above, below in zip_longest(one, two, fillvalue="")
    )
