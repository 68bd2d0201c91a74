"""How alike two texts are by their words; it offers candidates and decides nothing."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TypeVar

from rapidfuzz import fuzz

from palermo.plan.rules.folding import fold
from palermo.plan.rules.language import WORDS

K = TypeVar("K")
ENOUGH = 45.0  # likeness in per cent below which a candidate is none
MOST = 5
COMMON = frozenset().union(*WORDS.values())
USUAL = 0.1  # the share of the texts from which a word tells nothing about one of them
MANY = 20  # texts; among fewer every word may tell something


def telling(text: str) -> list[str]:
    """The words of a text that tell something, in their order."""
    found = re.findall(r"[^\W_]+", fold(text))
    return [one for one in found if one not in COMMON and len(one) > 2]


def candidates(text: str, others: Mapping[K, str] | Iterable[tuple[K, str]]) -> list[tuple[K, int]]:
    """The likeliest of these texts with their likeness in per cent, the likeliest first; at most five.

    What every second text of a subject says (“victims”, “trafficking”) makes no two of them alike.
    """
    pairs = others.items() if isinstance(others, Mapping) else others
    known = [(key, telling(other)) for key, other in pairs]
    counted = Counter(word for _key, own in known for word in set(own))
    usual = (
        {word for word, number in counted.items() if number > USUAL * len(known)}
        if len(known) >= MANY
        else set()
    )
    own = " ".join(word for word in telling(text) if word not in usual)
    scored = [
        (key, fuzz.token_set_ratio(own, " ".join(word for word in other if word not in usual)))
        for key, other in known
    ]
    likely = sorted((one for one in scored if one[1] >= ENOUGH), key=lambda one: -one[1])
    return [(key, round(score)) for key, score in likely[:MOST]]
