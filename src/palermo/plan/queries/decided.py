"""What documents said of measures, and what a person decided about it, each on its own day."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from palermo.accounts.models import User
from palermo.plan.models import Decision, Difference, ImportedRow, Wording
from palermo.plan.models.documents import BY_HAND
from palermo.plan.queries.happened import Happened, Wanted
from palermo.plan.queries.visibility import visible_to

Act = tuple[Wording, ImportedRow]  # a wording and the decided row of which it came
OWN_HAND = "decided"  # the basis of an owner whom a person named


def acts(user: User, wanted: Wanted) -> list[Act]:
    """The wordings of these measures that came of a document's rows, with those rows.

    In a span of days: those that became known in it, and those that somebody decided about in it.
    """
    known = visible_to(user, Wording).filter(wanted.about("measure"), origin__decided_on__isnull=False)
    known = known.select_related("measure", "section", "origin__imported", "origin__decided_by")
    if wanted.since is None:
        return [(one, one.origin) for one in known.order_by("pk") if one.origin]
    named = wanted.latest(known.filter(wanted.days()))
    day, moment = "origin__decided_on", "origin__decided_at"
    decided = wanted.latest(known.filter(wanted.days(day)), day, moment)
    found = {one.pk: one for some in (named, decided) for one in some}
    return [(one, one.origin) for _key, one in sorted(found.items()) if one.origin]


def decided(known: Iterable[Act]) -> Iterator[Happened]:
    """What a document said, on the day from which that was known, and how a person took it, on their day."""
    for wording, row in known:
        yield said(row, wording.measure_id, wording.on)
        yield from decision(f"row-{row.decision}", row, wording.measure_id, wording)


def refused(user: User, wanted: Wanted) -> Iterator[Happened]:
    """The rows of these measures of which no wording came: refused, missing, merged into another's.

    The Bureau sees them alone.
    """
    rows = visible_to(user, ImportedRow).filter(
        wanted.about("measure"), decided_on__isnull=False, wordings=None
    )
    rows = rows.select_related("imported", "decided_by")
    if wanted.since:
        rows = wanted.latest(rows.filter(wanted.days("decided_on")), "decided_on", "decided_at")
    for row in rows if wanted.most else rows.order_by("pk"):
        if row.measure_id and row.decided_on:
            yield said(row, row.measure_id, min(row.imported.published_on, row.decided_on))
            if row.decision == Decision.REJECTED:
                what = "kept" if row.difference == Difference.MISSING else "row-rejected"
                yield from decision(what, row, row.measure_id, row)


def said(row: ImportedRow, measure: int, on: date) -> Happened:
    """The words of a document, which speaks for itself."""
    what = "gone" if row.difference == Difference.MISSING else "said"
    return Happened(what, on, row.imported.at, row.imported.name, measure, None, row)


def decision(what: str, row: ImportedRow, measure: int, record: Wording | ImportedRow) -> Iterator[Happened]:
    """Who decided about a row, when and why."""
    if row.decided_on and row.decided_at and row.decided_by:
        by = row.decided_by.name
        yield Happened(what, row.decided_on, row.decided_at, by, measure, None, record, row.reason)


def attributed(found: Iterable[Happened], known: Iterable[Act]) -> Iterator[Happened]:
    """Owners who came or went with a wording: on the document's word, or by the person who named them.

    Whom the document names, it names on its own day; whom a person named when mending it, they named on the
    day of that decision.
    """
    by_day = {(wording.measure_id, wording.on): (wording, row) for wording, row in known}
    for one in found:
        act = by_day.get((one.measure_id, one.on)) if one.what in {"owner", "owner-ended"} else None
        yield with_act(one, *act) if act else one


def with_act(one: Happened, wording: Wording, row: ImportedRow) -> Happened:
    """An owner who came or went with a wording; as it was where it was an act of its own on the same day."""
    mended = row.decision in BY_HAND
    if one.what == "owner":
        by_document, by_person = one.record.basis != OWN_HAND, mended
    else:
        by_document = one.record.end_reason == wording.reason and not mended
        by_person = one.record.end_reason == wording.reason
    if by_document:
        return replace(one, by=row.imported.name)
    if by_person and row.decided_on and row.decided_at:
        return replace(one, on=row.decided_on, at=row.decided_at)
    return one
