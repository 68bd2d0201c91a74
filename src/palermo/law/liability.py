"""Who answers for wages that a subcontractor did not pay, and from when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from dateutil.relativedelta import relativedelta

from palermo.errors import Refused, words
from palermo.law.calendar import holidays_between, working_days_after
from palermo.law.value import Law, Version

ROLES = ("direct-contractor", "indirect-contractor", "principal")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class Liability:
    """Whether somebody answers, from which day and through which, from when interest runs, and why.

    Who answers for later work alone is not liable for what was asked; `since` then says from which day on.
    """

    is_liable: bool
    why: str
    sources: tuple[Version, ...]
    since: date | None = None
    until: date | None = None
    interest_from: date | None = None
    holidays: tuple[date, ...] = ()  # that were no working days before it began


@dataclass(frozen=True)
class Notice:
    """A written notice of the inspection, for how many months it holds, and when the worker asked."""

    on: date
    months: int
    demanded_on: date | None = None
    is_private: bool = False  # a natural person who has work done for purely private purposes
    is_named_activity: bool = True  # a Royal Decree names the activity


def for_wages(law: Law, notice: Notice) -> Liability:
    """The liability that follows a notice of serious failure to pay. The law of its day governs.

    It begins after the working days that the law names and lasts as the notice says, a year at most. Raises
    Refused for a longer one, a demand before the notice, and a day without this law.
    """
    base = law.on("wage-liability", notice.on)
    after, longest = law.on("wage-liability-after", notice.on), law.on("wage-liability-at-most", notice.on)
    interest = law.on("wage-interest-from", notice.on)
    if not 1 <= notice.months <= longest.value:
        raise Refused(
            "too-long",
            words("A notice holds for one month or more, and for {longest} at most."),
            words("Give its months."),
            longest=longest.value,
        )
    if notice.demanded_on and notice.demanded_on < notice.on:
        raise Refused(
            "demand-before-notice",
            words("The demand lies before the notice."),
            words("Check both days."),
        )
    if notice.is_private or not notice.is_named_activity:
        why = "private" if notice.is_private else "activity-not-named"
        return Liability(is_liable=False, why=why, sources=(base,))
    since = working_days_after(law, notice.on, after.value) + DAY
    asked = notice.demanded_on
    return Liability(
        is_liable=True,
        why="noticed",
        sources=(base, after, law.on("legal-holidays", notice.on), longest, interest),
        since=since,
        until=since + relativedelta(months=notice.months) - DAY,
        interest_from=working_days_after(law, asked, interest.value) if asked else None,
        holidays=tuple(holidays_between(law, notice.on, since)),
    )


@dataclass(frozen=True)
class Chain:
    """The place of somebody in a chain of contracts in which people without a right to stay were at work."""

    role: str  # direct-contractor, indirect-contractor, principal
    work_on: date
    has_declaration: bool = False  # the subcontractor's, in writing, that it employs nobody without a right
    known_on: date | None = None  # when somebody learned of it; a notice of the inspection can prove it
    is_private: bool = False


def for_illegal_stay(law: Law, chain: Chain) -> Liability:
    """The liability for wages of people without a right to stay. The law of the day of the work governs.

    Raises Refused for a role that there is not, and a day without this law.
    """
    if chain.role not in ROLES:
        raise Refused(
            "unknown-role",
            words("Nobody in a chain of contracts is “{role}”."),
            words("Choose one of: {known}."),
            role=chain.role,
            known=", ".join(ROLES),
        )
    base = (law.on("illegal-stay-liability", chain.work_on),)
    is_direct, known_on = chain.role == "direct-contractor", chain.known_on
    if chain.is_private:
        return Liability(is_liable=False, why="private", sources=base)
    if is_direct and not chain.has_declaration:
        return Liability(is_liable=True, why="no-declaration", sources=base, since=chain.work_on)
    if known_on is not None and known_on <= chain.work_on:
        return Liability(is_liable=True, why="knew", sources=base, since=known_on)
    if known_on is not None:
        return Liability(is_liable=False, why="knew-later", sources=base, since=known_on)
    return Liability(is_liable=False, why="declared" if is_direct else "did-not-know", sources=base)
