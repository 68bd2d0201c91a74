"""Links by which one person sets their password, once. Only actions and the founding make them."""

from __future__ import annotations

import secrets
from datetime import date, timedelta

from palermo.accounts.models import Invitation, User
from palermo.audit.chain import sha256
from palermo.notices.outbox import put

INVITATION_DAYS = 14


def way_in(user: User, on: date, days: int) -> str:
    """The token of a new way in that is open for some days; only its digest is kept."""
    token = secrets.token_urlsafe(32)
    Invitation.objects.create(
        user=user,
        token_digest=sha256(token),
        on=on,
        until_on=on + timedelta(days=days),
    )
    return token


def send_way_in(user: User, *, template: str, link: str, on: date, days: int) -> None:
    """A neutral message with a new way in; `link` holds `TOKEN` where the token goes."""
    address = link.replace("TOKEN", way_in(user, on, days))
    put(address=user.email, language=user.language, template=template, link=address, on=on)


def tell_change(user: User, *, on: date) -> None:
    """A neutral message that something about somebody's way in has changed: a thief cannot do it unseen."""
    put(address=user.email, language=user.language, template="access-changed", link="", on=on)
