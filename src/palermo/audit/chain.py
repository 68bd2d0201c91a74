"""The chain itself: how an entry is written down, hashed and checked. No database here."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime

START = "0" * 64  # what stands before the first entry


@dataclass(frozen=True)
class Link:
    """An entry as it is hashed."""

    seq: int
    at: datetime
    on: date
    actor: str
    actor_name: str
    action: str
    record: str
    detail: str
    detail_digest: str
    previous: str

    def hash(self) -> str:
        """SHA-256, in hexadecimal, over the canonical form: a JSON array of the fields in this order.

        Moments are UTC in ISO 8601 with microseconds, days ISO 8601, text as UTF-8 without escapes,
        separators `,` and `:` without spaces. The detail goes in by its digest, so that whoever oversees
        the trail can check it without reading what people wrote; entries from before there was a digest go
        in with the detail itself.
        """
        at = self.at.astimezone(UTC).isoformat(timespec="microseconds")
        fields = [self.seq, at, self.on.isoformat(), self.actor, self.actor_name, self.action]
        told = self.detail_digest or self.detail
        return sha256(canonical([*fields, self.record, told, self.previous]))

    def says_what_was_hashed(self) -> bool:
        """Whether the detail is the one of the digest; without a digest it must be a detail, no digest."""
        return sha256(self.detail) == self.detail_digest if self.detail_digest else self.detail[:1] == "{"


@dataclass(frozen=True)
class Verdict:
    """What a walk along the chain found; `broken_at` is the first entry that does not hold."""

    entries: int
    broken_at: int | None = None
    reason: str | None = None


def sha256(text: str) -> str:
    """The digest of a text, in hexadecimal."""
    return hashlib.sha256(text.encode()).hexdigest()


def canonical(value: object) -> str:
    """JSON with sorted keys and no spaces: one value, one text."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def verify(links: Iterable[tuple[Link, str]], head: tuple[int, str] | None) -> Verdict:
    """Walk the entries in order, each with its stored hash, and compare the end with the head.

    Finds every changed, removed, added or moved entry, and one that can no longer be read as an entry. It
    cannot see a chain that was wholly rewritten together with its head: for that a checkpoint must be kept
    elsewhere. A head that is gone is None.
    """
    expected, before = 1, START
    try:
        for link, stored in links:
            if reason := fault(link, stored, expected, before):
                return Verdict(expected - 1, expected if reason == "missing" else link.seq, reason)
            expected, before = expected + 1, stored
    except (ValueError, TypeError, AttributeError):  # a day that is no day, and the like
        return Verdict(expected - 1, expected, "unreadable")
    if head != (expected - 1, before):
        return Verdict(expected - 1, min(expected, head[0] + 1 if head else expected), "head-differs")
    return Verdict(expected - 1)


def fault(link: Link, stored: str, expected: int, before: str) -> str | None:
    """What is wrong with an entry, where it stands; None when it holds."""
    if link.seq != expected:
        return "missing"
    if link.previous != before:
        return "not-linked"
    return None if link.hash() == stored and link.says_what_was_hashed() else "changed"
