"""Who asks: the account behind a request that came through sign-in."""

from __future__ import annotations

from django.http import Http404, HttpRequest

from palermo.accounts.models import User


def asker(request: HttpRequest) -> User:
    """Who asks. Raises Http404 where nobody signed in: every page that calls this stands behind sign-in."""
    user = request.user
    if not isinstance(user, User):
        raise Http404
    return user
