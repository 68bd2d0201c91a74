"""Finding the dates in a text: each year, part of a year, month or day, with its place."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from palermo.timing import vocabulary as words

YEAR = r"(?P<{0}>(?:19|20)\d\d)"
EDGE = r"(?<![\w/.-])"
NAMES = "|".join(f"(?P<m{number}_{{0}}>{names})" for number, names in enumerate(words.MONTH_NAMES, start=1))


@dataclass(frozen=True)
class Unit:
    """A date in a text, as EDTF. `part` is "early", "mid" or "late" where EDTF has no word for that part."""

    start: int
    end: int
    edtf: str
    part: str = ""


def month_of(match: re.Match[str], form: str) -> int:
    """The number of the month that a form's named group matched."""
    return next(number for number in range(1, 13) if match[f"m{number}_{form}"])


def ordinal_of(text: str) -> int:
    """1 to 4 for "1st", "premier", "Q2", "tweede" and the like."""
    plain = text.strip(" -")
    for number, names in enumerate(words.ORDINALS, start=1):
        if re.fullmatch(f"(?:{names}|{number})", plain):
            return number
    raise ValueError(text)


def day(year: str, month: int, number: str) -> str | None:
    """A day as EDTF, or None where the calendar has no such day."""
    try:
        return date(int(year), month, int(number)).isoformat()
    except ValueError:
        return None


def part(year: str, first_code: int, number: int, most: int) -> str | None:
    """A part of a year as EDTF, or None where there is no such part."""
    return f"{year}-{first_code + number - 1}" if number <= most else None


ORDINAL = "|".join(words.ORDINALS)
SHORT = {"q": 33, "t": 33, "k": 33, "h": 40, "s": 40}

GLUE, GLUE_IN = words.GLUE, words.GLUE_IN

