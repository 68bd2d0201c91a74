"""What happened to measures, as one chronological story instead of boxes beside each other."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from datetime import date
from typing import Any

from django.db.models import Exists, Model, QuerySet

from palermo.accounts.models import User
from palermo.plan import models as plan
from palermo.plan.models import Measure, Plan
from palermo.plan.queries.decided import acts, attributed, decided, refused
from palermo.plan.queries.happened import Happened, Wanted
from palermo.plan.queries.visibility import visible_on, visible_to


def story(user: User, measure: Measure, on: date) -> list[Happened]:
    """All that happened to a measure up to a day and that this person may see, oldest first."""
    wanted = Wanted({"pk": measure.pk}, on)
    found = [one for tell in (*TELLERS, reworded, ended, asked) for one in tell(user, wanted)]
    known = acts(user, wanted)
    found = [*attributed(found, known), *decided(known), *refused(user, wanted)]
    return sorted((one for one in found if one.on <= on), key=lambda one: one.order)


def changes(
    user: User, plan: Plan, kinds: Collection[str], since: date, on: date, most: int | None
) -> list[Happened]:
    """What changed about a plan's measures in a span of days, oldest first: `most` of them, the latest.

    That the Bureau asks and reminds, that a document says something, changes nothing by itself.
    A constant number of queries.
    """
    wanted = Wanted({"plan": plan, "kind__in": tuple(kinds)}, on, since, most)
    tellers = (*CHANGING, *rarely(user, plan, wanted), reworded, ended)
    found = [one for tell in tellers for one in tell(user, wanted)]
    known = acts(user, wanted)
    owned = {one.measure_id for one in found if one.what in {"owner", "owner-ended"}}
    of_owners = acts(user, Wanted({"pk__in": owned}, on, since))
    found = [*attributed(found, of_owners), *decided(known), *refused(user, wanted)]
    own = [one for one in found if since <= one.on <= on and one.what not in UNCHANGING]
    return sorted(own, key=lambda one: one.order)[-most if most else 0 :]


def rarely(user: User, of: Plan, wanted: Wanted) -> list[Teller]:
    """Those that tell what rarely changes, where it did. One query."""
    changed = {
        what.replace("-", "_"): Exists(
            visible_on(user, model, wanted.on).filter(wanted.about(path), wanted.days())
        )
        for what, (model, path, _tell) in RARE.items()
    }
    known = visible_to(user, Plan).filter(pk=of.pk).annotate(**changed).values(*changed).first() or {}
    return [tell for what, (_model, _path, tell) in RARE.items() if known.get(what.replace("-", "_"))]


UNCHANGING = frozenset({"asked", "reminded", "said", "gone"})
Teller = Callable[[User, Wanted], Iterator[Happened]]


def teller(
    what: str, model: type[Model], to_measure: str, to_organisation: str = "", *related: str
) -> Teller:
    """Tells the records of one model, given the paths to their measure and organisation."""
    path = to_measure.replace(".", "__")

    def tell(user: User, wanted: Wanted) -> Iterator[Happened]:
        rows: QuerySet[Any] = visible_on(user, model, wanted.on).filter(wanted.about(path), wanted.days())
        for row in wanted.latest(rows.select_related("by", *related)):
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
    if isinstance(row, plan.BillMark):
        return "bill" if row.is_bill else "no-bill"
    return what


def reach(row: Any, path: str) -> Any:
    """Follow a dotted path."""
    for part in path.split("."):
        row = getattr(row, part)
    return row


ANSWER = "contribution.question"
CHANGING: tuple[Teller, ...] = (
    teller("owner", plan.Ownership, "measure", "organisation", "organisation"),
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
)
# What changes in few weeks: a sort of which nothing is new is not read at all.
RARE: dict[str, tuple[type[Model], str, Teller]] = {
    what: (model, to_measure.replace(".", "__"), teller(what, model, to_measure, *rest))
    for what, model, to_measure, *rest in (
        ("withdrawn", plan.Withdrawal, "measure"),
        ("evidence", plan.Evidence, "measure", "organisation", "organisation"),
        ("evaluated", plan.Evaluation, "measure"),
        ("occurred", plan.Occurrence, "measure"),
        ("occurrence-withdrawn", plan.OccurrenceWithdrawal, "occurrence.measure", "", "occurrence"),
        ("bill", plan.BillMark, "measure"),
        ("waits", plan.Wait, "measure"),
        ("step", plan.Step, "measure"),
        ("step-withdrawn", plan.StepWithdrawal, "step.measure", "", "step"),
    )
}
TELLERS = (
    *CHANGING,
    *(tell for _model, _path, tell in RARE.values()),
    teller("reminded", plan.Reminder, "question.measure", "question.organisation", "question__organisation"),
)


def reworded(user: User, wanted: Wanted) -> Iterator[Happened]:
    """The wordings that a person wrote without a document."""
    rows = visible_to(user, plan.Wording).filter(wanted.about("measure"), wanted.days(), origin=None)
    for row in wanted.latest(rows.select_related("by")):
        yield Happened("reworded", row.on, row.at, row.by.name, row.measure_id, None, row)


def ended(user: User, wanted: Wanted) -> Iterator[Happened]:
    """The ends of ownerships, on the day on which they were learned."""
    rows = visible_to(user, plan.Ownership).filter(wanted.about("measure"), wanted.days("end_known_on"))
    rows = rows.select_related("organisation", "end_by", "by")
    for row in wanted.latest(rows, "end_known_on"):
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


def asked(user: User, wanted: Wanted) -> Iterator[Happened]:
    """The questions of rounds, on the day on which the round was opened."""
    days = wanted.days("round__opened_on")
    rows = visible_to(user, plan.Question).filter(wanted.about("measure"), days)
    for row in rows.select_related("round__opened_by", "organisation"):
        opened = row.round
        by = opened.opened_by.name
        yield Happened("asked", opened.opened_on, opened.at, by, row.measure_id, row.organisation_id, row)
