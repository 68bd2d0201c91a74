"""What a fine comes to: amount, surcharge, number of victims; each with its source."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from palermo.errors import Refused, words
from palermo.law.value import Law, Version


@dataclass(frozen=True)
class Fine:
    """A fine in euro, and how it is reckoned: the amounts times the multiplier times the victims."""

    article: str
    minimum: int | float
    maximum: int | float
    multiplier: int | float
    times_victims: int  # 1 where the law does not count victims
    penalty: Version
    surcharge: Version
    per_victim: Version


def articles(law: Law) -> list[str]:
    """The articles of which a penalty is known, in the order of the files."""
    return [value.name for value in law.values.values() if value.unit == "penalty"]


def fine(law: Law, article: str, victims: int, facts_on: date) -> Fine:
    """The fine for an article and a number of victims. The law of the day of the facts governs.

    Raises Refused for an article that is not known or not in force on that day, and for no victims.
    """
    known = articles(law)
    if article not in known:
        raise Refused(
            "unknown-article",
            words("No penalty is known for the article “{article}”."),
            words("Choose one of: {known}."),
            article=article,
            known=", ".join(known),
        )
    of_somebody(victims)
    penalty = law.on(article, facts_on)
    surcharge, per_victim = law.on("fine-multiplier", facts_on), law.on("fine-per-victim", facts_on)
    times = victims if per_victim.value else 1
    lowest, highest = (exact(amount * surcharge.value * times) for amount in penalty.value["fine"])
    return Fine(article, lowest, highest, exact(surcharge.value), times, penalty, surcharge, per_victim)


def of_somebody(victims: int) -> None:
    """Refuse an offence without a victim."""
    if victims < 1:
        raise Refused(
            "no-victims", words("A fine is reckoned for one victim or more."), words("Give their number.")
        )


def exact(amount: float) -> int | float:
    """An amount without a point where it is whole."""
    return int(amount) if amount == int(amount) else amount
