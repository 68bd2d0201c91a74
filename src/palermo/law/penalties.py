"""What the law threatens for trafficking or smuggling: the article, the years, the fine; under each Code."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from palermo.errors import Refused, words
from palermo.law.fines import Fine, fine, of_somebody
from palermo.law.value import Law, Version

OFFENCES = ("trafficking", "smuggling")
ATTEMPT_NOT_KNOWN, PENALTY_NOT_KNOWN = "attempt-not-known", "penalty-not-known"


@dataclass(frozen=True)
class Act:
    """What is asked about: the offence and its day, an attempt or not, the victims, what makes it graver."""

    offence: str
    on: date
    victims: int = 1
    is_attempt: bool = False
    grounds: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Penalty:
    """What one Code says of an act. Its years stand in `fine.penalty`; `why` says why there is no fine."""

    article: str
    on: date  # the day whose law it is
    named: tuple[tuple[str, str], ...]  # of the grounds told, each with the article that names it
    weighed: tuple[str, ...]  # those that a judge weighs, without an article of their own
    unnamed: tuple[str, ...]  # those that this Code does not name as grounds; none where that is not known
    articles: Version  # where the articles of the offence stand
    fine: Fine | None
    why: str


def grounds(law: Law) -> list[str]:
    """Every ground that makes an offence graver under some Code, in the order of the files."""
    found: dict[str, None] = {}
    for value in law.values.values():
        for version in value.versions:
            if value.unit == "penalty":
                found |= dict.fromkeys(version.value.get("grounds", ()))
            elif value.unit == "grounds":
                found |= dict.fromkeys(version.value)
    return list(found)


def penalties(law: Law, act: Act, judged_on: date) -> tuple[Penalty, ...]:
    """What the law of the day of the facts says, and beside it another Code of the day of judgment.

    The milder of two governs, and a judge says which one that is. Raises Refused for an offence or a ground
    that there is not, a day without these articles, a judgment before the facts, and no victims.
    """
    if act.offence not in OFFENCES or not act.grounds <= {*grounds(law)}:
        raise Refused(
            "unknown-offence",
            words("No such offence, or no such ground, is known."),
            words("Choose among those that are offered."),
        )
    if judged_on < act.on:
        raise Refused(
            "judged-before",
            words("The judgment lies before the facts."),
            words("Check both days."),
        )
    of_somebody(act.victims)
    ladder = f"{act.offence}-articles"
    days = [act.on]
    if law.on(ladder, act.on) != law.on(ladder, judged_on):
        days.append(judged_on)
    return tuple(penalty(law, act, day) for day in days)


def penalty(law: Law, act: Act, day: date) -> Penalty:
    """What the law of a day says of an act: the gravest article of which a ground was told."""
    articles = law.on(f"{act.offence}-articles", day)
    named = tuple(grounds_named(law, articles.value, act, day))
    weighed = tuple(one for one in factors(law, day) if one in act.grounds)
    article, why = punished(law, act, day, named[-1][1] if named else articles.value[0])
    unnamed = act.grounds - {*weighed} - {ground for ground, _article in named}
    return Penalty(
        article=article,
        on=day,
        named=named,
        weighed=weighed,
        unnamed=() if why == PENALTY_NOT_KNOWN else tuple(sorted(unnamed)),
        articles=articles,
        fine=None if why else fine(law, article, act.victims, day),
        why=why,
    )


def grounds_named(law: Law, articles: list[str], act: Act, day: date) -> Iterator[tuple[str, str]]:
    """The grounds told that these articles name, each with its article, the gravest last."""
    for article in articles:
        if is_known(law, article, day):
            named = law.on(article, day).value.get("grounds", ())
            yield from ((ground, article) for ground in named if ground in act.grounds)


def factors(law: Law, day: date) -> list[str]:
    """The grounds that a judge weighs on a day."""
    name = "aggravating-factors"
    return law.on(name, day).value if is_known(law, name, day) else []


def punished(law: Law, act: Act, day: date, article: str) -> tuple[str, str]:
    """The article that punishes an act, for an attempt its own; and why its penalty is not known, if so."""
    if not is_known(law, article, day):
        return article, PENALTY_NOT_KNOWN
    attempt = f"attempt-of-{article}"
    if not act.is_attempt:
        return article, ""
    return (law.on(attempt, day).value, "") if is_known(law, attempt, day) else (article, ATTEMPT_NOT_KNOWN)


def is_known(law: Law, name: str, day: date) -> bool:
    """Whether the law has a version of a value on a day."""
    return name in law.values and law.values[name].on(day) is not None
