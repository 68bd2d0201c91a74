"""What owners have still to hand in beside their measures: reports that come back, notes and studies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from palermo.accounts.models import User
from palermo.organisations.models import Organisation
from palermo.plan.models import Plan
from palermo.plan.queries.recurring import OWED, Expected, recurring_reports
from palermo.plan.queries.works import WorkOn, works_on
from palermo.plan.rules.works import OPEN


@dataclass(frozen=True)
class Writing:
    """A report, a note or a study that its owner has not handed in."""

    owner: Organisation
    reference: str
    title: str
    language: str
    latest: date | None  # the last day on which it is in time
    late_since: date | None  # where who asks is told
    report: Expected | None = None
    work: WorkOn | None = None


def writings_owed(user: User, plan: Plan, on: date) -> list[Writing]:
    """The reports whose time has come and the works that are open, what ends first before the others."""
    duties = recurring_reports(user, plan, on)
    found = [of_report(each) for one in duties for each in one.reports if each.cycle.state in OWED]
    found += [of_work(one) for one in works_on(user, on, Q(work__plan=plan), state=OPEN)]
    return sorted(found, key=lambda one: one.latest or date.max)


def of_report(one: Expected) -> Writing:
    """A report that comes back."""
    duty, cycle = one.duty, one.cycle
    return Writing(
        owner=duty.organisation,
        reference=duty.reference,
        title=duty.title,
        language=duty.language,
        latest=cycle.latest,
        late_since=cycle.late_since,
        report=one,
    )


def of_work(one: WorkOn) -> Writing:
    """A note or a study."""
    return Writing(
        owner=one.terms.owner,
        reference=one.work.reference,
        title=one.terms.title,
        language=one.terms.language,
        latest=one.terms.latest,
        late_since=one.late_since,
        work=one,
    )
