"""What the directory knows: parties, their dated memberships, and the names by which texts speak of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import NamedTuple

from palermo.organisations.directory.text import AND, HOLDERS, JOINING, MANY, Word, fold, words_of

EXPLAINED = re.compile(r"^(?P<name>[^()]+)\((?P<again>[^()]+)\)\s*$")
ENOUGH = 3  # mentions of another country by which a text is about it


@dataclass(frozen=True)
class Member:
    """That a party belongs to a body or a class, or is recognised, from a day and until a day."""

    code: str
    since: date | None
    until: date | None
    source: str
    confidence: str
    role: str = "member"  # or "chair", "secretariat", "observer"

    def on(self, day: date) -> bool:
        """Whether it holds on a day; the last day counts, an unknown bound excludes nothing."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Contact:
    """A published way to reach a party: kind is "web", "email" or "phone"; never a person's."""

    kind: str
    value: str
    source: str
    confidence: str


@dataclass(frozen=True)
class Party:
    """A body, a service, a minister's portfolio, or a class of them ("kind" is "party" or "class")."""

    code: str
    kind: str
    sort: str
    names: Mapping[str, str]  # language -> name; en, fr, nl, de
    aliases: tuple[str, ...]
    tone: str  # "duty", "invitation" or "information"
    since: date | None
    until: date | None
    source: str
    confidence: str  # "verified" or "to verify"
    contacts: tuple[Contact, ...] = ()
    recognised: tuple[Member, ...] = ()
    members: tuple[Member, ...] = ()


@dataclass(frozen=True)
class Name:
    """What a sequence of words means, and how it must stand in a text to mean it."""

    party: Party
    breaks: frozenset[int] = frozenset()  # the words before which the name itself has a break
    bare: bool = False  # a portfolio's words alone: they mean a minister only where they stand alone
    common: bool = False  # an ordinary word: not part of somebody else's longer name
    capital: bool = False  # one word, written with a capital


class Mention(NamedTuple):
    """A name found in a text: its first and last word there."""

    first: int
    last: int
    name: Name


