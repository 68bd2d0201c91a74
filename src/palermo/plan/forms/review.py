"""What a row should say, in a person's words."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, ClassVar

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from palermo.organisations.models import Organisation
from palermo.plan.rules.follow_up import ROLES
from palermo.plan.rules.said import LONGEST_NUMBER, OBLIGATION, OwnerSaid, Said, TimingSaid, retimed
from palermo.plan.templatetags.plan import ROLE_WORDS
from palermo.ui.fields import WordsField

SPARE = 2  # empty lines for further owners
TRAINING = [("", "–"), ("basic", _("basic training")), ("specialist", _("specialised training"))]
ROLE_CHOICES = [(role, ROLE_WORDS[role]) for role in ROLES]


class OwnerLine(forms.Form):
    """One owner: an organisation of the directory, or the plan's words where there is none."""

    party = forms.ModelChoiceField(
        empty_label="–",
        label=_("Organisation"),
        queryset=Organisation.objects.none(),
        to_field_name="code",
        required=False,
    )
    text = forms.CharField(label=_("or the plan's words"), required=False, max_length=500)
    role = forms.ChoiceField(label=_("Role"), choices=ROLE_CHOICES, required=False)
    undecided = forms.BooleanField(label=_("still to be decided"), required=False)

    def __init__(self, *args: Any, organisations: QuerySet[Organisation], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["party"].queryset = organisations  # type: ignore[attr-defined]

    def owner(self) -> OwnerSaid | None:
        """The owner that the line names; None for an empty line."""
        told = self.cleaned_data
        party, text = told.get("party"), told.get("text") or ""
        if party is None and not text.strip():
            return None
        role = told.get("role") or "lead"
        if told.get("undecided"):
            return OwnerSaid(text.strip() or str(party), None, role, "undecided", "decided")
        if party is None:
            return OwnerSaid(text.strip(), None, role, "party", "decided")
        return OwnerSaid(text.strip() or party.name, party.code, role, party.kind, "decided")


OwnerLines = forms.formset_factory(OwnerLine, extra=SPARE, max_num=40, absolute_max=40)


def owner_lines(owners: Iterable[OwnerSaid], organisations: QuerySet[Organisation], data: Any = None) -> Any:
    """Lines that show these owners and room for more, each to be chosen among these organisations."""
    shown = [
        {"party": one.party, "text": one.text, "role": one.role, "undecided": one.kind == "undecided"}
        for one in owners
    ]
    return OwnerLines(data, initial=shown, prefix="owners", form_kwargs={"organisations": organisations})


class Mend(forms.Form):
    """What a measure should say; its owners stand in lines of their own."""

    refused_at: ClassVar = {"no-reason": "reason"}
    section = forms.CharField(label=_("Section"), max_length=LONGEST_NUMBER, required=False)
    text = WordsField(label=_("Measure"))
    timing = forms.CharField(
        label=_("Timing"),
        required=False,
        max_length=300,
        help_text=_("In words, as a plan would say it: “late 2015”, “every two years”, “by 30 June 2018”."),
    )
    training = forms.ChoiceField(label=_("Kind of training"), choices=TRAINING, required=False)
    reason = forms.CharField(label=_("Why"), required=False, max_length=500)

    def __init__(
        self, *args: Any, said: Said, language: str, needs_reason: bool = False, **kwargs: Any
    ) -> None:
        self.said, self.language = said, language
        shown = {"section": said.section, "text": said.text, "timing": said.timing.text}
        kwargs["initial"] = {**shown, "training": said.training, **kwargs.get("initial", {})}
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason
        if said.kind != "training":
            del self.fields["training"]
        if said.kind == OBLIGATION:
            del self.fields["timing"]

    def mended(self, owners: Sequence[OwnerSaid]) -> Said:
        """The value that the form and its lines of owners say."""
        told = self.cleaned_data
        return replace(
            self.said,
            section=told["section"],
            text=told["text"],
            timing=timed(self.said.timing, told.get("timing", ""), self.language),
            training=told.get("training", self.said.training),
            owners=tuple(kept(self.said.owners, one) for one in owners),
        )


def kept(before: Sequence[OwnerSaid], one: OwnerSaid) -> OwnerSaid:
    """The owner as it was read, where nobody changed it: what a plan states stays stated."""
    same = (one.text, one.party, one.role, one.kind)
    return next((own for own in before if (own.text, own.party, own.role, own.kind) == same), one)


def timed(before: TimingSaid, words: str, language: str) -> TimingSaid:
    """The time of these words; as it was read where the words did not change."""
    return before if words == before.text else retimed(words, language)


class Piece(forms.Form):
    """One of the measures that a row is split into."""

    text = WordsField(label=_("Measure"), rows=3, required=False)
    timing = forms.CharField(label=_("Timing"), required=False, max_length=300)


Pieces = forms.formset_factory(Piece, extra=0, max_num=20)


def pieces_of(formset: Any, said: Said, language: str) -> list[Said]:
    """The measures that the pieces with words make, each with the row's owners."""
    told = [form.cleaned_data for form in formset if form.cleaned_data.get("text", "").strip()]
    return [
        replace(said, text=one["text"], timing=timed(said.timing, one["timing"], language)) for one in told
    ]


class Reason(forms.Form):
    """A decision that needs a reason."""

    refused_at: ClassVar = {"no-reason": "reason"}
    reason = forms.CharField(label=_("Why"), max_length=500, help_text=_("It is kept in the history."))


class Refuse(Reason):
    """The same beside another form on one page, told apart by its label."""

    prefix = "refuse"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].label = _("Why it is refused")
