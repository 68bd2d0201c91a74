"""What a person gives when a measure, or its evaluation, waits for an event."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from palermo.plan.actions import Event
from palermo.plan.models import Measure
from palermo.plan.templatetags.waits import WHATS
from palermo.ui.fields import DayField


class WaitForEvent(forms.Form):
    """What is due some time after an event, and the event with its day once it is known."""

    refused_at: ClassVar = {
        "unread-span": "after",
        "no-event": "event",
        "event-ahead": "happened_on",
        "has-days": "what",
    }
    what = forms.ChoiceField(label=_("What waits"), choices=list(WHATS.items()), widget=forms.RadioSelect)
    after = forms.CharField(
        label=_("How long after the event"),
        max_length=300,
        help_text=_("In the words of the plan, such as “within one or two years after the adoption”."),
    )
    language = forms.ChoiceField(label=_("Language of these words"), choices=settings.LANGUAGES)
    event = forms.CharField(
        label=_("The event"),
        max_length=300,
        required=False,
        help_text=_("Such as the adoption of the directive."),
    )
    event_measure = forms.ModelChoiceField(
        label=_("or the publication of a bill of this plan"),
        queryset=Measure.objects.none(),
        required=False,
        empty_label="–",
    )
    happened_on = DayField(
        label=_("The day of the event"),
        required=False,
        help_text=_("Leave it out until the event took place. A bill's own step gives its day."),
    )

    def __init__(self, *args: Any, bills: QuerySet[Measure], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["event_measure"].queryset = bills  # type: ignore[attr-defined]

    def told(self) -> dict[str, Any]:
        """What the form says, as the action takes it."""
        given = self.cleaned_data
        event = Event(given["event"], given["event_measure"], given["happened_on"])
        return {key: given[key] for key in ("what", "after", "language")} | {"event": event}


class WaitNoMore(forms.Form):
    """What waits for nothing any more."""

    what = forms.ChoiceField(label=_("What waits"), choices=list(WHATS.items()), widget=forms.RadioSelect)
