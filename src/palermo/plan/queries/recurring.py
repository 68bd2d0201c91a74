"""The duties to report of a plan: who reports how often, what was delivered, what is due or late."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q, QuerySet

from palermo.accounts.models import User
from palermo.plan.models import Delivery, Plan, ReportDuty
from palermo.plan.queries.standing import answers_for
from palermo.plan.queries.visibility import visible_to
from palermo.plan.rules.cycles import Cycle, Done, cycles

OWED = ("late", "due")


@dataclass(frozen=True)
class Expected:
    """One report of a duty: when it is due, and what was delivered."""

    duty: ReportDuty
    cycle: Cycle
    delivery: Delivery | None

    def __str__(self) -> str:
        return f"{self.duty.reference}, {self.duty.organisation}: {self.duty}"


@dataclass(frozen=True)
class Recurring:
    """A duty to report with its reports, the oldest first, until the next that is to come."""

    duty: ReportDuty
    reports: tuple[Expected, ...]

    @property
    def late(self) -> int:
        """How many reports are late."""
        return sum(one.cycle.state == "late" for one in self.reports)


def recurring_reports(user: User, plan: Plan, on: date) -> list[Recurring]:
    """The duties to report of a plan that held on a day, with their reports. Two queries."""
    return with_reports(user, held(user, on).filter(plan=plan), on)


def reports_owed(user: User, on: date) -> list[Expected]:
    """The reports that somebody owes for those in whose name they answer: late, due, or the next to come."""
    own = answers_for(user)
    if not own:
        return []
    found = with_reports(user, held(user, on).filter(organisation__in=own), on)
    return [report for one in found for report in one.reports if report.delivery is None]


def held(user: User, on: date) -> QuerySet[ReportDuty]:
    """The duties that held on a day."""
    known = visible_to(user, ReportDuty).filter(on__lte=on).filter(Q(end=None) | Q(end__on__gt=on))
    return known.select_related("plan", "organisation", "by").order_by("plan", "number")


def with_reports(user: User, duties: Iterable[ReportDuty], on: date) -> list[Recurring]:
    """These duties with their reports on a day."""
    every = list(duties)
    known = delivered(user, every, on)
    return [Recurring(one, tuple(reports_of(one, known[one.pk], on))) for one in every]


def reports_of(duty: ReportDuty, known: Iterable[Delivery], on: date) -> list[Expected]:
    """The reports of one duty on a day."""
    by_key = {one.pk: one for one in known}
    done = [Done((one.earliest, one.latest), one.delivered_on, one.pk) for one in by_key.values()]
    found = cycles((duty.earliest, duty.latest), f"R/{duty.every}", done, on)
    return [Expected(duty, one, by_key[one.done.key] if one.done else None) for one in found]


def delivered(user: User, duties: Iterable[ReportDuty], on: date) -> dict[int, list[Delivery]]:
    """What was delivered for each of these duties, as it was known on a day."""
    known = visible_to(user, Delivery).filter(duty__in=[one.pk for one in duties], on__lte=on)
    known = known.filter(Q(withdrawal=None) | Q(withdrawal__on__gt=on)).select_related("by")
    found: dict[int, list[Delivery]] = defaultdict(list)
    for one in known.order_by("delivered_on", "pk"):
        found[one.duty_id].append(one)
    return found
