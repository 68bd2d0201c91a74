"""How a measure stands from one day to the next: its facts into spans of days in which nothing changes.

What follows from a day alone, such as being late, is no change: it is compared when somebody asks.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any

from palermo.plan.rules import follow_up
from palermo.plan.rules.awaited import EVALUATION, Wait, awaited
from palermo.plan.rules.awaited import standing as waiting
from palermo.plan.rules.cycles import Done
from palermo.plan.rules.expected import Times, times
from palermo.plan.rules.follow_up import Told

FIRST, FOREVER = date.min, date.max  # before everything that is known, and without an end
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Period:
    """Days from the first to the last; both count."""

    since: date = FIRST
    until: date = FOREVER

    def __contains__(self, day: date) -> bool:
        return self.since <= day <= self.until

    @property
    def turns(self) -> Iterator[date]:
        """The days on which something begins or is over."""
        yield self.since
        if self.until < FOREVER:
            yield self.until + DAY


@dataclass(frozen=True)
class Worded:
    """A wording of a measure, known from a day; the highest version of those that are known stands."""

    key: int
    version: int
    since: date
    topics: frozenset[str]
    has_duty: bool  # its own words, or those around it, ask for an evaluation
    earliest: date | None = None
    latest: date | None = None
    recurrence: str = ""


@dataclass(frozen=True)
class Held:
    """An owner through the days on which the office knew it as one."""

    organisation: int | None
    words: str
    role: str
    kind: str
    period: Period


@dataclass(frozen=True)
class Answered:
    """What an organisation told, from the day on which it counts, and when its round was released."""

    told: Told
    since: date
    released: date | None = None


@dataclass(frozen=True)
class Facts:
    """All that is known of one measure, whatever the day."""

    begins: date  # the plan's first day: before it the plan is shown as it began
    worded: Sequence[Worded]
    withdrawn: date | None
    held: Sequence[Held]
    answered: Sequence[Answered]
    evaluated: date | None  # the first day on which an evaluation was on record
    bound: Sequence[tuple[frozenset[str], Period]]  # the topics of each clause of the plan
    members: Mapping[int, Sequence[tuple[int, Period]]]  # of each class among the owners
    # Of the rounds that asked about it: the day of release, and the one on which the round was closed.
    releases: Sequence[tuple[date, date]] = ()
    done: Sequence[tuple[Done, Period]] = ()  # the occurrences of what comes back
    waits: Sequence[Wait] = ()
    published: Mapping[int, Sequence[tuple[date, Period]]] = field(default_factory=dict)  # what it waits for


@dataclass(frozen=True)
class Holder:
    """An owner in a span: named by the plan itself or through its class, and whether it owes an answer."""

    organisation: int | None  # None: the words of the plan are all that is known
    party: str
    role: str
    is_named: bool
    owes: bool


@dataclass(frozen=True)
class Span:
    """How a measure stands through some days."""

    since: date
    until: date
    wording: int
    status: str
    has_no_owner: bool
    has_duty: bool
    is_evaluated: bool
    times: Times
    told_until: date = FOREVER  # the day up to which its progress is told; the first of all days: none of it
    holders: tuple[Holder, ...] = field(default=())

    @property
    def to_evaluate_after(self) -> date | None:
        """The day after which it is to be evaluated, where it is and was not."""
        return self.times.evaluate_after if self.has_duty and not self.is_evaluated else None


def spans(facts: Facts, *, in_part: bool = False) -> list[Span]:
    """The spans of a measure, oldest first; none for days on which it was not known or was withdrawn.

    In part: as it stands for those who are told what was released, and of the rest nothing.
    """
    days = sorted(turns(facts))
    found: list[Span] = []
    for since, after in zip(days, [*days[1:], None], strict=True):
        span = span_on(facts, since, after - DAY if after else FOREVER, in_part=in_part)
        if span is None:
            continue
        last = found[-1] if found else None
        if (
            last
            and last.until + DAY == since
            and replace(last, until=span.until) == replace(span, since=last.since)
        ):
            found[-1] = replace(last, until=span.until)
        else:
            found.append(span)
    return found


def turns(facts: Facts) -> set[date]:
    """Every day on which something about a measure may become different."""
    periods = [one.period for one in facts.held] + [period for _topics, period in facts.bound]
    periods += [period for those in facts.members.values() for _member, period in those]
    days = {FIRST, *(one.since for one in facts.worded), *(one.since for one in facts.answered)}
    periods += [period for _done, period in facts.done]
    periods += [period for those in facts.published.values() for _day, period in those]
    days |= {day for period in periods for day in period.turns}
    days |= {one.since for one in facts.waits} | {day for day, _closed in facts.releases}
    return days | {day for day in (facts.withdrawn, facts.evaluated) if day}


def span_on(facts: Facts, day: date, until: date, *, in_part: bool) -> Span | None:
    """How a measure stands from a day on."""
    known = max(day, facts.begins)
    worded = [one for one in facts.worded if one.since <= known]
    if not worded or (facts.withdrawn is not None and facts.withdrawn <= known):
        return None
    wording = max(worded, key=lambda one: one.version)
    held = [one for one in facts.held if known in one.period]
    bound = [topics for topics, period in facts.bound if known in period]
    leads = {key for one in held if one.role == follow_up.LEAD for key in stands_for(facts, one, known)}
    last = told_until(facts, day) if in_part else FOREVER
    told = (
        one.told
        for one in facts.answered
        if one.since <= day and (not in_part or (one.released and one.released <= day))
    )
    status = follow_up.status(told, leads) if last > FIRST else follow_up.INTERNAL
    return Span(
        since=day,
        until=until,
        wording=wording.key,
        status=status,
        has_no_owner=follow_up.has_no_owner(one.kind for one in held),
        has_duty=wording.has_duty
        or waiting(facts.waits, EVALUATION, day) is not None
        or any(not topics.isdisjoint(wording.topics) for topics in bound),
        is_evaluated=facts.evaluated is not None and facts.evaluated <= min(day, last),
        times=times_on(facts, wording, day, min(day, last)),
        told_until=last,
        holders=holders(facts, held, known),
    )


def told_until(facts: Facts, day: date) -> date:
    """Up to which day the progress of a measure is told to everybody, as known on a day."""
    return max((closed for released, closed in facts.releases if released <= day), default=FIRST)


def times_on(facts: Facts, wording: Worded, day: date, told: date) -> Times:
    """The days of a measure from a day on; what was done is known as it was told up to another day."""
    done = (one for one, period in facts.done if told in period)
    published = {
        key: [reached_on for reached_on, period in those if day in period]
        for key, those in facts.published.items()
    }
    follows = awaited(facts.waits, published, day)
    return times(wording.earliest, wording.latest, wording.recurrence, done, follows)


def stands_for(facts: Facts, held: Held, day: date) -> list[int]:
    """Who answers for an owner on a day: a class's members where they are known, else itself."""
    if held.organisation is None:
        return []
    members = facts.members.get(held.organisation, ())
    return [one for one, period in members if day in period] or [held.organisation]


