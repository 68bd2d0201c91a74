"""From what the plan room may report to the value that the document is made of."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from django.db.models import Q, QuerySet
from django.utils import translation

from palermo.accounts.models import User
from palermo.audit.action import NotPermitted
from palermo.plan import files
from palermo.plan import queries as plans
from palermo.plan.models import Plan, Section
from palermo.plan.queries import Accepted, Reported, Snapshot, WorkOn
from palermo.reporting.models import Template
from palermo.reporting.template import path
from palermo.reporting.values import (
    Answer,
    Evaluated,
    GovernmentReport,
    MeasureAccount,
    Meeting,
    Reached,
    Translated,
    WorkAccount,
)


def government_report(
    by: User, plan: Plan, period_from: date, period_to: date, on: date, language: str
) -> GovernmentReport:
    """Everything that the Government report says about a plan for a period, as known on a day.

    Organisations bear their names in the language of the report. Raises NotPermitted for whoever may not
    make reports: theirs would tell only what they may see.
    """
    if not by.may("reporting.make"):
        raise NotPermitted("reporting.make")
    with translation.override(language):
        known = plans.snapshot(by, plan, period_from, period_to, on)
        report = told(plan, known, plans.sections(by, plan), language)
        works = plans.works_on(by, on, Q(work__plan=plan))
        return replace(report, works=tuple(work(one) for one in works if one.is_open_since(period_from)))


def told(plan: Plan, known: Snapshot, sections: Iterable[Section], language: str) -> GovernmentReport:
    """What is known of a plan, as the value that the document is made of."""
    return GovernmentReport(
        plan_title=plan.title,
        plan_period=f"{plan.since_on.year}–{plan.until_on.year}"
        if plan.until_on
        else str(plan.since_on.year),
        plan_language=plan.language,
        period_from=known.period_from,
        period_to=known.period_to,
        on=known.on,
        sections=tuple((one.number, one.title) for one in sections),
        measures=tuple(measure(one, plan.language, language) for one in known.measures),
        rounds=tuple(
            Meeting(one.round.title, one.round.opened_on, one.round.deadline_on, one.asked, one.answered)
            for one in known.rounds
        ),
    )


def measure(one: Reported, language: str, into: str) -> MeasureAccount:
    """A measure, in the language of its plan, with its accepted answers for a report in another."""
    state, wording = one.state, one.state.wording
    return MeasureAccount(
        reference=state.measure.reference,
        section=wording.section.number,
        text=wording.text,
        language=language,
        owners=tuple(owner.name for owner in state.owners),
        parties=tuple(owner.name for owner in state.owners if owner.kind != "undecided"),
        timing=wording.timing_text,
        latest=state.latest,
        status=state.status,
        kind=state.measure.kind,
        overdue=state.is_overdue,
        topics=frozenset(wording.topics),
        answers=tuple(answer(told, into) for told in one.answers),
        evaluation_source=f"{state.duty.section} {state.duty.text}".strip() if state.duty else "",
        evaluations=tuple(Evaluated(told.held_on, told.summary, told.language) for told in state.evaluations),
        steps=tuple(Reached(step.kind, step.reached_on, step.reference) for step in one.steps),
    )


def work(one: WorkOn) -> WorkAccount:
    """A note or a study; of its versions only that it ended is told."""
    terms = one.terms
    return WorkAccount(
        reference=one.work.reference,
        kind=terms.kind,
        title=terms.title,
        language=terms.language,
        owner=terms.owner.name,
        timing=terms.timing_text,
        state=one.state,
        ended_on=one.ended_on,
    )


def answer(told: Accepted, into: str) -> Answer:
    """An accepted contribution, word for word, with its translation into the language of the report."""
    given, other = told.contribution, told.translations.get(into)
    return Answer(
        identifier=f"C{given.pk}",
        organisation=given.question.organisation.name,
        told_on=given.on,
        status=given.status,
        account=given.account,
        language=given.language,
        reason=given.reason,
        decision=given.decision,
        evidence=tuple(one.title for one in told.evidence),
        remark=told.verdict.remark,
        translation=Translated(other.account, other.reason, other.decision, other.by.name, other.on)
        if other
        else None,
    )


def visible_to(user: User) -> QuerySet[Template]:
    """The office's templates: whoever makes reports sees them all."""
    return Template.objects.all() if user.may("reporting.make") else Template.objects.none()


def latest_template(language: str) -> Template | None:
    """The office's own Word template of a language; None while the original is used."""
    return latest(Template.Form.DOCX, language)


def latest_layout() -> Template | None:
    """The office's own layout for PDF; None while the original is used."""
    return latest(Template.Form.PDF)


def latest(form: str, language: str = "") -> Template | None:
    """What the office last put in place for a form; None while the original is used."""
    latest = (
        Template.objects.filter(form=form, language=language).select_related("by").order_by("-pk").first()
    )
    return latest if latest and latest.sha256 else None


def template_in_use(language: str) -> bytes | None:
    """The content of the office's own template; None while the original is used."""
    own = latest_template(language)
    return files.path(own.sha256).read_bytes() if own else None


def layout_in_use() -> bytes | None:
    """The content of the office's own layout; None while the original is used."""
    own = latest_layout()
    return files.path(own.sha256).read_bytes() if own else None


def built_in(language: str) -> bytes:
    """The template that comes with Palermo."""
    return path(language).read_bytes()
