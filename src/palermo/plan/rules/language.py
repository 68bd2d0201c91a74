"""Which language a document is written in, by its commonest words."""

from __future__ import annotations

import re
from collections import Counter

from palermo.plan.rules.folding import fold
from palermo.reading import Document, Paragraph

COMMON = {
    "en": "the of and to in is for on that with be by are this as it from will or which",
    "fr": "le la les des et du une dans est pour par sur au que qui sont ce avec aux sera",
    "nl": "het een van en in de is voor op dat met door zijn te aan wordt worden bij ook niet",
    "de": "der die und das den von zu mit ist des im fur auf dem nicht ein eine wird sich werden",
}
WORDS = {language: frozenset(words.split()) for language, words in COMMON.items()}
ENOUGH = 20_000  # signs


def language_of(document: Document) -> str:
    """The language of most words; English where nothing tells."""
    taken: list[str] = []
    for block in document.blocks:
        taken += (
            [block.text]
            if isinstance(block, Paragraph)
            else [c.text for row in block.rows for c in row.cells]
        )
        if sum(map(len, taken)) > ENOUGH:
            break
    counts = Counter(re.findall(r"[^\W\d_]+", fold(" ".join(taken))))
    votes = {language: sum(counts[word] for word in words) for language, words in WORDS.items()}
    return max(votes, key=lambda language: votes[language])
