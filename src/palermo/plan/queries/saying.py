"""What a measure says on a day, as the value that a person mends."""

from __future__ import annotations

from datetime import date

from palermo.plan.models import Measure, Ownership, Wording
from palermo.plan.queries.standing import owned_on
from palermo.plan.queries.state import known_on, wordings
from palermo.plan.rules.said import OwnerSaid, Said, TimingSaid


def said_on(measure: Measure, on: date) -> Said:
    """What a measure says on a day, as the value that a person mends."""
    wording = wordings(measure.plan, on).get(measure=measure)
    owners = measure.ownerships.filter(owned_on(known_on(measure.plan, on))).select_related("organisation")
    return Said(
        kind=measure.kind,
        section=wording.section.number,
        text=wording.text,
        timing=timing_on(wording),
        owners=tuple(owner_said(one) for one in owners),
        strength=wording.strength,
        actor=wording.actor,
        training=wording.training,
        topics=tuple(wording.topics),
        evaluation=wording.evaluation,
        place=wording.place,
    )


def timing_on(wording: Wording) -> TimingSaid:
    """The time of a wording, as a value."""
    return TimingSaid(
        text=wording.timing_text,
        kind=wording.timing_kind,
        edtf=wording.edtf or None,
        earliest=wording.earliest,
        latest=wording.latest,
        recurrence=wording.recurrence or None,
        at_least=wording.at_least or None,
        at_most=wording.at_most or None,
        basis=wording.timing_basis,
    )


def owner_said(one: Ownership) -> OwnerSaid:
    """An ownership, as a value."""
    party = one.organisation.code if one.organisation else None
    return OwnerSaid(one.text, party, one.role, one.kind, one.basis)
