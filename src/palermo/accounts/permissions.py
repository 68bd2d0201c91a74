"""Who may do what with accounts, and the predicates that other rooms build on."""

from __future__ import annotations

from collections.abc import Callable

import rules

from palermo.accounts.models import RoleKind, User


def holds(*kinds: str) -> Callable[[User, object], bool]:
    """A predicate: one of these roles is held today, in whatever organisation."""

    @rules.predicate(f"holds {' or '.join(kinds)}")
    def test(user: User, _record: object = None) -> bool:
        return user.holds(*kinds)

    result: Callable[[User, object], bool] = test
    return result


is_secretary = holds(RoleKind.SECRETARY)
is_administrator = holds(RoleKind.ADMINISTRATOR)
reads_content = holds(
    RoleKind.SECRETARY, RoleKind.CONTACT_POINT, RoleKind.VALIDATING_AUTHORITY, RoleKind.READER
)


@rules.predicate
def is_self(user: User, record: object = None) -> bool:
    """The record is the account itself."""
    return isinstance(record, User) and record.pk == user.pk


rules.add_perm("accounts.manage", is_administrator)
rules.add_perm("accounts.choose_language", is_self)
rules.add_perm("accounts.accept_invitation", is_self)
rules.add_perm("audit.read", is_administrator)
rules.add_perm("organisations.read", reads_content | is_administrator)
rules.add_perm("organisations.load", is_administrator | is_secretary)
