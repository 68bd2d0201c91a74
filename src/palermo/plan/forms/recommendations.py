"""What a person gives about recommendations."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import Model
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from palermo.plan.actions import Printed, ReportTerms
from palermo.plan.forms.documents import READ
from palermo.plan.rules.mechanisms import Mechanism
from palermo.plan.templatetags.recommendations import STATES
from palermo.ui.fields import NO_VICTIM, DayField, WordsField

LANGUAGES = dict([one for one in READ if one[0]])
SOURCES = ".docx,.pdf,.html,.htm,.txt"


class AddReport(forms.Form):
    """A report, with its file where there is one to read."""

    refused_at: ClassVar = {
        "": "file",
        "report-exists": "round",
        "report-ahead": "published_on",
        "other-language": "language",
    }
    round = forms.CharField(
        label=_("Evaluation round"),
        max_length=20,
        help_text=_("Its number, such as 2; the year where the reports are yearly."),
    )
    title = forms.CharField(label=_("Title"), max_length=300)
    published_on = DayField(label=_("Published on"))
    language = forms.ChoiceField(
        label=_("Language of the document"), choices=lambda: [*LANGUAGES.items()], initial="en"
    )
    file = forms.FileField(
        label=_("Document"),
        required=False,
        help_text=_(
            "Word, PDF, a web page or plain text. Leave it out to type the recommendations yourself."
        ),
        widget=forms.FileInput(attrs={"accept": SOURCES}),
    )

    def terms(self, mechanism: Mechanism) -> ReportTerms:
        """Which report the form speaks of."""
        told = {name: value for name, value in self.cleaned_data.items() if name != "file"}
        return ReportTerms(mechanism=mechanism.code, **told)


class Print(forms.Form):
    """A recommendation as the report prints it."""

    refused_at: ClassVar = {
        "no-words": "text",
        "recommendation-known": "text",
        "unknown-strength": "rank",
        "no-reason": "reason",
    }
    number = forms.CharField(label=_("Number in the report"), required=False, max_length=20)
    text = WordsField(label=_("Recommendation"), rows=6)
    strength = forms.CharField(label=_("Its strength, in the report's words"), required=False, max_length=100)
    rank = forms.TypedChoiceField(label=_("Which is"), coerce=int, empty_value=None, required=False)
    reason = forms.CharField(label=_("Why"), required=False, max_length=500)

    def __init__(self, *args: Any, mechanism: Mechanism, by_hand: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        language = (get_language() or "en")[:2]
        known = [(rank, mechanism.word(rank, language)) for rank in mechanism.ranks]
        rank: Any = self.fields["rank"]
        rank.choices = [("", gettext("not of its scale")), *known]
        if by_hand:
            del self.fields["reason"]

    def printed(self) -> Printed:
        """What the form says."""
        told = self.cleaned_data
        return Printed(told["text"], told["number"], told["strength"], told["rank"])


class Choose(forms.Form):
    """One record: among the likeliest by their words, or any other. Nothing is chosen beforehand."""

    likely = forms.ChoiceField(
        label=_("The likeliest by their words"), widget=forms.RadioSelect, required=False
    )
    other = forms.ChoiceField(label=_("or another"), required=False)
    needed = True
    alone = _("Measure")  # what the field is called when nothing is likely

    def __init__(
        self, *args: Any, likely: Iterable[tuple[Model, int]], every: Iterable[Model], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        pairs, rest = list(likely), list(every)
        self.known = {str(one.pk): one for one in [*rest, *(one for one, _score in pairs)]}
        fields: Any = self.fields
        alike = gettext("%(score)s %% alike")
        fields["likely"].choices = [
            (str(one.pk), f"{named(one)} ({alike % {'score': score}})") for one, score in pairs
        ]
        fields["other"].choices = [("", "–"), *((str(one.pk), named(one)) for one in rest)]
        if not pairs:
            fields["other"].label = self.alone
            del fields["likely"]

    def clean(self) -> dict[str, Any]:
        """The record that was chosen, as `chosen`; one of both lists and not two."""
        told: dict[str, Any] = super().clean() or {}
        keys = {told.get("likely") or "", told.get("other") or ""} - {""}
        if len(keys) > 1 or (not keys and self.needed):
            raise forms.ValidationError(_("Choose one."))
        told["chosen"] = self.known[keys.pop()] if keys else None
        return told


class ChooseEarlier(Choose):
    """The recommendation of an earlier round; without one it is new."""

    refused_at: ClassVar = {"not-earlier": "other"}
    alone = _("Recommendation")
    needed = False


class ReplyTo(forms.Form):
    """What the government says and does about a recommendation."""

    refused_at: ClassVar = {"no-reply": "said", "unknown-state": "state"}
    said = WordsField(label=_("What the government says and does"), rows=6, help_text=NO_VICTIM)
    state = forms.ChoiceField(
        label=_("The recommendation is"), choices=[(key, one[0]) for key, one in STATES.items()]
    )
    language = forms.ChoiceField(label=_("Language of these words"), choices=settings.LANGUAGES)


def named(record: Any) -> str:
    """A record as it stands in a list to choose from."""
    text = record.text if len(record.text) <= 120 else f"{record.text[:119]}…"
    measure = getattr(record, "measure", None)
    if measure is not None:
        return f"{measure.plan.code} {measure.reference} {text}"
    return f"{record.report.round}: {record.number} {text}"
