"""Who asks, as the database is told, so that its policies keep from everybody what is private to others.

PostgreSQL alone has policies (decision 0031); to any other database nothing is told. A connection of which
nothing was said belongs to nobody, who sees no private row.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Protocol

from django.conf import settings
from django.db import connection
from django.utils import timezone

NOBODY = ""
SYSTEM = "system"
TELLING = "SELECT set_config('palermo.actor', %s, false), set_config('palermo.day', %s, false)"
ASKING: ContextVar[str] = ContextVar("ASKING", default=NOBODY)


class Known(Protocol):
    """Whoever has a reference that outlives the account, such as "account:12"."""

    @property
    def reference(self) -> str:
        """The reference."""


@contextmanager
def asked_by(actor: Known | None) -> Iterator[None]:
    """While this lasts the database answers this actor, or nobody; then whoever asked before."""
    with asked(actor.reference if actor else NOBODY):
        yield


@contextmanager
def asked_by_system() -> Iterator[None]:
    """While this lasts every row is there: for what copies or derives whole tables and acts for nobody."""
    with asked(SYSTEM):
        yield


@contextmanager
def asked(reference: str) -> Iterator[None]:
    """While this lasts it is this reference that asks, whoever asked before on the same connection."""
    before = ASKING.set(reference)
    tell(reference)
    try:
        yield
    finally:
        ASKING.reset(before)
        if not undone():
            tell(ASKING.get())


def tell(reference: str) -> None:
    """Tell the connection who asks, and the office's day, on which roles are held."""
    if connection.vendor == "postgresql" and (reference or connection.connection):
        day = settings.TODAY or timezone.localdate().isoformat()
        with connection.cursor() as cursor:
            cursor.execute(TELLING, [reference, day])


def undone() -> bool:
    """Whether what was told ends with a transaction that failed, or with a connection that broke."""
    if connection.vendor != "postgresql" or connection.connection is None:
        return False
    failed = connection.connection.info.transaction_status.name in {"INERROR", "UNKNOWN"}
    return failed or connection.needs_rollback
