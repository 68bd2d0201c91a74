"""The first account of an installation: before it there is nobody who could act."""

from __future__ import annotations

from django.db import transaction

from palermo.accounts.day import today
from palermo.accounts.links import INVITATION_DAYS, way_in
from palermo.accounts.models import Role, RoleKind, User
from palermo.accounts.queries import free_handle
from palermo.audit.action import append
from palermo.organisations.directory import load
from palermo.organisations.models import Organisation
from palermo.organisations.reference import store


def found(*, email: str, name: str, organisation: str) -> str | None:
    """Bring the directory up to date and make the first account, secretary and administrator in one.

    Returns the token of its invitation; None where the installation has accounts already.
    """
    with transaction.atomic():
        store(load())
        if User.objects.exists():
            return None
        on = today()
        user = User(email=email, handle=free_handle(name), name=name)
        user.set_unusable_password()
        user.save()
        office = Organisation.objects.get(code=organisation)
        for kind in (RoleKind.SECRETARY, RoleKind.ADMINISTRATOR):
            Role.objects.create(user=user, organisation=office, kind=kind, since_on=on)
        token = way_in(user, on, INVITATION_DAYS)
        append(user, on, "accounts.found", user, {"organisation": organisation})
        return token
