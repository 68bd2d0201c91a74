"""A form in Word: handed in, and each of its answers as it is shown before it is confirmed."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from palermo.plan.actions import Answer, HandedIn
from palermo.plan.forms.answers import Tell
from palermo.plan.rules.follow_up import TELLABLE
from palermo.plan.templatetags.plan import STATUSES
from palermo.ui.fields import NO_VICTIM, WordsField


class HandInForm(forms.Form):
    """The file that comes back."""

    file = forms.FileField(label=_("The form, filled in"), help_text=_("A Word file (DOCX)."))


class FilledLine(forms.Form):
    """One answer of the form, which may be mended before it is confirmed."""

    refused_at: ClassVar = {**Tell.refused_at, "which-evidence": "evidence", "no-web-address": "evidence"}
    send = forms.BooleanField(label=_("Send this answer"), required=False)
    status = forms.ChoiceField(
        label=_("How far is it?"),
        choices=[("", "–"), *((one, STATUSES[one][0]) for one in TELLABLE)],
        required=False,
    )
    account = WordsField(
        label=_("What was done, and what was not"), rows=5, required=False, help_text=NO_VICTIM
    )
    reason = WordsField(label=_("What held it up"), rows=2, required=False)
    decision = forms.CharField(label=_("The decision"), max_length=500, required=False)
    evidence = forms.CharField(label=_("Evidence: an address or a reference"), max_length=500, required=False)
    language = forms.ChoiceField(label=_("Language of your words"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        for name in ("status", "account"):
            fields[name].needed = True  # of an answer that is sent: it is not called optional

    def answer(self, after: int) -> Answer:
        """The answer, by whoever had a version of it before them."""
        told: dict[str, Any] = self.cleaned_data
        names = ("status", "account", "language", "reason", "decision")
        return Answer(**{name: told[name] for name in names}, after=after)

    def handed_in(self) -> HandedIn | None:
        """The address or the reference that it names as evidence."""
        words = self.cleaned_data["evidence"].strip()
        if not words:
            return None
        return (
            HandedIn(address=words)
            if words.startswith(("http://", "https://"))
            else HandedIn(reference=words)
        )
