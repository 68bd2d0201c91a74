"""Every change of oversight."""

from __future__ import annotations

from datetime import date

from palermo.accounts.models import User
from palermo.audit.action import action
from palermo.audit.chain import Verdict
from palermo.audit.queries import checkpoint, signed_checkpoint
from palermo.errors import Refused, words
from palermo.notices.outbox import put
from palermo.oversight.models import SentCheckpoint, Walk
from palermo.oversight.queries import overseers


@action("oversight.record_walk", permission="oversight.walk")
def record_walk(*, by: User, verdict: Verdict, on: date) -> Walk:
    """Keep what a walk along the whole trail found."""
    return Walk.objects.create(
        entries=verdict.entries, broken_at=verdict.broken_at, reason=verdict.reason or "", on=on, by=by
    )


@action("oversight.send_checkpoint", permission="oversight.send")
def send_checkpoint(*, by: User, link: str, on: date) -> SentCheckpoint:
    """Send where the trail stands to everybody who oversees it; `link` leads to the page that compares it.

    Raises Refused ("nobody-oversees").
    """
    people = overseers(on)
    if not people:
        raise Refused(
            "nobody-oversees",
            words("Nobody oversees this installation, so nobody would keep the checkpoint."),
            words("Let the administrator give the data protection officer the role that oversees."),
        )
    stands, text = checkpoint(), signed_checkpoint()
    for one in people:
        put(
            address=one.email,
            language=one.language,
            template="checkpoint",
            link=link,
            on=on,
            file_name=f"{stands.entries}.json",
            file_text=text,
        )
    return SentCheckpoint.objects.create(
        entries=stands.entries, hash=stands.hash, people=len(people), on=on, by=by
    )
