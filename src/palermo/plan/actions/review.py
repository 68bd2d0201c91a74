"""A person decides about what was read: accepts, mends, splits, merges, rejects; nothing accepted is lost."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from django.utils import timezone

from palermo.accounts.models import User
from palermo.errors import Refused, words
from palermo.organisations.directory import Directory, load
from palermo.plan.facts import (
    add_owners,
    append_wording,
    end_owners,
    new_measure,
    next_number,
    section_of,
    stated,
)
from palermo.plan.models import (
    Decision,
    Difference,
    ImportedRow,
    Measure,
    Obligation,
    Plan,
    Withdrawal,
    Wording,
)
from palermo.plan.queries.reviewing import acceptable, standing
from palermo.plan.queries.saying import owner_said, said_on
from palermo.plan.queries.standing import owned_on
from palermo.plan.queries.state import known_on
from palermo.plan.rules import said as reading
from palermo.plan.rules.said import OBLIGATION, ReadRow, Said
from palermo.plan.standings import action


@action("plan.accept", permission="plan.review", about="row")
def accept(*, by: User, row: ImportedRow, on: date) -> Measure | Obligation:
    """Take a row as it was read: a new measure or obligation, or what the document changed of a known one.

    Raises Refused ("no-directory", "directory-broken", "row-missing", "row-was-split", "row-decided").
    """
    return taken(as_it_was_read(waiting(row)), by=by, on=on)


@action("plan.accept_chosen", permission="plan.review", about="plan")
def accept_chosen(*, by: User, plan: Plan, rows: Sequence[ImportedRow], on: date) -> int:
    """Take these rows of a plan as they were read, all or none. Returns how many were taken.

    Raises Refused ("other-plan", "no-directory", "directory-broken", "row-missing", "row-was-split",
    "row-decided").
    """
    if any(row.imported.plan_id != plan.pk for row in rows):
        raise Refused(
            "other-plan",
            words("Some of these rows are not of this plan."),
            words("Choose rows of one plan."),
        )
    for row in rows:
        taken(as_it_was_read(waiting(row)), by=by, on=on)
    return len(rows)


@action("plan.accept_all", permission="plan.review", about="plan")
def accept_all(*, by: User, plan: Plan, on: date) -> int:
    """Take every waiting row as it was read; those that need a person's eyes keep waiting.

    Returns how many were taken.

    Raises Refused ("no-directory", "directory-broken", "row-missing").
    """
    rows = ImportedRow.objects.select_for_update(of=("self",)).filter(
        imported__plan=plan, decision=Decision.WAITING
    )
    chosen = acceptable(rows.order_by("imported", "position"))
    for row in chosen:
        taken(row, by=by, on=on)
    return len(chosen)


@action("plan.mend", permission="plan.review", about="row")
def mend(*, by: User, row: ImportedRow, said: Said, on: date, reason: str = "") -> Measure | Obligation:
    """Take a row with corrected values; the reading stays beside it as it was.

    Raises Refused ("row-decided").
    """
    held = waiting(row)
    if held.kind == OBLIGATION:
        return obliged(held, said, Decision.MENDED, reason, by=by, on=on)
    return settled(held, [said], Decision.MENDED, reason, by=by, on=on)[0]


@action("plan.split", permission="plan.review", about="row")
def split(*, by: User, row: ImportedRow, pieces: Sequence[Said], on: date, reason: str = "") -> list[Measure]:
    """Make several measures of one row, such as a cell that lists two.

    The first keeps the row's number. A row that was split before hands the pieces to its measures in order.

    Raises Refused ("row-decided", "nothing-to-split").
    """
    held = waiting(row)
    if len(pieces) < 2 or held.kind == OBLIGATION:
        raise Refused(
            "nothing-to-split",
            words("A row is split into at least two measures."),
            words("Add a second measure, or mend the row instead."),
        )
    return settled(held, pieces, Decision.SPLIT, reason, by=by, on=on)


@action("plan.merge", permission="plan.review", about="plan")
def merge(
    *, by: User, plan: Plan, rows: Sequence[ImportedRow], said: Said, on: date, reason: str = ""
) -> Measure:
    """Make one measure of several new rows; it takes the number of the first.

    Raises Refused ("row-decided", "not-to-merge").
    """
    held = [waiting(row) for row in rows]
    one_kind = {(row.imported.plan_id, row.kind) for row in held} == {(plan.pk, said.kind)}
    one_kind = one_kind and said.kind != OBLIGATION
    if len(held) < 2 or not one_kind or any(row.difference != Difference.ADDED for row in held):
        raise Refused(
            "not-to-merge",
            words("Only several new rows of the same kind and plan can become one measure."),
            words("Choose at least two new rows of one kind."),
        )
    measure = settled(held[0], [said], Decision.MERGED, reason, by=by, on=on)[0]
    for row in held[1:]:
        decide(row, Decision.MERGED, measure, reason, by=by, on=on)
    return measure


@action("plan.reject", permission="plan.review", about="row")
def reject(*, by: User, row: ImportedRow, reason: str, on: date) -> ImportedRow:
    """Refuse what a row says: a new one is no measure, a change is not made, what is missing stays.

    Raises Refused ("row-decided", "no-reason").
    """
    held = waiting(row)
    needs_reason(reason)
    decide(held, Decision.REJECTED, held.measure, reason, by=by, on=on)
    return held


@action("plan.reword", permission="plan.review", about="measure")
def reword(*, by: User, measure: Measure, said: Said, reason: str, on: date) -> Wording:
    """Correct what an accepted measure says, from this day on; the earlier wording stays in its history.

    Raises Refused ("no-reason").
    """
    needs_reason(reason)
    return changed(measure, said, None, reason, by=by, on=on)


@action("plan.withdraw_measure", permission="plan.review", about="measure")
def withdraw_measure(*, by: User, measure: Measure, reason: str, on: date) -> Withdrawal:
    """Take a measure out of the plan from this day on, because the plan no longer has it.

    Raises Refused ("no-reason", "withdrawn").
    """
    needs_reason(reason)
    Measure.objects.select_for_update().get(pk=measure.pk)
    if Withdrawal.objects.filter(measure=measure).exists():
        raise Refused(
            "withdrawn",
            words("Measure {reference} was withdrawn already."),
            words("Look at its history; nothing more is needed."),
            reference=measure.reference,
        )
    made = stated(Withdrawal(measure=measure, reason=reason, by=by, on=on))
    missed = ImportedRow.objects.filter(
        measure=measure, difference=Difference.MISSING, decision=Decision.WAITING
    )
    for row in missed:
        decide(row, Decision.ACCEPTED, measure, reason, by=by, on=on)
    return made


def waiting(row: ImportedRow) -> ImportedRow:
    """The row, locked, while nobody has decided about it. Raises Refused once somebody has."""
    held = (
        ImportedRow.objects.select_for_update(of=("self",))
        .select_related("imported__plan", "measure__plan", "follows")
        .get(pk=row.pk)
    )
    if held.decision != Decision.WAITING:
        raise Refused(
            "row-decided",
            words("Somebody has decided about this row already."),
            words("Open the review again to see what still waits."),
        )
    return held


def as_it_was_read(row: ImportedRow) -> ImportedRow:
    """The row, where it can be taken whole. Raises Refused where a person split or merged it before."""
    if made_several(row):
        raise Refused(
            "row-was-split",
            words("A person split or merged this row before; it cannot be taken as it was read."),
            words("Mend it, split it again, or reject the change."),
        )
    return row


def needs_reason(reason: str) -> None:
    """Refuse a decision without a reason."""
    if not reason.strip():
        raise Refused(
            "no-reason",
            words("This decision needs a reason."),
            words("Say in a sentence why; it is kept in the history."),
        )


def taken(row: ImportedRow, *, by: User, on: date) -> Measure | Obligation:
    """Take a row as it was read."""
    if row.difference == Difference.MISSING:
        raise Refused(
            "row-missing",
            words("The document no longer has this measure; nothing is withdrawn without a person's reason."),
            words("Withdraw the measure, or reject the difference to keep it."),
        )
    new = as_read(row)
    if row.kind == OBLIGATION:
        return obliged(row, new, Decision.ACCEPTED, "", by=by, on=on)
    if row.measure:
        new = reading.with_parts(said_on(row.measure, on), new, row.parts)
    return settled(row, [new], Decision.ACCEPTED, "", by=by, on=on)[0]


def settled(
    row: ImportedRow, pieces: Sequence[Said], decision: Decision, reason: str, *, by: User, on: date
) -> list[Measure]:
    """The measures that come of a row: those that it had are reworded in their order, the rest are new."""
    since = min(row.imported.published_on, on)
    plan = row.imported.plan
    had = measures_of(row)
    number = row.number
    made = []
    for place, piece in enumerate(pieces):
        if place < len(had):
            changed(had[place], piece, row, reason, by=by, on=since)
            made.append(had[place])
            continue
        free = number if place == 0 and number else next_number(plan, piece.kind)
        made.append(new_measure(plan, piece, number=free, by=by, on=since, origin=row))
    decide(row, decision, made[0], reason, by=by, on=on)
    return made


def obliged(
    row: ImportedRow, said: Said, decision: Decision, reason: str, *, by: User, on: date
) -> Obligation:
    """The obligation that comes of a row; it supersedes the one of the row's earlier reading."""
    before = standing(row)
    made = stated(
        Obligation(
            plan=row.imported.plan,
            duty="evaluate",
            section=section_of(row.imported.plan, said.section),
            text=said.text,
            place=dict(said.place),
            topics=list(said.topics),
            origin=row,
            supersedes=before.obligations.first() if before else None,
            by=by,
            on=min(row.imported.published_on, on),
        )
    )
    decide(row, decision, None, reason, by=by, on=on)
    return made


