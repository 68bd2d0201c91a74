"""How documents and templates speak of the protection procedure."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from django import template
from django.utils.functional import Promise
from django.utils.text import format_lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

register = template.Library()

STAGES = {
    "detected": _("detected"),
    "reflection": _("reflection"),
    "provisional": _("provisional document"),
    "provisional-extended": _("provisional document, extended"),
    "temporary": _("temporary document"),
    "unlimited": _("unlimited stay"),
    "ended": pgettext_lazy("procedure", "ended"),
    "residence-not-needed": _("no residence document needed"),
    "not-eligible": _("not eligible"),
}
DOCUMENTS = {
    "order-to-leave-45": _("order to leave the territory, with a term of 45 days"),
    "annex-15": _("Annex 15"),
    "provisional": _("certificate of registration (orange card)"),
    "temporary": _("residence permit (A card)"),
    "unlimited": _("unlimited residence permit (B card)"),
}
DOCUMENTS_SAY = {
    "order-to-leave-45": _(
        "The document of the reflection period until 19 May 2017. Work is not allowed (to verify)."
    ),
    "annex-15": _(
        "The document of the reflection period. It does not mention trafficking, and the person is not "
        "entered in the register. Work is not allowed (to verify)."
    ),
    "provisional": _(
        "Before June 2007 a declaration of arrival. Three months at most, extended once. Work is allowed. "
        "The municipality prints it on instruction of the immigration authority."
    ),
    "temporary": _(
        "Six months, renewed until the proceedings end. The person is registered; work is allowed."
    ),
    "unlimited": _("It does not expire. Work is allowed."),
}
ASKS = _("A recognised centre asks for it; the immigration authority alone decides.")
DECIDES = _("The immigration authority alone decides.")
# Who acts.
WHO: dict[str, str | Promise] = {
    "issue-reflection-document": ASKS,
    "issue-provisional-document": ASKS,
    "ask-prosecutor": _(
        "The immigration authority asks the public prosecutor or the labour prosecutor, who informs and "
        "never decides on residence."
    ),
    "end:voluntary-return": _("The person decides."),
    "request-humanitarian": _("The person asks; the immigration authority decides at its discretion."),
}
MOVES = {
    "issue-reflection-document": _("Issue the document of the reflection period"),
    "issue-provisional-document": _("Issue the provisional document"),
    "extend-provisional-document": _("Extend the provisional document"),
    "ask-prosecutor": _("Ask the prosecutor the four questions"),
    "issue-temporary-document": _("Issue the temporary document"),
    "renew-temporary-document": _("Renew the temporary document"),
    "grant-unlimited": _("Grant unlimited stay"),
    "end:no-statement": _("End it: no statement was made"),
    "end:contact-renewed": _("End it: the person renewed contact with the presumed offenders"),
    "end:danger": _("End it: danger to public order or national security"),
    "end:cooperation-stopped": _("End it: the person stopped cooperating"),
    "end:proceedings-ended": _("End it: the judicial authorities ended the proceedings"),
    "end:fraud": _("End it: the cooperation or the complaint was fraudulent"),
    "end:voluntary-return": _("End it: voluntary return"),
    "end:other": _("End it: another reason"),
    "request-humanitarian": _("Request a stay on humanitarian grounds"),
}
# What happened, by its code and what it says, in the groups of a form.
ISSUED = {
    f"document_issued:{kind}": format_lazy("{} {}", _("Issued:"), one) for kind, one in DOCUMENTS.items()
}
ENDED = {
    "ended:no-statement": _("It was ended: no statement"),
    "ended:contact-renewed": _("It was ended: contact renewed with the presumed offenders"),
    "ended:danger": _("It was ended: danger to public order or national security"),
    "ended:cooperation-stopped": _("It was ended: the cooperation stopped"),
    "ended:proceedings-ended": _("It was ended: the proceedings ended"),
    "ended:fraud": _("It was ended: fraudulent cooperation or complaint"),
    "ended:voluntary-return": _("It was ended: voluntary return"),
    "ended:other": _("It was ended: another reason"),
}
HAPPENED: tuple[tuple[str | Promise, Mapping[str, str | Promise]], ...] = (
    (
        _("Found"),
        {
            "detected": _("The person was detected"),
            "immigration_informed": _("The immigration authority was informed"),
            "person_informed": _("The person was told of the residence permit"),
            "centre_contacted": _("The person was put in contact with a recognised centre"),
            "centre_accepted": _("A recognised centre took charge"),
            "guardianship_notified": _("The guardianship service was notified"),
            "guardian_appointed": _("A guardian was appointed"),
        },
    ),
    (
        _("Statement and prosecutor"),
        {
            "statement_made": _("The person made a complaint or a statement"),
            "prosecutor_asked": _("The prosecutor was asked the four questions"),
            "prosecutor_answered": _("The prosecutor answered the four questions"),
            "labour_prosecutor_opinion:yes": _("The labour prosecutor's opinion was favourable"),
            "labour_prosecutor_opinion:no": _("The labour prosecutor's opinion was not favourable"),
            "charge_kept": _("The prosecutor kept the charge of trafficking"),
            "convicted": _("There was a conviction"),
            "proceedings_ended": _("The judicial authorities ended the proceedings"),
        },
    ),
    (
        _("Documents"),
        {
            **ISSUED,
            "document_extended": _("The provisional document was extended"),
            "document_renewed": _("The temporary document was renewed"),
            "humanitarian_requested": _("A stay on humanitarian grounds was requested"),
        },
    ),
    (
        _("Doubts"),
        {
            "danger_assessed:yes": _("A danger to public order or national security was found"),
            "danger_assessed:no": _("No danger to public order or national security was found"),
            "contact_renewed": _("The person renewed contact with the presumed offenders"),
            "cooperation_stopped": _("The person stopped cooperating"),
        },
    ),
    (_("The end"), ENDED),
)
EVENTS = {code: words for _group, events in HAPPENED for code, words in events.items()}
QUESTIONS = {
    "still_victim": _("Still considered a victim"),
    "proceedings_ongoing": _("Investigation or proceedings ongoing"),
    "willing": _("Clear will to cooperate"),
    "ties_broken": _("All ties with the presumed offenders broken"),
}
TERNARY = {"yes": _("yes"), "no": _("no"), "unknown": _("not known")}
GROUNDS = {
    "trafficking": _("trafficking in human beings"),
    **{
        f"smuggling-77quater-{number}": format_lazy("{} {}°", _("smuggling, art. 77quater,"), number)
        for number in range(1, 6)
    },
}
# What blocks a move, or had an event refused.
BLOCKED = {
    "no-centre": _("No recognised centre accompanies the person."),
    "no-statement": _("No complaint or statement was made."),
    "statement-late": _("The statement came after the last day of the reflection period."),
    "wrong-document-for-day": _("The law names another document on that day."),
    "wrong-stage": _("It is not done in this stage."),
    "too-long": _("It lasts longer than the law allows."),
    "too-late": _("The document that was held had already ended."),
    "already-extended": _("It was extended before."),
    "prosecutor-not-asked": _("The prosecutor was not asked."),
    "prosecutor-not-answered": _("The prosecutor has not answered."),
    "prosecutor-negative": _("The prosecutor's latest answer is not four times yes."),
    "danger": _("A danger to public order or national security stands."),
    "no-conviction-or-charge": _("There is no conviction, and no charge that was kept."),
    "ground-not-in-this-stage": _("It is no ground in this stage, or not yet."),
    "event-missing": _("What it rests on has not happened."),
    "case-ended": _("The procedure has ended."),
    "not-eligible": _("The person is not eligible."),
    "not-needed": _("The person does not need it."),
}
FLAGS = {
    "no-entry-ban": _("No entry ban is to be imposed."),
    "benelux-referral": _("Send the Benelux referral sheet."),
}
# What must be so, by the code that says that it is not.
NEEDED = {
    "not-needed": _("The person is no unaccompanied minor: a minor gets the provisional document at once."),
    "no-centre": _("A recognised centre accompanies the person."),
    "wrong-document-for-day": _("It is the document that the law names on that day."),
    "too-long": _("It lasts no longer than the law allows; it may be shorter."),
    "no-statement": _("The person made a complaint or a statement; an unaccompanied minor needs none."),
    "statement-late": _("After a reflection period: it was made through the last day of that period."),
    "already-extended": _("It was not extended before."),
    "too-late": _("It is done through the last day of the document that is held."),
    "prosecutor-not-asked": _("The prosecutor was asked."),
    "prosecutor-not-answered": _("The prosecutor answered."),
    "prosecutor-negative": _(
        "The latest answer is four times yes: still a victim, proceedings ongoing, willing to cooperate, "
        "ties broken. In a diplomatic household the labour prosecutor's favourable opinion stands in for "
        "the proceedings."
    ),
    "danger": _("No danger to public order or national security stands; an assessment is not needed."),
    "no-conviction-or-charge": _(
        "The statement or complaint led to a conviction, or the prosecutor kept the charge of trafficking."
    ),
}
ENDS_NEED = {
    "end:no-statement": _("The last day of the reflection period passed without a statement in time."),
    "end:contact-renewed": _("The person renewed contact actively, voluntarily and on their own initiative."),
    "end:danger": _("The latest assessment finds a danger to public order or national security."),
    "end:cooperation-stopped": _("The person stopped cooperating."),
    "end:proceedings-ended": _("The judicial authorities ended the proceedings."),
    "end:fraud": _("The judicial authorities were heard: the cooperation or the complaint was fraudulent."),
    "request-humanitarian": _("The procedure ended because the proceedings ended."),
}
CLOCKS = {
    "reflection-ends": _("The reflection period ends"),
    "provisional-ends": _("The provisional document ends"),
    "ask-prosecutor-before": _("The prosecutor is to be asked"),
    "temporary-ends": _("The temporary document ends"),
    "renewal-opens": _("The renewal can be asked for"),
    "renewal-closes": _("The renewal is to be asked for"),
}
DUTIES = {
    "inform-immigration-office": _("Inform the immigration authority at once"),
    "inform-person": _("Tell the person of the residence permit"),
    "contact-centre": _("Put the person in contact with a recognised centre"),
    "notify-guardianship-service": _("Notify the guardianship service of a minor, or of who may be one"),
}
EXPECTED = {
    "break": _("To break with the presumed offenders"),
    "guidance": _("To accept guidance by a recognised centre"),
    "statement": _("To make a complaint or a statement"),
    "identity": _("To try to prove their identity"),
}
EXPECTED_SAY = {
    "break": _("From the first day on, in every stage."),
    "guidance": _("From the first day on, in every stage."),
    "statement": _("To leave the reflection period. Nobody has to cooperate during it."),
    "identity": _(
        "By passport, another travel document or a national identity card: an effort, and no condition."
    ),
}
TRACKS = {
    "unaccompanied-minor": _("Unaccompanied minors, and who may be one"),
    "citizen": _("Citizens of this country and of the European Union"),
    "diplomatic-household": _("Domestic staff of diplomats"),
    "smuggling": _("Victims of smuggling in aggravated circumstances"),
    "exploited-abroad": _("Exploited abroad, found here"),
}
TRACKS_SAY = {
    "unaccompanied-minor": _(
        "Under eighteen when detected, or of unknown age, and here without a responsible adult: there is "
        "no reflection period, and no statement is needed for the provisional document. The guardianship "
        "service is notified of every minor."
    ),
    "citizen": _(
        "They need no residence document: none is issued and no clock runs. Detection, guidance by a "
        "centre and all duties stay, except that the immigration authority need not be informed. "
        "Membership of the Union is that of the day."
    ),
    "diplomatic-household": _(
        "The labour prosecutor's favourable opinion stands in for proceedings that immunity prevents; the "
        "three other answers of the prosecutor must be yes."
    ),
    "smuggling": _(
        "Of the circumstances of article 77quater, 1° opens the procedure for unaccompanied minors alone, "
        "2° to 5° for everybody. All else is as for trafficking."
    ),
    "exploited-abroad": _(
        "Without proceedings in this country the person is not eligible here. For exploitation in the "
        "Netherlands or Luxembourg, the Benelux referral sheet leads to the services there."
    ),
}


def worded(words: Mapping[str, str | Promise]) -> Callable[[str], str | Promise]:
    """A filter that says a code in these words."""
    return lambda code: words[code]


for name, words in {
    "stage_words": STAGES,
    "document_words": DOCUMENTS,
    "move_words": MOVES,
    "blocked_words": BLOCKED,
    "clock_words": CLOCKS,
    "duty_words": DUTIES,
    "flag_words": FLAGS,
    "track_says": TRACKS_SAY,
}.items():
    register.filter(name, worded(words))


@register.filter
def who_acts(code: str) -> str | Promise:
    """Who makes a move."""
    return WHO.get(code, DECIDES)


@register.filter
def event_words(told: Mapping[str, str]) -> str:
    """What happened, as a case tells it: with each of the prosecutor's answers."""
    said = next((told[name] for name in ("kind", "favourable", "danger", "ground") if name in told), "")
    words = str(EVENTS[f"{told['type']}:{said}" if said else told["type"]])
    answers = [
        gettext("%(question)s: %(answer)s") % {"question": asked, "answer": TERNARY[told[name]]}
        for name, asked in QUESTIONS.items()
        if name in told
    ]
    return f"{words} – {', '.join(answers)}" if answers else words


@register.filter
def iso(text: str) -> date:
    """The day of a case, as it is told in ISO 8601."""
    return date.fromisoformat(text)


@register.filter
def days_after(earlier: date, later: date) -> int:
    """How many days lie between two."""
    return (later - earlier).days


@register.filter
def anchor(move: str) -> str:
    """Where a move stands on the page that explains it."""
    return move.replace(":", "-")


@register.filter
def at(several: Sequence[Any], number: int) -> Any:
    """One of several, by its number."""
    return several[number]
