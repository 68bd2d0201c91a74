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
}


@register.filter
def role_words(role: Role) -> str:
    """A role as a person reads it: "Contact point, Immigration Office"."""
    return f"{ROLE_WORDS[RoleKind(role.kind)]}, {role.organisation.name}"
