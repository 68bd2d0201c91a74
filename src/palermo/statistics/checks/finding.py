"""What a check found: the rule, the cell, and a code with its particulars; `sentences` says it in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

ERROR, WARNING = "error", "warning"


@dataclass(frozen=True)
class Finding:
    """One cause: what cannot be true (an error), or what is probably wrong or could not be asked."""

    rule: str  # R1 to R12
    code: str  # a sentence of `sentences`
    key: Mapping[str, str]  # the columns that name the cell, or the table
    params: Mapping[str, object] = field(default_factory=dict)
    level: str = ERROR

    @property
    def order(self) -> tuple[int, list[tuple[str, str]], str]:
        """Where it stands in an answer: by rule, then by cell, however the rows of the file were ordered."""
        return int(self.rule[1:]), list(self.key.items()), self.code
