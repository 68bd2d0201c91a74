"""What happened to measures, as one chronological story instead of boxes beside each other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import Model, Q, QuerySet

from palermo.accounts.models import User
from palermo.plan import models as plan
from palermo.plan.models import Measure
from palermo.plan.queries.decided import acts, attributed, decided, refused
from palermo.plan.queries.happened import Happened
from palermo.plan.queries.visibility import visible_on, visible_to


def story(user: User, measure: Measure, on: date) -> list[Happened]:
    """All that happened to a measure up to a day and that this person may see, oldest first."""
    return happened(user, [measure.pk], on)


def happened(user: User, measures: Collection[int], on: date, since: date | None = None) -> list[Happened]:
    """What happened to these measures in a span of days, oldest first. A constant number of queries."""
    days = Q(on__lte=on) & (Q(on__gte=since) if since else Q())
    found = [one for tell in TELLERS for one in tell(user, measures, days, on)]
    found += [*reworded(user, measures, days), *ended(user, measures, on, since)]
    found += asked(user, measures, on, since)
    known = acts(user, measures)
    found = [*attributed(found, known), *decided(known), *refused(user, measures)]
    within = (one for one in found if one.on <= on and (since is None or one.on >= since))
    return sorted(within, key=lambda one: one.order)


Teller = Callable[[User, Collection[int], Q, date], Iterator[Happened]]


def teller(
    what: str, model: type[Model], to_measure: str, to_organisation: str = "", *related: str
) -> Teller:
    """Tells the records of one model, given the paths to their measure and organisation."""
    path = to_measure.replace(".", "__")

    def tell(user: User, measures: Collection[int], days: Q, on: date) -> Iterator[Happened]:
        rows: QuerySet[Any] = visible_on(user, model, on).filter(days, **{f"{path}__in": measures})
        for row in rows.select_related("by", *related):
            yield Happened(
                what=what_of(what, row),
                on=row.on,
                at=row.at,
                by=row.by.name,
                measure_id=reach(row, f"{to_measure}_id"),
                organisation_id=reach(row, f"{to_organisation}_id") if to_organisation else None,
                record=row,
            )

    return tell


def what_of(what: str, row: Any) -> str:
    """What a record tells; a verdict is an acceptance or a question back."""
    if isinstance(row, plan.Verdict):
        return "accepted" if row.outcome == "accepted" else "asked-back"
    return what


def reach(row: Any, path: str) -> Any:
    """Follow a dotted path."""
    for part in path.split("."):
        row = getattr(row, part)
    return row


ANSWER = "contribution.question"
TELLERS: tuple[Teller, ...] = (
    teller("owner", plan.Ownership, "measure", "organisation", "organisation"),
    teller("withdrawn", plan.Withdrawal, "measure"),
    teller("reminded", plan.Reminder, "question.measure", "question.organisation", "question__organisation"),
    teller(
        "told",
        plan.Contribution,
        "question.measure",
        "question.organisation",
        "question__organisation",
        "question__round",
        "replaced_by",
    ),
    teller(
        "signed",
        plan.Signature,
        f"{ANSWER}.measure",
        f"{ANSWER}.organisation",
        "contribution__question__organisation",
    ),
    teller(
        "judged",
        plan.Verdict,
        f"{ANSWER}.measure",
        f"{ANSWER}.organisation",
        "contribution__question__organisation",
    ),
    teller("evidence", plan.Evidence, "measure", "organisation", "organisation"),
    teller("evaluated", plan.Evaluation, "measure"),
)


def reworded(user: User, measures: Collection[int], days: Q) -> Iterator[Happened]:
    """The wordings that a person wrote without a document."""
    rows = visible_to(user, plan.Wording).filter(days, measure__in=measures, origin=None)
    for row in rows.select_related("by"):
        yield Happened("reworded", row.on, row.at, row.by.name, row.measure_id, None, row)


def ended(user: User, measures: Collection[int], on: date, since: date | None) -> Iterator[Happened]:
    """The ends of ownerships, on the day on which they were learned."""
    days = Q(end_known_on__lte=on) & (Q(end_known_on__gte=since) if since else Q())
    rows = visible_to(user, plan.Ownership).filter(days, measure__in=measures)
    for row in rows.select_related("organisation", "end_by", "by"):
        if row.end_known_on and row.end_by:
            yield Happened(
                "owner-ended",
                row.end_known_on,
                row.at,
                row.end_by.name,
                row.measure_id,
                row.organisation_id,
                row,
            )


def asked(user: User, measures: Collection[int], on: date, since: date | None) -> Iterator[Happened]:
    """The questions of rounds, on the day on which the round was opened."""
    days = Q(round__opened_on__lte=on) & (Q(round__opened_on__gte=since) if since else Q())
    rows = visible_to(user, plan.Question).filter(days, measure__in=measures)
    for row in rows.select_related("round__opened_by", "organisation"):
        opened = row.round
        by = opened.opened_by.name
        yield Happened("asked", opened.opened_on, opened.at, by, row.measure_id, row.organisation_id, row)
