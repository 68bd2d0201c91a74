"""What was read and waits for a person, beside its place, its doubts, and what is known already."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet

from palermo.accounts.models import User
from palermo.organisations.directory import load
from palermo.plan.models import Decision, Difference, Import, ImportedRow, Kind, Plan
from palermo.plan.models.documents import BY_HAND, UNDECIDED
from palermo.plan.queries.state import State, states, wordings
from palermo.plan.queries.visibility import visible_to
from palermo.plan.rules.said import OBLIGATION, ReadRow, Said, from_row


@dataclass(frozen=True)
class Reviewed:
    """A row with what it says and how its measure stands; `said` is None for a row that is missing."""

    row: ImportedRow
    said: Said | None
    state: State | None


def imports(user: User, plan: Plan) -> QuerySet[Import]:
    """The documents of a plan, the latest first, each with how many `duties` to evaluate it says anew.

    Those are rows that wait as the others do, and no measures: what a document adds is counted without them.
    """
    duties = Count("rows", filter=Q(rows__kind=OBLIGATION))
    known = visible_to(user, Import).filter(plan=plan).annotate(duties=duties)
    return known.select_related("by").order_by("-pk")


def counts(user: User, imported: Import) -> dict[str, int]:
    """How a document's measures, training and commitments stood to what was known; how many wait now."""
    waiting = visible_to(user, ImportedRow).filter(
        imported__plan=imported.plan_id, decision=Decision.WAITING, kind__in=Kind.values
    )
    return {
        "added": imported.added,
        "changed": imported.changed,
        "unchanged": imported.unchanged,
        "missing": imported.missing,
        "waiting": waiting.count(),
    }


def read_rows(user: User, plan: Plan, *, decided: bool = False) -> QuerySet[ImportedRow]:
    """The rows of a plan that wait, or those that a person decided about, in the documents' order."""
    rows = visible_to(user, ImportedRow).filter(imported__plan=plan)
    rows = rows.exclude(decision__in=UNDECIDED) if decided else rows.filter(decision=Decision.WAITING)
    return rows.order_by("imported", "position")


def review(user: User, plan: Plan, on: date, *, decided: bool = False) -> list[Reviewed]:
    """The rows of a plan that wait, or those that a person decided about, beside what is known."""
    return beside(user, plan, read_rows(user, plan, decided=decided), on)


def acceptable(waiting: QuerySet[ImportedRow]) -> list[ImportedRow]:
    """Of these waiting rows those that can be taken as they were read, all at once.

    The others need a person's eyes: what is missing from the document, and changes of rows that somebody
    mended, split or merged by hand.
    """
    rows = waiting.exclude(difference=Difference.MISSING)
    return [
        row for row in rows.select_related("imported__plan", "measure__plan", "follows") if not by_hand(row)
    ]


def standing(row: ImportedRow) -> ImportedRow | None:
    """The earlier reading of a row that somebody took, refused changes left aside."""
    found = row.follows
    while found is not None and found.decision in {Decision.REJECTED, Decision.SUPERSEDED}:
        found = found.follows
    return found


def by_hand(row: ImportedRow) -> bool:
    """Somebody changed this row by hand before; a new reading of it needs eyes."""
    before = standing(row)
    return before is not None and before.decision in BY_HAND


def reviewed(user: User, row: ImportedRow, on: date) -> Reviewed:
    """One row, whatever was decided about it."""
    rows = visible_to(user, ImportedRow).filter(pk=row.pk)
    return beside(user, row.imported.plan, rows, on)[0]


def beside(user: User, plan: Plan, rows: QuerySet[ImportedRow], on: date) -> list[Reviewed]:
    """These rows beside what they say and what is known. A constant number of queries."""
    found = list(rows.select_related("imported", "measure", "decided_by"))
    known = {one.measure_id for one in found if one.measure_id}
    standing = states(user, plan, on, wordings(plan, on).filter(measure__in=known))
    by_measure = {one.measure.pk: one for one in standing}
    directory = load(plan.country)
    return [
        Reviewed(
            row=row,
            said=None
            if row.difference == Difference.MISSING
            else from_row(ReadRow(row.kind, row.section, row.text, row.reading), directory),
            state=by_measure.get(row.measure_id or 0),
        )
        for row in found
    ]
