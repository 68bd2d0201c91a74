"""What the text of a count tells: between which numbers it lies, and what is wrong with how it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from palermo.statistics.specification import Mark

MOST = 15  # digits; no count of people has more
PLAIN = re.compile(r"[0-9]+")
THOUSANDS = re.compile(r"[0-9]{1,3}(?:([,.'’ \u00a0\u202f])[0-9]{3})(?:\1[0-9]{3})*")
DECIMAL = re.compile(r"[0-9]+[.,]0*")
NEGATIVE = re.compile(r"[-−–][0-9]+(?:[.,][0-9]+)?")


@dataclass(frozen=True, slots=True)
class Count:
    """The least and the most that a text tells; `fault` says how it is wrongly written, or nothing."""

    low: int
    high: int | None  # None: as many as one likes
    fault: str = ""


UNKNOWN = (0, None)


def count(text: str, mark: Mark | None) -> Count:
    """What a text tells; one that cannot be read may be any count, and has a fault (rule R5)."""
    if mark is not None and text == mark.text:
        return Count(mark.low, mark.high)
    if PLAIN.fullmatch(text) and len(text) <= MOST:
        return Count(int(text), int(text))
    if mark is not None and text.strip() == mark.text.strip():
        return Count(mark.low, mark.high, "spaces")
    return faulty(text)


def faulty(text: str) -> Count:
    """What a text tells that is no plain whole number."""
    bare = text.strip()
    if not bare:
        return Count(*UNKNOWN, "blank")
    if len(bare) > 2 * MOST:
        return Count(*UNKNOWN, "no-count")
    for pattern, fault in ((PLAIN, "spaces"), (THOUSANDS, "thousands"), (DECIMAL, "decimals")):
        if pattern.fullmatch(bare):
            whole = re.split(r"[.,]", bare)[0] if fault == "decimals" else re.sub(r"[^0-9]", "", bare)
            return known(whole, fault)
    return Count(*UNKNOWN, "negative" if NEGATIVE.fullmatch(bare) else "no-count")


def known(digits: str, fault: str) -> Count:
    """The count that was meant, where it is not beyond any count of people."""
    if len(digits) > MOST:
        return Count(*UNKNOWN, "no-count")
    return Count(int(digits), int(digits), fault)
