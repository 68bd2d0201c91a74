"""The codes of accounts in words."""

from __future__ import annotations

from django import template
from django.utils.translation import gettext_lazy as _

from palermo.accounts.models import Role, RoleKind

register = template.Library()

ROLE_WORDS = {
    RoleKind.SECRETARY: _("Secretary of the Bureau"),
    RoleKind.CONTACT_POINT: _("Contact point"),
    RoleKind.VALIDATING_AUTHORITY: _("Validating authority"),
    RoleKind.READER: _("Reader"),
    RoleKind.ADMINISTRATOR: _("Administrator (sees no content)"),
    RoleKind.OVERSEER: _("Overseer (sees who did what, no content)"),
}


ROLE_DOES = {
    RoleKind.SECRETARY: _("Reads the plan in, asks and reminds, accepts answers, makes the report."),
    RoleKind.CONTACT_POINT: _("Answers for its organisation."),
    RoleKind.VALIDATING_AUTHORITY: _("Signs what its organisation answers."),
    RoleKind.READER: _("Reads the plan, and how far it is once the Cell releases it."),
    RoleKind.ADMINISTRATOR: _("Invites people and gives roles; sees no content."),
    RoleKind.OVERSEER: _("Sees who did what and when, and checks that the record of it holds."),
}


@register.filter
def role_does(role: Role) -> str:
    """What somebody with a role does."""
    return str(ROLE_DOES[RoleKind(role.kind)])


@register.filter
def role_words(role: Role) -> str:
    """A role as a person reads it: "Contact point, Immigration Office"."""
    return f"{ROLE_WORDS[RoleKind(role.kind)]}, {role.organisation.name}"
