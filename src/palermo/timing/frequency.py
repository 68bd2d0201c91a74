"""How often: the words of a recurrence and the ISO 8601 period they stand for."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

NUMBERS = {
    **dict.fromkeys(("one", "un", "une", "een", "eine", "ein", "einem", "elk", "chaque"), 1),
    **dict.fromkeys(("two", "deux", "twee", "zwei", "other", "second", "andere", "tweede", "zweite"), 2),
    **dict.fromkeys(("three", "trois", "drie", "drei", "third", "derde", "dritte"), 3),
    **dict.fromkeys(("four", "quatre", "vier"), 4),
    **dict.fromkeys(("five", "cinq", "vijf", "funf"), 5),
    **dict.fromkeys(("six", "zes", "sechs"), 6),
    **dict.fromkeys(("ten", "dix", "tien", "zehn"), 10),
}
UNITS = {
    "Y": r"years?|ans?|annees?|jaar|jaren|jahre?n?",
    "M": r"months?|mois|maand(?:en)?|monate?n?",
    "W": r"weeks?|semaines?|weken|week|wochen?",
}
UNIT = "|".join(UNITS.values())
NUMBER = r"[1-9]\d?|" + "|".join(NUMBERS)
EVERY = r"every|each|once every|tou(?:s|tes) les|chaque|om de|elke?|ieder|iedere|alle|jede[nrs]?"
OR = r" ?(?:or|/|-|to|ou|a|of|tot|oder|bis) ?"

# Words that are a whole frequency by themselves, with their period.
WHOLE = (
    (r"half-?yearly|semi-?annual(?:ly)?|semestriel(?:le)?(?:ment)?|chaque semestre|every half-?year", "P6M"),
    (r"halfjaarlijkse?|zesmaandelijkse?|elk semester|halbjahrlich", "P6M"),
    (r"biennial(?:ly)?|bisannuel(?:le)?|biennal(?:e)?|tweejaarlijkse?|zweijahrlich", "P2Y"),
    (r"triennial(?:ly)?|triennal(?:e)?|driejaarlijkse?|dreijahrlich", "P3Y"),
    (r"quinquennal(?:e)?|vijfjaarlijkse?|funfjahrlich", "P5Y"),
    (r"yearly|annual(?:ly)?|per year|a year|per annum|annuel(?:le)?(?:ment)?|par an", "P1Y"),
    (r"jaarlijkse?|per jaar|(?:all)?jahrlich(?:e[rsn]?)?|pro jahr", "P1Y"),
    (r"quarterly|trimestriel(?:le)?(?:ment)?|driemaandelijkse?|vierteljahrlich|quartalsweise", "P3M"),
    (r"(?:every|each) quarter|chaque trimestre|(?:elk|per) kwartaal|jedes quartal", "P3M"),
    (r"bimestriel(?:le)?|tweemaandelijkse?", "P2M"),
    (r"monthly|mensuel(?:le)?(?:ment)?|maandelijkse?|monatlich", "P1M"),
    (r"weekly|hebdomadaire(?:ment)?|wekelijkse?|wochentlich", "P1W"),
)
TIMES = (
    (
        r"twice|two times|2 times|2 ?x|deux fois|2 fois|twee ?keer|twee ?maal|2 ?keer|2 ?maal|zweimal|2 ?mal",
        2,
    ),
    (r"three times|3 times|3 ?x|trois fois|3 fois|drie ?keer|drie ?maal|3 ?keer|dreimal|3 ?mal", 3),
    (r"four times|4 times|4 ?x|quatre fois|4 fois|vier ?keer|vier ?maal|4 ?keer|viermal|4 ?mal", 4),
    (r"once|one time|1 time|1 ?x|une fois|1 fois|een ?maal|een keer|1 ?keer|einmal|1 ?mal", 1),
)
PER_YEAR = (
    r"(?:a|per|each|every|par|elk|pro|im|in het|chaque|/)? ?(?:year|annum|an|annee|jaar|jahr)\b"
    r"|yearly|annually|jaarlijks|jahrlich|annuellement|l'an"
)
PER_MONTH = r"(?:a|per|each|every|par|pro|im|/) ?(?:month|mois|maand|monat)\b"
AT_LEAST = r"at least|minimum|min\.|not less than|au moins|au minimum|minstens|ten minste|minimaal|mindestens"
AT_MOST = r"at most|maximum|max\.|not more than|au plus|au maximum|hoogstens|hooguit|maximaal|hochstens"
SHARE = {1: "P1Y", 2: "P6M", 3: "P4M", 4: "P3M"}


@dataclass(frozen=True)
class Period:
    """A frequency found in a text: one period, or the shortest and the longest that the words allow."""

    said: str
    iso: str | None = None
    at_least: str | None = None
    at_most: str | None = None


@dataclass(frozen=True)
class Frequency:
    """How often something comes back. `at_least` and `at_most` bound the time between two occurrences."""

    text: str
    recurrence: str | None = None
    at_least: str | None = None
    at_most: str | None = None


COUNT = "|".join(f"(?P<t{count}>{names})" for names, count in TIMES)
SHORTER = r"(?:(?P<fewer>1|one|once|une?|een|ein|einmal)-?(?: (?:or|to|ou|a|of|tot|oder|bis) |-))?"
PERIOD = re.compile(
    rf"\b(?:(?P<least>{AT_LEAST}) |(?P<most>{AT_MOST}) )?(?:"
    rf"{SHORTER}(?:{COUNT}) ?(?:(?P<yearly>{PER_YEAR})|{PER_MONTH})"
    rf"|(?:(?:{TIMES[-1][0]}) )?(?:{EVERY}) "
    rf"(?:(?:(?P<one>{NUMBER}){OR})?(?P<number>{NUMBER}) )?(?P<unit>{UNIT})"
    + "".join(f"|(?P<w{place}>{names})" for place, (names, _) in enumerate(WHOLE))
    + r")(?!\w)"
)
BETWEEN_TWO = re.compile(OR)


def periods(said: str) -> list[Period]:
    """Every frequency that a folded text names, from left to right."""
    return [one for match in PERIOD.finditer(said) for one in (period(match),) if one is not None]


def period_in(said: str) -> Period | None:
    """The one frequency that a folded text names, or the range between two; None for none and for several."""
    found = periods(said)
    if len(found) == 2 and all(one.iso for one in found):
        return between(said, *found)
    return found[0] if len(found) == 1 else None


def between(said: str, one: Period, two: Period) -> Period | None:
    """The range between two frequencies that "or" or a stroke joins: "every year or every two years"."""
    start = said.index(one.said)
    behind = said.index(two.said, start + len(one.said))
    if not BETWEEN_TWO.fullmatch(said[start + len(one.said) : behind]):
        return None
    whole = said[start : behind + len(two.said)]
    if one.iso == two.iso:
        return replace(one, said=whole)
    shorter, longer = sorted((one.iso or "", two.iso or ""), key=length)
    return Period(whole, at_least=shorter, at_most=longer)


def period(match: re.Match[str]) -> Period | None:
    """The frequency of a match: a period, or one bound of it where the words say "at least" or "at most"."""
    known = list(named(match))
    if len(known) == 2:
        shorter, longer = sorted(known, key=length)
        return Period(match[0], at_least=shorter, at_most=longer)
    if not known:
        return None
    if match["least"]:
        return Period(match[0], at_most=known[0])
    return Period(match[0], at_least=known[0]) if match["most"] else Period(match[0], known[0])


def named(match: re.Match[str]) -> Iterator[str]:
    """The one or two periods that a match names."""
    if match["unit"]:
        yield from (iso(each, match["unit"]) for each in (match["one"], match["number"]) if each)
        if not match["number"]:
            yield iso(None, match["unit"])
        return
    for place, (_, known) in enumerate(WHOLE):
        if match[f"w{place}"]:
            yield known
    for count, share in SHARE.items():
        if match[f"t{count}"] and match["yearly"]:
            yield from {share, SHARE[1]} if match["fewer"] else (share,)
    if match["t1"] and not match["yearly"]:
        yield "P1M"


def length(period: str) -> int:
    """About how many days a period lasts, for comparing."""
    return int(period[1:-1]) * {"Y": 365, "M": 30, "W": 7}[period[-1]]


def iso(number: str | None, unit: str) -> str:
    """A number and a unit as an ISO 8601 period."""
    count = 1 if number is None else NUMBERS.get(number) or int(number)
    code = next(code for code, names in UNITS.items() if re.fullmatch(names, unit))
    return f"P{count}{code}"
