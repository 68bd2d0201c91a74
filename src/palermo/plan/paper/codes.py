"""The code under each question of a form: which question it is, and which answer its author had seen."""

from __future__ import annotations

import re
from dataclasses import dataclass

from django.utils.crypto import constant_time_compare, salted_hmac

VERSION = 1  # of the form; a form of another version is not read
CODE = re.compile(r"F(\d{1,3})-(\d{1,12})-(\d{1,12})-(\d{1,12})-(\d{1,6})-([0-9a-f]{20})")


@dataclass(frozen=True)
class Code:
    """The round, the organisation and the question of a part of a form, by their keys.

    `after` is the version of the answer that it was filled with; 0 for none.
    """

    round: int
    organisation: int
    question: int
    after: int

    def __str__(self) -> str:
        told = f"F{VERSION}-{self.round}-{self.organisation}-{self.question}-{self.after}"
        return f"{told}-{proof(told)}"


def proof(told: str) -> str:
    """What only this installation can write behind a code."""
    return salted_hmac("palermo.plan.paper", told, algorithm="sha256").hexdigest()[:20]


def found(text: str) -> tuple[Code | None, str]:
    """The code in a text, and what is wrong with it: "version" or "tampered"; nothing where there is none."""
    match = CODE.search(text)
    if match is None:
        return None, ""
    version, *keys, given = match.groups()
    code = Code(*(int(one) for one in keys))
    if not constant_time_compare(given, proof(match[0].rpartition("-")[0])):
        return code, "tampered"
    return code, "" if int(version) == VERSION else "version"
