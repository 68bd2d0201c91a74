"""What a person gives about duties to report."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from palermo.organisations.models import Organisation
from palermo.plan.queries.recurring import Expected
from palermo.plan.rules.said import LONGEST_NUMBER
from palermo.plan.templatetags.recurring import OFTEN, window_words
from palermo.ui.fields import DayField, WordsField


class DeclareReport(forms.Form):
    """A sentence of the plan that has somebody report again and again."""

    refused_at: ClassVar = {"unread-first": "first", "empty-report-duty": "text"}
    title = forms.CharField(label=_("Which report"), max_length=300)
    organisation = forms.ModelChoiceField(
        empty_label="–", label=_("Who reports"), queryset=Organisation.objects.none()
    )
    every = forms.ChoiceField(label=_("How often"), choices=list(OFTEN.items()))
    first = forms.CharField(
        label=_("The first is due"),
        max_length=100,
        help_text=_("In words: 2015, late 2015, June 2016, 30 June 2016."),
    )
    text = WordsField(label=_("The sentence, as the plan has it"))
    section = forms.CharField(label=_("Section of the plan"), max_length=LONGEST_NUMBER, required=False)
    line = forms.IntegerField(label=_("Line of the source"), required=False, min_value=1)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]


class DeliverReport(forms.Form):
    """A report that was delivered."""

    refused_at: ClassVar = {
        "no-report": "reference",
        "no-web-address": "address",
        "delivered-ahead": "delivered_on",
        "no-such-report": "due_on",
    }
    due_on = forms.TypedChoiceField(label=_("Which one"), coerce=date.fromisoformat)
    delivered_on = DayField(label=_("Delivered on"))
    reference = forms.CharField(
        label=_("Reference"),
        required=False,
        max_length=300,
        help_text=_("Such as the number of the parliamentary document."),
    )
    address = forms.CharField(label=_("or an address"), required=False, max_length=1000)

    def __init__(self, *args: Any, reports: Iterable[Expected], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["due_on"]
        field.choices = [
            (one.cycle.latest.isoformat(), window_words(one.cycle)) for one in reports if not one.delivery
        ]
