"""Every change to accounts."""

from __future__ import annotations

import hashlib
import secrets
from datetime import date, timedelta

from palermo.accounts.links import INVITATION_DAYS, send_way_in
from palermo.accounts.models import Invitation, Purpose, Role, RoleKind, Token, User
from palermo.accounts.queries import free_handle
from palermo.audit.action import action
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
    """
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
    """Give somebody a role within an organisation from a day on."""
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
        token_digest=hashlib.sha256(secret.encode()).hexdigest(),
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
