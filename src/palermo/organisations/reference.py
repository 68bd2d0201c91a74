"""How the directory is written down. Only the room's action uses it, and the founding of an installation."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from palermo.organisations.directory import Contact, Directory, Member, Party
from palermo.organisations.models import Membership, Organisation
from palermo.organisations.queries import RECOGNISED

CONTACT_FIELDS = ("kind", "value", "source", "confidence")
FIELDS = ("member_id", "role", "since_on", "until_on", "source", "confidence")


def store(directory: Directory) -> int:
    """Write the directory's parties and memberships; part of `load_reference` and of a new installation."""
    kept = {code: party_row(party) for code, party in directory.parties.items()}
    for code, party in directory.parties.items():
        wanted = [membership(kept, one, one.role) for one in party.members]
        wanted += [membership(kept, one, RECOGNISED) for one in party.recognised]
        settle(Membership.objects.filter(body=kept[code]), FIELDS, wanted, body=kept[code])
        reached = [contact(one) for one in party.contacts]
        settle(kept[code].contact_points.all(), CONTACT_FIELDS, reached, organisation=kept[code])
    return len(kept)


def settle(
    present: QuerySet[Any], fields: tuple[str, ...], wanted: list[dict[str, Any]], **owner: Organisation
) -> None:
    """Take away the rows that are not wanted and add the wanted ones that are missing."""
    known = {row.pop("id"): row for row in present.values("id", *fields)}
    present.filter(pk__in=[pk for pk, row in known.items() if row not in wanted]).delete()
    for row in wanted:
        if row not in known.values():
            present.model.objects.create(**owner, **row)


def party_row(party: Party) -> Organisation:
    """The stored organisation of a party, made or brought up to date."""
    row, _made = Organisation.objects.update_or_create(
        code=party.code,
        defaults={
            "kind": party.kind,
            "sort": party.sort,
            "names": dict(party.names),
            "aliases": list(party.aliases),
            "tone": party.tone,
            "since_on": party.since,
            "until_on": party.until,
            "source": party.source,
            "confidence": party.confidence,
        },
    )
    return row


def membership(kept: dict[str, Organisation], one: Member, role: str) -> dict[str, Any]:
    """A membership's fields, as they are stored and compared."""
    values = (kept[one.code].pk, role, one.since, one.until, one.source, one.confidence)
    return dict(zip(FIELDS, values, strict=True))


def contact(one: Contact) -> dict[str, Any]:
    """A contact point's fields, as they are stored and compared."""
    return {"kind": one.kind, "value": one.value, "source": one.source, "confidence": one.confidence}
