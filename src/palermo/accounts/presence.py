"""What a session knows: how and when it began, and when somebody last proved who they are."""

from __future__ import annotations

from collections.abc import Sequence

from django.conf import settings
from django.contrib.auth import login
from django.http import HttpRequest
from django.utils import timezone

from palermo.accounts import rules
from palermo.accounts.models import User
from palermo.accounts.queries import is_demonstration

BACKEND = "django.contrib.auth.backends.ModelBackend"
NOTED = 60  # seconds after which a request is noted as the last one seen


def now() -> float:
    """This moment, in seconds."""
    return timezone.now().timestamp()


def begin(request: HttpRequest, user: User, factors: Sequence[str]) -> None:
    """Sign somebody in, in a session of its own."""
    for left in ("half", "passkey", "identity", "begun", "seen"):
        request.session.pop(left, None)
    login(request, user, backend=BACKEND)
    request.session["factors"] = list(factors)
    note(request)


def note(request: HttpRequest) -> None:
    """Note that somebody is there; at the beginning, also since when and with which browser."""
    session, moment = request.session, now()
    if "begun" not in session:
        session["begun"] = session["proved"] = moment
        session["browser"] = rules.browser(request.headers.get("user-agent", ""))
    if moment - session.get("seen", 0) >= NOTED:
        session["seen"] = moment


def prove(request: HttpRequest, factor: str) -> None:
    """Somebody who is signed in proved it once more, with this factor."""
    request.session["proved"] = now()
    known = request.session.get("factors", [])
    if factor not in known:
        request.session["factors"] = [*known, factor]


def over(request: HttpRequest) -> bool:
    """Whether a session has lasted too long, or nobody was there for too long."""
    begun, seen = request.session.get("begun"), request.session.get("seen")
    if begun is None or seen is None:
        return False
    idle = settings.SESSION_COOKIE_AGE if is_demonstration() else settings.SESSION_IDLE
    return bool(now() - begun > settings.SESSION_COOKIE_AGE or now() - seen > idle)


def fresh(request: HttpRequest) -> bool:
    """Whether somebody proved who they are within the last quarter of an hour; a demonstration never asks."""
    return now() - request.session.get("proved", 0) < rules.FRESH or is_demonstration()


def is_strong(request: HttpRequest) -> bool:
    """Whether more than a password opened this session."""
    return rules.strong(request.session.get("factors", []))


def place(request: HttpRequest) -> str:
    """Where a request comes from: what our nearest web server says, else the connection itself."""
    told = request.headers.get("x-forwarded-for", "").split(",")
    near = told[-settings.PROXIES] if 0 < settings.PROXIES <= len(told) else ""
    return near.strip() or request.META.get("REMOTE_ADDR", "")
