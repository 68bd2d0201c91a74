"""What a person gives about the plan before and what became of its measures."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from palermo.plan.forms.documents import NewPlan
from palermo.plan.forms.recommendations import Choose
from palermo.plan.models import Plan
from palermo.plan.rules.said import LONGEST_NUMBER
from palermo.plan.templatetags.recommendations import OUTCOMES
from palermo.ui.fields import DayField, WordsField


class FollowsPlan(forms.Form):
    """The plan that a plan follows, where it is here already."""

    refused_at: ClassVar = {"not-before": "earlier"}
    earlier = forms.ModelChoiceField(
        empty_label="–", label=_("The plan before"), queryset=Plan.objects.none()
    )

    def __init__(self, *args: Any, plans: QuerySet[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["earlier"].queryset = plans  # type: ignore[attr-defined]


class BeginEarlier(forms.Form):
    """An earlier plan without its document."""

    refused_at: ClassVar = {"plan-exists": "code", "plan-period": "until_on", "not-before": "since_on"}
    title = forms.CharField(label=_("Name of the plan"), max_length=300)
    code = forms.SlugField(
        label=_("Short name"),
        max_length=80,
        help_text=_("It stands in addresses and file names, such as be-2015-2019."),
    )
    since_on = DayField(label=_("First day of its period"))
    until_on = DayField(label=_("Last day of its period"))
    language = forms.ChoiceField(label=_("Language of its measures"), choices=settings.LANGUAGES)
    clean_code = NewPlan.clean_code


class EnterMeasure(forms.Form):
    """A measure of a plan, under the number that it has there."""

    refused_at: ClassVar = {"number-taken": "number", "no-measure": "text"}
    number = forms.IntegerField(label=_("Its number in the plan"), min_value=1, max_value=9999)
    text = WordsField(label=_("Measure"))
    section = forms.CharField(label=_("Section"), max_length=LONGEST_NUMBER, required=False)
    timing = forms.CharField(label=_("Timing"), required=False, max_length=300)


class RecordOutcome(Choose):
    """What became of a measure, and the measure of the next plan that goes on with it."""

    refused_at: ClassVar = {"no-successor": "other", "not-the-next-plan": "other", "no-source": "source"}
    needed = False
    kind = forms.ChoiceField(
        label=_("What became of it"),
        choices=[(key, one[0]) for key, one in OUTCOMES.items() if key not in {"disappeared", "internal"}],
        widget=forms.RadioSelect,
    )
    source = WordsField(
        label=_("How it is known"),
        rows=3,
        required=False,
        help_text=_(
            "The decision with its day, or the place where it is told. Needed for what was ended or finished."
        ),
    )
    language = forms.ChoiceField(label=_("Language of these words"), choices=settings.LANGUAGES)
    field_order = ["kind", "likely", "other", "source", "language"]
