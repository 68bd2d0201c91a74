"""What a person gives with a document that comes in."""

from __future__ import annotations

from typing import ClassVar

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from palermo.plan.rules.said import LONGEST_NUMBER
from palermo.ui.fields import DayField, WordsField

SOURCES = ".docx,.pdf,.xlsx,.html,.htm,.csv,.tsv,.txt"
READ = [("", _("found in the document")), *settings.LANGUAGES]


class ImportDocument(forms.Form):
    """A document of a plan. What is refused without another field is what the document is or says."""

    refused_at: ClassVar = {"": "file"}
    file = forms.FileField(
        label=_("Document"),
        help_text=_("The plan as it was published: Word, PDF, Excel, a web page, CSV or plain text."),
        widget=forms.FileInput(attrs={"accept": SOURCES}),
    )
    language = forms.ChoiceField(label=_("Language of the document"), choices=READ, required=False)
    published_on = DayField(
        label=_("Published on"),
        required=False,
        help_text=_("The day from which what it says was known; today when left out."),
    )


class NewPlan(ImportDocument):
    """A plan that begins with its document."""

    refused_at: ClassVar = {**ImportDocument.refused_at, "plan-exists": "code", "plan-period": "until_on"}
    title = forms.CharField(label=_("Name of the plan"), max_length=300)
    code = forms.SlugField(
        label=_("Short name"),
        max_length=80,
        help_text=_("It stands in addresses and file names, such as be-2015-2019."),
    )
    since_on = DayField(label=_("First day of its period"))
    until_on = DayField(label=_("Last day of its period"), required=False)
    adopted_on = DayField(label=_("Adopted on"), required=False)
    field_order = ["file", "title", "code", "since_on", "until_on", "adopted_on", "language", "published_on"]

    def clean_code(self) -> str:
        """A short name that cannot be taken for another address."""
        code: str = self.cleaned_data["code"].lower()
        if code == "new":
            raise forms.ValidationError(_("Choose another short name."))
        return code


class Oblige(forms.Form):
    """A sentence of the plan that asks for an evaluation of every measure of some topics."""

    refused_at: ClassVar = {"empty-obligation": "text"}
    section = forms.CharField(label=_("Section of the plan"), max_length=LONGEST_NUMBER)
    text = WordsField(label=_("The sentence, as the plan has it"))
    topics = forms.MultipleChoiceField(
        label=_("It holds for measures of"),
        choices=[("training", _("training")), ("awareness", _("awareness raising"))],
        widget=forms.CheckboxSelectMultiple,
    )
