"""What a doubt says to a person; English here, translated where it is shown."""

from __future__ import annotations

from palermo.errors import words
from palermo.plan.rules.reading import Doubt

SENTENCES = {
    "truncated-cell": words("The text breaks off (“{about}”); the rest may stand elsewhere or be lost."),
    "inherited-cell": words("An empty or merged cell: parties or timing were taken from the row above."),
    "several-measures": words(
        "This cell seems to hold several measures; split it if they are followed up apart."
    ),
    "ambiguous-pairing": words(
        "Several types stand against another number of frequencies; which belongs to which is not said."
    ),
    "markup-in-cell": words("Signs of markup stood in the cell and were taken out."),
    "unknown-party": words("“{about}” is not in the directory."),
    "undecided-owner": words("Nobody is responsible yet: “{about}”."),
    "broken-reference": words(
        "“{about}” refers to a section that does not exist or deals with something else."
    ),
    "unread-timing": words("The timing “{about}” was not understood; its words are kept."),
}


def sentence(doubt: Doubt) -> str:
    """The sentence of a doubt in English."""
    return SENTENCES[doubt.code].format(about=doubt.about)