@dataclass(frozen=True)
class Directory:
    """Every party of a country, and how texts speak of them."""

    parties: Mapping[str, Party]
    names: Mapping[tuple[str, ...], Name]
    starts: Mapping[str, int]  # first word of a name -> most words of such a name
    foreign: frozenset[str] = frozenset()  # words that say that another country's party is meant
    home: frozenset[str] = frozenset()  # words that speak of this country and its bodies
    abroad: Mapping[str, frozenset[str]] = field(default_factory=dict)  # another country -> words of it

    def for_text(self, text: str) -> Directory:
        """The directory by which a text is read: this one, or an empty one where another country speaks.

        "Ministry of Justice" is a name in any country; which one is meant is told by the whole text.
        """
        counts: Counter[str] = Counter()
        for word, times in Counter(re.findall(r"[^\W\d_]{2,}", text)).items():
            counts[fold(word)] += times
        here = sum(counts[word] for word in self.home)
        elsewhere = max((sum(counts[word] for word in each) for each in self.abroad.values()), default=0)
        return Directory({}, {}, {}) if elsewhere > here and elsewhere >= ENOUGH else self

    def get(self, code: str) -> Party | None:
        """The party with a code such as "be/fps-foreign-affairs"."""
        return self.parties.get(code)

    def find(self, words: str) -> Party | None:
        """The party of which the whole text is a name or an alias, in any language; else None.

        "NISSO (National Institute …)" is a name too, where both halves name the same party.
        """
        if party := self._whole(words):
            return party
        halves = EXPLAINED.match(words)
        party = self._whole(halves["name"]) if halves else None
        return party if halves and party is self._whole(halves["again"]) else None

    def spans(self, text: str, *, bare: bool = True) -> list[tuple[int, int, Party]]:
        """Every mention in a text as (start, end, party), left to right, the longest, none overlapping.

        Bare portfolios ("Justice, Asylum and Migration") count where nothing but other mentions and breaks
        stands beside them; with `bare` off, as in running prose, they never do.
        """
        words = words_of(text)
        found = self._mentions(words)
        firsts, lasts = {one.first for one in found}, {one.last for one in found}
        kept = []
        for one in found:
            if one.name.bare:
                meant = bare and self._alone(words, one, firsts, lasts)
            else:
                meant = self._own(words, one, firsts)
            if meant:
                start, end = words[one.first].start, words[one.last].end
                kept.append((start, closed(text, start, end), one.name.party))
        return kept

    def members(self, code: str, on: date) -> list[Party]:
        """The members of a body or class on a day, observers included, in the order of the data."""
        return [self.parties[one.code] for one in self.parties[code].members if one.on(on)]

    def _whole(self, text: str) -> Party | None:
        told, breaks = key(words_of(text))
        name = self.names.get(told)
        return name.party if name and breaks <= name.breaks else None

    def _mentions(self, words: list[Word]) -> list[Mention]:
        found, place = [], 0
        while place < len(words):
            match = self._longest(words, place) if words[place].text in self.starts else None
            if match:
                found.append(match)
            place = match.last + 1 if match else place + 1
        return found

    def _longest(self, words: list[Word], first: int) -> Mention | None:
        """The longest name that begins at a word."""
        best: Mention | None = None
        taken: list[str] = []
        breaks: set[int] = set()
        most = self.starts[words[first].text]
        for place in range(first, len(words)):
            word = words[place]
            if word.apart and place > first:
                breaks.add(len(taken))
            if word.filler:
                continue
            if len(taken) == most:
                break
            taken.append(word.text)
            name = self.names.get(tuple(taken))
            if name and breaks <= name.breaks and (words[first].capital or not name.capital):
                best = Mention(first, place, name)
        return best

    def _alone(self, words: list[Word], one: Mention, firsts: set[int], lasts: set[int]) -> bool:
        """Whether nothing but breaks, other mentions and words that join parties stands beside a mention."""
        return joined(words, one.first, -1, lasts) and joined(words, one.last, 1, firsts)

    def _own(self, words: list[Word], one: Mention, firsts: set[int]) -> bool:
        """Whether a mention is neither another country's party nor a piece of somebody else's longer name."""
        before, after = neighbour(words, one.first, -1), neighbour(words, one.last, 1)
        if any(place is not None and words[place].text in self.foreign for place in (before, after)):
            return False
        if self._named_behind(words, one) or longer(words, one, firsts):
            return False
        if not one.name.common or not words[one.first].capital:
            return True
        longer_left = before is not None and words[before].capital and words[before].text != AND
        longer_right = after is not None and words[after].capital and after not in firsts
        return not (longer_left or longer_right)

    def _named_behind(self, words: list[Word], one: Mention) -> bool:
        """Whether another country stands by itself behind a mention: "Ministry of Justice (France)"."""
        place = one.last + 1
        by_itself = place + 1 >= len(words) or words[place + 1].apart
        return place < len(words) and by_itself and words[place].text in self.foreign


def longer(words: list[Word], one: Mention, firsts: set[int]) -> bool:
    """Whether a portfolio goes on behind a mention, as in "Ministry of Health and Sport"."""
    joint = neighbour(words, one.last, 1)
    if words[one.first].text not in HOLDERS or joint is None or words[joint].text != AND:
        return False
    behind = neighbour(words, joint, 1)
    return (
        behind is not None and words[behind].capital and not (behind in firsts or words[behind].text in MANY)
    )


def closed(text: str, start: int, end: int) -> int:
    """The end of a mention, with the bracket that closes one opened inside it."""
    inside = text[start:end]
    if inside.count("(") <= inside.count(")"):
        return end
    place = text.find(")", end)
    return end if place < 0 else place + 1


def key(words: list[Word]) -> tuple[tuple[str, ...], frozenset[int]]:
    """The telling words of a name or a text, and the places of those before which a break stands."""
    told: list[str] = []
    breaks: set[int] = set()
    for word in words:
        if word.apart and told:
            breaks.add(len(told))
        if not word.filler:
            told.append(word.text)
    return tuple(told), frozenset(breaks - {len(told)})


def joined(words: list[Word], place: int, step: int, others: set[int]) -> bool:
    """Whether a mention's side is free: a break, a joining word, or "and" with another mention behind it."""
    beside = neighbour(words, place, step)
    if beside is not None and words[beside].text == AND:
        beside = neighbour(words, beside, step)
        if beside in others:
            return True
    return beside is None or words[beside].text in JOINING


def neighbour(words: list[Word], place: int, step: int) -> int | None:
    """The nearest word to the left (-1) or right (1) that tells something; None where a break comes first."""
    while 0 <= place + step < len(words):
        if words[place if step < 0 else place + step].apart:
            return None
        place += step
        if not words[place].filler:
            return place
    return None
