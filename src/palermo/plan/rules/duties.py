"""Duties to evaluate: a measure's own words, or a clause of the plan that binds every measure of a topic."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from palermo.plan.rules.folding import fold
from palermo.plan.rules.phrases import patterns
from palermo.plan.rules.reading import ReadMeasure, ReadObligation
from palermo.plan.rules.sections import Heading
from palermo.reading import Paragraph

TOPICS = patterns("duties", "topics")
LONGEST = 2_000  # signs of a sentence
EVALUATION = patterns("duties", "evaluation")


def topics(text: str) -> tuple[str, ...]:
    """What a measure does, as far as a clause may speak of it: training, awareness, by its own words."""
    folded = fold(text)
    return tuple(name for name, pattern in TOPICS.items() if pattern.search(folded))


def obligations(lines: Sequence[tuple[Heading | None, Paragraph]]) -> list[ReadObligation]:
    """The sentences that make every initiative of a kind include an evaluation."""
    found = []
    for here, line in lines:
        for sentence in re.split(r"(?<=[.;])\s+", line.text):
            if len(sentence) > LONGEST:
                continue
            said = fold(sentence)
            if all(pattern.search(said) for pattern in EVALUATION.values()) and (kinds := topics(sentence)):
                found.append(ReadObligation(here.number if here else "", sentence.strip(), kinds, line.place))
    return found


def with_duties(measures: Sequence[ReadMeasure], bound: Sequence[ReadObligation]) -> list[ReadMeasure]:
    """The measures with their topics and with where a duty to evaluate comes from."""
    return [
        replace(one, topics=(kinds := topics(one.text)), evaluation=evaluation_source(one.text, kinds, bound))
        for one in measures
    ]


def evaluation_source(text: str, kinds: Sequence[str], bound: Sequence[ReadObligation]) -> str:
    """Where a duty to evaluate comes from: "own words", the section of a clause, or nowhere (empty)."""
    if EVALUATION["evaluates"].search(fold(text)):
        return "own words"
    return next((one.section or "plan" for one in bound if set(one.topics) & set(kinds)), "")
