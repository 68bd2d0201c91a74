"""What a person may ask of a plan."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palermo.plan.queries import Filters
from palermo.plan.templatetags.plan import STATUSES

ANY = ("", _("any"))
KINDS = [
    ("measure", _("Measures")),
    ("training", _("Training")),
    ("commitment", _("Other commitments")),
    ("", _("All")),
]
STANDS = [
    ANY,
    ("due", _("due now")),
    ("overdue", _("late")),
    ("no-owner", _("without owner")),
    ("evaluation-due", _("evaluation due")),
]


class Narrow(forms.Form):
    """The filters of the register; they stand in the address."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, required=False)
    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[ANY, *((key, words) for key, (words, _tone) in STATUSES.items())],
        required=False,
    )
    stands = forms.ChoiceField(label=_("Stands"), choices=STANDS, required=False)
    chapter = forms.CharField(label=_("Chapter"), required=False, max_length=12)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=2200)

    def filters(self) -> Filters:
        """What was asked; what makes no sense is left out."""
        told: dict[str, Any] = self.cleaned_data if self.is_valid() else {}
        return Filters(**{key: value for key, value in told.items() if value})
