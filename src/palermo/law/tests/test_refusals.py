"""What is refused is told whole: what it was, and what to do next; what is answered stays as it was."""

import dataclasses
import importlib
import pkgutil
from datetime import date

import pytest

import palermo.law
from palermo.errors import Refused
from palermo.law import file, fines, liability, limitation, penalties, value

LAW = file.load("be")
DAY = date(2018, 3, 1)


@pytest.mark.parametrize(
    ("ask", "code", "says"),
    [
        (
            lambda: fines.fine(LAW, "260", 1, DAY),
            "unknown-article",
            "No penalty is known for the article “260”. Choose one of: 433quinquies, 433quinquies-3, "
            "433sexies, 433septies, 433octies, 258, 259, 260-1, 260-2.",
        ),
        (
            lambda: fines.fine(LAW, "433septies", 0, DAY),
            "no-victims",
            "A fine is reckoned for one victim or more. Give their number.",
        ),
        (
            lambda: penalties.penalties(LAW, penalties.Act("slavery", DAY), DAY),
            "unknown-offence",
            "No such offence, or no such ground, is known. Choose among those that are offered.",
        ),
        (
            lambda: penalties.penalties(LAW, penalties.Act("trafficking", DAY), date(2018, 2, 28)),
            "judged-before",
            "The judgment lies before the facts. Check both days.",
        ),
        (
            lambda: limitation.limitation(LAW, limitation.Facts("labour", date(2018, 3, 2)), DAY),
            "facts-to-come",
            "The facts lie after the day on which it is asked. Ask for the day of the facts, or a later one.",
        ),
        (
            lambda: limitation.limitation(
                LAW, limitation.Facts("labour", DAY, born_on=date(2018, 3, 2)), DAY
            ),
            "born-later",
            "The victim was born after the facts. Check both days.",
        ),
        (
            lambda: liability.for_wages(LAW, liability.Notice(DAY, 13)),
            "too-long",
            "A notice holds for one month or more, and for 12 at most. Give its months.",
        ),
        (
            lambda: liability.for_wages(LAW, liability.Notice(DAY, 12, demanded_on=date(2018, 2, 28))),
            "demand-before-notice",
            "The demand lies before the notice. Check both days.",
        ),
        (
            lambda: liability.for_illegal_stay(LAW, liability.Chain("worker", DAY)),
            "unknown-role",
            "Nobody in a chain of contracts is “worker”. Choose one of: direct-contractor, "
            "indirect-contractor, principal.",
        ),
        (
            lambda: LAW.on("reflection-period", date(1994, 7, 6)),
            "not-in-force",
            "“reflection-period” had no version on 1994-07-06: it is known 1994-07-07 – …. Ask for a day "
            "within that time.",
        ),
        (
            lambda: LAW.on("433septies", date(2026, 9, 1)),
            "not-in-force",
            "“433septies” had no version on 2026-09-01: it is known 2005-09-12 – 2026-08-31. Ask for a day "
            "within that time.",
        ),
        (
            lambda: value.Law("be", {"b": None, "a": None}).on("c", DAY),
            "unknown-value",
            "The law of “be” has no value named “c”. Choose one of: a, b.",
        ),
        (
            lambda: file.load("fr"),
            "no-law",
            "There is no law of the country “fr” here. Choose one of: be, eu, lu, nl.",
        ),
    ],
)
def test_a_refusal_says_what_was_asked_and_what_to_ask_instead(ask, code, says):
    with pytest.raises(Refused) as refused:
        ask()
    assert refused.value.code == code
    assert str(refused.value) == says


@pytest.mark.parametrize("name", [one.name for one in pkgutil.iter_modules(palermo.law.__path__)])
def test_what_the_law_says_cannot_be_changed_afterwards(name):
    module = importlib.import_module(f"palermo.law.{name}")
    for kind in filter(dataclasses.is_dataclass, vars(module).values()):
        told = kind(*(None for _field in dataclasses.fields(kind)))
        for field in dataclasses.fields(kind):
            with pytest.raises(dataclasses.FrozenInstanceError):
                setattr(told, field.name, DAY)


def test_what_is_not_said_is_what_most_questions_are_about():
    facts, notice = limitation.Facts("labour", DAY), liability.Notice(DAY, 12)
    assert facts == limitation.Facts("labour", DAY, is_attempt=False, born_on=None)
    assert notice == liability.Notice(DAY, 12, demanded_on=None, is_private=False, is_named_activity=True)
    assert liability.Chain("principal", DAY) == liability.Chain(
        "principal", DAY, has_declaration=False, known_on=None, is_private=False
    )
    assert penalties.Act("trafficking", DAY) == penalties.Act(
        "trafficking", DAY, victims=1, is_attempt=False, grounds=frozenset()
    )
    assert liability.Liability(is_liable=False, why="private", sources=()) == liability.Liability(
        is_liable=False, why="private", sources=(), since=None, until=None, interest_from=None
    )
    assert value.Version(45, DAY, None, "Act, art. 1", "verified").note == ""
