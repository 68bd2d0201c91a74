"""How documents and templates speak of the law: what it fixes, where it stands, what is reckoned with it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from babel import Locale
from django import template
from django.utils.formats import number_format
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, ngettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from palermo.law.value import Version
from palermo.organisations.templatetags.organisations import CONFIDENCES as READ
from palermo.referral.templatetags.referral import DOCUMENTS, DUTIES, EXPECTED, MOVES, TRACKS, worded
from palermo.ui.written import cited, written

register = template.Library()

CONFIDENCES = READ | {"partly verified": _("read in part"), "inferred": _("inferred")}
# Where each step of the procedure stands.
STEPS: dict[str, str | Promise] = {
    "eligible-persons": _("Who is eligible"),
    "duty-inform-immigration-office": DUTIES["inform-immigration-office"],
    "duty-inform-person": DUTIES["inform-person"],
    "duty-contact-centre": DUTIES["contact-centre"],
    "duty-notify-guardianship-service": DUTIES["notify-guardianship-service"],
    "break-with-exploiters": EXPECTED["break"],
    "accompaniment-by-a-centre": EXPECTED["guidance"],
    "identity-effort": EXPECTED["identity"],
    "minor-without-reflection": TRACKS["unaccompanied-minor"],
    "citizens-need-no-permit": TRACKS["citizen"],
    "diplomatic-household": TRACKS["diplomatic-household"],
    "benelux-referral": TRACKS["exploited-abroad"],
    "statement-at-once": _("A statement made at once"),
    "statement-in-time": _("A statement in the reflection period"),
    "provisional-extension": MOVES["extend-provisional-document"],
    "ask-prosecutor": MOVES["ask-prosecutor"],
    "temporary-permit": MOVES["issue-temporary-document"],
    "unlimited-permit": MOVES["grant-unlimited"],
    "end-no-statement": MOVES["end:no-statement"],
    "end-early": _("End it during reflection or the provisional document"),
    "end-temporary": _("End it during the temporary document"),
    "end-unlimited": _("End it during unlimited stay"),
    "end-voluntary": MOVES["end:voluntary-return"],
    "end-other": MOVES["end:other"],
    "humanitarian-request": MOVES["request-humanitarian"],
}
# What the law fixes, by the group under which a page tells it.
GROUPS: tuple[tuple[str | Promise, dict[str, str | Promise]], ...] = (
    (
        _("The protection procedure"),
        {
            "reflection-period": _("Length of the reflection period"),
            "reflection-document": _("Document of the reflection period"),
            "provisional-period": _("Length of the provisional document, at most"),
            "provisional-extensions": _("How often the provisional document can be extended"),
            "temporary-period": _("Length of the temporary document"),
            "renewal-opens": _("Renewal can be asked for, before the temporary document ends"),
            "renewal-closes": _("Renewal is to be asked for, before the temporary document ends"),
            "no-entry-ban": _("No entry ban for a victim whose procedure ended"),
            "recovery-minimum": _("Recovery and reflection, at least (Convention)"),
            "who-offers-reflection": _("Who offers the reflection period"),
            "who-identifies": _("Who identifies victims"),
            "who-decides-on-residence": _("Who decides on residence"),
            "who-assists": _("Who assists"),
        },
    ),
    (_("Where each step of the procedure stands"), STEPS),
    (
        _("The offence"),
        {
            "trafficking-article": _("Trafficking in human beings"),
            "trafficking-aims": _("Aims of exploitation"),
            "non-punishment": _("No penalty for what a victim was made to do"),
            "extraterritorial": _("Prosecution of facts abroad"),
            "limitation-of-trafficking": _("Limitation"),
            "limitation-of-the-civil-action": _("Limitation of the civil action"),
            "consent-of-the-victim": _("Consent of the victim"),
            "milder-law": _("When the law changed after the facts"),
            "professional-secrecy": _("Professional secrecy"),
        },
    ),
    (
        _("Penalties and fines"),
        {
            "trafficking-articles": _("Articles on trafficking, from the basic one to the gravest"),
            "smuggling-articles": _("Articles on smuggling, from the basic one to the gravest"),
            "aggravating-factors": _("What the judge weighs, without an article of its own"),
            "fine-multiplier": _("Surcharge on fines"),
            "fine-per-victim": _("The fine is applied for each victim"),
            "victims-fund-contribution": _("Contribution to the victims' fund, by the day of judgment"),
        },
    ),
    (
        _("What a judge can add"),
        {
            "confiscation-of-what-others-own": _(
                "Confiscation of what served the offence, even if not owned"
            ),
            "confiscation-of-immovables": _("Confiscation of immovables, even if not owned"),
            "confiscation-of-the-value": _("Confiscation of the value of what was sold"),
            "extended-confiscation": _("Extended confiscation"),
            "fine-on-profit": _("Fine on the profit, at most"),
            "loss-of-rights": _("Loss of rights"),
            "ban": _("Bans, such as from a profession"),
            "closure-of-the-enterprise": _("Closure of the enterprise"),
        },
    ),
    (
        _("Exploitation of begging, an offence of its own"),
        {
            "433ter": _("Exploitation of begging"),
            "433ter-attempt": _("Attempt at it"),
            "433quater": _("Its aggravated forms"),
        },
    ),
    (
        _("Wages"),
        {
            "wage-liability": _("Liability for wages after a notice of the inspection"),
            "wage-liability-after": _("It begins after"),
            "wage-liability-at-most": _("It lasts, at most"),
            "wage-interest-from": _("Interest runs after the demand, from"),
            "illegal-stay-liability": _("Liability for wages of people without a right to stay"),
            "presumed-employment": _("Presumed length of employment, for back pay"),
            "deposit-retention": _("How long wages stay in deposit for somebody who has left"),
            "legal-holidays": _("Legal holidays"),
        },
    ),
    (
        _("What is assessed again and again"),
        {
            "assessment-of-col-01-2015": _("Assessment of circular COL 01/2015"),
            "report-of-the-government": _("Report of the Government"),
            "report-of-the-rapporteur": _("Report of the national rapporteur"),
        },
    ),
)
PARAGRAPHS = {  # articles of which a paragraph has a penalty, or a successor, of its own
    "433quinquies-3": "433quinquies § 3",
    "433quinquies-5": "433quinquies § 5",
    "260-1": "260 § 1",
    "260-2": "260 § 2",
}
SUCCESSORS, ATTEMPTS, LEVELS = "successor-of-", "attempt-of-", "level-"
NAMES = {name: words for _title, group in GROUPS for name, words in group.items()}
AIMS = {
    "sexual-exploitation": _("sexual exploitation"),
    "begging": _("exploitation of begging"),
    "labour": _("work or services contrary to human dignity"),
    "organs": _("removal of organs"),
    "organs-and-body-material": _("removal of organs or human body material"),
    "forced-crime": _("forced commission of an offence"),
    "illegal-adoption": _("illegal adoption"),
    "forced-marriage": _("forced marriage"),
}
GROUNDS = {
    "authority-over-the-victim": _("authority over the victim, or abuse of authority or functions"),
    "public-officer": _("a public officer or agent in function"),
    "minor": _("the victim is a minor"),
    "vulnerable-person": _("the victim is a person in a vulnerable situation"),
    "vulnerability": _("abuse of vulnerability that left no real choice"),
    "fraud-violence-threat-coercion": _("fraud, violence, threats or coercion"),
    "abduction-abuse-of-authority-deception": _("abduction, abuse of authority or deception"),
    "payments-to-obtain-consent": _("payment for the consent of somebody with authority over the victim"),
    "life-endangered": _("the victim's life was endangered"),
    "grave-harm": _("incurable illness, lasting incapacity, loss of an organ or mutilation"),
    "habitual": _("a habitual activity"),
    "discriminatory-motive": _("a discriminatory motive"),
    "association": _("participation in an association"),
    "death-without-intent": _("death that was not intended"),
    "criminal-organisation": _("participation in a criminal organisation"),
}
CLAUSES = {
    "sexual-exploitation-of-a-minor-runs-from-18": _("sexual exploitation of a minor: time runs from 18"),
    "sexual-exploitation-of-a-minor-does-not-lapse": _("sexual exploitation of a minor: does not lapse"),
    "guidance": _("guidance for prosecutors alone"),
    "every-offence": _("every offence"),
    "levels-1-to-6": _("offences of levels 1 to 6"),
    "aggravated-alone": _("aggravated forms alone"),
    "every-form": _("every form"),
    "the-milder-applies": _("the milder law applies"),
    "counts-for-forced-crime-alone": _("counts for the forced commission of an offence alone"),
    "life": _("imprisonment for life"),
    "not-before-the-public-action": _("does not lapse before the public action"),
}
MOVABLE = {"easter+1": _("Easter Monday"), "easter+39": _("Ascension Day"), "easter+50": _("Whit Monday")}
EVERY = {
    "P1Y": pgettext_lazy("recurrence", "every year"),
    "P2Y": pgettext_lazy("recurrence", "every two years"),
}
OFFENCES = {
    "trafficking": _("trafficking in human beings"),
    "smuggling": _("smuggling of human beings"),
}
ROLES = {
    "direct-contractor": _("contractor of the employer itself"),
    "indirect-contractor": _("main or intermediate contractor, further up"),
    "principal": _("principal"),
}
# What the calculators answer.
ANSWERS = {
    "does-not-lapse": _("Prosecution does not lapse."),
    "runs-from-majority": _("Time runs from the victim's majority."),
    "general-rules": _("The general rules on limitation apply; they are not reckoned here."),
    "ask-a-jurist": _("Ask a jurist."),
}
WHY = {
    "before-the-article": _("The facts lie before the article on trafficking to which the rule belongs."),
    "aim-not-named": _("The law of the day of the facts does not name this aim."),
    "another-aim": _("The special rule is about sexual exploitation; this is another aim."),
    "age-unknown": _("It depends on the victim's age, which is not known."),
    "minor": _("The victim was under eighteen."),
    "minor-unless-lapsed-before": _(
        "The victim was under eighteen. A case that had lapsed before the rule began does not revive."
    ),
    "adult": _("The victim was eighteen or older."),
    "attempt-on-an-adult": _("The rule on attempts is about victims under eighteen alone."),
    "words-are-ambiguous-for-adults": _(
        "Whether “under eighteen” limits the attempt alone, or the completed offence too, cannot be told "
        "from the words."
    ),
    "penalty-not-known": _("Its penalties, and what makes it graver, were not read: ask a jurist."),
    "attempt-not-known": _("What an attempt at it is punished with was not read: ask a jurist."),
    "noticed": _("A notice of the inspection reached them."),
    "private": _("A natural person who has work done for purely private purposes is exempt."),
    "activity-not-named": _("No Royal Decree names the activity."),
    "no-declaration": _("They hold no written declaration of their subcontractor."),
    "knew": _("They knew."),
    "declared": _("They hold the declaration and did not know."),
    "knew-later": _("They learned of it later: they answer for work from that day on."),
    "did-not-know": _("They did not know."),
}


for name, words in {
    "confidence": CONFIDENCES,
    "ground": GROUNDS,
    "why": WHY,
    "answer_words": ANSWERS,
}.items():
    register.filter(name, worded(words))


def territories() -> Mapping[str, str]:
    """The names of countries and of groups of them by their codes, in the reader's language."""
    known: Mapping[str, str] = Locale.parse((get_language() or "en")[:2]).territories
    return known