def holders(facts: Facts, held: Iterable[Held], day: date) -> tuple[Holder, ...]:
    """Everybody who owns a measure on a day, in the strongest role; one without a name where nobody does."""
    roles: dict[tuple[int | None, str], list[str]] = {}
    named: dict[tuple[int | None, str], bool] = {}
    owing: set[tuple[int | None, str]] = set()
    for one in held:
        own = (one.organisation, "" if one.organisation else one.words)
        members = stands_for(facts, one, day)
        for key in [own, *((member, "") for member in members)]:
            roles.setdefault(key, []).append(one.role)
            named[key] = named.get(key, False) or key == own
        owing |= {(member, "") for member in members if one.role in follow_up.ASKED_ROLES}
        if not members and one.kind != "undecided" and one.role in follow_up.ASKED_ROLES:
            owing.add(own)
    found = [
        Holder(key[0], key[1], follow_up.strongest(own), named[key], key in owing)
        for key, own in roles.items()
    ]
    return tuple(found) or (Holder(None, "", "", is_named=True, owes=False),)


# How a measure ends as it stands last: (by what it is counted and how it ends, of which, the last day).
Cell = tuple[str, str, date]


def cells(standing: Mapping[str, Any]) -> Iterator[Cell]:
    """Under what a measure is counted, from the stored fields of a span."""
    yield f"section-{ending(standing)}", f"{standing['section_id']}", standing["last_on"]


def cells_of_holder(holding: Mapping[str, Any]) -> Iterator[Cell]:
    """Under what an owner's measure is counted, from the stored fields of a holding and of its span."""
    if holding["is_named"]:
        yield f"party-{ending(holding)}", owner_key(holding), holding["last_on"]


def owner_key(holding: Mapping[str, Any]) -> str:
    """Under which key an owner is counted: its own, or the plan's words behind a sign of equality."""
    return f"{holding['organisation_id']}" if holding["organisation_id"] else f"={holding['party']}"


def ending(stored: Mapping[str, Any]) -> str:
    """Whether a measure is finished ("done"), can be late ("open"), or is not told to be ("ahead")."""
    if stored["is_finished"]:
        return "done"
    return "open" if stored["last_on"] < stored["told_until"] or stored["last_on"] == FOREVER else "ahead"


