"""Sessions that know whose they are, so that each can be shown to its owner and ended."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.backends.base import UpdateError
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import InterfaceError, OperationalError


class SessionStore(db.SessionStore):
    """Django's sessions in the database, each beside the account that signed in."""

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        """The table of sessions."""
        from palermo.accounts.models import Session  # noqa: PLC0415 - settings name this module before models exist

        return Session

    def save(self, must_create: bool = False) -> None:  # noqa: FBT001, FBT002 - as Django calls it
        """Keep the session; a database that cannot is a failure of ours, no session that was ended."""
        try:
            super().save(must_create)
        except UpdateError as reason:
            if isinstance(reason.__context__, OperationalError | InterfaceError):
                raise reason.__context__ from None
            raise

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row of a session, with the account in it."""
        made: Any = super().create_model_instance(data)
        made.user_id = data.get(SESSION_KEY)
        return made
