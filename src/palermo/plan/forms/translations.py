"""A translation of an answer."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from palermo.plan.actions import Translated
from palermo.plan.models import Contribution
from palermo.ui.fields import WordsField


class Translate(forms.Form):
    """The words of an answer in another language."""

    refused_at: ClassVar = {"same-language": "language", "no-translation": "account"}
    language = forms.ChoiceField(label=_("Into which language"))
    account = WordsField(label=_("What was done, and what was not"), rows=8)
    reason = WordsField(label=_("What held it up"), rows=2, required=False)
    decision = forms.CharField(label=_("The decision"), max_length=500, required=False)

    def __init__(self, *args: Any, told: Contribution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["language"].choices = [one for one in settings.LANGUAGES if one[0] != told.language]
        for name in ("reason", "decision"):
            if not getattr(told, name):
                del fields[name]

    def translated(self) -> Translated:
        """The words that were written."""
        return Translated(**self.cleaned_data)
