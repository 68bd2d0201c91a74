"""The order of names in a list, in each of the office's languages."""

from __future__ import annotations

import unicodedata


def alphabetical(name: str) -> str:
    """A name without case and accents: Öffentlich stands before Polizei, Économie before Justice."""
    apart = unicodedata.normalize("NFKD", name.casefold())
    return "".join(sign for sign in apart if not unicodedata.combining(sign))
