"""The table of cases, read line by line."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

TABLE = Path(__file__).with_name("cases.md")
WITH_PROVISIONAL = "2018-03-01 detected; 2018-03-01 statement; 2018-03-02 centre; 2018-03-10 provisional; "
SIMPLE = {
    "centre": "centre_accepted",
    "statement": "statement_made",
    "asked": "prosecutor_asked",
    "contact": "contact_renewed",
    "stopped": "cooperation_stopped",
    "proceedings-ended": "proceedings_ended",
    "charge": "charge_kept",
    "humanitarian": "humanitarian_requested",
    "extended": "document_extended",
    "renewed": "document_renewed",
}
SAYS = {
    "answered": ("prosecutor_answered", ("still_victim", "proceedings_ongoing", "willing", "ties_broken")),
    "opinion": ("labour_prosecutor_opinion", ("favourable",)),
    "danger": ("danger_assessed", ("danger",)),
    "ended": ("ended", ("ground",)),
}
DOCUMENTS = ("order-to-leave-45", "annex-15", "provisional", "temporary", "unlimited")
MOVES = {
    "reflection": "issue-reflection-document",
    "provisional": "issue-provisional-document",
    "extend": "extend-provisional-document",
    "ask": "ask-prosecutor",
    "temporary": "issue-temporary-document",
    "renew": "renew-temporary-document",
    "unlimited": "grant-unlimited",
    "humanitarian": "request-humanitarian",
}
ALWAYS = {"end:voluntary-return", "end:other"}
GROUNDS = ("no-statement", "contact-renewed", "danger", "cooperation-stopped", "proceedings-ended", "fraud")
EVERY = {*MOVES.values(), *(f"end:{ground}" for ground in GROUNDS), *ALWAYS}
# From the next stage on a move of an earlier one is told no more.
OVER_IN_PROVISIONAL = {"issue-reflection-document", "issue-provisional-document"}
OVER_IN_TEMPORARY = {
    *OVER_IN_PROVISIONAL,
    *("extend-provisional-document", "ask-prosecutor", "issue-temporary-document"),
}
OVER = {
    "reflection": {"issue-reflection-document"},
    "provisional": OVER_IN_PROVISIONAL,
    "provisional-extended": OVER_IN_PROVISIONAL,
    "temporary": OVER_IN_TEMPORARY,
    "unlimited": {*OVER_IN_TEMPORARY, "renew-temporary-document"},
}


def lines() -> Iterator[dict[str, str]]:
    """Each case with its cells by the title of their column."""
    titles: list[str] = []
    for number, line in enumerate(TABLE.read_text("utf-8").splitlines(), start=1):
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if not line.startswith("|") or set(cells[0]) == {"-"}:
            continue
        if cells[0] == "What it shows":
            titles = cells
        else:
            yield {**dict(zip(titles, cells, strict=True)), "Line": str(number)}


def case(line: dict[str, str]) -> dict[str, Any]:
    """A line as a case in JSON."""
    told = line["Events"].replace("… ", WITH_PROVISIONAL)
    events = [event(one.strip()) for one in told.split(";")]
    return {"as_of": line["As of"], "person": person(line["Person"]), "events": events}


def person(words: str) -> dict[str, Any]:
    """A person from the words of a line."""
    told: dict[str, Any] = {"citizenship": [], "born_on": "1990-01-01", "ground": "trafficking"}
    rest = iter(words.split())
    for word in rest:
        if word == "born":
            born = next(rest)
            told["born_on"] = None if born == "unknown" else born
        elif word == "in":
            told["exploited_in"] = next(rest).split(",")
        elif word == "unaccompanied":
            told["unaccompanied_minor"] = True
        elif word == "diplomat":
            told["diplomatic_household"] = True
        elif word == "no-proceedings":
            told["belgian_proceedings"] = False
        elif word.startswith("smuggling"):
            told["ground"] = word
        else:
            told["citizenship"].append(word)
    return told


def event(words: str) -> dict[str, Any]:
    """An event from the words of a line."""
    on, name, *rest = words.split()
    if name in SAYS and rest:
        kind, fields = SAYS[name]
        return {"on": on, "type": kind, **dict(zip(fields, rest, strict=True))}
    told = {"on": on, "type": SIMPLE.get(name, name)}
    if name in DOCUMENTS:
        told |= {"type": "document_issued", "kind": name}
    return told | ({"until": rest[1]} if rest else {})


def move(words: str) -> str:
    """A move by its short name."""
    return MOVES.get(words, words.replace("end ", "end:"))


def moves(cell: str) -> set[str]:
    """The moves of a cell."""
    return {move(one.strip()) for one in cell.split(",") if one.strip() not in ("–", "")}


def codes(cell: str) -> dict[str, list[str]]:
    """What a cell says of each of some moves or events."""
    pairs = (one.split(":") for one in cell.split(";") if one.strip())
    return {name.strip(): sorted(why.split()) for name, why in pairs}
