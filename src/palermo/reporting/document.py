"""The Government report as a Word file: a template filled with one report's facts, the same twice."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import Any

from django.utils import translation
from django.utils.translation import gettext, gettext_lazy, pgettext_lazy
from docxtpl import RichText

from palermo.plan.templatetags.bills import STEPS
from palermo.plan.templatetags.plan import STATUSES
from palermo.plan.templatetags.works import KINDS, STATES
from palermo.reporting import rules
from palermo.reporting.filling import filled
from palermo.reporting.template import LOCALES, path
from palermo.reporting.values import Answer, GovernmentReport, MeasureAccount, Reached, WorkAccount
from palermo.reporting.word import packed
from palermo.ui.written import written

THEME_TITLES = {
    "prosecution": pgettext_lazy("theme", "Criminal law and prosecution"),
    "prevention": pgettext_lazy("theme", "Prevention, training and awareness"),
    "protection": pgettext_lazy("theme", "Protection of victims"),
    "cooperation": pgettext_lazy("theme", "Coordination and cooperation"),
}
LANGUAGE_WORDS = {
    "en": gettext_lazy("in English; not translated"),
    "fr": gettext_lazy("in French; not translated"),
    "nl": gettext_lazy("in Dutch; not translated"),
    "de": gettext_lazy("in German; not translated"),
}


TRANSLATED = {
    "en": gettext_lazy("translated from English by %(by)s, %(day)s"),
    "fr": gettext_lazy("translated from French by %(by)s, %(day)s"),
    "nl": gettext_lazy("translated from Dutch by %(by)s, %(day)s"),
    "de": gettext_lazy("translated from German by %(by)s, %(day)s"),
}


def typed(text: str) -> str:
    """Words with each line's end once: a browser sends two signs for it, Word would show an empty line."""
    return text.replace("\r\n", "\n")


def spoken(text: str, language: str) -> RichText:
    """Words with the tag of their language, by which a screen reader and a spelling checker know it."""
    return RichText(typed(text), lang=LOCALES.get(language, language))


Tagged = Callable[[str, str], Any]  # words, language


def government_report(report: GovernmentReport, language: str, template: bytes | None = None) -> bytes:
    """Fill the language's own template, or the office's, and return the Word file.

    The same report and template give the same bytes. Raises `Refused` ("template-broken") when the
    office's template cannot be filled.
    """
    source = template if template is not None else path(language).read_bytes()
    with translation.override(language):
        document = filled(source, context(report, language))
        return packed(document, datetime(report.on.year, report.on.month, report.on.day, 9))  # noqa: DTZ001


def context(report: GovernmentReport, language: str, tagged: Tagged = spoken) -> dict[str, Any]:
    """The names that a template may use, each already in the report's language.

    `tagged` gives words the mark of the language they stand in, as the form of the document wants it.
    """
    told = {measure.reference: told_measure(measure, language, tagged) for measure in report.measures}

    def many(measures: Iterable[MeasureAccount]) -> list[dict[str, Any]]:
        return [told[measure.reference] for measure in measures]

    themes = rules.by_theme(report)
    evaluated, unevaluated = rules.evaluations(report.measures)
    return {
        "plan_title": report.plan_title,
        "plan_period": report.plan_period,
        "plan_mark": plan_mark(report.plan_language, language),
        "period_from": written(report.period_from),
        "period_to": written(report.period_to),
        "day": written(report.on),
        "number_of_measures": len(report.measures),
        "number_answered": sum(1 for measure in report.measures if measure.answers),
        "rounds": [
            {
                "title": one.title,
                "opened": written(one.opened_on),
                "deadline": written(one.deadline_on),
                "asked": one.asked,
                "answered": one.answered,
            }
            for one in report.rounds
        ],
        "works": [told_work(one, language, tagged) for one in report.works],
        "counts": [
            {"status": str(STATUSES[status][0]), "number": number}
            for status, number in rules.status_counts(report.measures)
        ],
        "themes": [
            {"title": str(THEME_TITLES[name]), "measures": many(each)} for name, each in themes.items()
        ],
        "legislative": many(rules.legislative(report.measures)),
        "protection": many(themes["protection"]),
        "bodies": [
            {"name": name or gettext("No party named"), "measures": many(each)}
            for name, each in rules.awareness_and_training(report.measures).items()
        ],
        "evaluated": many(evaluated),
        "unevaluated": many(unevaluated),
        "figures": many(rules.about_figures(report.measures)),
        "unanswered": many(report.unanswered),
    }


def told_measure(measure: MeasureAccount, language: str, tagged: Tagged) -> dict[str, Any]:
    """A measure as the template shows it."""
    return {
        "reference": measure.reference,
        "section": measure.section,
        "text": measure.text,
        "spoken": tagged(measure.text, measure.language),
        "owners": ", ".join(measure.owners) or gettext("no party named"),
        "timing": measure.timing or gettext("no timing"),
        "status": str(STATUSES[measure.status][0]) + (", " + gettext("late") if measure.overdue else ""),
        "steps": "; ".join(step_said(one) for one in measure.steps),
        "evaluation_source": measure.evaluation_source,
        "evaluations": [
            {
                "day": written(one.on),
                "summary": typed(one.summary) + untranslated(one.language, language),
                "spoken": tagged(one.summary, one.language),
                "mark": untranslated(one.language, language),
            }
            for one in measure.evaluations
        ],
        "answers": [told_answer(answer, language, tagged) for answer in measure.answers],
    }


def told_work(one: WorkAccount, language: str, tagged: Tagged) -> dict[str, Any]:
    """A note or a study as the template shows it: a line of a list, as a measure is."""
    ended = [written(one.ended_on)] if one.ended_on else []
    line = [str(KINDS[one.kind]), one.owner, *([one.timing] if one.timing else []), str(STATES[one.state][0])]
    return {
        "reference": one.reference,
        "spoken": tagged(one.title, one.language),
        "status": ", ".join(line + ended) + untranslated(one.language, language),
    }


def step_said(one: Reached) -> str:
    """A step of a bill: "Council of State, 4 February 2016 (58.764/3)"."""
    said = f"{STEPS[one.step]}, {written(one.on)}"
    return f"{said} ({one.reference})" if one.reference else said


def told_answer(answer: Answer, language: str, tagged: Tagged) -> dict[str, Any]:
    """An accepted answer as the template shows it: unaltered, or marked as a translation."""
    shown = answer.translation if answer.language != language and answer.translation else answer
    return {
        "identifier": answer.identifier,
        "organisation": answer.organisation,
        "day": written(answer.told_on),
        "status": str(STATUSES[answer.status][0]),
        "account": typed(shown.account),
        "spoken": tagged(shown.account, answer.language if shown is answer else language),
        "mark": untranslated(answer.language, language) if shown is answer else translated(answer),
        "reason": typed(shown.reason),
        "decision": shown.decision,
        "evidence": "; ".join(answer.evidence),
        "remark": typed(answer.remark),
    }


def translated(answer: Answer) -> str:
    """The mark behind words that were translated: from which language, by whom and when."""
    told = answer.translation
    if told is None:
        return ""
    return f" [{TRANSLATED[answer.language] % {'by': told.by, 'day': written(told.on)}}]"


def plan_mark(own: str, language: str) -> str:
    """Says once that the words of the plan stand in another language than the report's."""
    return (
        "" if own == language else gettext("The words of the plan stand %s.") % LANGUAGE_WORDS.get(own, own)
    )


def untranslated(own: str, language: str) -> str:
    """The mark behind words that stand in another language than the report's."""
    return "" if own == language else f" [{LANGUAGE_WORDS.get(own, own)}]"
