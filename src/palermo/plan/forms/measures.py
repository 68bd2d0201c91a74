"""What a person may add to a measure."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from palermo.organisations.models import Organisation
from palermo.plan.forms.review import ROLE_CHOICES
from palermo.plan.models import Ownership
from palermo.ui.fields import NO_VICTIM, DayField, WordsField


class GiveOwner(forms.Form):
    """Who owns a measure from today on."""

    refused_at: ClassVar = {"unknown-role": "role", "owns-already": "organisation"}
    organisation = forms.ModelChoiceField(
        empty_label="–", label=_("Organisation"), queryset=Organisation.objects.none()
    )
    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES)
    instead_of = forms.ModelChoiceField(
        label=_("Instead of"),
        queryset=Ownership.objects.none(),
        required=False,
        empty_label=_("nobody: it joins the others"),
    )
    reason = forms.CharField(label=_("Why"), required=False, max_length=500)

    def __init__(
        self, *args: Any, organisations: QuerySet[Organisation], owners: QuerySet[Ownership], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = organisations  # type: ignore[attr-defined]
        self.fields["instead_of"].queryset = owners  # type: ignore[attr-defined]


class EndOwner(forms.Form):
    """The last day on which an organisation owns a measure."""

    last = DayField(label=_("Its last day"))
    reason = forms.CharField(label=_("Why"), max_length=500)


class RecordEvaluation(forms.Form):
    """An evaluation that took place."""

    refused_at: ClassVar = {"evaluation-ahead": "held_on", "no-summary": "summary"}
    held_on = DayField(label=_("Finished on"))
    summary = WordsField(label=_("What was found"), rows=6, help_text=NO_VICTIM)
    language = forms.ChoiceField(label=_("Language of these words"), choices=settings.LANGUAGES)


class AddEvidence(forms.Form):
    """Evidence: one file, one address or one reference."""

    refused_at: ClassVar = {
        "which-evidence": "file",
        "file-too-large": "file",
        "no-web-address": "address",
        "other-organisation": "organisation",
    }
    title = forms.CharField(label=_("What it is"), max_length=300, required=False)
    file = forms.FileField(label=_("A file"), required=False, help_text=_("At most 25 MB."))
    address = forms.CharField(label=_("or an address"), required=False, max_length=1000)
    reference = forms.CharField(
        label=_("or a reference"),
        required=False,
        max_length=500,
        help_text=_("To something on paper, such as the number and date of a circular."),
    )
    organisation = forms.ModelChoiceField(
        empty_label="–", label=_("Handed in by"), queryset=Organisation.objects.none()
    )

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["organisation"]
        field.queryset = organisations
        if only := organisations.first():
            field.initial = only.pk
