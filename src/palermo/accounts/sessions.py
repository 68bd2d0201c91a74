"""Sessions that know whose they are, so that each can be shown to its owner and ended."""

from __future__ import annotations

from typing import Any

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends import db
from django.contrib.sessions.base_session import AbstractBaseSession


class SessionStore(db.SessionStore):
    """Django's sessions in the database, each beside the account that signed in."""

    @classmethod
    def get_model_class(cls) -> type[AbstractBaseSession]:
        """The table of sessions."""
        from palermo.accounts.models import Session  # noqa: PLC0415 - settings name this module before models exist

        return Session

    def create_model_instance(self, data: dict[str, Any]) -> Any:
        """The row of a session, with the account in it."""
        made: Any = super().create_model_instance(data)
        made.user_id = data.get(SESSION_KEY)
        return made