@register.filter
def country(code: str) -> str:
    """A country, or the European Union, in the reader's language; the code where none has that one."""
    return territories().get(code.upper(), code)


@register.filter
def law_name(name: str) -> str:
    """What a value of the law is about."""
    if name.startswith(SUCCESSORS):
        return gettext("What became of %s") % article(name.removeprefix(SUCCESSORS))
    if name.startswith(ATTEMPTS):
        return gettext("Attempt at %s") % article(name.removeprefix(ATTEMPTS))
    if name.startswith(LEVELS):
        return gettext("level %s") % name.removeprefix(LEVELS)
    known = NAMES.get(name)
    if known is not None:
        return str(known)
    return country(name) if name.isupper() else article(name)


@register.filter
def article(number: str) -> str:
    """An article as it is cited."""
    return gettext("art. %s") % PARAGRAPHS.get(number, number)


@register.filter
def when(version: Version) -> str:
    """The days of a version."""
    days = {"since": written(version.since), "until": written(version.until) if version.until else ""}
    return (gettext("%(since)s to %(until)s") if version.until else gettext("from %(since)s on")) % days


@register.filter
def said(note: str, before: str = "") -> str:
    """What is noted beside a version, after these signs."""
    return before + gettext(note) if note else ""


def sourced(version: Version, unit: str = "") -> str:
    """What a version fixes in its unit, where it stands, and how sure that is."""
    source = f"{cited(version.source)} ({CONFIDENCES[version.confidence]}){said(version.note, ' – ')}"
    what = fixed(version.value, unit) if unit else ""
    return f"{what} – {source}" if what else source


