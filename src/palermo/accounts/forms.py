"""What a person may type about accounts."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.contrib.auth import password_validation
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
    email = forms.EmailField(label=_("E-mail address"), max_length=254)
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


class Proof(forms.Form):
    """A second factor: a code that is typed, or what a browser answers for a passkey."""

    code = forms.CharField(
        label=_("Code"),
        required=False,
        max_length=40,
        help_text=_("The six digits of your authenticator, or one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "autocapitalize": "off"}),
    )
    answer = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
    refused_at: ClassVar[dict[str, str]] = {"wrong-code": "code"}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].needed = True  # type: ignore[attr-defined]  # one of the two is

    def clean(self) -> dict[str, Any]:
        """One of the two."""
        told: dict[str, Any] = super().clean() or {}
        if not told.get("code") and not told.get("answer"):
            self.add_error("code", _("Type a code."))
        return told


class Password(forms.Form):
    """One's own password once more."""

    password = forms.CharField(
        label=_("Password"), widget=forms.PasswordInput(attrs={"autocomplete": "current-password"})
    )


class NewAuthenticator(forms.Form):
    """The code that shows that an authenticator has read the secret."""

    code = forms.CharField(
        label=_("The six digits that it shows now"),
        max_length=12,
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "inputmode": "numeric"}),
    )
    refused_at: ClassVar[dict[str, str]] = {"wrong-code": "code"}


class NewPasskey(forms.Form):
    """A name for a passkey, and what the browser answers."""

    name = forms.CharField(
        label=_("Name of this passkey"), max_length=100, help_text=_("Such as: key on my ring, my laptop.")
    )
    answer = forms.CharField(required=False, max_length=20_000, widget=forms.HiddenInput)
