"""The directory as a value, without a database: parties by their names and aliases, classes by the day.

A party is found by a whole name or not at all; nothing is guessed.
"""

from __future__ import annotations

import html
import re
import tomllib
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from palermo.errors import Refused, words

DATA = Path(__file__).parent / "data"
LANGUAGES = ("en", "fr", "nl", "de")
TONES = ("duty", "invitation", "information")
ARTICLES = frozenset(
    re.findall(r"\w+", "the le la les l du de des au aux het een van der die das den dem vom zum zur")
)
TOKEN = re.compile(r"[^\W_]+", re.UNICODE)
GLOSS = re.compile(r"\((?:<[^>]*>|\*|\s)*(?:ministry|department)\b(?:\s+of)?\b([^)]*)\)", re.IGNORECASE)
MARKUP = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE)


@dataclass(frozen=True)
class Member:
    """That a party belongs to a body or a class, from a day and until a day; both may be unknown."""

    code: str
    since: date | None
    until: date | None
    source: str
    confidence: str
    role: str = "member"  # or "observer", "chair", "secretariat"

    def on(self, day: date) -> bool:
        """Whether it holds on a day; the last day counts."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Party:
    """A body, a service, a minister's portfolio, or a class of them ("kind" is "party" or "class")."""

    code: str
    kind: str
    sort: str
    names: Mapping[str, str]
    aliases: tuple[str, ...]
    tone: str
    since: date | None
    until: date | None
    source: str
    confidence: str
    site: str = ""
    recognised: tuple[Member, ...] = ()
    members: tuple[Member, ...] = ()

    def exists_on(self, day: date) -> bool:
        """Whether the party exists on a day."""
        return (self.since is None or self.since <= day) and (self.until is None or day <= self.until)


@dataclass(frozen=True)
class Directory:
    """Every party of a country, and how texts speak of them."""

    parties: Mapping[str, Party]
    names: Mapping[tuple[str, ...], Party]
    starts: Mapping[str, int] = field(
        default_factory=dict
    )  # first word of a name -> most words of such a name

    def get(self, code: str) -> Party | None:
        """The party with a code such as "be/fps-foreign-affairs"."""
        return self.parties.get(code)

    def find(self, text: str) -> Party | None:
        """The party of which the whole text is a name or an alias, in any language; else None."""
        return self.names.get(tuple(word for word, _, _ in folded(text)))

    def spans(self, text: str) -> list[tuple[int, int, Party]]:
        """Every mention in a text as (start, end, party), left to right, the longest, none overlapping."""
        tokens = list(folded(text, articles=True))
        found, at = [], 0
        while at < len(tokens):
            match = self._longest(tokens, at)
            if match is None:
                at += 1
                continue
            last, party = match
            found.append((tokens[at][1], tokens[last][2], party))
            at = last + 1
        return found

    def _longest(self, tokens: list[tuple[str, int, int]], at: int) -> tuple[int, Party] | None:
        """The longest name that begins at a token: the place of its last token, and the party."""
        best, taken = None, []
        most = self.starts.get(tokens[at][0], 0)
        for place in range(at, len(tokens)):
            if tokens[place][0] in ARTICLES:
                continue
            taken.append(tokens[place][0])
            if len(taken) > most:
                break
            if party := self.names.get(tuple(taken)):
                best = (place, party)
        return best

    def members(self, code: str, on: date) -> list[Party]:
        """The members of a body or class on a day, observers included, in the order of the data."""
        party = self.parties[code]
        return [self.parties[one.code] for one in party.members if one.on(on)]


def folded(text: str, *, articles: bool = False) -> Iterator[tuple[str, int, int]]:
    """The words of a text for comparing: without case, accents and punctuation, each with its place.

    Leading and inner articles are left out unless asked for; glosses such as "(Ministry of)" and markup too.
    """
    clean = GLOSS.sub(lambda gloss: " " + gloss[1].rjust(len(gloss[0]) - 1), text)
    clean = MARKUP.sub(lambda mark: " " * len(mark[0]), clean)
    for match in TOKEN.finditer(clean):
        word = fold(match[0])
        if articles or word not in ARTICLES:
            yield word, match.start(), match.end()


def fold(word: str) -> str:
    """A word without case and accents."""
    plain = unicodedata.normalize("NFKD", html.unescape(word).casefold())
    return "".join(sign for sign in plain if not unicodedata.combining(sign))


@cache
def load(country: str = "be") -> Directory:
    """The directory of a country from its data file. Raises Refused where the file contradicts itself."""
    return read(DATA / f"{country}.toml")


def read(path: Path) -> Directory:
    """A directory from a data file. Raises Refused with the file and the key at fault."""
    raw = tomllib.loads(path.read_text("utf-8"))
    parties = {code: party(path, code, told) for code, told in raw["party"].items()}
    for one in parties.values():
        for member in one.members:
            if member.code not in parties:
                refuse(path, one.code, f"its member {member.code} is not in the directory")
    names: dict[tuple[str, ...], Party] = {}
    for one in parties.values():
        for name in {*one.names.values(), *one.aliases}:
            key = tuple(word for word, _, _ in folded(name))
            if names.setdefault(key, one) is not one:
                refuse(path, one.code, f"its name “{name}” is also a name of {names[key].code}")
    starts: dict[str, int] = {}
    for key in names:
        starts[key[0]] = max(starts.get(key[0], 0), len(key))
    return Directory(parties, names, starts)


def party(path: Path, code: str, told: Mapping[str, Any]) -> Party:
    """One party from its table in the data file."""
    for needed in ("sort", "names", "tone", "source"):
        if needed not in told:
            refuse(path, code, f"it has no {needed}")
    if set(told["names"]) != set(LANGUAGES) or told["tone"] not in TONES:
        refuse(path, code, "it needs a name in each of en, fr, nl, de and one of the tones")
    return Party(
        code=code,
        kind=told.get("kind", "party"),
        sort=told["sort"],
        names=told["names"],
        aliases=tuple(told.get("aliases", ())),
        tone=told["tone"],
        since=told.get("since"),
        until=told.get("until"),
        source=told["source"],
        confidence=told.get("confidence", "verified"),
        site=told.get("site", ""),
        recognised=periods(path, code, [{"code": code, **one} for one in told.get("recognised", ())]),
        members=periods(path, code, told.get("members", ())),
    )


def periods(path: Path, code: str, told: Any) -> tuple[Member, ...]:
    """Dated memberships or recognitions, refused where one has no source, ends early or overlaps another."""
    found = []
    for one in told:
        if not one.get("source"):
            refuse(path, code, f"{one['code']} has no source")
        confidence = one.get("confidence", "verified")
        made = Member(
            one["code"],
            one.get("since"),
            one.get("until"),
            one["source"],
            confidence,
            one.get("role", "member"),
        )
        if made.since and made.until and made.until < made.since:
            refuse(path, code, f"{made.code} ends before it begins")
        if any(made.code == other.code and overlap(made, other) for other in found):
            refuse(path, code, f"{made.code} belongs to it twice at once")
        found.append(made)
    return tuple(found)


def overlap(one: Member, other: Member) -> bool:
    """Whether two periods share a day."""
    return (one.since or date.min) <= (other.until or date.max) and (other.since or date.min) <= (
        one.until or date.max
    )


def refuse(path: Path, code: str, why: str) -> None:
    """Refuse a data file."""
    raise Refused(
        "directory-broken",
        words("{file}, {party}: {why}."),
        words("Mend the data file and load it again."),
        file=path.name,
        party=code,
        why=why,
    )
