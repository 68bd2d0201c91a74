"""Recommendations come in: a report is begun or read; a person takes, mends or leaves out what was read."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path

from django.utils import timezone

from palermo.accounts.models import User
from palermo.audit.action import action, alone
from palermo.errors import Refused, words
from palermo.plan import files
from palermo.plan.models import Decision, ReadRecommendation, Recommendation, Report, ReportDocument
from palermo.plan.rules import recommendations as rules
from palermo.plan.rules.mechanisms import mechanisms

ROUND, NUMBER, PRINTED = 20, 20, 100  # signs of a column


@dataclass(frozen=True)
class ReportTerms:
    """Which report: of which mechanism and round, its title, its day, the language of its recommendations."""

    mechanism: str
    round: str
    title: str
    published_on: date
    language: str


@dataclass(frozen=True)
class Printed:
    """A recommendation as it stands in print: its number, its words, its strength in words and as a rank."""

    text: str
    number: str = ""
    strength: str = ""
    rank: int | None = None


@action("plan.begin_report", permission="plan.recommend")
def begin_report(*, by: User, terms: ReportTerms, on: date) -> Report:
    """Begin the report of a round whose recommendations a person types.

    Raises Refused ("unknown-mechanism", "report-ahead", "report-exists").
    """
    alone()
    if Report.objects.filter(mechanism=terms.mechanism, round=terms.round.strip()).exists():
        raise Refused(
            "report-exists",
            words("The report of round “{round}” is here already."),
            words("Add the recommendation to that report, or give another round."),
            round=terms.round,
        )
    return new_report(terms, by=by, on=on)


@action("plan.import_report", permission="plan.recommend", unsaid=frozenset({"reading"}))
def import_report(
    *, by: User, terms: ReportTerms, reading: Sequence[rules.ReadRecommendation], path: Path, on: date
) -> ReportDocument:
    """Make what was read in a report wait for review; what its round has already is not added again.

    Raises Refused ("no-recommendation", "other-language", "unknown-mechanism", "report-ahead").
    """
    if not reading:
        raise Refused(
            "no-recommendation",
            words("No recommendation was found in “{name}”. Nothing was kept."),
            words("Check the mechanism and the language, or type the recommendations."),
            name=path.name,
        )
    alone()
    known = Report.objects.filter(mechanism=terms.mechanism, round=terms.round.strip()).first()
    report = same_language(known, terms) if known else new_report(terms, by=by, on=on)
    Report.objects.select_for_update().get(pk=report.pk)
    new = rules.unknown(reading, texts_of(report))
    made = ReportDocument.objects.create(
        report=report,
        name=path.name,
        document_kind=path.suffix.lower().lstrip("."),
        sha256=files.keep(path.read_bytes()),
        added=len(new),
        unchanged=len(reading) - len(new),
        by=by,
        on=on,
    )
    ReadRecommendation.objects.bulk_create(
        as_read(made, position, one) for position, one in enumerate(new, start=1)
    )
    return made


@action("plan.type_recommendation", permission="plan.recommend", about="report")
def type_recommendation(*, by: User, report: Report, printed: Printed, on: date) -> Recommendation:
    """Keep a recommendation that a person typed from the report.

    Raises Refused ("no-words", "unknown-strength", "recommendation-known").
    """
    if not rules.unknown([rules.typed(printed.text)], texts_of(report)):
        raise Refused(
            "recommendation-known",
            words("This report has that recommendation already."),
            words("Look for it in the list of its round, or among what waits for review."),
        )
    return kept(report, printed, {}, by=by, on=on)


@action("plan.take_recommendations", permission="plan.recommend", about="report")
def take_recommendations(*, by: User, report: Report, rows: Sequence[ReadRecommendation], on: date) -> int:
    """Take these rows of a report as they were read, all or none. Returns how many were taken.

    Raises Refused ("other-report", "row-decided", "no-words", "unknown-strength").
    """
    if any(row.document.report_id != report.pk for row in rows):
        raise Refused(
            "other-report",
            words("Some of these rows are not of this report."),
            words("Choose rows of one report."),
        )
    for row in rows:
        held = waiting(row)
        printed = Printed(held.text, held.number, held.strength, held.rank)
        made = kept(report, printed, held.place, by=by, on=on)
        decide(held, Decision.ACCEPTED, made, "", by=by, on=on)
    return len(rows)


@action("plan.mend_recommendation", permission="plan.recommend", about="row")
def mend_recommendation(
    *, by: User, row: ReadRecommendation, printed: Printed, on: date, reason: str = ""
) -> Recommendation:
    """Take a row with corrected values; the reading stays beside it as it was.

    Raises Refused ("row-decided", "no-words", "unknown-strength").
    """
    held = waiting(row)
    made = kept(held.document.report, printed, held.place, by=by, on=on)
    decide(held, Decision.MENDED, made, reason, by=by, on=on)
    return made


@action("plan.leave_out_recommendation", permission="plan.recommend", about="row")
def leave_out_recommendation(
    *, by: User, row: ReadRecommendation, reason: str, on: date
) -> ReadRecommendation:
    """Leave out what was read: it is no recommendation.

    Raises Refused ("row-decided", "no-reason").
    """
    held = waiting(row)
    if not reason.strip():
        raise Refused(
            "no-reason",
            words("This decision needs a reason."),
            words("Say in a sentence why; it is kept in the history."),
        )
    decide(held, Decision.REJECTED, None, reason, by=by, on=on)
    return held


def new_report(terms: ReportTerms, *, by: User, on: date) -> Report:
    """A report on these terms. Raises Refused for an unknown mechanism or a day to come."""
    if terms.mechanism not in mechanisms():
        raise Refused(
            "unknown-mechanism",
            words("“{mechanism}” is no mechanism that is known here."),
            words("Choose one of the list."),
            mechanism=terms.mechanism,
        )
    if terms.published_on > on:
        raise Refused(
            "report-ahead",
            words("The report would be of {published_on}, which has not come yet."),
            words("Give the day on which it was published."),
            published_on=terms.published_on,
        )
    told = {**asdict(terms), "round": terms.round.strip()[:ROUND]}
    return Report.objects.create(**told, by=by, on=on)


def same_language(report: Report, terms: ReportTerms) -> Report:
    """The report, where a further document of it is in its language. Raises Refused for another one."""
    if report.language != terms.language:
        raise Refused(
            "other-language",
            words("The recommendations of this round are kept in another language ({language})."),
            words("Import the report in that language; a translation is no second report."),
            language=report.language,
        )
    return report


def texts_of(report: Report) -> list[str]:
    """Every text of a report that was read or typed, whatever was decided about it."""
    read = ReadRecommendation.objects.filter(document__report=report).values_list("text", flat=True)
    return [*read, *report.recommendations.values_list("text", flat=True)]


def as_read(document: ReportDocument, position: int, one: rules.ReadRecommendation) -> ReadRecommendation:
    """What was read, as a row that waits."""
    return ReadRecommendation(
        document=document,
        position=position,
        number=one.number[:NUMBER],
        text=one.text,
        strength=one.strength[:PRINTED],
        rank=one.rank,
        place=asdict(one.place),
        repeated=[asdict(place) for place in one.repeated],
    )


def kept(
    report: Report, printed: Printed, place: dict[str, int | None], *, by: User, on: date
) -> Recommendation:
    """A recommendation of a report, known from the report's day. Raises Refused without words or scale."""
    if not printed.text.strip():
        raise Refused(
            "no-words",
            words("A recommendation needs its words."),
            words("Copy them from the report."),
        )
    if printed.rank is not None and printed.rank not in mechanisms()[report.mechanism].ranks:
        raise Refused(
            "unknown-strength",
            words("The mechanism has no such strength."),
            words("Choose one of the list, or leave it unread."),
        )
    return Recommendation.objects.create(
        report=report,
        number=printed.number.strip()[:NUMBER],
        text=printed.text.strip(),
        strength=printed.strength.strip()[:PRINTED],
        rank=printed.rank,
        place=place,
        by=by,
        on=min(report.published_on, on),
    )


def waiting(row: ReadRecommendation) -> ReadRecommendation:
    """The row, locked, while nobody has decided about it. Raises Refused once somebody has."""
    held = (
        ReadRecommendation.objects.select_for_update(of=("self",))
        .select_related("document__report")
        .get(pk=row.pk)
    )
    if held.decision != Decision.WAITING:
        raise Refused(
            "row-decided",
            words("Somebody has decided about this row already ({decision})."),
            words("Open the review again to see what still waits."),
            decision=held.decision,
        )
    return held


def decide(
    row: ReadRecommendation,
    decision: Decision,
    made: Recommendation | None,
    reason: str,
    *,
    by: User,
    on: date,
) -> None:
    """Write down what was decided about a row."""
    row.decision, row.recommendation, row.reason = decision, made, reason
    row.decided_on, row.decided_at, row.decided_by = on, timezone.now(), by
    row.save(update_fields=["decision", "recommendation", "reason", "decided_on", "decided_at", "decided_by"])
