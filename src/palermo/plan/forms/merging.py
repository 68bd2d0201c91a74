"""What several rows should say as one measure, in a person's choice and words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.text import Truncator
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from palermo.plan.forms.review import Mend, kept
from palermo.plan.rules.merging import all_owners, differing, meant, merged
from palermo.plan.rules.said import OwnerSaid, Said
from palermo.plan.templatetags.plan import party_name

OWN, TOGETHER = "own", "together"
# The parts between which a person chooses, and what the choice is called.
CHOICES = {
    "section": gettext_lazy("Which section"),
    "timing": gettext_lazy("Which timing"),
    "owners": gettext_lazy("Which parties responsible"),
}


class Merge(Mend):
    """Where the rows differ nothing is filled in, and one of them is chosen or something else written."""

    field_order = ["text", "section_of", "section", "timing_of", "timing", "training", "reason", "owners_of"]

    def __init__(self, *args: Any, rows: Sequence[Said], language: str, **kwargs: Any) -> None:
        self.rows, self.differ = rows, differing(rows)
        super().__init__(*args, said=merged(rows), language=language, **kwargs)
        for name, label in CHOICES.items():
            if name in self.differ:
                choices = [*self.offered(name), (OWN, _("as written below"))]
                widget = forms.RadioSelect
                self.fields[f"{name}_of"] = forms.ChoiceField(label=label, choices=choices, widget=widget)
        if "training" in self.differ and "training" in self.fields:
            self.fields["training"].required = True
        self.order_fields(self.field_order)

    def offered(self, name: str) -> Iterator[tuple[str, str]]:
        """What the rows say of a part, each once, by the place of the first row that says so."""
        first = {meant(one, name): place for place, one in reversed(list(enumerate(self.rows)))}
        for place in sorted(first.values()):
            yield str(place), f"{worded(self.rows[place], name)} – {short(self.rows[place])}"
        if name == "owners":
            yield TOGETHER, _("All together: %s") % named(all_owners(self.rows))

    def mended(self, owners: Sequence[OwnerSaid]) -> Said:
        """The value that the form, its choices and its lines of owners say."""
        before = all_owners(self.rows)
        said = replace(super().mended(owners), owners=tuple(kept(before, one) for one in owners))
        for name in CHOICES:
            choice = self.cleaned_data.get(f"{name}_of", OWN)
            if choice == TOGETHER:
                said = replace(said, owners=before)
            elif choice != OWN:
                said = replace(said, **{name: getattr(self.rows[int(choice)], name)})
        return said


def worded(said: Said, name: str) -> str:
    """What a row says of a part, in a few words."""
    words = {"section": said.section, "timing": said.timing.text, "owners": named(said.owners)}
    return words[name] or _("nothing")


def named(owners: Sequence[OwnerSaid]) -> str:
    """Parties by their names, where the directory knows them."""
    return ", ".join(party_name(one.party) or one.text for one in owners)


def short(said: Said) -> str:
    """The beginning of a row, by which it is known again."""
    return Truncator(said.text).chars(60)
