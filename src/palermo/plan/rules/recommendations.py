"""The recommendations of a mechanism's report: numbered paragraphs in which it urges, considers, invites.

A sentence counts when the mechanism itself says it in the present, in one of the words of its scale. One that
recommends in other words is kept with them and without a strength; everything else is narrative.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from rapidfuzz import fuzz

from palermo.errors import Refused, words
from palermo.plan.rules.folding import fold
from palermo.plan.rules.mechanisms import Mechanism, Signs, signs
from palermo.plan.rules.numbered import Numbered, numbered
from palermo.reading import Document, Place

REPEATED = 96.0  # likeness in per cent from which an item of a list repeats what the report said
WHOLE = 40  # signs that a shorter text has at least when it repeats the beginning of a longer one
FAR = 160  # signs between a subject and its verb
LONGEST = 2_000  # signs of a sentence in which a verb is looked for
MOST = 1_000  # recommendations of one report
SENTENCE = re.compile(
    r"(?<=[.!?])(?<!\bart\.)(?<!\bno\.)(?<!\bnr\.)(?<!\bal\.)(?<!\be\.g\.)(?<!\bi\.e\.)(?<!\bpar\.)(?<!\s\d\.)"
    r"\s+(?=[\"“«(]?\s?[A-ZÀ-Ý])"
)
SEE = re.compile(
    r"\((?:see |voir |zie |siehe )?(?:paragraph|paragraphe|par|§|nr|randnummer)\w*\.?[^)]{0,60}\)"
)


@dataclass(frozen=True)
class ReadRecommendation:
    """One recommendation as the report prints it; `rank` is None where its words are not of the scale."""

    number: str
    text: str
    strength: str
    rank: int | None
    place: Place
    listed: bool = False  # it stands in a part that repeats the report's recommendations
    repeated: tuple[Place, ...] = ()  # where else the report says it


@dataclass(frozen=True)
class Verb:
    """What a sentence recommends by: the words as printed and their rank."""

    words: str
    rank: int | None


def read_recommendations(
    document: Document, mechanism: Mechanism, language: str
) -> tuple[ReadRecommendation, ...]:
    """What a mechanism recommends in a report, each once, in the report's order."""
    found: list[ReadRecommendation] = []
    said: list[str] = []
    at_text: dict[str, int] = {}
    for paragraph in numbered(document):
        for one in of_paragraph(paragraph, mechanism, language):
            own = likened(one.text)
            at = at_text.get(own, repeated_at(own, one, said, found))
            if at is None:
                at_text[own] = len(found)
                found.append(one)
                said.append(own)
            else:
                found[at] = joined(found[at], one)
        if len(found) > MOST:
            raise Refused(
                "too-many-recommendations",
                words("{name} seems to hold more than {most} recommendations; no report has as many."),
                words("Check that it is the report, or hand in the part that recommends."),
                name=document.name,
                most=MOST,
            )
    return tuple(found)


def repeated_at(
    own: str, one: ReadRecommendation, said: Sequence[str], found: Sequence[ReadRecommendation]
) -> int | None:
    """Where the report itself has what its list repeats, or the list what the report itself says."""
    for place, (text, known) in enumerate(zip(said, found, strict=True)):
        if known.listed != one.listed and is_repeated(text, own):
            return place
    return None


def of_paragraph(paragraph: Numbered, mechanism: Mechanism, language: str) -> Iterator[ReadRecommendation]:
    """The recommendations of one paragraph: each from its sentence up to the next one that recommends."""
    verbs = list(recommending(SENTENCE.split(paragraph.text), mechanism, signs(language), language))
    for place, (sentences, verb) in enumerate(verbs):
        text = " ".join(sentences)
        if paragraph.items and place == len(verbs) - 1:
            text = "\n".join([text, *paragraph.items])
        yield ReadRecommendation(
            paragraph.number, text, verb.words, verb.rank, paragraph.place, paragraph.listed
        )


def recommending(
    sentences: Iterable[str], mechanism: Mechanism, known: Signs, language: str
) -> Iterator[tuple[list[str], Verb]]:
    """The sentences that recommend, each with those that follow it and only explain it."""
    held: list[str] = []
    by: Verb | None = None
    for sentence in sentences:
        verb = verb_of(sentence, mechanism, known, language) or (
            addressed(sentence, known) if by is None else None
        )
        if verb:
            if by:
                yield held, by
            held, by = [sentence], verb
        elif by:
            held.append(sentence)
    if by:
        yield held, by


