"""Commitments that stand in the running text and in no table: who will do what.

A sentence counts when its grammar promises something (a future, a duty, an intention, a standing practice)
and nothing in it says that it tells history, quotes somebody or describes the law.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from palermo.organisations.directory import Directory
from palermo.plan.rules.actors import actor
from palermo.plan.rules.folding import fold
from palermo.plan.rules.phrases import patterns
from palermo.plan.rules.reading import ReadCommitment, ReadMeasure
from palermo.plan.rules.references import stems
from palermo.plan.rules.sections import Heading
from palermo.reading import Paragraph
from palermo.timing import Timing, phrases, read, read_frequency

AGAIN = 0.7  # the share of a row's words from which a sentence says it again
SENTENCE = re.compile(r"(?<=[.!?;])(?<!\s\d\.)(?<!\s\d\d\.)\s+(?=[A-ZÀ-Ý\"“(])")
# "the law adopted in 2013", but not "will be adopted in 2013".
HELPING = ("be", "been", "is", "are", "sera", "seront", "etre", "worden", "wordt", "wird", "werden")
ATTRIBUTE = re.compile(
    "".join(rf"(?<!\b{word} )" for word in HELPING)
    + r"\b(?:\w{3,}(?:ed|ee|ees)|held|made|taken|drawn up|set up|given|begun) $"
)
LONGEST = 2_000  # signs of a sentence; what is longer was put together by no writer
STRENGTHS = ("firm", "standing", "explore")  # the strongest first
SAME = 4  # words that a sentence shares with a row at least, or all that the row has
Line = tuple[Heading | None, Paragraph]


@dataclass(frozen=True)
class Promise:
    """One or more sentences in which the same party promises."""

    text: str
    actor: str | None
    strength: str
    timing: Timing


def read_commitments(
    lines: Sequence[Line], measures: Sequence[ReadMeasure], directory: Directory, language: str
) -> Iterator[ReadCommitment]:
    """The commitments in the running text, in its order; a line may hold several.

    A sentence that says again what a row of its section's table says is no commitment of its own.
    """
    rows: dict[str, list[set[str]]] = {}
    for one in measures:
        rows.setdefault(one.section, []).append(stems(one.text))
    known = patterns("prose", language)
    quoting = False
    for here, line in lines:
        quoted, quoting = quoting, bool(known["quotes_next"].search(fold(line.text[-LONGEST:])))
        if quoted or (here and known["background"].search(fold(here.title))) or len(line.text) < 25:
            continue
        in_table = rows.get(here.number if here else "", [])
        for made in promises(line.text, in_table, directory, language):
            yield ReadCommitment(
                section=here.number if here else "",
                text=made.text,
                actor=made.actor,
                strength=made.strength,
                timing=made.timing,
                place=line.place,
                source=(("", line.text),),
            )


def promises(text: str, rows: Sequence[set[str]], directory: Directory, language: str) -> Iterator[Promise]:
    """The promises of a line: sentences that follow each other are one as long as the same party acts."""
    known = patterns("prose", language)
    open_one: Promise | None = None
    for sentence in SENTENCE.split(text):
        strength = strength_of(sentence, known)
        if strength is None or said_again(sentence, rows):
            made = None
        else:
            who = actor(sentence, verb_of(sentence, known), directory, known["agent"], language)
            made = Promise(sentence.strip(), who, strength, timing(sentence, known))
        if open_one and made and made.actor in {None, open_one.actor}:
            open_one = joined(open_one, made)
            continue
        if open_one:
            yield open_one
        open_one = made
    if open_one:
        yield open_one


def joined(one: Promise, more: Promise) -> Promise:
    """Two sentences of the same promise: as strong as the stronger, with the first time that is named."""
    return Promise(
        f"{one.text} {more.text}",
        one.actor,
        min(one.strength, more.strength, key=STRENGTHS.index),
        one.timing if one.timing.kind != "none" else more.timing,
    )


def said_again(sentence: str, rows: Sequence[set[str]]) -> bool:
    """Whether a sentence holds most of the words of one of these rows."""
    own = stems(sentence)
    return any(len(row & own) >= max(AGAIN * len(row), min(SAME, len(row))) for row in rows if len(row) > 1)


def strength_of(sentence: str, known: dict[str, re.Pattern[str]]) -> str | None:
    """Whether a sentence promises, and how strongly: firm, standing, explore; None for no promise."""
    said = fold(sentence) if len(sentence) <= LONGEST else ""
    if known["against"].search(said):
        return None
    if known["pledge"].search(said):
        return "firm"
    for strength in ("explore", "firm", "standing"):
        if known[strength].search(said):
            return strength
    return None


def verb_of(sentence: str, known: dict[str, re.Pattern[str]]) -> int:
    """Where the verb of a promise stands: the first of those that promise in the sentence."""
    said = fold(sentence)
    return min(
        (
            match.start()
            for name in ("pledge", "explore", "firm", "standing")
            if (match := known[name].search(said))
        ),
        default=0,
    )


def timing(sentence: str, known: dict[str, re.Pattern[str]]) -> Timing:
    """The time that a promise names: a phrase of its own, else how often; `none` where it names none."""
    said = fold(sentence)
    spans = list(of_the_promise(said, verb_of(sentence, known), known["past"]))
    if waits := known["time"].search(said):
        spans.append(waits.span())
    for start, end in spans:
        made = read(sentence[start:end])
        if made.kind in {"window", "relative", "recurring"}:
            return made
    parts = (read_frequency(part) for part in (sentence, *re.split(r"[,;]", sentence)))
    often = next((one for one in parts if one.recurrence or one.at_most), None)
    if often:
        return Timing(
            sentence, "recurring", None, None, None, often.recurrence, often.at_least, often.at_most
        )
    return Timing("", "none")


def of_the_promise(said: str, verb: int, past: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    """The phrases of time that belong to the promise's verb, and not to what the sentence speaks of.

    They open the sentence or stand behind the verb: "The law adopted in 2013 will be revised" names no time.
    """
    for start, end in phrases(said):
        opens = start == 0 and not past.search(said[:verb])
        if opens or (start >= verb and not ATTRIBUTE.search(said[:start])):
            yield start, end
