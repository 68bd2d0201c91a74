"""Every change is an action: permitted, in one transaction, in the trail; or it does not happen at all."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from functools import wraps
from pathlib import Path
from typing import Any, ParamSpec, Protocol, TypeVar, cast, runtime_checkable

from django.db import models, transaction
from django.utils import timezone

from palermo.audit.asking import asked_by
from palermo.audit.chain import Link, canonical, sha256
from palermo.audit.models import Entry, Head
from palermo.errors import Refused, words

P = ParamSpec("P")
R = TypeVar("R")
LONGEST = 1_000  # signs; a longer text stands in the trail as its length and SHA-256


@runtime_checkable
class Actor(Protocol):
    """Whoever does something: a permission test, a reference that outlives the account, a name."""

    @property
    def reference(self) -> str:
        """A stable reference without personal data, such as "account:12"."""

    @property
    def name(self) -> str:
        """The name as it stood when the entry was written."""

    def may(self, permission: str, record: object = None) -> bool:
        """Whether this actor has the permission, for this record where the permission speaks of one."""


class NotPermitted(Refused):
    """The actor may not do this."""

    def __init__(self, permission: str) -> None:
        super().__init__(
            "not-permitted",
            words("Your role does not allow this."),
            words("Ask the Bureau's secretary which role is needed."),
            permission=permission,
        )


ACTIONS: dict[str, Callable[..., Any]] = {}


def action(
    name: str, *, permission: str, about: str | None = None, unsaid: frozenset[str] = frozenset()
) -> Callable[[Callable[P, R]], Callable[P, R]]:
    """Make a function an action, "room.verb".

    The function takes keyword arguments only, among them `by` (an Actor) and `on` (the office's day).
    `about` names the argument that is the record the entry speaks of and the permission is asked for;
    without it the entry speaks of what the function returns. `unsaid` names arguments that must not stand in
    the trail, such as a password. Raises NotPermitted before anything is done.
    """

    def decorate(function: Callable[P, R]) -> Callable[P, R]:
        @wraps(function)
        def performed(*args: P.args, **kwargs: P.kwargs) -> R:
            by = cast("Actor", kwargs["by"])
            record = kwargs[about] if about else None
            untold = {"by", "on", *unsaid}
            with asked_by(by):
                if not by.may(permission, record):
                    raise NotPermitted(permission)
                said = {key: described(value) for key, value in kwargs.items() if key not in untold}
                with transaction.atomic():
                    result = function(*args, **kwargs)
                    append(by, cast("date", kwargs["on"]), name, record or result, said)
            return result

        ACTIONS[name] = performed
        return performed

    return decorate


def seen(record: models.Model, *, by: Actor, on: date) -> None:
    """Leave a trace that a record was opened, in the transaction that reads it: no trace, no page."""
    append(by, on, "seen", record, {})


def alone() -> None:
    """From here to the end of the transaction nobody else changes anything: the entry's lock, early."""
    Head.objects.select_for_update().get(id=1)


def append(by: Actor, on: date, name: str, record: object, detail: Mapping[str, object]) -> Entry:
    """Add one entry at the end of the chain. The lock on the head is the last that a transaction takes."""
    with transaction.atomic():
        head = Head.objects.select_for_update().get(id=1)
        told = canonical(detail)
        link = Link(
            seq=head.seq + 1,
            at=timezone.now(),
            on=on,
            actor=by.reference,
            actor_name=by.name,
            action=name,
            record=reference(record),
            detail=told,
            detail_digest=sha256(told),
            previous=head.hash,
        )
        made = Entry.objects.create(
            hash=link.hash(), **{one.name: getattr(link, one.name) for one in fields(link)}
        )
        Head.objects.filter(id=1).update(seq=made.seq, hash=made.hash)
    return made


def reference(record: object) -> str:
    """A record as the trail names it: "plan.measure:12"; nothing for what is no record."""
    return f"{record._meta.label_lower}:{record.pk}" if isinstance(record, models.Model) else ""


def described(value: object) -> Any:
    """An argument as the trail keeps it: records by reference, files and long texts by their SHA-256."""
    if isinstance(value, models.Model):
        return reference(value)
    if isinstance(value, str):
        return value if len(value) <= LONGEST else digest(value.encode())
    if isinstance(value, bytes):
        return digest(value)
    if isinstance(value, Path):
        return {"file": value.name, **digest(value.read_bytes())}
    if isinstance(value, date | datetime):
        return value.isoformat()
    return described_many(value)


def described_many(value: object) -> Any:
    """Lists, mappings and values of several fields, part by part; anything else that JSON knows as it is."""
    if is_dataclass(value) and not isinstance(value, type):
        return {one.name: described(getattr(value, one.name)) for one in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): described(part) for key, part in value.items()}
    if isinstance(value, list | tuple | set | frozenset | models.QuerySet):
        parts = [described(part) for part in value]
        return sorted(parts, key=str) if isinstance(value, set | frozenset) else parts
    if value is None or isinstance(value, bool | int | float):
        return value
    return str(value)


def digest(content: bytes) -> dict[str, Any]:
    """What stands in the trail for a file or a long text."""
    return {"length": len(content), "sha256": hashlib.sha256(content).hexdigest()}