def verb_of(sentence: str, mechanism: Mechanism, known: Signs, language: str) -> Verb | None:
    """By what the mechanism recommends in a sentence: the first verb of its scale, else a sign of any."""
    folded = fold(sentence[:LONGEST])
    scale = [(one.said.get(language) or one.said["en"], one.rank) for one in mechanism.strengths]
    graded = [
        (at.start(), Verb(printed(sentence, at), rank))
        for pattern, rank in scale
        if (at := spoken(folded, pattern, mechanism, known))
    ]
    if graded:
        return min(graded, key=lambda one: one[0])[1]
    other = spoken(folded, known.verb, mechanism, known)
    return Verb(printed(sentence, other), None) if other else None


def spoken(folded: str, pattern: re.Pattern[str], mechanism: Mechanism, known: Signs) -> re.Match[str] | None:
    """Where the mechanism says this verb: after its name, right before it, or first of all."""
    subjects = list(mechanism.called.finditer(folded))
    for verb in pattern.finditer(folded):
        if mechanism.begins and not re.search(r"\w", folded[: verb.start()]):
            return verb
        if any(
            is_its_verb(folded[one.end() : verb.start()], folded[verb.end() :], known)
            for one in subjects
            if one.end() <= verb.start()
        ):
            return verb
        if re.match(rf"\s+(?:\w+\s+){{0,2}}(?:{mechanism.called.pattern})", folded[head(verb) :]):
            return verb
    return None


def is_its_verb(between: str, after: str, known: Signs) -> bool:
    """Whether a verb belongs to the name before it, and not to a clause in somebody else's mouth."""
    if len(between) > FAR or re.search(r"[.;:]", between):
        return False
    if not known.clause.search(between):
        return True
    once_more = re.search(rf"{known.joined.pattern}\s*(?:\w+\s+)?$", between)
    return bool(once_more and known.addressed.search(after[:FAR]))


def addressed(sentence: str, known: Signs) -> Verb | None:
    """A sentence that begins with those who are addressed and what they should do."""
    folded = fold(sentence)
    who = known.addressed.search(folded[:80])
    if who is None or len(folded[: who.start()].split()) > 3:
        return None
    rest = folded[who.end() :]
    what = known.should.search(rest)
    if what is None or len(rest[: what.start()].split()) > 3:
        return None
    start = who.end() + what.start(what.lastindex or 0)
    return Verb(sentence[start : who.end() + what.end(what.lastindex or 0)], None)


def printed(sentence: str, verb: re.Match[str]) -> str:
    """The verb as the report prints it; what stands apart in it, apart: “nodigt … uit”."""
    spans = [verb.span(n) for n in range(1, (verb.re.groups or 0) + 1) if verb.span(n) != (-1, -1)]
    return " … ".join(sentence[start:end] for start, end in spans)


def head(verb: re.Match[str]) -> int:
    """Where the first part of a verb ends."""
    return min(verb.end(n) for n in range(1, verb.re.groups + 1) if verb.end(n) != -1)


def likened(text: str) -> str:
    """A text without what may differ when it is repeated: case, signs, the paragraph that it refers to."""
    return " ".join(re.findall(r"[^\W_]+", SEE.sub(" ", fold(text))))


def is_repeated(first: str, second: str) -> bool:
    """Whether of two texts, one of a list and one of the report itself, one says the other again."""
    short, long = sorted((first, second), key=len)
    return fuzz.ratio(first, second) >= REPEATED or (len(short) >= WHOLE and long.startswith(short))


def joined(known: ReadRecommendation, one: ReadRecommendation) -> ReadRecommendation:
    """One recommendation of two passages: the report's own paragraph rather than the list that repeats it."""
    first, second = (one, known) if known.listed and not one.listed else (known, one)
    rest = tuple(dict.fromkeys([*first.repeated, second.place, *second.repeated]))
    return replace(first, number=first.number or second.number, repeated=rest)


def unknown(found: Sequence[ReadRecommendation], texts: Iterable[str]) -> list[ReadRecommendation]:
    """Those of these recommendations whose text is not among the known ones."""
    known = {likened(text) for text in texts}
    return [one for one in found if likened(one.text) not in known]


def typed(text: str) -> ReadRecommendation:
    """A recommendation that a person typed, to be compared with those that are known."""
    return ReadRecommendation("", text, "", None, Place())
