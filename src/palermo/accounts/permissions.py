"""Who may do what with accounts, and the predicates that other rooms build on."""

from __future__ import annotations

from typing import Any

import rules

from palermo.accounts.models import RoleKind, User

Predicate = Any  # `rules` is untyped; a predicate combines with | and & into another


def holds(*kinds: str) -> Predicate:
    """A predicate: one of these roles is held today, in whatever organisation."""

    def test(user: User, _record: object = None) -> bool:
        return user.holds(*kinds)

    return rules.predicate(test, name=f"holds {' or '.join(kinds)}")


def itself(user: User, record: object = None) -> bool:
    """The record is the account itself."""
    return isinstance(record, User) and record.pk == user.pk


is_self: Predicate = rules.predicate(itself)
is_secretary = holds(RoleKind.SECRETARY)
is_administrator = holds(RoleKind.ADMINISTRATOR)
is_overseer = holds(RoleKind.OVERSEER)
reads_content = holds(
    RoleKind.SECRETARY, RoleKind.CONTACT_POINT, RoleKind.VALIDATING_AUTHORITY, RoleKind.READER
)

rules.add_perm("accounts.manage", is_administrator)
rules.add_perm("accounts.choose_language", is_self)
rules.add_perm("accounts.hold_token", is_self & holds(*RoleKind.values))
rules.add_perm("accounts.accept_invitation", is_self)
rules.add_perm("accounts.ask_password", is_self)
rules.add_perm("accounts.sign_in", is_self)
rules.add_perm("accounts.keep_own", is_self)
rules.add_perm("accounts.end_sessions", is_self | is_administrator)
rules.add_perm("accounts.lock_out", rules.always_false)  # nobody's but the door's own
rules.add_perm("organisations.read", reads_content | is_administrator)
rules.add_perm("organisations.load", is_administrator | is_secretary)
