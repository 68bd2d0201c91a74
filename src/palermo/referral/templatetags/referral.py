"""How documents and templates speak of the protection procedure."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from palermo.organisations.templatetags.organisations import CONFIDENCES as READ

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
CONFIDENCES = READ | {"partly verified": _("read in part"), "inferred": _("inferred")}
