"""What an organisation tells, and what the Bureau decides beside it."""

from __future__ import annotations

from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from palermo.plan.actions import Answer, HandedIn
from palermo.plan.models import Evidence, Measure, Wording
from palermo.plan.queries.measures import referred
from palermo.plan.rules.follow_up import TELLABLE
from palermo.plan.templatetags.plan import STATUSES
from palermo.ui.fields import ChosenField, Suggesting, WordsField

OFFERED = 300  # measures, of which one is chosen


class Tell(forms.Form):
    """How far a measure is. What it lacks is refused by the action, so that a draft may lack anything."""

    refused_at: ClassVar = {
        "without-status": "status",
        "without-account": "account",
        "without-decision": "decision",
        "without-reason": "reason",
        "needless-decision": "decision",
        "needless-replaced_by": "replaced_by",
        "file-too-large": "file",
        "which-evidence": "file",
        "no-web-address": "address",
        "other-evidence": "evidence",
    }
    status = forms.ChoiceField(
        label=_("How far is it?"),
        choices=[(one, STATUSES[one][0]) for one in TELLABLE],
        widget=forms.RadioSelect,
        required=False,
    )
    account = WordsField(
        label=_("What was done, and what was not"),
        rows=7,
        required=False,
        help_text=_(
            "It goes into the report word for word. Name no victim, and nobody by whom one could be found."
        ),
    )
    reason = WordsField(
        label=_("What held it up"), rows=2, required=False, help_text=_("If it is not where it should be.")
    )
    decision = forms.CharField(
        label=_("The decision"),
        max_length=500,
        required=False,
        help_text=_("If it was abandoned or replaced: who decided it, and when."),
    )
    replaced_by = forms.CharField(
        label=_("Replaced by"),
        required=False,
        max_length=20,
        help_text=_("Its number, such as M04."),
        widget=Suggesting,
    )
    language = forms.ChoiceField(label=_("Language of your words"), choices=settings.LANGUAGES)
    evidence = ChosenField(
        label=_("Evidence that you have given"),
        queryset=Evidence.objects.none(),
        required=False,
    )
    file = forms.FileField(label=_("Add a file as evidence"), required=False, help_text=_("At most 25 MB."))
    address = forms.CharField(label=_("or an address"), required=False, max_length=1000)
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0, max_value=999_999)

    def __init__(
        self, *args: Any, evidence: Any, measures: QuerySet[Wording] | None, late: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        fields: dict[str, Any] = self.fields
        fields["account"].needed = True  # a draft may lack it, an answer may not: it is not called optional
        if late:
            fields["reason"].needed = True
            fields["reason"].help_text = _("Its time is over: needed unless it is finished.")
        self.measures = Wording.objects.none() if measures is None else measures
        if measures is None:
            del fields["replaced_by"]
        else:
            fields["replaced_by"].widget.suggestions = self.named()
        fields["evidence"].queryset = evidence

    def named(self) -> list[tuple[str, str]]:
        """The measures that are offered, by reference: none of a plan that has too many to read them."""
        known = self.measures.values_list("measure__kind", "measure__number", "text")[: OFFERED + 1]
        named = [(Measure(kind=kind, number=number).reference, text) for kind, number, text in known]
        return [(one, f"{one} {text}"[:90]) for one, text in named] if len(named) <= OFFERED else []

    def clean_replaced_by(self) -> Measure | None:
        """The measure with this reference."""
        reference = self.cleaned_data["replaced_by"]
        named = referred(reference, "measure__")
        found = self.measures.filter(named).first() if named else None
        if reference and found is None:
            raise forms.ValidationError(
                gettext("The plan has no measure %(reference)s.") % {"reference": reference}
            )
        return found.measure if found else None

    def handed_in(self) -> HandedIn | None:
        """The file or the address that came with the answer."""
        file, address = self.cleaned_data.get("file"), self.cleaned_data.get("address", "")
        if file is None:
            return HandedIn(address=address) if address else None
        return HandedIn(name=(file.name or "")[:300], content=file.read() or b" ", address=address)

    def answer(self) -> Answer:
        """What was told, with the evidence chosen."""
        told = self.cleaned_data
        chosen = list(told.get("evidence", ()))
        names = ("status", "account", "language", "reason", "decision", "after")
        instead = told.get("replaced_by")
        return Answer(**{name: told[name] for name in names}, replaced_by=instead, evidence=chosen)


class Remark(forms.Form):
    """What the Bureau says beside an answer."""

    refused_at: ClassVar = {"no-remark": "remark"}
    remark = WordsField(
        label=_("Remark"),
        rows=3,
        required=False,
        help_text=_("It stands beside the answer, which stays as it was written."),
    )
