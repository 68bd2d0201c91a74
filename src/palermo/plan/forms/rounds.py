"""What a person tells to open a round, and to plan a contact."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from palermo.plan.forms.narrow import KINDS
from palermo.plan.rules.collection import Terms
from palermo.ui.fields import DayField, WordsField


class OpenRound(forms.Form):
    """The terms of a collection round."""

    refused_at: ClassVar = {"period-order": "period_to", "deadline-passed": "deadline_on"}
    title = forms.CharField(label=_("Name of the round"), max_length=200)
    period_from = DayField(label=_("It asks about the time from"))
    period_to = DayField(label=_("to"))
    deadline_on = DayField(label=_("Answers are expected by"))
    kinds = forms.MultipleChoiceField(
        label=_("It asks about"),
        choices=[one for one in KINDS if one[0]],
        initial=["measure", "training"],
        widget=forms.CheckboxSelectMultiple,
    )

    def terms(self) -> Terms:
        """The terms as the rules know them."""
        told: dict[str, Any] = self.cleaned_data
        return Terms(**{**told, "kinds": tuple(told["kinds"])})


class ReleaseResults(forms.Form):
    """By which decision the results of a round are released."""

    refused_at: ClassVar = {"no-decision": "decision"}
    decision = forms.CharField(
        label=_("The decision of the Cell"), max_length=500, help_text=_("Its meeting and the day.")
    )


class PlanContact(forms.Form):
    """When the Bureau speaks to an owner next, and about what."""

    next_on = DayField(
        label=_("Speak to it on"), required=False, help_text=_("Leave it empty when nothing more is planned.")
    )
    note = WordsField(label=_("About what"))
