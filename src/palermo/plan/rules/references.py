"""References from one section to another that lead nowhere, or to a section about something else."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from palermo.plan.rules.folding import fold
from palermo.plan.rules.reading import Doubt
from palermo.plan.rules.sections import Heading
from palermo.reading import Paragraph

REFERENCE = re.compile(
    r"\(?\b(?:see|cf\.?|voir|zie|siehe|vgl\.?)(?: also| aussi| ook| auch)?"
    r"(?: (?:section|chapter|point|point|le point|punt|hoofdstuk|abschnitt|chapitre))?\s+"
    r"(?P<number>\d{1,2}(?:\.\d{1,2}){1,4})\.?\)?",
    re.IGNORECASE,
)
STEM = 6  # signs by which two words are taken for the same
AROUND = 4_000  # signs before and behind a reference that tell what it is about
Line = tuple[Heading | None, Paragraph]


def broken(lines: Sequence[Line], headings: Mapping[str, str]) -> Iterator[Doubt]:
    """The references that a person should look at."""
    if not headings:
        return
    subjects = Subjects(lines, headings)
    before = ""
    for here, line in lines:
        for match in REFERENCE.finditer(line.text):
            own = here.number if here else ""
            around = f"{before[-AROUND:]} {line.text[max(match.start() - AROUND, 0) : match.end() + AROUND]}"
            if match["number"] not in headings or subjects.elsewhere(around, match["number"], own):
                yield Doubt("broken-reference", match[0].strip("() "), line.place)
        before = line.text


class Subjects:
    """The words by which one section can be told from the others."""

    def __init__(self, lines: Sequence[Line], headings: Mapping[str, str]) -> None:
        self.stems: dict[str, set[str]] = {number: stems(title) for number, title in headings.items()}
        for here, line in lines:
            if here:
                self.stems[here.number] |= stems(line.text)
        self.spread = Counter(stem for each in self.stems.values() for stem in each)

    def elsewhere(self, around: str, target: str, own: str) -> bool:
        """Whether the words around a reference are at home in another section and strangers in its target."""
        rare = {stem for stem in stems(around) if 1 < self.spread[stem] <= max(2, len(self.stems) // 4)}
        score = {
            number: sum(1 / self.spread[stem] for stem in rare & each)
            for number, each in self.stems.items()
            if number != own
        }
        best = max(score.values(), default=0.0)
        return bool(rare) and score.get(target, 0.0) * 3 < best


def stems(text: str) -> set[str]:
    """The longer words of a text, cut to their beginning."""
    return {word[:STEM] for word in re.findall(r"[^\W\d_]{5,}", fold(text))}