def changed(
    measure: Measure, said: Said, row: ImportedRow | None, reason: str, *, by: User, on: date
) -> Wording:
    """A new wording of a measure, and its owners where they differ."""
    Measure.objects.select_for_update().get(pk=measure.pk)
    day = known_on(measure.plan, on)
    held = list(measure.ownerships.filter(owned_on(day)).select_related("organisation"))
    gone = [one for one in held if owner_said(one) not in said.owners]
    standing = [owner_said(one) for one in held]
    end_owners(gone, by=by, last=day - timedelta(days=1), on=day, reason=reason)
    add_owners(measure, [one for one in said.owners if one not in standing], by=by, on=day)
    return append_wording(measure, said, by=by, on=on, origin=row, reason=reason)


def measures_of(row: ImportedRow) -> list[Measure]:
    """The measures that came of a row's earlier readings, in the order of their numbers."""
    if row.measure is None:
        return []
    came = Measure.objects.filter(wordings__origin=standing(row)).select_related("plan").distinct()
    return list(came.order_by("rank", "number")) or [row.measure]


def decide(
    row: ImportedRow, decision: Decision, measure: Measure | None, reason: str, *, by: User, on: date
) -> None:
    """Write down what was decided about a row."""
    row.decision, row.measure, row.reason = decision, measure, reason
    row.decided_on, row.decided_at, row.decided_by = on, timezone.now(), by
    row.save(update_fields=["decision", "measure", "reason", "decided_on", "decided_at", "decided_by"])


def as_read(row: ImportedRow, directory: Directory | None = None) -> Said:
    """What a row says, as it was read."""
    known = directory or load(row.imported.plan.country)
    return reading.from_row(ReadRow(row.kind, row.section, row.text, row.reading), known)


def made_several(row: ImportedRow) -> bool:
    """The row was split or merged before."""
    before = standing(row)
    return before is not None and before.decision in {Decision.SPLIT, Decision.MERGED}
