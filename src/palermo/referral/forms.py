"""What somebody types to try a case, or to reckon with the law. No field takes words: nobody can be named."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from palermo.law.liability import ROLES
from palermo.law.limitation import SEXUAL
from palermo.law.penalties import OFFENCES
from palermo.referral.rules.case import EVENTS, HOME, LENT, QUESTIONS, TERNARY
from palermo.referral.templatetags import law as law_words
from palermo.referral.templatetags import referral as words
from palermo.ui.fields import DayField

MOST_EVENTS, MOST_VICTIMS = 200, 1_000_000
NO_COUNTRIES = {"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"}  # of the territories that have two letters
Choices = list[tuple[str, Any]]


def countries() -> Choices:
    """Every country in the reader's language, in its order."""
    known = law_words.territories().items()
    found = [(code, name) for code, name in known if len(code) == len(HOME) and code.isalpha()]
    return sorted((one for one in found if one[0] not in NO_COUNTRIES), key=lambda one: sortable(one[1]))


def sortable(name: str) -> str:
    """A name as a list sorts it: an accent does not send it to the end."""
    return name.casefold().translate(str.maketrans("åäáâàãçéèêíîñóôöøúü’", "aaaaaaceeeiinoooouu "))


def optional(choices: Iterable[tuple[str, Any]]) -> Choices:
    """Choices of which none has to be taken."""
    return [("", "–"), *choices]


class CaseForm(forms.Form):
    """Who the person is, as far as the procedure asks, and the day as of which it is asked."""

    as_of = DayField(label=_("How it stands on"))
    citizenship = forms.ChoiceField(label=_("Citizenship"), choices=lambda: optional(countries()))
    other_citizenship = forms.ChoiceField(
        label=_("Second citizenship"), choices=lambda: optional(countries()), required=False
    )
    born_on = DayField(
        label=_("Born on"),
        required=False,
        help_text=_("Leave it empty where it is not known: the person is then presumed to be a minor."),
    )
    ground = forms.ChoiceField(label=_("Presumed victim of"), choices=[*words.GROUNDS.items()])
    exploited_in = forms.ChoiceField(label=_("Exploited in"), choices=countries, initial=HOME)
    also_exploited_in = forms.ChoiceField(
        label=_("and in"), choices=lambda: optional(countries()), required=False
    )
    unaccompanied_minor = forms.BooleanField(
        label=_("Here without a responsible adult, and under eighteen or of unknown age"), required=False
    )
    diplomatic_household = forms.BooleanField(
        label=_("At work in the household of a diplomat"), required=False
    )
    belgian_proceedings = forms.BooleanField(
        label=_("Investigation or proceedings take place in this country"), required=False, initial=True
    )

    def told(self, events: list[Any]) -> dict[str, Any]:
        """The case as the rules read it, with what happened."""
        said = self.cleaned_data
        flags = ("unaccompanied_minor", "diplomatic_household", "belgian_proceedings")
        return {
            "as_of": said["as_of"].isoformat(),
            "person": {
                "citizenship": chosen(said["citizenship"], said["other_citizenship"]),
                "born_on": said["born_on"].isoformat() if said["born_on"] else None,
                "ground": said["ground"],
                "exploited_in": chosen(said["exploited_in"], said["also_exploited_in"]),
                **{name: said[name] for name in flags},
            },
            "events": events,
        }


def chosen(*given: str) -> list[str]:
    """What was chosen, each once."""
    return [*dict.fromkeys(filter(None, given))]


class Answered(forms.ChoiceField):
    """What the prosecutor answered to a question; needed where it is told that they answered."""

    needed = True

    def __init__(self, name: str) -> None:
        answers = [(one, words.TERNARY[one]) for one in TERNARY]
        super().__init__(label=words.QUESTIONS[name], choices=[("", "–"), *answers], required=False)


