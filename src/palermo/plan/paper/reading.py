"""A form that came back: what was filled in for each question, and what could not be understood."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings
from django.utils import translation

from palermo.plan.paper.codes import Code, found
from palermo.plan.paper.writing import choose, labels, statuses
from palermo.plan.rules.folding import fold
from palermo.reading.verbatim import Rows, tables


@dataclass(frozen=True)
class Part:
    """What was filled in for one question. `wrong`: why its code says nothing: version, tampered, missing.

    `fields` are the words as they were typed; the status is its code, empty where it was not understood.
    `unread` are words that have no place: beside a label that nobody knows, or a status that is none.
    """

    code: Code | None
    wrong: str
    fields: Mapping[str, str]
    unread: tuple[str, ...] = field(default=())


def parts(path: Path) -> tuple[Part, ...]:
    """The questions of a form, in its order. Raises Refused for a file that is no Word file."""
    known, chosen = vocabulary()
    read = (part(rows, known, chosen) for rows in tables(path))
    return tuple(one for one in read if one is not None)


def vocabulary() -> tuple[dict[str, str], dict[str, str]]:
    """Labels and statuses in every language of the office, as they are compared: the form may be in any."""
    known: dict[str, str] = {}
    chosen: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            known |= {compared(words): name for name, words in labels().items()}
            chosen |= {compared(words): status for status, words in statuses().items()}
            chosen[compared(choose())] = ""
    return known, chosen


def compared(words: str) -> str:
    """Words without what a word processor may change about them."""
    return " ".join(fold(words).strip(" .:?!").split())


def part(rows: Rows, known: Mapping[str, str], chosen: Mapping[str, str]) -> Part | None:
    """One table of the form; None where a table is no part of it."""
    fields: dict[str, str] = {}
    unread: list[str] = []
    code, wrong, marked = None, "missing", False
    for label, *cells in (row for row in rows if row):
        words = "\n".join(one for one in cells if one).strip()
        here, fault = found(f"{label} {words}")
        if here is not None:
            code, wrong, marked = here, fault, True
        elif name := known.get(compared(label), ""):
            fields[name] = f"{fields[name]}\n{words}" if fields.get(name) else words
        elif words or label:
            unread.append(f"{label}: {words}" if words else label)
    if not marked and len(fields) < 3:
        return None
    status = fields.get("status", "")
    if compared(status) not in chosen and status:
        unread.append(status)
    fields["status"] = chosen.get(compared(status), "")
    return Part(code, wrong, fields, tuple(unread))
