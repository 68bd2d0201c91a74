"""How often somebody answered wrongly at the door. Each answer counts before it is looked at."""

from __future__ import annotations

from datetime import timedelta

from django.utils import timezone
from django.utils.crypto import salted_hmac

from palermo.accounts.models import Attempt
from palermo.accounts.rules import WINDOW, WRONG_ANSWERS


def count(door: str) -> int:
    """Count one more answer at a door and say how many stand there; one too many does not stay.

    Counted first and looked at after, so that a hundred answers at once are not a hundred tries.
    """
    now = timezone.now()
    Attempt.objects.filter(at__lt=now - timedelta(seconds=WINDOW)).delete()
    made = Attempt.objects.create(digest=digest(door), at=now)
    there = standing(door)
    if there > WRONG_ANSWERS:
        Attempt.objects.filter(pk=made.pk).delete()
    return there


def standing(door: str) -> int:
    """How many answers stand at a door."""
    return Attempt.objects.filter(digest=digest(door)).count()


def forget(door: str) -> None:
    """The answer was right: nothing stands at this door any more."""
    Attempt.objects.filter(digest=digest(door)).delete()


def digest(door: str) -> str:
    """A door as it is kept: nobody reads an address out of it."""
    return salted_hmac("palermo.accounts.attempts", door, algorithm="sha256").hexdigest()
