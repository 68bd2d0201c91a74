"""What a person tells to make a report."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from palermo.ui.fields import DayField


class Period(forms.Form):
    """What the Government report covers, and its language."""

    period_from = DayField(label=_("It covers the time from"))
    period_to = DayField(label=_("to"))
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)

    def clean(self) -> dict[str, object]:
        """The period in order."""
        told: dict[str, object] = super().clean() or {}
        first, last = told.get("period_from"), told.get("period_to")
        if first and last and first > last:  # type: ignore[operator]
            self.add_error("period_to", _("The period ends before it begins."))
        return told


class OwnTemplate(forms.Form):
    """The office's own Word file for the reports of a language."""

    refused_at: ClassVar = {"": "file"}
    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES)
    file = forms.FileField(
        label=_("Word file"),
        help_text=_("Begin with the present template and leave the names between braces."),
        widget=forms.FileInput(attrs={"accept": ".docx"}),
    )


class OwnLayout(forms.Form):
    """The office's own Typst file for the reports as PDF, in every language."""

    refused_at: ClassVar = {"": "layout"}
    layout = forms.FileField(
        label=_("Typst file"),
        help_text=_("Begin with the present layout. It must make a PDF that a screen reader can read."),
        widget=forms.FileInput(attrs={"accept": ".typ"}),
    )
