"""What a person may type about accounts."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth import authenticate, password_validation
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from palermo.accounts.models import RoleKind, User
from palermo.accounts.templatetags.accounts import ROLE_WORDS
from palermo.organisations.models import Organisation


class SignIn(forms.Form):
    """An address and a password. The answer does not tell which of the two was wrong."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )
    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )

    def clean(self) -> dict[str, Any]:
        """Find the account."""
        told: dict[str, Any] = super().clean() or {}
        if not self.errors:
            self.user = authenticate(username=told["email"], password=told["password"])
            if self.user is None:
                raise forms.ValidationError(
                    _("The address and the password do not belong together. Try again.")
                )
        return told


class Forgotten(forms.Form):
    """The address of somebody who forgot their password. The answer never tells whether it has an account."""

    email = forms.EmailField(
        label=_("E-mail address"), widget=forms.EmailInput(attrs={"autocomplete": "username"})
    )


class NewPassword(forms.Form):
    """A password, once; shown on request by the browser, so it is not asked twice."""

    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least twelve signs. A sentence that you remember is a good password."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user

    def clean_password(self) -> str:
        """The password, if it is strong enough."""
        password: str = self.cleaned_data["password"]
        password_validation.validate_password(password, self.user)
        return password


class Invite(forms.Form):
    """Whom to invite, and as what."""

    name = forms.CharField(label=_("Name"), max_length=200)
    email = forms.EmailField(label=_("E-mail address"))
    language = forms.ChoiceField(label=_("Language of messages"), choices=settings.LANGUAGES)
    organisation = forms.ModelChoiceField(
        empty_label="–", label=_("Organisation"), queryset=Organisation.objects.none()
    )
    kind = forms.ChoiceField(label=_("Role"), choices=[(kind.value, ROLE_WORDS[kind]) for kind in RoleKind])

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class GiveRole(forms.Form):
    """One more role for somebody."""

    organisation = forms.ModelChoiceField(
        empty_label="–", label=_("Organisation"), queryset=Organisation.objects.none()
    )
    kind = forms.ChoiceField(label=_("Role"), choices=[(kind.value, ROLE_WORDS[kind]) for kind in RoleKind])

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class Language(forms.Form):
    """The language of pages and messages."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
