"""What a person tells about a note or a study."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from palermo.accounts.models import User
from palermo.organisations.models import Organisation
from palermo.plan import queries
from palermo.plan.actions import HandedIn, VersionSaid, WorkSaid
from palermo.plan.forms.narrow import ANY
from palermo.plan.models import Measure, Plan, Section
from palermo.plan.queries.works import LATE
from palermo.plan.templatetags.works import KINDS, STATES
from palermo.ui.fields import NO_VICTIM, DayField, WordsField

KIND_CHOICES = [*KINDS.items()]
NUMBER = re.compile(r"[\s,;]+")  # between the numbers of measures


class ChangeWork(forms.Form):
    """What is to be written, about what and by when."""

    refused_at: ClassVar = {
        "no-title": "title",
        "no-place": "section",
        "no-question": "question",
        "needless-question": "kind",
        "no-reason": "reason",
    }
    kind = forms.ChoiceField(label=_("Kind"), choices=KIND_CHOICES)
    title = forms.CharField(label=_("Title"), max_length=300)
    section = forms.ModelChoiceField(
        label=_("Section of the plan"), queryset=Section.objects.none(), required=False, empty_label="–"
    )
    measures = forms.CharField(
        label=_("Measures"),
        required=False,
        max_length=400,
        help_text=_("Their numbers, such as M04, P12. It needs a section or a measure."),
    )
    timing = forms.CharField(
        label=_("Due"),
        required=False,
        max_length=300,
        help_text=_(
            "In words, such as “late 2017” or “by 30 June 2017”. Leave it empty where there is no time."
        ),
    )
    put_to = forms.CharField(
        label=_("Whom you ask"),
        required=False,
        max_length=300,
        help_text=_("For a request for expertise, as is the question."),
    )
    question = WordsField(label=_("The question"), required=False, rows=4)
    language = forms.ChoiceField(label=_("Language of these words"), choices=settings.LANGUAGES)
    reason = forms.CharField(label=_("Why"), max_length=500)

    def __init__(self, *args: Any, user: User, plan: Plan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.plan = user, plan
        section: Any = self.fields["section"]
        section.queryset = queries.sections(user, plan)

    def clean_measures(self) -> list[Measure]:
        """The measures with these numbers."""
        found: dict[str, Measure] = {}
        for reference in filter(None, NUMBER.split(self.cleaned_data["measures"])):
            measure = queries.measure_named(self.user, self.plan, reference)
            if measure is None:
                raise forms.ValidationError(
                    gettext("The plan has no measure %(reference)s.") % {"reference": reference}
                )
            found[measure.reference] = measure
        return list(found.values())

    def said(self) -> WorkSaid:
        """What the form says is to be written."""
        names = ("kind", "title", "language", "section", "measures", "timing", "put_to", "question")
        return WorkSaid(**{name: self.cleaned_data[name] for name in names})


class DeclareWork(ChangeWork):
    """Something new that is to be written, and by whom."""

    reason = None  # type: ignore[assignment]
    owner = forms.ModelChoiceField(label=_("Owner"), queryset=Organisation.objects.none(), empty_label="–")
    field_order = [
        "kind",
        "title",
        "owner",
        "section",
        "measures",
        "timing",
        "put_to",
        "question",
        "language",
    ]

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = organisations


class HandOver(forms.Form):
    """Who writes it from today on."""

    refused_at: ClassVar = {"owns-work-already": "owner", "no-reason": "reason"}
    owner = forms.ModelChoiceField(
        label=_("New owner"), queryset=Organisation.objects.none(), empty_label="–"
    )
    reason = forms.CharField(label=_("Why"), max_length=500)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.queryset = organisations


class HandInVersion(forms.Form):
    """A version: one file, one address or one reference."""

    refused_at: ClassVar = {
        "which-evidence": "file",
        "file-too-large": "file",
        "no-web-address": "address",
        "version-ahead": "dated_on",
        "without-answer": "words",
        "work-finished": "is_final",
    }
    label = forms.CharField(
        label=_("Which version it is"),
        required=False,
        max_length=100,
        help_text=_("Such as “draft for the partners”; versions are numbered in any case."),
    )
    file = forms.FileField(label=_("A file"), required=False, help_text=_("At most 25 MB."))
    address = forms.CharField(label=_("or an address"), required=False, max_length=1000)
    reference = forms.CharField(
        label=_("or a reference"),
        required=False,
        max_length=500,
        help_text=_("To something on paper, such as the number and date of a letter."),
    )
    dated_on = DayField(label=_("The day that it bears"), required=False)
    language = forms.ChoiceField(label=_("Its language"), choices=settings.LANGUAGES)
    words = WordsField(label=_("What it says, in short"), required=False, rows=4, help_text=NO_VICTIM)
    is_final = forms.BooleanField(
        label=_("It is the final version"),
        required=False,
        help_text=_(
            "It finishes the work, and everybody with a role in the coordination sees it. A draft is seen by"
            " the Bureau, its owner and the owners of its measures."
        ),
    )

    def __init__(self, *args: Any, asks: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if asks:
            self.fields["words"].label = _("The answer")
            self.fields["words"].help_text = _("Needed in the final version.")

    def came(self) -> HandedIn:
        """What was handed in."""
        told, file = self.cleaned_data, self.cleaned_data.get("file")
        content = (file.read() or b" ") if file else None
        name = (file.name or "")[:300] if file else ""
        return HandedIn(name=name, content=content, address=told["address"], reference=told["reference"])

    def said(self) -> VersionSaid:
        """What is said of it."""
        names = ("language", "label", "is_final", "dated_on", "words")
        return VersionSaid(**{name: self.cleaned_data[name] for name in names})


class GiveUp(forms.Form):
    """By which decision it will not be written."""

    refused_at: ClassVar = {"without-decision": "decision"}
    decision = forms.CharField(
        label=_("The decision"), max_length=500, help_text=_("Who decided it, and when.")
    )


class NarrowWorks(forms.Form):
    """The filters of the list; they stand in the address."""

    kind = forms.ChoiceField(label=_("Kind"), choices=[ANY, *KIND_CHOICES], required=False)
    owner = forms.ChoiceField(label=_("Owner"), required=False)
    state = forms.ChoiceField(
        label=_("State"),
        choices=[ANY, *((key, one[0]) for key, one in STATES.items()), (LATE, _("late"))],
        required=False,
    )
    on = DayField(label=_("As it was known on"), required=False)

    def __init__(self, *args: Any, owners: list[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner: Any = self.fields["owner"]
        owner.choices = [ANY, *((one.code, one.name) for one in owners)]

    def wanted(self) -> tuple[Q, str]:
        """What was asked, as a condition for terms and a state; what makes no sense is left out."""
        self.is_valid()
        told = self.cleaned_data
        wanted = Q()
        if told.get("kind"):
            wanted &= Q(kind=told["kind"])
        if told.get("owner"):
            wanted &= Q(owner__code=told["owner"])
        return wanted, told.get("state") or ""
