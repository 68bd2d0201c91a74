"""Who promises in a sentence: the party that is the subject of the promise's verb, else its agent."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from palermo.organisations.directory import Directory, Party
from palermo.plan.rules.folding import fold
from palermo.plan.rules.phrases import patterns

ARTICLE = (
    r"(?:the|an?|its|their|le|la|les|l'|un|une|son|sa|ses|leurs?|het|een|de|zijn|haar|hun|der|die|das|den|dem|eine?"
    r"|ihre?|seine?)"
)
AND = re.compile(
    r"^\s*(?:\([^()]*\))?,?\s*(?:/|\b(?:and|or|et|ou|en|of|und|oder|as well as|ainsi que|alsook|sowie)\b)\s*"
    rf"(?:{ARTICLE}\s*)?$"
)
COMMA = re.compile(rf"^\s*,\s*(?:{ARTICLE}\s*)?$")
Span = tuple[int, int, Party]
Words = Mapping[str, re.Pattern[str]]


def actor(
    sentence: str, verb: int, directory: Directory, agent: re.Pattern[str], language: str
) -> str | None:
    """The party that promises, in the sentence's own words; None where the sentence names none.

    `verb` is the place of the promise's verb. The subject is the nearest party before it that depends on no
    preposition, or the one right behind it, as Dutch and German may have it; else who acts in a passive.
    """
    said = fold(sentence)
    spans = directory.spans(sentence, bare=False)
    before = [one for one in spans if one[1] <= verb]
    words = patterns("actors", language)
    found = (
        subject(said, before, words)
        or inverted(said, verb, spans, words)
        or agent_of(said, verb, spans, agent, words)
        or next((one for one in before if words["people"].search(said[: one[0]])), None)
    )
    return sentence[found[0] : found[1]] if found else None


def subject(said: str, before: Sequence[Span], words: Words) -> Span | None:
    """The nearest party before the verb that depends on nothing; of several joined ones the first."""
    starts = [
        start for at in range(len(before)) if not led(said, before[start := first(said, before, at)], words)
    ]
    return before[starts[-1]] if starts else None


def first(said: str, before: Sequence[Span], at: int) -> int:
    """The first of the parties that are joined with one: by "and", and before that by commas."""
    joined = False
    while at:
        between = said[before[at - 1][1] : before[at][0]]
        if not AND.match(between) and not (joined and COMMA.match(between)):
            break
        joined, at = True, at - 1
    return at


def led(said: str, one: Span, words: Words) -> bool:
    """Whether a preposition stands before a party, or brackets are open there."""
    head = said[: one[0]]
    return head.count("(") > head.count(")") or bool(words["preposition"].search(head))


def inverted(said: str, verb: int, spans: Sequence[Span], words: Words) -> Span | None:
    """The party right behind the verb: "In 2016 zal de dienst ..."."""
    verb_word = re.match(r"\w+", said[verb:])
    end = verb + verb_word.end() if verb_word else verb
    return next(
        (one for one in spans if one[0] >= end and words["between"].fullmatch(said[end : one[0]])), None
    )


def agent_of(
    said: str, verb: int, spans: Sequence[Span], agent: re.Pattern[str], words: Words
) -> Span | None:
    """The party that acts in a passive: "will be done by the service"."""
    for match in agent.finditer(said, verb):
        for one in spans:
            between = said[match.end() : one[0]]
            if one[0] >= match.start() and any(
                words[name].fullmatch(between) for name in ("between", "beside")
            ):
                return one
    return None