@register.filter("in_unit")
def fixed(value: Any, unit: str) -> str:
    """What the law fixes, as words; nothing for what is merely in force."""
    return UNITS[unit](value)


def span(value: list[int]) -> str:
    """So many years."""
    least, most = value
    if not least:
        return gettext("up to %s years") % most
    return gettext("%(least)s to %(most)s years") % {"least": least, "most": most}


def short_penalty(value: dict[str, list[int]]) -> str:
    """The months, and the fine before the surcharge."""
    least, most = value["imprisonment"]
    months = gettext("%(least)s to %(most)s months of imprisonment") % {"least": least, "most": most}
    return f"{months}, {fined(value)}"


def fined(value: dict[str, Any]) -> str:
    """A fine before the surcharge."""
    least, most = map(amount, value["fine"])
    return gettext("fine of %(least)s to %(most)s euro") % {"least": least, "most": most}


def penalty(value: dict[str, Any]) -> str:
    """The years, the fine before the surcharge, the level."""
    least, most = value["imprisonment"]
    years = {"least": least, "most": most}
    parts = [
        gettext("%(least)s to %(most)s years of réclusion") % years
        if value.get("kind") == "reclusion"
        else gettext("%(least)s to %(most)s years of imprisonment") % years,
        fined(value),
        *([gettext("level %s") % value["level"]] if "level" in value else []),
    ]
    return ", ".join(parts)


