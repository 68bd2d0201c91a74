"""How notes and studies stand on a day: what is to be written, by whom, by when, and what was handed in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import Any

from django.db.models import Q, QuerySet

from palermo.accounts.models import User
from palermo.organisations.models import Organisation
from palermo.plan.models import Measure, Plan, Work, WorkDecision, WorkTerms, WorkVersion
from palermo.plan.queries.standing import terms_on
from palermo.plan.queries.visibility import concerning, is_office, visible_on, visible_to
from palermo.plan.rules import works as rules
from palermo.plan.rules.said import TimingSaid
from palermo.ui.alphabet import alphabetical

NEVER = date.min, datetime.min.replace(tzinfo=UTC)
LATE = "late"  # among the states by which a list is narrowed
TIMING = ("timing_text", "timing_kind", "edtf", "earliest", "latest")
PARTS = {
    "kind": ("kind",),
    "title": ("title",),
    "place": ("section_id", "references"),
    "timing": ("timing_text",),
    "question": ("put_to", "question"),
}


@dataclass(frozen=True)
class WorkOn:
    """A work as it stood on a day, as far as it is told to who asks."""

    work: Work
    terms: WorkTerms
    measures: tuple[Measure, ...]  # by reference
    versions: tuple[WorkVersion, ...]  # the latest first
    decisions: tuple[WorkDecision, ...]  # the oldest first
    on: date
    is_told: bool  # who asks sees its drafts, and whether it is late

    @property
    def state(self) -> str:
        """open, finished or given-up."""
        facts: list[WorkVersion | WorkDecision] = [*self.versions, *self.decisions]
        return rules.state(what_of(one) for one in sorted(facts, key=lambda one: (one.on, one.at)))

    @property
    def is_open(self) -> bool:
        """A version is still expected."""
        return self.state == rules.OPEN

    @property
    def finals(self) -> tuple[WorkVersion, ...]:
        """The versions that count as final, the latest first: not those before it was taken up again."""
        again = [(one.on, one.at) for one in self.decisions if one.what == rules.RESUMED]
        return tuple(
            one for one in self.versions if one.is_final and (one.on, one.at) > max(again, default=NEVER)
        )

    @property
    def final(self) -> WorkVersion | None:
        """The version that finished it, while it is finished; of several editions the last."""
        return self.finals[0] if self.state == rules.FINISHED else None

    @property
    def ended_on(self) -> date | None:
        """The day on which it was finished or given up, while it is."""
        return None if self.is_open else self.final.on if self.final else self.decisions[-1].on

    def is_open_since(self, day: date) -> bool:
        """It is still to be written, or ended on this day or later."""
        return self.ended_on is None or self.ended_on >= day

    @property
    def late_since(self) -> date | None:
        """The first day on which it was late, where who asks is told."""
        return rules.late_since(self.terms.latest, self.state, self.on) if self.is_told else None

    @property
    def is_due(self) -> bool:
        """Its time has come and it is open."""
        return rules.is_due(self.terms.earliest, self.terms.latest, self.state, self.on)

    @property
    def timing(self) -> TimingSaid:
        """When it is due: the words and what they stand for."""
        text, kind, edtf, earliest, latest = (getattr(self.terms, name) for name in TIMING)
        return TimingSaid(text, kind, edtf, earliest, latest)

    @property
    def changed_at(self) -> datetime:
        """When something about it was last written."""
        return max(one.at for one in (self.terms, *self.versions, *self.decisions))


def what_of(fact: WorkVersion | WorkDecision) -> str:
    """What a fact is for the rules: draft, final, given-up, resumed."""
    if isinstance(fact, WorkDecision):
        return fact.what
    return rules.FINAL if fact.is_final else "draft"


def works_on(user: User, on: date, wanted: Q | None = None, *, state: str = "") -> list[WorkOn]:
    """The works whose terms are as wanted, as they stood on a day. A constant number of queries."""
    found = visible_to(user, WorkTerms).filter(terms_on(on), wanted or Q())
    found = found.select_related("work__plan", "owner", "section", "by").prefetch_related("measures")
    terms = list(found.order_by("work__plan__since_on", "work__plan", "work__number"))
    keys = [one.work_id for one in terms]
    versions = known(visible_on(user, WorkVersion, on).select_related("organisation"), keys, on)
    decisions = known(visible_to(user, WorkDecision), keys, on)
    told = set(concerning(user, on).values_list("work", flat=True))
    office = is_office(user)
    rows = [
        WorkOn(
            work=one.work,
            terms=one,
            measures=tuple(one.measures.all()),
            versions=tuple(reversed(versions[one.work_id])),
            decisions=tuple(decisions[one.work_id]),
            on=on,
            is_told=office or one.work_id in told,
        )
        for one in terms
    ]
    return [one for one in rows if stands(one, state)]


def known(rows: QuerySet[Any], works: Iterable[int], on: date) -> dict[int, list[Any]]:
    """What was known of these works on a day, the oldest first."""
    found: dict[int, list[Any]] = defaultdict(list)
    for one in rows.filter(work__in=works, on__lte=on).select_related("by").order_by("on", "at"):
        found[one.work_id].append(one)
    return found


def stands(one: WorkOn, state: str) -> bool:
    """Whether a work stands so on its day; every state where none is asked for."""
    return not state or (one.late_since is not None if state == LATE else one.state == state)


def work_named(user: User, plan: Plan, number: int, on: date) -> WorkOn | None:
    """The work of a plan with a number as it stood on a day; None before it was declared."""
    return next(iter(works_on(user, on, Q(work__plan=plan, work__number=number))), None)


def works_of(user: User, measure: Measure, on: date) -> list[WorkOn]:
    """The works that were tied to a measure on a day."""
    return works_on(user, on, Q(measures=measure))


def writers(user: User, plan: Plan, on: date) -> list[Organisation]:
    """The organisations that own a work of a plan on a day, by name."""
    terms = visible_to(user, WorkTerms).filter(terms_on(on), work__plan=plan)
    found = Organisation.objects.filter(pk__in=terms.values("owner"))
    return sorted(found, key=lambda one: alphabetical(one.name))


@dataclass(frozen=True)
class WorkEvent:
    """One thing that happened to a work: declared, changed, handed-over, draft, final, given-up, resumed."""

    what: str
    record: WorkTerms | WorkVersion | WorkDecision
    parts: tuple[str, ...] = ()  # what was changed: kind, title, place, timing, question

    @property
    def on(self) -> date:
        """The office's day."""
        return self.record.on

    @property
    def order(self) -> tuple[date, datetime]:
        """By the office's day, and by the moment within a day."""
        return self.record.on, self.record.at


