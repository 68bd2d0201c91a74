"""Fields that every room's forms share."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy

NO_VICTIM = gettext_lazy("Name no victim, and nobody by whom one could be found.")
OLDEST, FARTHEST = date(1900, 1, 1), date(2199, 12, 31)
NEAR_ENOUGH = gettext_lazy("Give a day between 1900 and 2199.")
LONGEST = 18  # digits of a number that every database counts up to


def numbers(given: Iterable[str]) -> list[str]:
    """Those of these values that can be the number of a record."""
    return [one for one in given if one.isascii() and one.isdecimal() and len(one) <= LONGEST]


class DayField(forms.DateField):
    """A day, chosen in the browser's own calendar: near enough that days before and after it can be told."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")
    default_validators = [
        MinValueValidator(OLDEST, NEAR_ENOUGH),
        MaxValueValidator(FARTHEST, NEAR_ENOUGH),
    ]


class ChosenField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]
    """Records, ticked in a list."""

    widget = forms.CheckboxSelectMultiple

    def clean(self, value: Any) -> Any:
        """The records. Raises ValidationError for what is none of the list."""
        wrong = [one for one in value or () if not numbers([str(one)])]
        if wrong:
            raise forms.ValidationError(self.error_messages["invalid_pk_value"], params={"pk": wrong[0]})
        return super().clean(value)


class WordsField(forms.CharField):
    """Words of several lines."""

    def __init__(self, *, rows: int = 4, **kwargs: Any) -> None:
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **kwargs)


class Suggesting(forms.TextInput):
    """A line to type, for which the browser offers values, each with what it stands for."""

    template_name = "ui/suggesting.html"
    suggestions: Iterable[tuple[str, str]] = ()

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        """What the template is given."""
        context = super().get_context(name, value, attrs)
        context["widget"]["attrs"]["list"] = f"{context['widget']['attrs'].get('id', name)}-suggestions"
        return context | {"suggestions": self.suggestions}
