"""Every change to accounts."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.utils import timezone

from palermo.accounts.factors import changed, close_sessions, renew_codes, require_another, tie, use
from palermo.accounts.links import INVITATION_DAYS, send_way_in, tell_change
from palermo.accounts.models import (
    Authenticator,
    Invitation,
    Passkey,
    Purpose,
    RecoveryCode,
    Role,
    RoleKind,
    Session,
    Token,
    User,
)
from palermo.accounts.queries import free_handle
from palermo.accounts.rules import step_of
from palermo.accounts.sealed import seal
from palermo.audit.action import action, alone
from palermo.audit.chain import sha256
from palermo.errors import Refused, words
from palermo.organisations.models import Organisation

PASSWORD_DAYS = 1
PROGRAM_DAYS = 90  # that a token for programs opens; then its holder makes another
PASSWORDS_A_DAY = 3  # links for a new password that one account may ask for


@action("accounts.invite", permission="accounts.manage")
def invite(
    *,
    by: User,
    email: str,
    name: str,
    language: str,
    organisation: Organisation,
    kind: RoleKind,
    link: str,
    on: date,
) -> User:
    """Give somebody an account with one role and send a neutral message with a way in.

    `link` is the address of the invitation page, with `TOKEN` where the token goes.

    Raises Refused ("account-exists").
    """
    alone()
    if User.objects.filter(email__iexact=email).exists():
        raise Refused(
            "account-exists",
            words("{email} has an account already."),
            words("Give the account another role instead."),
            email=email,
        )
    user = User(email=email, handle=free_handle(name), name=name, language=language)
    user.set_unusable_password()
    user.save()
    Role.objects.create(user=user, organisation=organisation, kind=kind, since_on=on)
    send_way_in(user, template="invitation", link=link, on=on, days=INVITATION_DAYS)
    return user


@action(
    "accounts.accept_invitation",
    permission="accounts.accept_invitation",
    about="user",
    unsaid=frozenset({"password"}),
)
def accept_invitation(*, by: User, user: User, invitation: Invitation, password: str, on: date) -> User:
    """Use an invitation: set the password with which its holder signs in from now on.

    Every other link that was sent to this person is closed with it.

    Raises Refused ("invitation-used").
    """
    if not Invitation.objects.filter(pk=invitation.pk, user=user, accepted_on=None).update(accepted_on=on):
        raise Refused(
            "invitation-used",
            words("This link was used already."),
            words("Sign in with the password that was chosen, or ask for a new link."),
        )
    user.invitations.filter(accepted_on=None).update(accepted_on=on)
    user.set_password(password)
    user.save(update_fields=["password"])
    close_sessions(user)
    return user


@action("accounts.ask_password", permission="accounts.ask_password", about="user", unsaid=frozenset({"link"}))
def ask_password(*, by: User, user: User, link: str, on: date) -> bool:
    """Send whoever forgot their password a link that opens once; False when too many were sent today.

    `link` is the address of the page, with `TOKEN` where the token goes. Their password stays what it is
    until the link is used; using it ends every session that was begun with the old one.
    """
    if user.invitations.filter(on=on).count() >= PASSWORDS_A_DAY:
        return False
    send_way_in(user, template="password", link=link, on=on, days=PASSWORD_DAYS)
    return True


@action("accounts.give_role", permission="accounts.manage", about="user")
def give_role(*, by: User, user: User, organisation: Organisation, kind: RoleKind, on: date) -> Role:
    """Give somebody a role within an organisation from a day on.

    Raises Refused ("role-held").
    """
    User.objects.select_for_update().get(pk=user.pk)
    held = user.roles.filter(organisation=organisation, kind=kind, until_on=None)
    if held.exists():
        raise Refused(
            "role-held",
            words("{name} holds this role already."),
            words("Choose another role or another organisation."),
            name=user.name,
        )
    return Role.objects.create(user=user, organisation=organisation, kind=kind, since_on=on)


@action("accounts.end_role", permission="accounts.manage", about="role")
def end_role(*, by: User, role: Role, on: date) -> Role:
    """End a role: this day is its last."""
    role.until_on = on
    role.save(update_fields=["until_on"])
    return role


@action("accounts.make_token", permission="accounts.hold_token", about="user")
def make_token(*, by: User, user: User, purpose: Purpose, on: date) -> str:
    """A new token of one's own, which closes the one before; what is returned is never told again."""
    user.tokens.filter(purpose=purpose, ended_on=None).update(ended_on=on)
    secret = secrets.token_urlsafe(32)
    Token.objects.create(
        user=user,
        purpose=purpose,
        token_digest=sha256(secret),
        on=on,
        until_on=on + timedelta(days=PROGRAM_DAYS) if purpose == Purpose.PROGRAMS else None,
    )
    return secret


@action("accounts.end_token", permission="accounts.hold_token", about="user")
def end_token(*, by: User, user: User, purpose: Purpose, on: date) -> int:
    """Close one's own token: what shows it is let in no more. The number of tokens that were open."""
    return user.tokens.filter(purpose=purpose, ended_on=None).update(ended_on=on)


@action("accounts.choose_language", permission="accounts.choose_language", about="user")
def choose_language(*, by: User, user: User, language: str, on: date) -> User:
    """Choose the language of pages and messages."""
    user.language = language
    user.save(update_fields=["language"])
    return user


@dataclass(frozen=True)
class Stranger:
    """Whoever stands before the door and has not said who they are."""

    reference: str = "stranger"
    name: str = ""

    def may(self, permission: str, record: object = None) -> bool:  # noqa: ARG002
        """A stranger can lock the door in front of themselves, and nothing else."""
        return permission == "accounts.lock_out"


