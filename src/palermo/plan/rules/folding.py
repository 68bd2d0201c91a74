"""Texts without case and accents, as the patterns of this package expect them."""

from __future__ import annotations

import unicodedata
from functools import cache


def fold(text: str) -> str:
    """A text without case and accents, sign for sign, so that places stay; apostrophes are plain."""
    return text.lower() if text.isascii() else "".join(map(folded, text))


@cache
def folded(sign: str) -> str:
    """One sign without case and accent: always one sign."""
    if sign.isascii():
        return sign.lower()
    if sign in "\u2019\u2018":
        return "'"
    plain = "".join(
        one for one in unicodedata.normalize("NFKD", sign.casefold()) if not unicodedata.combining(one)
    )
    return plain[:1] or " "