# name -> (pattern, the EDTF of a match). Tried in this order: the longest and most exact first.
FORMS: dict[str, tuple[str, Callable[[re.Match[str]], str | None]]] = {
    "iso": (
        YEAR.format("y_iso") + r"-(?P<mo_iso>\d\d)-(?P<d_iso>\d\d)(?!\d)",
        lambda m: day(m["y_iso"], int(m["mo_iso"]) if m["mo_iso"] != "00" else 13, m["d_iso"]),
    ),
    "numbers": (
        r"(?P<d_num>\d{1,2})(?:[/-]|\. ?)(?P<mo_num>\d{1,2})(?:[/-]|\. ?)" + YEAR.format("y_num") + r"(?!\d)",
        lambda m: day(m["y_num"], int(m["mo_num"]), m["d_num"]),
    ),
    "day": (
        r"(?P<d_day>\d{1,2})(?:st|nd|rd|th|er|e|ste|de|\.)?(?: (?:of|de))?[ -](?:"
        + NAMES.format("day")
        + r")\.?,?[ -]"
        + YEAR.format("y_day")
        + r"(?!\d)",
        lambda m: day(m["y_day"], month_of(m, "day"), m["d_day"]),
    ),
    "american": (
        r"(?:"
        + NAMES.format("am")
        + r")\.? (?P<d_am>\d{1,2})(?:st|nd|rd|th)?,? "
        + YEAR.format("y_am")
        + r"(?!\d)",
        lambda m: day(m["y_am"], month_of(m, "am"), m["d_am"]),
    ),
    "month": (
        r"(?:" + NAMES.format("mo") + rf"){GLUE_IN}" + YEAR.format("y_mo") + r"(?!\d)",
        lambda m: f"{m['y_mo']}-{month_of(m, 'mo'):02}",
    ),
    "month_number": (
        r"(?P<mo_mn>0[1-9]|1[0-2])[/.-]" + YEAR.format("y_mn") + r"(?!\d)",
        lambda m: f"{m['y_mn']}-{m['mo_mn']}",
    ),
    "quarter": (
        rf"(?P<o_q>{ORDINAL})\.? ?(?:{words.QUARTER}){GLUE_IN}" + YEAR.format("y_q") + r"(?!\d)",
        lambda m: part(m["y_q"], 33, ordinal_of(m["o_q"]), 4),
    ),
    "half": (
        rf"(?P<o_h>{ORDINAL})\.? ?(?:{words.HALF}){GLUE_IN}" + YEAR.format("y_h") + r"(?!\d)",
        lambda m: part(m["y_h"], 40, ordinal_of(m["o_h"]), 2),
    ),
    "quarter_number": (
        rf"(?:{words.QUARTER}) ?(?P<n_qn>[1-4]){GLUE_IN}" + YEAR.format("y_qn") + r"(?!\d)",
        lambda m: part(m["y_qn"], 33, int(m["n_qn"]), 4),
    ),
    "half_number": (
        rf"(?:{words.HALF}) ?(?P<n_hn>[1-4]){GLUE_IN}" + YEAR.format("y_hn") + r"(?!\d)",
        lambda m: part(m["y_hn"], 40, int(m["n_hn"]), 2),
    ),
    "short": (
        rf"(?P<l_s>[qtkhs])(?P<n_s>[1-4]){GLUE}" + YEAR.format("y_s") + r"(?!\d)",
        lambda m: part(m["y_s"], SHORT[m["l_s"]], int(m["n_s"]), 4 if SHORT[m["l_s"]] == 33 else 2),
    ),
    "short_behind": (
        YEAR.format("y_b") + r"[ /-]?(?P<l_b>[qtkhs])(?P<n_b>[1-4])(?!\w)",
        lambda m: part(m["y_b"], SHORT[m["l_b"]], int(m["n_b"]), 4 if SHORT[m["l_b"]] == 33 else 2),
    ),
    "iso_month": (
        YEAR.format("y_im") + r"-(?P<mo_im>0[1-9]|1[0-2])(?![\d-])",
        lambda m: f"{m['y_im']}-{m['mo_im']}",
    ),
    "short_range": (
        YEAR.format("y_sr") + r"[/-](?P<z_sr>\d\d)(?![\d/-])",
        lambda m: short_range(m["y_sr"], m["z_sr"]),
    ),
    "year": (YEAR.format("y_y") + r"(?![\d%])", lambda m: m["y_y"]),
}
# "early", "middle of", "end of the": before a year a third of it, before anything shorter a part of that.
PLACED = "|".join(
    f"(?P<{name}>{said})" for name, said in (("early", words.EARLY), ("mid", words.MID), ("late", words.LATE))
)
THIRDS = {"early": 37, "mid": 38, "late": 39}
ONE = (
    rf"(?:(?:{PLACED}){GLUE})?(?:"
    + "|".join(f"(?P<{name}>{pattern})" for name, (pattern, _) in FORMS.items())
    + ")"
)
ANYWHERE = re.compile(EDGE + ONE)
HERE = re.compile(ONE)


def unit(match: re.Match[str]) -> Unit | None:
    """The date that a match names; None where it is none of the calendar, or a part of a single day."""
    name = next(name for name in FORMS if match[name])
    placed = next((third for third in THIRDS if match[third]), "")
    edtf = FORMS[name][1](match)
    if edtf is None or (placed and re.fullmatch(r"\d{4}(?:-\d\d-\d\d|/\d{4})", edtf)):
        return None
    if placed and name == "year":
        return Unit(match.start(), match.end(), f"{edtf}-{THIRDS[placed]}")
    return Unit(match.start(), match.end(), edtf, placed)


def short_range(year: str, behind: str) -> str | None:
    """Both years of "2016/17", where the second follows the first."""
    return f"{year}/{int(year) + 1}" if (int(year) + 1) % 100 == int(behind) else None


def find(text: str) -> list[Unit] | None:
    """Every date of a folded text from left to right; None where one is no date of the calendar."""
    found: list[Unit] = []
    match = ANYWHERE.search(text)
    while match:
        one = unit(match)
        if one is None or (found and torn(found[-1], one)):
            return None
        found.append(one)
        joined = (
            HERE.match(text, match.end() + 1) if text[match.end() : match.end() + 1] in {"/", "-"} else None
        )
        match = joined or ANYWHERE.search(text, match.end())
    return found


def torn(one: Unit, other: Unit) -> bool:
    """Whether a bare year follows a part of one at once: in "end of 2016/2017" the part may be of both."""
    return other.start - one.end == 1 and len(other.edtf) == 4 < len(one.edtf)
