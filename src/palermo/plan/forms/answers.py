"""What an organisation tells, and what the Bureau decides beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, ClassVar

from django import forms
from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from palermo.plan.actions import Answer, HandedIn
from palermo.plan.models import Evidence, Measure, Wording
from palermo.plan.rules.follow_up import TELLABLE
from palermo.plan.templatetags.plan import STATUSES
from palermo.ui.fields import WordsField


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
    replaced_by = forms.ChoiceField(label=_("Replaced by"), required=False)
    language = forms.ChoiceField(label=_("Language of your words"), choices=settings.LANGUAGES)
    evidence = forms.ModelMultipleChoiceField(
        label=_("Evidence that you have given"),
        queryset=Evidence.objects.none(),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    file = forms.FileField(label=_("Add a file as evidence"), required=False, help_text=_("At most 25 MB."))
    address = forms.CharField(label=_("or an address"), required=False, max_length=1000)
    after = forms.IntegerField(widget=forms.HiddenInput, min_value=0)

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
        self.keys: dict[str, int] = {}  # of the measures, by reference
        words = list(self.named())
        fields["replaced_by"].choices = [("", "–"), *words]
        if not words:
            del fields["replaced_by"]
        fields["evidence"].queryset = evidence

    def named(self) -> Iterator[tuple[str, str]]:
        """The measures that may be chosen: a plan may have thousands, and no more is read than is shown."""
        known = self.measures.values_list("measure", "measure__kind", "measure__number", "text")
        for key, kind, number, text in known:
            reference = Measure(kind=kind, number=number).reference
            self.keys[reference] = key
            yield reference, f"{reference} {text}"[:90]

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
        instead = self.measures.filter(measure=self.keys.get(told.get("replaced_by", ""))).first()
        replaced_by = instead.measure if instead else None
        return Answer(**{name: told[name] for name in names}, replaced_by=replaced_by, evidence=chosen)


class Remark(forms.Form):
    """What the Bureau says beside an answer."""

    refused_at: ClassVar = {"no-remark": "remark"}
    remark = WordsField(
        label=_("Remark"),
        rows=3,
        required=False,
        help_text=_("It stands beside the answer, which stays as it was written."),
    )
