"""What a person gives when an occurrence of a measure was done."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from palermo.plan.actions import Account
from palermo.plan.models import Contribution, Evaluation
from palermo.plan.queries.cycles import Happening
from palermo.plan.templatetags.recurring import window_words
from palermo.ui.fields import NO_VICTIM, DayField, WordsField


class RecordOccurrence(forms.Form):
    """An occurrence that was done, and how that is known."""

    refused_at: ClassVar = {
        "done-ahead": "done_on",
        "nothing-told": "summary",
        "no-such-occurrence": "due_on",
    }
    due_on = forms.TypedChoiceField(label=_("Which one"), coerce=date.fromisoformat)
    done_on = DayField(label=_("Done on"))
    summary = WordsField(label=_("What was done"), required=False, help_text=NO_VICTIM)
    language = forms.ChoiceField(label=_("Language of these words"), choices=settings.LANGUAGES)
    evaluation = forms.ModelChoiceField(
        label=_("or the evaluation that tells it"),
        queryset=Evaluation.objects.none(),
        required=False,
        empty_label="–",
    )
    contribution = forms.ModelChoiceField(
        label=_("or the answer that tells it"),
        queryset=Contribution.objects.none(),
        required=False,
        empty_label="–",
    )

    def __init__(
        self,
        *args: Any,
        happenings: Iterable[Happening],
        evaluations: QuerySet[Evaluation],
        answers: QuerySet[Contribution],
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: Any = self.fields
        fields["due_on"].choices = [
            (one.cycle.latest.isoformat(), window_words(one.cycle)) for one in happenings if not one.record
        ]
        for name, known in (("evaluation", evaluations), ("contribution", answers)):
            if known.exists():
                fields[name].queryset = known
            else:
                del fields[name]

    def told(self) -> dict[str, Any]:
        """What the form says, as the action takes it."""
        given = dict(self.cleaned_data)
        days = {name: given.pop(name) for name in ("due_on", "done_on")}
        return {**days, "account": Account(**given)}