@action("accounts.lock_out", permission="accounts.lock_out", about="user")
def lock_out(*, by: Stranger, user: User | None, door: str, on: date) -> None:
    """Take no more answers at a door for a while; known or not, an account leaves the same trace."""


@action(
    "accounts.sign_in", permission="accounts.sign_in", about="user", unsaid=frozenset({"code", "counter"})
)
def sign_in(
    *,
    by: User,
    user: User,
    factors: Sequence[str],
    code: str = "",
    passkey: Passkey | None = None,
    counter: int = 0,
    identity: tuple[str, str] | None = None,
    on: date,
) -> None:
    """Come in with these factors; a code or a passkey among them is used with it. Raises Refused.

    `identity` is a provider's issuer and its name for this person: the first time it is tied to the account.
    """
    if identity:
        tie(user, *identity)
    use(user, code, passkey, counter)
    Session.objects.filter(expire_date__lt=timezone.now()).delete()


@action("accounts.prove", permission="accounts.sign_in", about="user", unsaid=frozenset({"code", "counter"}))
def prove(
    *,
    by: User,
    user: User,
    factors: Sequence[str],
    code: str = "",
    passkey: Passkey | None = None,
    counter: int = 0,
    on: date,
) -> None:
    """Prove once more who one is, before something that asks for a recent proof. Raises Refused."""
    use(user, code, passkey, counter)


@action(
    "accounts.add_passkey", permission="accounts.keep_own", about="user", unsaid=frozenset({"made", "keep"})
)
def add_passkey(
    *, by: User, user: User, name: str, made: tuple[str, bytes, int], keep: str, on: date
) -> Passkey:
    """Add a passkey: what a browser made; every session but the one to `keep` is over.

    Raises Refused ("passkey-known").
    """
    credential_id, credential, counter = made
    if Passkey.objects.filter(credential_id=credential_id).exists():
        raise Refused(
            "passkey-known",
            words("This passkey is known already."),
            words("Choose another device or another key."),
        )
    changed(user, keep, on)
    return Passkey.objects.create(
        user=user, name=name, credential_id=credential_id, credential=credential, counter=counter
    )


@action("accounts.remove_passkey", permission="accounts.keep_own", about="user", unsaid=frozenset({"keep"}))
def remove_passkey(*, by: User, user: User, passkey: Passkey, name: str, keep: str, on: date) -> None:
    """Remove one of one's own passkeys. Raises Refused for the last factor where a role asks for one."""
    require_another(user)
    Passkey.objects.filter(pk=passkey.pk, user=user).delete()
    changed(user, keep, on)


@action(
    "accounts.set_authenticator",
    permission="accounts.keep_own",
    about="user",
    unsaid=frozenset({"secret", "code", "keep"}),
)
def set_authenticator(*, by: User, user: User, secret: bytes, code: str, keep: str, on: date) -> None:
    """Set up the authenticator that shows this code now; one that was there before opens nothing any more.

    Raises Refused ("wrong-code").
    """
    step = step_of(code, secret, timezone.now().timestamp(), used=0)
    if step is None:
        raise Refused(
            "wrong-code",
            words("This is not the code of this moment."),
            words("Look at the clock of the telephone, wait for the next code and type it."),
        )
    told = {"sealed_secret": seal(secret, user.reference), "last_step": step}
    Authenticator.objects.update_or_create(user=user, defaults=told)
    changed(user, keep, on)


@action(
    "accounts.remove_authenticator", permission="accounts.keep_own", about="user", unsaid=frozenset({"keep"})
)
def remove_authenticator(*, by: User, user: User, keep: str, on: date) -> None:
    """Remove one's own authenticator. Raises Refused for the last factor where a role asks for one."""
    require_another(user)
    Authenticator.objects.filter(user=user).delete()
    changed(user, keep, on)


@action("accounts.make_codes", permission="accounts.keep_own", about="user")
def make_codes(*, by: User, user: User, on: date) -> list[str]:
    """Ten recovery codes, told this once; the earlier ones open nothing from now on."""
    tell_change(user, on=on)
    return renew_codes(user)


@action("accounts.remove_factors", permission="accounts.manage", about="user")
def remove_factors(*, by: User, user: User, on: date) -> None:
    """Take away all second factors of somebody who lost them: they sign in and set up new ones."""
    for model in (Passkey, Authenticator, RecoveryCode):
        model.objects.filter(user=user).delete()
    changed(user, "", on)


@action("accounts.end_sessions", permission="accounts.end_sessions", about="user", unsaid=frozenset({"keys"}))
def end_sessions(*, by: User, user: User, which: str, keys: Sequence[str], on: date) -> int:
    """End sessions of somebody, named by their keys; `which` says in the trail what was asked for."""
    return Session.objects.filter(user=user, session_key__in=keys).delete()[0]


@action("accounts.close_account", permission="accounts.manage", about="user")
def close_account(*, by: User, user: User, on: date) -> User:
    """Close somebody's account: no way in opens any more, and every session is over.

    Raises Refused ("own-account").
    """
    if by.pk == user.pk:
        raise Refused(
            "own-account",
            words("Nobody closes their own account."),
            words("Ask another administrator."),
        )
    close_sessions(user)
    user.invitations.filter(accepted_on=None).update(accepted_on=on)
    user.is_active = False
    user.save(update_fields=["is_active"])
    return user


@action("accounts.reopen_account", permission="accounts.manage", about="user")
def reopen_account(*, by: User, user: User, on: date) -> User:
    """Open an account again that was closed; its roles and factors are what they were."""
    user.is_active = True
    user.save(update_fields=["is_active"])
    return user
