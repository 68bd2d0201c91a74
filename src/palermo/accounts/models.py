"""What is stored about people who sign in."""

from __future__ import annotations

from typing import Any, ClassVar

import rules
from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import F, Q

from palermo.accounts.day import today
from palermo.organisations.models import Organisation


class RoleKind(models.TextChoices):
    """What somebody is within an organisation."""

    SECRETARY = "secretary"  # does the office's work: imports, rounds, acceptance, reports
    CONTACT_POINT = "contact-point"  # answers for the organisation
    VALIDATING_AUTHORITY = "validating-authority"  # signs the organisation's answers
    READER = "reader"  # reads the plan and what was released
    ADMINISTRATOR = "administrator"  # manages accounts, sees no content
    OVERSEER = "overseer"  # sees who did what and when, and no content


class Accounts(BaseUserManager["User"]):
    """Finds an account by its address, whatever its capitals."""

    def get_by_natural_key(self, username: str | None) -> User:
        """The account of an e-mail address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """A person who signs in; known by an e-mail address."""

    email = models.EmailField(unique=True)
    handle = models.SlugField(unique=True, max_length=80)
    name = models.CharField(max_length=200)
    language = models.CharField(max_length=5, default="en")
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["handle", "name"]
    objects: ClassVar[Accounts] = Accounts()

    def __str__(self) -> str:
        return self.name

    @property
    def reference(self) -> str:
        """How the trail names this account."""
        return f"account:{self.pk}"

    def may(self, permission: str, record: object = None) -> bool:
        """Whether the roles held on the office's day allow this, for this record."""
        return bool(self.is_active and rules.has_perm(permission, self, record))

    def roles_now(self) -> list[Role]:
        """The roles held on the office's day, read once for each request."""
        known: dict[str, Any] = self.__dict__
        if "_roles_now" not in known:
            known["_roles_now"] = list(self.roles.on(today()).select_related("organisation"))
        found: list[Role] = known["_roles_now"]
        return found

    def holds(self, *kinds: str) -> bool:
        """Whether one of these roles is held today in any organisation."""
        return any(role.kind in kinds for role in self.roles_now())

    def organisations_as(self, *kinds: str) -> set[int]:
        """The keys of the organisations in which one of these roles is held today."""
        return {role.organisation_id for role in self.roles_now() if role.kind in kinds}


class Roles(models.QuerySet["Role"]):
    """Roles, by day."""

    def on(self, day: Any) -> Roles:
        """The roles in force on a day; the last day counts."""
        return self.filter(Q(until_on=None) | Q(until_on__gte=day), since_on__lte=day)


class Role(models.Model):
    """A role that somebody holds within an organisation, from a day and until a day."""

    user = models.ForeignKey(User, models.PROTECT, related_name="roles")
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="roles")
    kind = models.CharField(max_length=30, choices=RoleKind)
    since_on = models.DateField()
    until_on = models.DateField(null=True, blank=True)

    objects: ClassVar[models.Manager[Role]] = Roles.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(until_on=None) | Q(until_on__gte=F("since_on")), name="role_order"
            ),
            models.UniqueConstraint(
                fields=["user", "organisation", "kind"], condition=Q(until_on=None), name="role_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.organisation}"


class Invitation(models.Model):
    """A way in for one person, once, until a day. Only the digest of its token is kept."""

    user = models.ForeignKey(User, models.PROTECT, related_name="invitations")
    token_digest = models.CharField(max_length=64, unique=True)
    on = models.DateField()
    until_on = models.DateField()
    accepted_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.user} {self.on}"


class Purpose(models.TextChoices):
    """What a token opens."""

    CALENDAR = "calendar"  # the holder's deadlines, to whoever knows the address
    PROGRAMS = "programs"  # what the holder may read, to a program of theirs


class Token(models.Model):
    """What a calendar or a program shows instead of its holder's sign-in. Only its digest is kept."""

    user = models.ForeignKey(User, models.PROTECT, related_name="tokens")
    purpose = models.CharField(max_length=10, choices=Purpose)
    token_digest = models.CharField(max_length=64, unique=True)
    on = models.DateField()
    until_on = models.DateField(null=True)  # its last day; empty: until it is ended
    ended_on = models.DateField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "purpose"], condition=Q(ended_on=None), name="one_open_token"
            )
        ]

    def __str__(self) -> str:
        return f"{self.user} {self.purpose} {self.on}"


class Demonstration(models.Model):
    """The mark that only a demonstration's own creation writes; without it nobody signs in by one click.

    It keeps the day on which the demonstration stands.
    """

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    stands_on = models.DateField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(id=1), name="one_demonstration")]

    def __str__(self) -> str:
        return str(self.stands_on)


class Passkey(models.Model):
    """A passkey of one person: its public half, which is worth nothing to a thief."""

    user = models.ForeignKey(User, models.PROTECT, related_name="passkeys")
    name = models.CharField(max_length=100)
    credential_id = models.CharField(max_length=1400, unique=True)  # base64url, as browsers write it
    credential = models.BinaryField()
    counter = models.PositiveBigIntegerField()
    added_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name


class Authenticator(models.Model):
    """The application on somebody's telephone that shows a code of six digits."""

    user = models.OneToOneField(User, models.PROTECT, related_name="authenticator")
    sealed_secret = models.BinaryField()
    last_step = models.PositiveBigIntegerField()  # of the last code that was used: none opens twice
    added_at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return str(self.user)


class RecoveryCode(models.Model):
    """A code for the day on which the telephone is lost: only its digest is kept, and it opens once."""

    user = models.ForeignKey(User, models.PROTECT, related_name="recovery_codes")
    digest = models.CharField(max_length=64, unique=True)
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.user)


class Identity(models.Model):
    """The name under which a provider of identities knows somebody; tied once, to one account."""

    user = models.ForeignKey(User, models.PROTECT, related_name="identities")
    issuer = models.CharField(max_length=300)
    subject = models.CharField(max_length=300)
    tied_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="identity_once"),
            models.UniqueConstraint(fields=["user", "issuer"], name="identity_of_one_account"),
        ]

    def __str__(self) -> str:
        return self.subject


class Attempt(models.Model):
    """One answer at the door, kept until it was right or its time is over. The digest names nobody."""

    digest = models.CharField(max_length=64, db_index=True)
    at = models.DateTimeField(db_index=True)

    def __str__(self) -> str:
        return str(self.at)


class Session(AbstractBaseSession):
    """One browser in which somebody is signed in. Without its row the browser is signed out."""

    user = models.ForeignKey(User, models.PROTECT, null=True, related_name="sessions")

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        """What reads and writes these rows."""
        from palermo.accounts.sessions import SessionStore  # noqa: PLC0415

        return SessionStore
