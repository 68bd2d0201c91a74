"""What proves who somebody is: used up, tied, renewed. Only actions use it, in their transaction."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date

from django.utils import timezone

from palermo.accounts.links import tell_change
from palermo.accounts.models import Authenticator, Identity, Passkey, RecoveryCode, Session, User
from palermo.accounts.queries import needs_second, second_factors
from palermo.accounts.rules import AUTHENTICATOR, RECOVERY_CODES, kind_of, plain, recovery_code, step_of
from palermo.accounts.sealed import unseal
from palermo.errors import Refused, words


def use_code(user: User, code: str) -> None:
    """Use a code of the authenticator or a recovery code, once. Raises Refused for any other."""
    used = use_authenticator(user, code) if kind_of(code) == AUTHENTICATOR else use_recovery_code(user, code)
    if not used:
        raise Refused(
            "wrong-code",
            words("This code does not open."),
            words("Wait for the next code of the application and type it; each works once."),
        )


def use_authenticator(user: User, code: str) -> bool:
    """Whether the code is the authenticator's of this moment; it never opens again."""
    known = Authenticator.objects.filter(user=user).first()
    if known is None:
        return False
    secret = unseal(bytes(known.sealed_secret), user.reference)
    step = step_of(plain(code), secret, timezone.now().timestamp(), known.last_step)
    # of two that type it at once, one moves the step
    return step is not None and bool(
        Authenticator.objects.filter(pk=known.pk, last_step__lt=step).update(last_step=step)
    )


def use_recovery_code(user: User, code: str) -> bool:
    """Whether the code is one of the person's, not used yet; from now on it is."""
    mine = RecoveryCode.objects.filter(user=user, digest=digest(code), used_at=None)
    return bool(mine.update(used_at=timezone.now()))


def use_passkey(passkey: Passkey, counter: int) -> None:
    """Note that a passkey signed. Raises Refused where its counter went back: there are two of it."""
    moved = Passkey.objects.filter(pk=passkey.pk)
    if counter or passkey.counter:
        moved = moved.filter(counter__lt=counter)
    if not moved.update(counter=counter, used_at=timezone.now()):
        raise Refused(
            "passkey-copied",
            words("This passkey was refused: it may have been copied."),
            words("Use another way to sign in, remove this passkey and tell the administrator."),
        )


def renew_codes(user: User) -> list[str]:
    """Ten new recovery codes; the earlier ones open nothing from now on."""
    RecoveryCode.objects.filter(user=user).delete()
    codes = [recovery_code(secrets.token_bytes(10)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.bulk_create(RecoveryCode(user=user, digest=digest(code)) for code in codes)
    return codes


def digest(code: str) -> str:
    """What is kept of a recovery code: eighty random bits need no slower digest."""
    return hashlib.sha256(plain(code).encode()).hexdigest()


def use(user: User, code: str, passkey: Passkey | None, counter: int) -> None:
    """Use up what somebody proves who they are with."""
    if code:
        use_code(user, code)
    if passkey:
        use_passkey(passkey, counter)


def tie(user: User, issuer: str, subject: str) -> None:
    """Tie a provider's name to an account; once tied, no other name of that provider opens it."""
    known, _new = Identity.objects.get_or_create(user=user, issuer=issuer, defaults={"subject": subject})
    if known.subject != subject:
        raise Refused(
            "other-identity",
            words("This account is tied to another identity."),
            words("Sign in with a password or a passkey, or ask the administrator."),
        )


def require_another(user: User) -> None:
    """Refuse to remove the last second factor of somebody whose role asks for one."""
    if needs_second(user) and second_factors(user) < 2:
        raise Refused(
            "last-factor",
            words("Your role asks for a second factor, and this is your last one."),
            words("Set up another one first."),
        )


def changed(user: User, keep: str, on: date) -> None:
    """A factor is another one: every other session is over, and the person is told."""
    close_sessions(user, keep)
    tell_change(user, on=on)


def close_sessions(user: User, keep: str = "") -> None:
    """End every session of somebody but the one to keep."""
    Session.objects.filter(user=user).exclude(session_key=keep).delete()