def story_of_work(user: User, one: WorkOn) -> list[WorkEvent]:
    """All that happened to a work up to its day and that this person may see, oldest first."""
    terms = visible_to(user, WorkTerms).filter(work=one.work, on__lte=one.on).select_related("owner", "by")
    every = list(terms.prefetch_related("measures").order_by("version"))
    found = [WorkEvent("declared", each) for each in every[:1]]
    found += [differing(before, after) for before, after in pairwise(every)]
    facts: list[WorkVersion | WorkDecision] = [*one.versions, *one.decisions]
    found += [WorkEvent(what_of(each), each) for each in facts]
    return sorted(found, key=lambda event: event.order)


def differing(before: WorkTerms, after: WorkTerms) -> WorkEvent:
    """That a work was handed over, or changed, and in which parts."""
    if before.owner_id != after.owner_id:
        return WorkEvent("handed-over", after)
    old, new = facts_of(before), facts_of(after)
    parts = (part for part, names in PARTS.items() if any(old[name] != new[name] for name in names))
    return WorkEvent("changed", after, tuple(parts))


def facts_of(terms: WorkTerms) -> dict[str, Any]:
    """What terms say, by the names of `PARTS`."""
    names = ("kind", "title", "section_id", "timing_text", "put_to", "question")
    references = tuple(one.reference for one in terms.measures.all())
    return {name: getattr(terms, name) for name in names} | {"references": references}
