"""Questions about accounts."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime

from django.conf import settings
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify

from palermo.accounts.models import (
    Authenticator,
    Demonstration,
    Invitation,
    Role,
    RoleKind,
    Session,
    Token,
    User,
)
from palermo.audit.chain import sha256
from palermo.errors import Refused, words

DEMONSTRATION_ADDRESS = "@demonstration.invalid"  # a domain in which nobody can ever have an address


def visible_to(user: User) -> QuerySet[User]:
    """The accounts that somebody may see: all for an administrator, else one's own."""
    everyone = User.objects.order_by("name")
    return everyone if user.may("accounts.manage") else everyone.filter(pk=user.pk)


def named(account: str) -> User:
    """The account that a command line names by its address, its handle or its name. Raises Refused."""
    known = User.objects.filter(is_active=True)
    for field in ("email__iexact", "handle__iexact", "name__iexact"):
        if found := known.filter(**{field: account}).first():
            return found
    raise Refused(
        "no-account",
        words("There is no account “{account}” in this installation."),
        words("Name an account by its address or its handle; ./palermo accounts lists them."),
        account=account,
    )


def holders(organisations: set[int], kinds: list[RoleKind], on: date) -> QuerySet[Role]:
    """Who holds one of these roles in one of these organisations on a day."""
    return roles_held(kinds, on).filter(organisation__in=organisations).select_related("user", "organisation")


def people_as(kind: RoleKind, on: date) -> QuerySet[User]:
    """Who holds a role in whatever organisation on a day."""
    return User.objects.filter(pk__in=roles_held([kind], on).values("user")).order_by("pk")


def roles_held(kinds: list[RoleKind], on: date) -> QuerySet[Role]:
    """These roles of people whose account is open, as they are held on a day."""
    held = Role.objects.filter(kind__in=kinds, user__is_active=True, since_on__lte=on)
    return held.exclude(until_on__lt=on)


def invitation(token: str, on: date) -> Invitation | None:
    """The invitation that a link opens, while it is open."""
    digest = sha256(token)
    return (
        Invitation.objects.filter(token_digest=digest, accepted_on=None, until_on__gte=on)
        .select_related("user")
        .first()
    )


def holder(token: str, purpose: str, on: date) -> User | None:
    """Whose open token this is, while they are active and hold a role."""
    digest = sha256(token)
    found = open_tokens(on).filter(token_digest=digest, purpose=purpose).select_related("user").first()
    return found.user if found and found.user.is_active and found.user.roles_now() else None


def open_tokens(on: date) -> QuerySet[Token]:
    """The tokens that open something on a day."""
    return Token.objects.filter(ended_on=None).exclude(until_on__lt=on)


def tokens_of(user: User, on: date) -> dict[str, Token]:
    """The open tokens of an account, by what they open."""
    return {one.purpose: one for one in open_tokens(on).filter(user=user)}


def reachable(email: str) -> User | None:
    """The account in use with an address, for a message to it."""
    return User.objects.filter(email__iexact=email, is_active=True).first()


def in_use(pk: int) -> User | None:
    """The account in use with this key."""
    return User.objects.filter(pk=pk, is_active=True).first()


def demonstration_day() -> date | None:
    """The day on which a demonstration stands; None in any other database."""
    return Demonstration.objects.values_list("stands_on", flat=True).first()


def holds_real_accounts() -> bool:
    """Whether people have accounts here, in a database that was not made for a demonstration."""
    return User.objects.exists() and not Demonstration.objects.exists()


def is_demonstration() -> bool:
    """Whether one click may sign in: the setting says so and this database was made for a demonstration."""
    return bool(settings.DEMONSTRATION and Demonstration.objects.exists())


def demonstration_roles() -> QuerySet[User]:
    """The accounts of a demonstration in the order in which they are offered; none outside one.

    Only those that its making gave an address of its own: wherever the mark may be copied to, an account
    of a real person is never opened by one click.
    """
    made = User.objects.filter(is_active=True, email__endswith=DEMONSTRATION_ADDRESS)
    return made.prefetch_related("roles").order_by("pk") if is_demonstration() else made.none()


def free_handle(name: str) -> str:
    """A short name for the command line that nobody has yet: "contact-point-fedasil", "…-2"."""
    stem = slugify(name)[:70] or "account"
    handle, number = stem, 1
    while User.objects.filter(handle=handle).exists():
        number += 1
        handle = f"{stem}-{number}"
    return handle


def has_second(user: User) -> bool:
    """Whether somebody has anything beside a password to prove who they are."""
    return user.passkeys.exists() or Authenticator.objects.filter(user=user).exists()


def needs_second(user: User) -> bool:
    """Whether a role held today asks for a second factor; never in a demonstration."""
    return user.holds(*settings.SECOND_FACTOR_ROLES) and not is_demonstration()


def second_factors(user: User) -> int:
    """How many second factors somebody has, recovery codes aside."""
    return user.passkeys.count() + Authenticator.objects.filter(user=user).count()


def codes_left(user: User) -> int:
    """How many recovery codes somebody still has."""
    return user.recovery_codes.filter(used_at=None).count()


@dataclass(frozen=True)
class OpenSession:
    """A browser in which somebody is signed in. `mark` tells it from others and opens nothing."""

    mark: str
    key: str
    browser: str
    since: datetime
    seen: datetime
    here: bool


def sessions(user: User, here: str | None = None) -> list[OpenSession]:
    """The open sessions of somebody, the one used last first; `here` is the key of the one that asks."""
    found = []
    for one in Session.objects.filter(user=user, expire_date__gt=timezone.now()):
        told = one.get_decoded()
        begun, seen = (moment(told.get(name)) for name in ("begun", "seen"))
        mark = hashlib.sha256(one.session_key.encode()).hexdigest()[:20]
        key = one.session_key
        found.append(OpenSession(mark, key, told.get("browser", ""), begun, seen, here=key == here))
    return sorted(found, key=lambda one: one.seen, reverse=True)


def moment(seconds: float | None) -> datetime:
    """A moment that a session noted; now, where it noted none."""
    return (
        datetime.fromtimestamp(seconds, timezone.get_current_timezone()) if seconds else timezone.localtime()
    )


def tied(issuer: str, subject: str) -> User | None:
    """The account in use to which a provider's name for somebody is tied."""
    return User.objects.filter(identities__issuer=issuer, identities__subject=subject, is_active=True).first()
