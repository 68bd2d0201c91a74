"""Questions to the trail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone

from palermo.audit.action import Actor
from palermo.audit.chain import START, Link, Verdict, canonical, verify
from palermo.audit.checkpoints import Checkpoint, disagreement, public, signed, signing_key
from palermo.audit.models import Entry, Head


def visible_to(user: Actor) -> QuerySet[Entry]:
    """The entries that somebody may see: all of them who oversees, else none. No page shows a detail."""
    return Entry.objects.order_by("seq") if user.may("oversight.read") else Entry.objects.none()


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
                detail_digest=entry.detail_digest,
                previous=entry.previous,
            ),
            entry.hash,
        )


def checkpoint() -> Checkpoint:
    """Where the trail stands now."""
    seq, last = Head.objects.filter(id=1).values_list("seq", "hash").get()
    first = Entry.objects.filter(seq=1).values_list("hash", flat=True).first()
    return Checkpoint(seq, last, first or START, timezone.now())


def signed_checkpoint() -> str:
    """Where the trail stands now, signed by this installation, as it is kept elsewhere."""
    return signed(checkpoint(), signing_key(settings.HOME))


def differs_from(kept: Checkpoint) -> str | None:
    """How this trail differs from a checkpoint that was kept elsewhere; None where they agree."""
    hashes = dict(Entry.objects.filter(seq__in={1, kept.entries}).values_list("seq", "hash"))
    entries = Entry.objects.order_by("seq").values_list("seq", flat=True).last() or 0
    return disagreement(kept, hashes, entries, public(signing_key(settings.HOME)))


def exported() -> Iterator[str]:
    """Every entry as a line of JSON without its detail: all that a verifier needs, and no words."""
    names = [
        "seq",
        "at",
        "on",
        "actor",
        "actor_name",
        "action",
        "record",
        "detail_digest",
        "previous",
        "hash",
    ]
    for entry in Entry.objects.order_by("seq").values(*names).iterator(chunk_size=5_000):
        at = entry["at"].astimezone(UTC).isoformat(timespec="microseconds")
        yield canonical({**entry, "at": at, "on": entry["on"].isoformat()}) + "\n"
