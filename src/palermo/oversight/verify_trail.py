#!/usr/bin/env python3
"""Check a trail and checkpoints of it without Palermo: `python verify_trail.py TRAIL [CHECKPOINT ...]`.

TRAIL is the file of lines that the oversight page gives, or the SQLite database itself; Python is enough.
"""

import base64
import hashlib
import json
import sqlite3
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

FIELDS = ["seq", "at", "on", "actor", "actor_name", "action", "record", "detail_digest", "previous", "hash"]
P, Q = 2**255 - 19, 2**252 + 27742317777372353535851937790883648493  # the field and the order (RFC 8032)
D = -121665 * pow(121666, P - 2, P) % P
Point = tuple[int, int, int, int]


def text(value: object) -> str:
    """JSON with sorted keys and no spaces."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def digest(words: str) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(words.encode()).hexdigest()


def entries(path: str) -> Iterator[dict[str, Any]]:
    """Each entry in order; with `detail` only where it is there to be checked."""
    with Path(path).open("rb") as file:
        if not file.read(16).startswith(b"SQLite format 3"):
            file.seek(0)
            yield from (json.loads(line) for line in file)
            return
    with sqlite3.connect(f"file:{path}?mode=ro", uri=True) as database:
        database.row_factory = sqlite3.Row
        for row in database.execute("SELECT * FROM audit_entry ORDER BY seq"):
            moment = datetime.fromisoformat(row["at"]).replace(tzinfo=UTC)
            yield {**dict(row), "at": moment.isoformat(timespec="microseconds")}


def fault(entry: dict[str, Any], seq: int, before: str) -> str | None:
    """What is wrong with an entry in its place; None when it holds."""
    if entry["seq"] != seq or entry["previous"] != before:
        return "it does not follow the one before"
    told, words = entry["detail_digest"] or entry.get("detail"), entry.get("detail")
    if words is not None and (told != digest(words) if entry["detail_digest"] else words[:1] != "{"):
        return "its words are not those that were written"
    if told is None:  # an early entry that came without its words: only its place can be checked
        return None
    said = [*(entry[one] for one in FIELDS[:7]), told, entry["previous"]]
    return None if digest(text(said)) == entry["hash"] else "it is not as it was written"


def point(octets: bytes) -> Point:
    """A point of edwards25519 from its 32 octets (RFC 8032, 5.1.3)."""
    whole = int.from_bytes(octets, "little")
    y, sign = whole & ((1 << 255) - 1), whole >> 255
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    x = x if (x * x - square) % P == 0 else x * pow(2, (P - 1) // 4, P) % P
    if (x * x - square) % P or y >= P or (x == 0 and sign):
        raise ValueError("no point")
    x = x if x & 1 == sign else P - x
    return x, y, 1, x * y % P


def plus(a: Point, b: Point) -> Point:
    """The sum of two points (RFC 8032, 5.1.4)."""
    e, f = (a[1] - a[0]) * (b[1] - b[0]), (a[1] + a[0]) * (b[1] + b[0])
    g, h = 2 * a[3] * b[3] * D, 2 * a[2] * b[2]
    e, f, g, h = f - e, h - g, h + g, f + e
    return e * f % P, g * h % P, f * g % P, e * h % P


def times(number: int, a: Point) -> Point:
    """A point added to itself so many times."""
    found = (0, 1, 1, 0)
    while number:
        found, a, number = plus(found, a) if number & 1 else found, plus(a, a), number >> 1
    return found


def is_signed(message: bytes, signature: bytes, key: bytes) -> bool:
    """Whether an Ed25519 signature holds (RFC 8032, 5.1.7)."""
    s = int.from_bytes(signature[32:], "little")
    base = point((4 * pow(5, P - 2, P) % P).to_bytes(32, "little"))
    h = int.from_bytes(hashlib.sha512(signature[:32] + key + message).digest(), "little") % Q
    left, right = times(s, base), plus(point(signature[:32]), times(h, point(key)))
    apart = [(left[n] * right[2] - right[n] * left[2]) % P for n in (0, 1)]
    return len(signature) == 64 and s < Q and apart == [0, 0]


def main(path: str, *checkpoints: str) -> str | None:
    """Say what holds; what does not is returned, and ends with 1."""
    hashes, before = ["0" * 64], "0" * 64
    for seq, entry in enumerate(entries(path), start=1):
        if wrong := fault(entry, seq, before):
            return f"broken at entry {seq}: {wrong}"
        before = entry["hash"]
        hashes.append(before)
    for name in checkpoints:
        kept = json.loads(Path(name).read_text("utf-8"))
        signature = base64.b64decode(kept.pop("signature"))
        if not is_signed(text(kept).encode(), signature, base64.b64decode(kept["key"])):
            return f"{name}: the signature does not hold"
        number = kept["entries"]
        if hashes[number : number + 1] != [kept["hash"]] or hashes[min(number, 1)] != kept["first"]:
            return f"{name}: entry {number} is not the one that stood there at {kept['at']}"
        print(f"{name}: agrees, signed by {kept['key']}")
    print(f"{len(hashes) - 1} entries; every one holds")
    return None


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]) if len(sys.argv) > 1 else __doc__)
