"""Checkpoints: where the trail stood at a moment, signed, to be kept where nobody here can write.

The chain finds what was changed inside it. A tail that was cut off, a chain that was written anew to its end,
a database that was put in the place of another: these agree with themselves, and only with a checkpoint that
lies elsewhere they do not. No database here.
"""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from palermo.audit.chain import canonical
from palermo.audit.keys import made_once
from palermo.errors import Refused, words

FORMAT = "trail-checkpoint-1"  # neutral: it travels by e-mail
MOST_SIGNS = 4_000
SIGNED = ("at", "entries", "first", "format", "hash", "key")  # what the signature is taken over, as JSON


@dataclass(frozen=True)
class Checkpoint:
    """How many entries there were at a moment and the last one's hash; the first one's names the trail."""

    entries: int
    hash: str
    first: str
    at: datetime
    key: str = ""  # of whoever signed it, in base64; nobody yet


def signing_key(home: Path) -> Ed25519PrivateKey:
    """The key with which an installation signs its checkpoints, made the first time it is needed."""
    made = made_once(
        home / "checkpoint.key", lambda: b64encode(Ed25519PrivateKey.generate().private_bytes_raw()).decode()
    )
    return Ed25519PrivateKey.from_private_bytes(b64decode(made))


def public(key: Ed25519PrivateKey) -> str:
    """The half of a key that everybody may know, in base64."""
    return b64encode(key.public_key().public_bytes_raw()).decode()


def signed(checkpoint: Checkpoint, key: Ed25519PrivateKey) -> str:
    """The checkpoint as a text of one line, JSON, with its Ed25519 signature (RFC 8032) in base64."""
    told: dict[str, object] = {
        "format": FORMAT,
        "entries": checkpoint.entries,
        "hash": checkpoint.hash,
        "first": checkpoint.first,
        "at": checkpoint.at.astimezone(UTC).isoformat(timespec="seconds"),
        "key": public(key),
    }
    return canonical({**told, "signature": b64encode(key.sign(canonical(told).encode())).decode()}) + "\n"


def read(text: str) -> Checkpoint:
    """The checkpoint in a text. Raises Refused where it is none, or where its signature does not hold."""
    try:
        if len(text) > MOST_SIGNS:
            raise ValueError
        told = json.loads(text)
        found = Checkpoint(
            told["entries"], told["hash"], told["first"], datetime.fromisoformat(told["at"]), told["key"]
        )
        signature, key = bytes_of(told["signature"]), bytes_of(found.key)
        if told["format"] != FORMAT or not isinstance(found.entries, int):
            raise ValueError
        body = canonical({name: told[name] for name in SIGNED}).encode()
        Ed25519PublicKey.from_public_bytes(key).verify(signature, body)
    except InvalidSignature as reason:
        raise Refused(
            "checkpoint-not-signed",
            words("The signature of this checkpoint does not hold: somebody changed it."),
            words("Take the checkpoint from the message in which it came."),
        ) from reason
    except (ValueError, TypeError, KeyError, RecursionError) as reason:
        raise Refused(
            "no-checkpoint",
            words("This is no checkpoint of a trail."),
            words("Hand in the file as it was sent; its one line begins with a brace."),
        ) from reason
    return found


def bytes_of(text: str) -> bytes:
    """What base64 stands for. Raises ValueError for another writing of the same bytes: it was changed."""
    found = b64decode(text, validate=True)
    if b64encode(found).decode() != text:
        raise ValueError
    return found


def disagreement(kept: Checkpoint, now: Mapping[int, str], entries: int, key: str) -> str | None:
    """How a trail differs from a checkpoint that was kept elsewhere; None where they agree.

    `now` holds the hashes of the first entry and of the one at which the checkpoint was taken, as far as
    they are there; `entries` is how many there are; `key` is this installation's public key.
    """
    if kept.key != key:
        return "another-key"
    if now.get(1, "") != kept.first and kept.entries:
        return "another-trail"
    if entries < kept.entries:
        return "cut"
    return None if not kept.entries or now.get(kept.entries) == kept.hash else "rewritten"
