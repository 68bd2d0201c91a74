"""What a person may ask of a plan."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palermo.accounts.models import User
from palermo.plan import queries
from palermo.plan.models import Plan
from palermo.plan.queries import Filters
from palermo.plan.rules import follow_up
from palermo.plan.templatetags.plan import STATUSES
from palermo.ui.fields import DayField

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


SORTS = [("reference", _("number")), ("section", _("chapter")), ("deadline", _("deadline"))]
GROUPS = [("section", _("chapter")), ("party", _("party")), ("year", _("year"))]


class Narrow(forms.Form):
    """The filters of the register; they stand in the address."""

    kind = forms.ChoiceField(label=_("Kind"), choices=KINDS, required=False)
    q = forms.CharField(label=_("Words"), required=False, max_length=200)
    chapter = forms.CharField(label=_("Chapter"), required=False, max_length=12)
    party = forms.ChoiceField(label=_("Party"), required=False)
    year = forms.IntegerField(label=_("Year"), required=False, min_value=1900, max_value=2200)
    status = forms.ChoiceField(
        label=_("Status"),
        choices=[ANY, *((key, STATUSES[key][0]) for key in follow_up.STATUSES)],
        required=False,
    )
    stands = forms.ChoiceField(label=_("Stands"), choices=STANDS, required=False)
    sort = forms.ChoiceField(label=_("In the order of"), choices=SORTS, required=False)
    on = DayField(label=_("As it was known on"), required=False)

    def __init__(self, *args: Any, plan: Plan, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        party: Any = self.fields["party"]
        party.choices = [ANY, *((one.code, one.name) for one in queries.owners_of(user, plan))]

    def filters(self) -> Filters:
        """What was asked; what makes no sense is left out."""
        self.is_valid()
        told: dict[str, Any] = self.cleaned_data
        names = {one.name for one in fields(Filters)}
        return Filters(**{key: value for key, value in told.items() if value and key in names})

    def order(self) -> str:
        """In which order the measures stand."""
        self.is_valid()
        return self.cleaned_data.get("sort") or "reference"


class NarrowTimeline(Narrow):
    """The filters of the timeline, and its grouping."""

    q = sort = None  # type: ignore[assignment]
    by = forms.ChoiceField(label=_("Grouped by"), choices=GROUPS, required=False)
    field_order = ["by", "chapter", "party", "year", "kind"]

    def grouping(self) -> str:
        """By what the measures are grouped."""
        self.is_valid()
        return self.cleaned_data.get("by") or "section"