@register.filter
def amount(number: float) -> str:
    """A number as the reader writes it, its thousands parted."""
    return number_format(number, use_l10n=True, force_grouping=True)


def holiday(code: str) -> str:
    """A legal holiday."""
    return str(MOVABLE[code]) if code in MOVABLE else written(date.fromisoformat(f"2000-{code}"), "j F")


def listed(words: dict[str, Any]) -> Callable[[list[str]], str]:
    """How codes are said, one after the other."""
    return lambda codes: ", ".join(str(words[code]) for code in codes) or gettext("not read")


UNITS: dict[str, Callable[[Any], str]] = {
    "days": lambda number: ngettext("%(number)s day", "%(number)s days", number) % {"number": number},
    "working-days": lambda number: (
        ngettext("%(number)s working day", "%(number)s working days", number) % {"number": number}
    ),
    "months": lambda number: ngettext("%(number)s month", "%(number)s months", number) % {"number": number},
    "years": lambda number: ngettext("%(number)s year", "%(number)s years", number) % {"number": number},
    "times": lambda number: ngettext("%(number)s time", "%(number)s times", number) % {"number": number},
    "factor": lambda number: "× " + amount(number),
    "euro": lambda number: gettext("%s euro") % amount(number),
    "boolean": lambda holds: gettext("yes") if holds else gettext("no"),
    "article": lambda number: ", ".join(map(article, number.split(", "))),
    "articles": lambda numbers: ", ".join(map(article, numbers)),
    "document": lambda kind: str(DOCUMENTS[kind]),
    "clause": lambda code: str(CLAUSES.get(code, "")),  # nothing to say of what is merely in force
    "body": str,
    "recurrence": lambda code: str(EVERY[code.rsplit("/", 1)[-1]]),
    "aims": listed(AIMS),
    "grounds": listed(GROUNDS),
    "holidays": lambda codes: ", ".join(map(holiday, codes)),
    "penalty": penalty,
    "penalty-in-months": short_penalty,
    "span-of-years": span,
}
