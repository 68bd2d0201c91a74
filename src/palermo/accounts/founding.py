"""The first account of an installation: before it there is nobody who could act."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta

from django.db import transaction

from palermo.accounts.actions import INVITATION_DAYS, free_handle
from palermo.accounts.day import today
from palermo.accounts.models import Invitation, Role, RoleKind, User
from palermo.audit.doing import append
from palermo.organisations.directory import load
from palermo.organisations.models import Organisation
from palermo.organisations.storing import store


def found(*, email: str, name: str, organisation: str) -> str | None:
    """Bring the directory up to date and make the first account, secretary and administrator in one.

    Returns the token of its invitation; None where the installation has accounts already.
    """
    with transaction.atomic():
        store(load())
        if User.objects.exists():
            return None
        on, token = today(), secrets.token_urlsafe(32)
        user = User(email=email, handle=free_handle(name), name=name)
        user.set_unusable_password()
        user.save()
        office = Organisation.objects.get(code=organisation)
        for kind in (RoleKind.SECRETARY, RoleKind.ADMINISTRATOR):
            Role.objects.create(user=user, organisation=office, kind=kind, since_on=on)
        Invitation.objects.create(
            user=user,
            token_digest=hashlib.sha256(token.encode()).hexdigest(),
            on=on,
            until_on=on + timedelta(days=INVITATION_DAYS),
        )
        append(user, on, "accounts.found", user, {"organisation": organisation})
        return token
