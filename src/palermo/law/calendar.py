"""Days that the law counts by: working days, and the day on which somebody comes of age."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from dateutil.easter import easter

from palermo.law.value import Law

DAY, SATURDAY, MAJORITY = timedelta(days=1), 5, 18


@lru_cache(maxsize=512)
def holidays(named: tuple[str, ...], year: int) -> frozenset[date]:
    """The legal holidays of a year: days such as 07-21, and days after Easter such as easter+39."""
    found = set()
    for one in named:
        after = one.removeprefix("easter+")
        if after == one:
            found.add(date.fromisoformat(f"{year:04}-{one}"))
        else:
            found.add(easter(year) + int(after) * DAY)
    return frozenset(found)


def is_working(law: Law, day: date) -> bool:
    """Whether a day is a working day, by the holidays that the law of that day names."""
    return day.weekday() < SATURDAY and day not in holidays(
        tuple(law.on("legal-holidays", day).value), day.year
    )


def working_days_after(law: Law, day: date, number: int) -> date:
    """The working day so many working days after a day, which does not count itself."""
    while number:
        day += DAY
        number -= is_working(law, day)
    return day


def holidays_between(law: Law, first: date, last: date) -> list[date]:
    """The legal holidays from Monday to Friday between two days, both counted."""
    days = (first + number * DAY for number in range((last - first).days + 1))
    return [day for day in days if day.weekday() < SATURDAY and not is_working(law, day)]


def of_age_on(born_on: date) -> date:
    """The day on which somebody comes of age; who was born on 29 February, on 1 March."""
    try:
        return born_on.replace(year=born_on.year + MAJORITY)
    except ValueError:
        return date(born_on.year + MAJORITY, 3, 1)
