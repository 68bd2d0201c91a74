"""How a text is cut into words that compare alike in four languages, each with its place in the text."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

# Articles and prepositions tell nothing apart: "Minister for Justice", "ministre de la Justice".
FILLERS = frozenset(
    (
        *("a", "an", "the", "of", "for", "s"),
        *("le", "la", "les", "l", "un", "une", "de", "du", "des", "d", "au", "aux", "pour"),
        *("het", "een", "van", "voor", "ter"),
        *("der", "die", "das", "den", "dem", "vom", "zum", "zur", "fur", "im"),
    )
)
# Words that join parties in a list: "Justice with Labour", "Justice en concertation avec le Bureau".
JOINING = frozenset(
    (
        *(
            "with",
            "avec",
            "met",
            "mit",
            "by",
            "par",
            "door",
            "durch",
            "in",
            "under",
            "sous",
            "onder",
            "unter",
        ),
        *("via", "plus", "joint", "lead", "consultation", "concertation", "collaboration", "cooperation"),
        *("coordination", "follow", "suivi", "overleg", "samenwerking", "samenspraak", "opvolging"),
        *("absprache", "zusammenarbeit", "after", "apres", "na", "nach"),
    )
)
# One word for "Ministers of Justice and Home Affairs" and "des Ministers"; "Föderalen" is "Föderale".
OFFICES = {"ministers": "minister", "ministres": "ministre", "ministern": "minister"}
INFLECTED = re.compile(r"(?<=\w{3})(?P<stem>al|lich|isch)(?:e|en|er|em|es)$")
# Words for who holds a portfolio: "Minister of Justice and Security" is not the minister of justice.
HOLDERS = frozenset(
    (
        *("minister", "ministry", "ministre", "ministere", "ministerie", "ministerium", "ministerin"),
        *("department", "departement"),
    )
)
MANY = frozenset(("ngo", "ngos", "ong", "nro", "nros"))  # written with capitals, and part of no portfolio
AND = "&"
CONJUNCTIONS = frozenset(("and", "et", "en", "und", "&"))
TOKEN = re.compile(r"(?:[^\W\d_]\.){2,}[^\W\d_]?(?![^\W_])|[^\W_]+|&", re.UNICODE)
# What separates two mentions: "Cell/Bureau" are two. A hyphen, an apostrophe or the end of a line does not.
BREAK = re.compile(r"[,;:!?/()\[\]{}+|\t•…]|\.(?=\s|$)|\n\s*\n|\s[-–—]\s|[–—]\s")
JOINED = frozenset((" ", "-", "'", "’", ""))
# "FPS (Ministry of) Labour", "Federal Public Service (<i>Ministry of Justice</i>)": it adds nothing.
GLOSS = re.compile(
    r"\((?:<[^>]*>|[*_\s])*(?:ministry|department|minist[eè]re|ministerie|ministerium)\b([^()]*)\)",
    re.IGNORECASE,
)
MARKUP = re.compile(r"</?[a-z][^>]*>|&nbsp;", re.IGNORECASE)
AMPERSAND = re.compile(r"&amp;", re.IGNORECASE)


class Word(NamedTuple):
    """A word as it compares, where it stands, and how it is written there."""

    text: str
    start: int
    end: int
    apart: bool  # a break stands between it and the word before
    capital: bool
    filler: bool


def words_of(text: str) -> list[Word]:
    """The words of a text, left to right. Markup and glosses such as "(Ministry of)" count as spaces."""
    plain = GLOSS.sub(unglossed, AMPERSAND.sub("&    ", MARKUP.sub(blank, text)))
    found: list[Word] = []
    last = 0
    for match in TOKEN.finditer(plain):
        start, end = match.span()
        word = fold(match[0])
        apart = start - last > 1 or plain[last:start] not in JOINED
        apart = apart and bool(found) and BREAK.search(plain, last, start) is not None
        found.append(Word(word, start, end, apart, match[0][0].isupper(), word in FILLERS))
        last = end
    return found


def blank(match: re.Match[str]) -> str:
    """As many spaces as what was found."""
    return " " * len(match[0])


def unglossed(match: re.Match[str]) -> str:
    """A gloss without its brackets and its first word, as long as it was, so that places stay."""
    return match[1].rjust(len(match[0]) - 1) + " "


@lru_cache(maxsize=20_000)
def fold(word: str) -> str:
    """A word without case, accents, inflection and the points of an abbreviation; "and" is one sign."""
    signs = unicodedata.normalize("NFKD", word.casefold())
    plain = "".join(sign for sign in signs if not unicodedata.combining(sign)).replace(".", "")
    return AND if plain in CONJUNCTIONS else INFLECTED.sub(r"\g<stem>e", OFFICES.get(plain, plain))
