"""What an overseer may type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palermo.audit.checkpoints import MOST_SIGNS, Checkpoint, read
from palermo.errors import Refused
from palermo.ui.fields import DayField
from palermo.ui.refusals import sentence


class Period(forms.Form):
    """The days between which somebody looks at what was done."""

    since = DayField(label=_("From"))
    until = DayField(label=_("to"))


class Kept(forms.Form):
    """A checkpoint that was kept elsewhere."""

    file = forms.FileField(
        label=_("Checkpoint"), help_text=_("The file that came with the message, as you kept it.")
    )

    def clean_file(self) -> Checkpoint:
        """The checkpoint in the file."""
        content: Any = self.cleaned_data["file"]
        try:
            return read(content.read(MOST_SIGNS + 1).decode("utf-8", errors="replace"))
        except Refused as refused:
            raise forms.ValidationError(sentence(refused)) from refused
