"""When prosecution for trafficking lapses, as far as the text says it; elsewhere a jurist is to be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from palermo.errors import Refused, words
from palermo.law.calendar import of_age_on
from palermo.law.value import Law, Version

SEXUAL = "sexual-exploitation"
NEVER, RUNS, GENERAL, JURIST = "does-not-lapse", "runs-from-majority", "general-rules", "ask-a-jurist"


@dataclass(frozen=True)
class Facts:
    """What is asked about: the aim and the day, whether it was an attempt, and how old the victim was."""

    aim: str
    on: date
    is_attempt: bool = False
    born_on: date | None = None  # None: the victim's age is not known


@dataclass(frozen=True)
class Limitation:
    """What the text answers, why, since when time runs where it does, and where that stands."""

    answer: str  # does-not-lapse, runs-from-majority, general-rules, ask-a-jurist
    why: str
    runs_from: date | None
    version: Version


def limitation(law: Law, facts: Facts, asked_on: date) -> Limitation:
    """Whether and from when prosecution lapses.

    The law of the day on which it is asked governs, for a case that had not lapsed before: that it had is
    for a jurist to exclude. Raises Refused for facts that lie after that day or before the victim's birth,
    and for days without a law.
    """
    refuse_impossible(facts, asked_on)
    version = law.on("limitation-of-trafficking", asked_on)
    if facts.on < law.values["limitation-of-trafficking"].versions[0].since:
        return Limitation(JURIST, "before-the-article", None, version)
    aims = law.on("trafficking-aims", facts.on)
    if aims.value and facts.aim not in aims.value:
        return Limitation(JURIST, "aim-not-named", None, aims)
    if facts.aim != SEXUAL:
        return Limitation(GENERAL, "another-aim", None, version)
    return of_sexual_exploitation(facts, version)


def refuse_impossible(facts: Facts, asked_on: date) -> None:
    """Refuse facts that are still to come, and those of which the victim was not born."""
    if facts.on > asked_on:
        raise Refused(
            "facts-to-come",
            words("The facts lie after the day on which it is asked."),
            words("Ask for the day of the facts, or a later one."),
        )
    if facts.born_on and facts.born_on > facts.on:
        raise Refused(
            "born-later",
            words("The victim was born after the facts."),
            words("Check both days."),
        )


def of_sexual_exploitation(facts: Facts, version: Version) -> Limitation:
    """The answer for the aim of which the special rule speaks: it depends on the victim's age."""
    grown = of_age_on(facts.born_on) if facts.born_on else None
    if grown is None:
        return Limitation(JURIST, "age-unknown", None, version)
    if version.value == "sexual-exploitation-of-a-minor-does-not-lapse":
        return lapses_no_more(facts, grown, version)
    if facts.on < grown:
        return Limitation(RUNS, "minor", grown, version)
    return Limitation(GENERAL, "adult", None, version)


def lapses_no_more(facts: Facts, grown: date, version: Version) -> Limitation:
    """The answer since minors' cases do not lapse: for adults a jurist is to be asked."""
    if facts.on < grown:
        lapsed_before = facts.on < version.since
        return Limitation(NEVER, "minor-unless-lapsed-before" if lapsed_before else "minor", None, version)
    why = "attempt-on-an-adult" if facts.is_attempt else "words-are-ambiguous-for-adults"
    return Limitation(JURIST, why, None, version)
