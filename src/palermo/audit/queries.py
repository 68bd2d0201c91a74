"""Questions to the trail."""

from __future__ import annotations

from collections.abc import Iterator

from django.db.models import QuerySet

from palermo.audit.action import Actor
from palermo.audit.chain import Link, Verdict, verify
from palermo.audit.models import Entry, Head


def visible_to(user: Actor) -> QuerySet[Entry]:
    """The entries that somebody may read: all with the permission to read the trail, else none."""
    return Entry.objects.order_by("seq") if user.may("audit.read") else Entry.objects.none()


def verify_chain() -> Verdict:
    """Walk the whole chain of this database, a few thousand entries in memory at a time."""
    head = Head.objects.filter(id=1).values_list("seq", "hash").first()
    found = verify(links(), head)
    # what cannot be read spoils all that is read together with it: walk again, one by one, to name it
    return verify(links(1), head) if found.reason == "unreadable" else found


def links(at_once: int = 5_000) -> Iterator[tuple[Link, str]]:
    """Every entry as it is hashed, with its stored hash, in order."""
    for entry in Entry.objects.order_by("seq").iterator(chunk_size=at_once):
        yield (
            Link(
                seq=entry.seq,
                at=entry.at,
                on=entry.on,
                actor=entry.actor,
                actor_name=entry.actor_name,
                action=entry.action,
                record=entry.record,
                detail=entry.detail,
                previous=entry.previous,
            ),
            entry.hash,
        )
