"""Deadlines as an iCalendar feed (RFC 5545, 7986), as Outlook subscribes to it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import UTC, timedelta

from icalendar import Calendar, Event, vDuration, vText

from palermo.desk.deadlines import Deadline

AGAIN = timedelta(hours=4)  # between two looks at the feed


def feed(deadlines: Iterable[Deadline], *, language: str, host: str, absolute: Callable[[str], str]) -> bytes:
    """The feed; the same deadlines give the same bytes. `absolute` makes a path an address."""
    made = Calendar()
    made.add("prodid", "-//Palermo//Deadlines//EN")
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    for name in ("name", "x-wr-calname"):
        made.add(name, "Palermo")
    made.add("refresh-interval", vDuration(AGAIN), parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", vDuration(AGAIN))
    for one in deadlines:
        made.add_component(event(one, language, f"{one.key}@{host}", absolute(one.path)))
    return bytes(made.to_ical())


def event(one: Deadline, language: str, uid: str, address: str) -> Event:
    """A deadline as a whole day that blocks nobody's time and rings no bell."""
    made = Event()
    made.add("uid", uid)
    made.add("dtstamp", one.changed_at.astimezone(UTC).replace(microsecond=0))
    made.add("last-modified", one.changed_at.astimezone(UTC).replace(microsecond=0))
    made.add("sequence", one.version)
    made.add("dtstart", one.on)
    made.add("dtend", one.on + timedelta(days=1))
    made.add("summary", vText(one.title, params={"LANGUAGE": language}))
    made.add("url", address)
    made.add("class", "PRIVATE")
    made.add("transp", "TRANSPARENT")
    made.add("x-microsoft-cdo-busystatus", "FREE")
    made.add("x-microsoft-cdo-alldayevent", "TRUE")
    return made