class EventForm(forms.Form):
    """Something that happened."""

    on = DayField(label=_("Day"))
    what = forms.ChoiceField(
        label=_("What happened"),
        choices=[("", "–"), *((group, [*events.items()]) for group, events in words.HAPPENED)],
    )
    until = DayField(
        label=_("Last day of the document"),
        required=False,
        help_text=_("Only where it was given for less than the law allows."),
    )
    still_victim, proceedings_ongoing, willing, ties_broken = (Answered(name) for name in QUESTIONS)

    def clean(self) -> dict[str, Any] | None:
        """Each answer is given where the prosecutor answered: none is taken for a yes."""
        if self.cleaned_data.get("what") == "prosecutor_answered":
            for name in QUESTIONS:
                if name not in self.errors and not self.cleaned_data[name]:
                    self.add_error(name, forms.Field.default_error_messages["required"])
        return self.cleaned_data

    def clean_until(self) -> date | None:
        """The last day, which does not lie before the event."""
        until: date | None = self.cleaned_data["until"]
        on = self.cleaned_data.get("on")
        if until and on and until < on:
            raise forms.ValidationError(_("It lies before the day on which it was given."))
        return until

    def told(self) -> dict[str, str]:
        """The event as the rules read it."""
        said = self.cleaned_data
        kind, _sign, value = said["what"].partition(":")
        event = {"on": said["on"].isoformat(), "type": kind}
        if kind == "prosecutor_answered":
            event |= {name: said[name] for name in QUESTIONS}
        elif value:
            event |= dict.fromkeys(EVENTS[kind], value)
        if kind in LENT and said["until"]:
            event["until"] = said["until"].isoformat()
        return event


def event_of(text: str) -> Any:
    """An event that came back with the form; the text itself where it is none, which the rules refuse."""
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


class PenaltyForm(forms.Form):
    """Facts of which somebody wants to know what the law threatens."""

    offence = forms.ChoiceField(
        label=_("Offence"), choices=[(code, law_words.OFFENCES[code]) for code in OFFENCES]
    )
    on = DayField(label=_("Day of the facts"))
    judged_on = DayField(label=_("Day of the judgment"))
    victims = forms.IntegerField(label=_("Victims"), min_value=1, max_value=MOST_VICTIMS, initial=1)
    is_attempt = forms.BooleanField(label=_("An attempt"), required=False)
    grounds = forms.MultipleChoiceField(
        label=_("What makes it graver"),
        choices=[*law_words.GROUNDS.items()],
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    refused_at = {"judged-before": "judged_on", "not-in-force": "on"}


class LimitationForm(forms.Form):
    """Facts of which somebody wants to know when prosecution lapses."""

    aim = forms.ChoiceField(label=_("Aim of exploitation"), choices=[*law_words.AIMS.items()], initial=SEXUAL)
    on = DayField(label=_("Day of the facts"))
    asked_on = DayField(label=_("Day on which it is asked"))
    born_on = DayField(
        label=_("Victim born on"), required=False, help_text=_("Leave it empty where it is not known.")
    )
    is_attempt = forms.BooleanField(label=_("An attempt"), required=False)
    refused_at = {"facts-to-come": "on", "born-later": "born_on", "not-in-force": "asked_on"}


class NoticeForm(forms.Form):
    """A notice of the inspection to somebody in a chain of contracts."""

    on = DayField(label=_("Day of the notice"))
    months = forms.IntegerField(label=_("Months for which it holds"), min_value=1, max_value=120, initial=12)
    demanded_on = DayField(
        label=_("Day of the demand for wages"),
        required=False,
        help_text=_("By registered letter, of the worker or of the inspection."),
    )
    is_named_activity = forms.BooleanField(
        label=_("A Royal Decree names the activity"), required=False, initial=True
    )
    is_private = forms.BooleanField(label=_("A natural person, for purely private purposes"), required=False)
    refused_at = {"too-long": "months", "demand-before-notice": "demanded_on", "not-in-force": "on"}


class ChainForm(forms.Form):
    """Somebody's place in a chain of contracts at whose end people without a right to stay worked."""

    role = forms.ChoiceField(
        label=_("Place in the chain"), choices=[(one, law_words.ROLES[one]) for one in ROLES]
    )
    work_on = DayField(label=_("Day of the work"))
    has_declaration = forms.BooleanField(
        label=_(
            "Holds the subcontractor's written declaration that it employs nobody without a right to stay"
        ),
        required=False,
    )
    known_on = DayField(
        label=_("Knew since"),
        required=False,
        help_text=_("A notice of the inspection can prove it. Leave it empty where they did not know."),
    )
    is_private = forms.BooleanField(label=_("A natural person, for purely private purposes"), required=False)
    refused_at = {"not-in-force": "work_on"}
