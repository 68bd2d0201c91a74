"""Which section a line stands in: numbered headings, with the table of contents as a witness."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from palermo.plan.rules.folding import fold
from palermo.reading import Document, Paragraph, Table

NUMBER = re.compile(r"^(?P<number>\d{1,2}(?:\.\d{1,2}){0,4})\.?\s+(?P<title>\S.*)$")
KIND = (
    r"chapter|section|part|objective|axis|priority|pillar|theme|goal|chapitre|partie|objectif|axe|volet|priorite|pilier"
    r"|hoofdstuk|afdeling|deel|doelstelling|pijler|thema|luik|actielijn|prioriteit|kapitel|abschnitt|teil|ziel|handlungsfeld"
    r"|schwerpunkt"
)
SORT = r"strategic|operational|strategique|operationnel(?:le)?|strategische[sr]?|operationele"
SORT += r"|operative[sr]?|transversale?"
NAMED = re.compile(
    rf"^(?:(?:{SORT})\s+)?(?:{KIND})(?:\s+(?:{SORT}))?\s+(?:n[°o]\.?\s*)?"
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){0,4}|[ivxlc]{1,7})\b[.:)–—\-\s]*(?P<title>.*)$"
)
CONTENTS_LINE = re.compile(r"^(?P<entry>.*\S)(?:\s*(?:\.\s?){3,}\s*|\s*…+\s*|\t+\s*|\s+)\d{1,3}$")
LONGEST = 250  # signs of a heading


@dataclass(frozen=True)
class Heading:
    """A heading that bears a number."""

    number: str
    title: str


def contents(document: Document) -> dict[str, str]:
    """The numbers and folded titles of the document's own table of contents."""
    found: dict[str, str] = {}
    for block in document.blocks:
        line = (
            CONTENTS_LINE.match(block.text)
            if isinstance(block, Paragraph) and len(block.text) < 400
            else None
        )
        match = NUMBER.match(line["entry"]) if line else None
        if match and isinstance(block, Paragraph) and (block.note or "...." in block.text):
            found[match["number"]] = fold(match["title"].strip(" ."))
    return found


def in_sections(document: Document) -> Iterator[tuple[Heading | None, Paragraph | Table]]:
    """Every block with the heading under which it stands; a heading itself comes with its own."""
    known = contents(document)
    here: Heading | None = None
    for block in document.blocks:
        if isinstance(block, Paragraph) and not block.note:
            here = heading(block, here, known) or here
        yield here, block


def is_heading(block: Paragraph, here: Heading | None) -> bool:
    """Whether a paragraph is the heading under which it stands."""
    return here is not None and (block.text.endswith(here.title) and len(block.text) < LONGEST + 20)


def heading(block: Paragraph, here: Heading | None, known: dict[str, str]) -> Heading | None:
    """The heading that a paragraph is, or None."""
    text = block.text.strip()
    if not text or len(text) > LONGEST:
        return None
    if match := NAMED.match(fold(text)):
        title = text[len(text) - len(match["title"]) :] if match["title"] else text
        return (
            Heading(match["number"].upper(), title) if block.level or not text.endswith((".", ";")) else None
        )
    match = NUMBER.match(text)
    if match is None:
        return None
    made = Heading(match["number"], match["title"].strip())
    return made if block.level or plausible(made, here, known, text) else None


def plausible(made: Heading, here: Heading | None, known: dict[str, str], text: str) -> bool:
    """Whether a numbered line without a heading's style is a heading.

    The table of contents decides where it knows the number; else a number in parts is one, and a single
    number only when it follows the chapter before it.
    """
    if text.endswith((";", ",", ":")):
        return False
    if made.number in known:
        title = fold(made.title.strip(" ."))
        shorter, longer = sorted((title, known[made.number]), key=len)
        return longer.startswith(shorter[:40])
    if known and "." not in made.number:
        return False
    if "." in made.number:
        return made.title[:1].isupper() or made.title[:1] in "\"“«'"
    chapter = int(here.number.split(".")[0]) if here and here.number[0].isdigit() else 0
    return int(made.number) == chapter + 1 and not text.endswith(".") and len(text) < 150
