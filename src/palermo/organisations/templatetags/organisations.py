"""The codes of the directory in words."""

from __future__ import annotations

from django import template
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

register = template.Library()

SORTS = {
    "body": _("Coordination and other bodies"),
    "minister": _("Ministers and State Secretaries"),
    "service": _("Services"),
    "inspectorate": _("Inspectorates"),
    "police": _("Police"),
    "judiciary": _("Judiciary"),
    "centre": _("Centres and shelters"),
    "federated-entity": _("Federated entities"),
    "association": _("Associations"),
    "class": _("Classes: one word for several"),
}
TONES = {
    "duty": _("has a duty to answer"),
    "invitation": _("is invited to answer"),
    "information": _("is kept informed"),
}
ROLES = {
    "chair": _("chair"),
    "secretariat": _("secretariat"),
    "member": _("member"),
    "observer": _("observer"),
}
CONTACTS = {"web": _("Site"), "email": _("E-mail"), "phone": _("Telephone")}
CONFIDENCES = {"verified": _("read in the source"), "to verify": _("to verify")}


@register.filter
def sort_words(code: str) -> str | Promise:
    """The heading under which organisations of a sort stand."""
    return SORTS.get(code, code)


@register.filter
def tone_words(code: str) -> str | Promise:
    """What the office may expect of an organisation."""
    return TONES.get(code, code)


@register.filter
def role_words(code: str) -> str | Promise:
    """What a member is within a body."""
    return ROLES.get(code, code)


@register.filter
def contact_words(code: str) -> str | Promise:
    """The kind of a contact point."""
    return CONTACTS.get(code, code)


@register.filter
def confidence_words(code: str) -> str | Promise:
    """How far a fact was checked."""
    return CONFIDENCES.get(code, code)
