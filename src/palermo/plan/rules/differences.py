"""What a document says anew: its rows against the rows that are known, by section and likeness of text.

A row is compared with the row as it was last read, not with what a person made of it, so that a row that was
mended, split or refused comes back unchanged as long as the document says the same.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rapidfuzz import fuzz

SAME_SECTION = 65.0  # likeness in per cent from which two texts of one section are one row
OTHER_SECTION = 85.0  # from which a row has moved to another section
MERELY_PLACE = frozenset(
    {"place", "doubts"}
)  # where a row stands and what is unsure of it is not what it says


@dataclass(frozen=True)
class Entry:
    """A row to compare: `key` is whatever names it to the caller; `reading` is the row as it was read."""

    key: int
    kind: str
    section: str
    text: str
    reading: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Match:
    """A row of the document, the known row that it is (None: it is new), and which parts differ."""

    key: int
    known: int | None
    parts: tuple[str, ...] = ()

    @property
    def difference(self) -> str:
        """added, changed or unchanged."""
        if self.known is None:
            return "added"
        return "changed" if self.parts else "unchanged"


def compare(document: Sequence[Entry], known: Sequence[Entry]) -> tuple[list[Match], list[int]]:
    """Match each row of a document with at most one known row; the rest of the known rows are missing.

    Equal rows first, in their order; then the most alike first. Rows of different kinds never match.
    Returns the matches in the document's order and the keys of what is missing in the known order.
    """
    pairs = exact_pairs(document, known)
    taken = set(pairs.values())
    pairs |= alike_pairs(
        [one for one in document if one.key not in pairs], [one for one in known if one.key not in taken]
    )
    by_key = {one.key: one for one in known}
    matches = [
        Match(one.key, pairs[one.key], differing(one, by_key[pairs[one.key]]))
        if one.key in pairs
        else Match(one.key, None)
        for one in document
    ]
    found = set(pairs.values())
    return matches, [one.key for one in known if one.key not in found]


def exact_pairs(document: Iterable[Entry], known: Iterable[Entry]) -> dict[int, int]:
    """Rows whose section and text are the same but for case and spaces; the first with the first.

    Among several with one text, a row with the same reading goes first: two authorities may have promised
    the same in the same words.
    """
    waiting: dict[tuple[str, str, str], list[Entry]] = defaultdict(list)
    for one in known:
        waiting[identity(one)].append(one)
    pairs = {}
    for one in document:
        candidates = waiting[identity(one)]
        if candidates:
            best = next((other for other in candidates if not differing(one, other)), candidates[0])
            candidates.remove(best)
            pairs[one.key] = best.key
    return pairs


def alike_pairs(document: Sequence[Entry], known: Sequence[Entry]) -> dict[int, int]:
    """The most alike rows of the same kind, each used once; below the threshold nothing matches."""
    scored = []
    folded = [(other, fold(other.text)) for other in known]
    for place, one in enumerate(document):
        own = fold(one.text)
        for rank, (other, text) in enumerate(folded):
            score = likeness(one, own, other, text)
            if score is not None:
                scored.append((-score, place, rank))
    pairs: dict[int, int] = {}
    used: set[int] = set()
    for _score, place, rank in sorted(scored):
        if document[place].key not in pairs and rank not in used:
            pairs[document[place].key] = known[rank].key
            used.add(rank)
    return pairs


def likeness(one: Entry, own: str, other: Entry, text: str) -> float | None:
    """How alike two rows are, in per cent, when they are alike enough to be one row.

    The same section counts ten: of two equally like rows the one that did not move is the same.
    """
    if one.kind != other.kind:
        return None
    same = one.section == other.section
    cutoff = SAME_SECTION if same else OTHER_SECTION
    score = fuzz.ratio(own, text, score_cutoff=cutoff) or fuzz.token_sort_ratio(
        own, text, score_cutoff=cutoff
    )
    return score + 10 * same if score else None


def differing(one: Entry, other: Entry) -> tuple[str, ...]:
    """The names of the parts that do not say the same, in alphabetical order."""
    names = (one.reading.keys() | other.reading.keys()) - MERELY_PLACE
    differ = {name for name in names if one.reading.get(name) != other.reading.get(name)}
    if one.section != other.section:
        differ.add("section")
    if fold(one.text) != fold(other.text):
        differ.add("text")
    else:
        differ.discard("text")  # spaces and capitals alone are no news
    return tuple(sorted(differ))


def identity(one: Entry) -> tuple[str, str, str]:
    """What two readings of one row share."""
    return one.kind, one.section, fold(one.text)


def fold(text: str) -> str:
    """A text without case, accents' composition, punctuation and spaces, as likeness compares it."""
    plain = unicodedata.normalize("NFKC", text).casefold()
    return re.sub(r"[\W_]+", " ", plain).strip()
