"""What a person gives about a bill: whether it is one, and the steps that it reaches."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from palermo.plan.templatetags.bills import STEPS
from palermo.ui.fields import DayField


class MarkBill(forms.Form):
    """Whether a measure is a bill, as the Bureau says."""

    is_bill = forms.TypedChoiceField(
        label=_("Is this measure a bill?"),
        choices=[("yes", _("It is a bill")), ("no", _("It is no bill"))],
        coerce=lambda said: said == "yes",
        widget=forms.RadioSelect,
    )
    reason = forms.CharField(label=_("Why"), required=False, max_length=500)


class RecordStep(forms.Form):
    """A step that a bill has reached."""

    refused_at: ClassVar = {
        "unknown-step": "kind",
        "step-ahead": "reached_on",
        "step-before-plan": "reached_on",
        "step-known": "reached_on",
    }
    kind = forms.ChoiceField(label=_("Step"), choices=list(STEPS.items()))
    reached_on = DayField(
        label=_("Reached on"),
        help_text=_("For a publication: the date of the Moniteur belge in which it stands."),
    )
    reference = forms.CharField(
        label=_("Reference"),
        required=False,
        max_length=300,
        help_text=_("The number of the document, of the opinion, of the Act."),
    )