# A figure, and the days through which a measure counts for it.
Counted = tuple[str, date, date]
GROUPS = ("late", "due", "coming", "undated", "finished", "internal")  # of what an owner owes, each in one


def figures(standing: Mapping[str, Any]) -> Iterator[Counted]:
    """For which figures of its plan a measure counts through which days, from the stored fields of a span."""
    return within(standing, counted(standing))


def figures_of_holder(standing: Mapping[str, Any]) -> Iterator[Counted]:
    """The same for those of an owner that owes it."""
    return within(standing, counted_as_owed(standing))


def within(standing: Mapping[str, Any], found: Iterable[Counted]) -> Iterator[Counted]:
    """As much of these days as lies in a span."""
    for what, first, last in found:
        since, until = max(first, standing["since_on"]), min(last, standing["until_on"])
        if since <= until:
            yield what, since, until


def counted(standing: Mapping[str, Any]) -> Iterator[Counted]:
    """What a measure counts for in its plan, whether or not these days lie in the span."""
    if standing["has_duty"]:
        yield from counted_as_duty(standing)
    if standing["kind"] in follow_up.FOLLOWED:
        yield from counted_as_followed(standing)
    if standing["kind"] == "measure":
        yield from counted_in_tables(standing)


def late_after(day: date | None, standing: Mapping[str, Any]) -> tuple[date, date] | None:
    """The days on which something is late that was to be done by a day, where that is told."""
    last = told_day(day, standing["told_until"])
    return (last + DAY, FOREVER) if last < FOREVER else None


def counted_as_duty(standing: Mapping[str, Any]) -> Iterator[Counted]:
    """What a measure that must be evaluated counts for."""
    late = late_after(standing["evaluate_after"], standing)
    yield "duty", FIRST, FOREVER
    if standing["status"] == follow_up.INTERNAL:
        yield "duty_internal", FIRST, FOREVER
    if late and not standing["is_evaluated"]:
        yield "duty_due", *late
        if standing["kind"] == "measure":
            yield "evaluation_due", *late


def counted_as_followed(standing: Mapping[str, Any]) -> Iterator[Counted]:
    """What a measure that is followed up counts for beside its owners."""
    if standing["has_no_owner"] and not standing["is_finished"]:
        yield "open_no_owner", FIRST, FOREVER
    if standing["status"] == follow_up.INTERNAL:
        yield "followed_internal", FIRST, FOREVER


def counted_in_tables(standing: Mapping[str, Any]) -> Iterator[Counted]:
    """What a measure of the plan's tables counts for."""
    late = late_after(standing["latest"], standing)
    earliest, latest, status = standing["earliest"], standing["latest"], standing["status"]
    is_open = not standing["is_finished"] and status != follow_up.INTERNAL
    yield status, FIRST, FOREVER
    if standing["has_no_owner"]:
        yield "no_owner", FIRST, FOREVER
    if is_open and (earliest or latest):
        yield "due", earliest or FIRST, latest or FOREVER
    if late and is_open:
        yield "overdue", *late


def counted_as_owed(standing: Mapping[str, Any]) -> Iterator[Counted]:
    """In which of the groups a measure stands for an owner that owes it, and whether it is to evaluate."""
    late = late_after(standing["evaluate_after"], standing)
    if late and standing["has_duty"] and not standing["is_evaluated"]:
        yield "to_evaluate", *late
    first, last = first_day(standing["earliest"], standing["latest"]), standing["latest"] or FOREVER
    stands = owed_as(standing["status"])
    if stands != "open":
        yield stands, FIRST, FOREVER
    elif first == FOREVER:
        yield "undated", FIRST, FOREVER
    else:
        if first > FIRST:
            yield "coming", FIRST, first - DAY
        yield "due", first, last
        if last < FOREVER:
            yield "late" if late_after(last, standing) else "coming", last + DAY, FOREVER


def told_day(day: date | None, told_until: date) -> date:
    """A day, where it is one after which something is told to be late; else the last of all days."""
    return day if day and day < told_until else FOREVER


def owed_as(status: str) -> str:
    """How a measure that is owed stands, before any day is compared: "open", "finished" or "internal"."""
    if status == follow_up.INTERNAL:
        return "internal"
    return "finished" if follow_up.is_finished(status) else "open"


def first_day(earliest: date | None, latest: date | None) -> date:
    """From when something is due: from the first of all days where its end alone is known; else never."""
    return earliest or (FIRST if latest else FOREVER)


def periods(day: date) -> Iterator[tuple[str, date]]:
    """The year, the month and the day of a day, each by its first day."""
    yield "year", day.replace(month=1, day=1)
    yield "month", day.replace(day=1)
    yield "day", day
