"""A plan begins, and its documents come in."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from palermo.accounts.models import User
from palermo.audit.action import alone
from palermo.errors import Refused, words
from palermo.plan import files
from palermo.plan.facts import next_number, section_of
from palermo.plan.lineage import News, news, numbered
from palermo.plan.models import Difference, Import, ImportedRow, Kind, Plan
from palermo.plan.rules import said
from palermo.plan.standings import action


@dataclass(frozen=True)
class PlanTerms:
    """What a plan is called and for which years it holds."""

    code: str
    title: str
    language: str
    since_on: date
    until_on: date | None = None
    adopted_on: date | None = None
    country: str = "be"


@action("plan.create_plan", permission="plan.create")
def create_plan(*, by: User, terms: PlanTerms, on: date) -> Plan:
    """Begin a plan, known from the day of its adoption, else from the first day of its period.

    Raises Refused ("plan-exists", "plan-period").
    """
    return new_plan(terms, by=by, on=on)


@action("plan.begin_plan", permission="plan.create", unsaid=frozenset({"reading"}))
def begin_plan(
    *,
    by: User,
    terms: PlanTerms,
    reading: Mapping[str, Any],
    path: Path,
    on: date,
    published_on: date | None = None,
) -> Import:
    """Begin a plan with the document in which it was published; both or neither.

    Raises Refused ("nothing-found", "plan-exists", "plan-period").
    """
    return brought_in(new_plan(terms, by=by, on=on), reading, path, published_on, by=by, on=on)


def new_plan(terms: PlanTerms, *, by: User, on: date) -> Plan:
    """A plan on these terms. Raises Refused for a code that is taken or a period that cannot be."""
    alone()
    if Plan.objects.filter(code=terms.code).exists():
        raise Refused(
            "plan-exists",
            words("There is a plan with the code “{plan}” already."),
            words("Import the document into that plan, or choose another code."),
            plan=terms.code,
        )
    if terms.until_on is not None and terms.until_on < terms.since_on:
        raise Refused(
            "plan-period",
            words("The plan would end on {until_on}, before it begins on {since_on}."),
            words("Correct the first or the last day of its period."),
            until_on=terms.until_on,
            since_on=terms.since_on,
        )
    return Plan.objects.create(
        code=terms.code,
        title=terms.title,
        country=terms.country,
        language=terms.language,
        since_on=terms.since_on,
        until_on=terms.until_on,
        adopted_on=terms.adopted_on,
        by=by,
        on=on,
    )


@action("plan.import_document", permission="plan.import", about="plan", unsaid=frozenset({"reading"}))
def import_document(
    *,
    by: User,
    plan: Plan,
    reading: Mapping[str, Any],
    path: Path,
    on: date,
    published_on: date | None = None,
) -> Import:
    """Make what was read in a document wait for review; rows that say what is known already do not wait.

    `reading` is what `palermo plan read` answers for the file at `path`. `published_on` is the day from
    which what the document says was known: for a plan's first document its adoption or its first day,
    for a later one `on`, unless it is given.

    Raises Refused ("nothing-found").
    """
    return brought_in(plan, reading, path, published_on, by=by, on=on)


def brought_in(
    plan: Plan, reading: Mapping[str, Any], path: Path, published_on: date | None, *, by: User, on: date
) -> Import:
    """The rows of a document, stored beside what is known of its plan."""
    must_promise(reading)
    Plan.objects.select_for_update().get(pk=plan.pk)
    found = news(plan, said.rows(reading))
    document = reading["document"]
    made = Import.objects.create(
        plan=plan,
        name=document["name"],
        document_kind=document["kind"],
        sha256=files.keep(path.read_bytes()),
        published_on=published_on or first_known(plan, on),
        language=reading.get("language") or plan.language,
        doubts=list(reading.get("doubts") or ()),
        added=found.count(Difference.ADDED),
        changed=found.count(Difference.CHANGED),
        unchanged=found.unchanged,
        missing=found.missing,
        by=by,
        on=on,
    )
    store(made, found)
    for section in reading.get("sections") or ():
        section_of(plan, section["number"], section["title"])
    return made


def must_promise(reading: Mapping[str, Any]) -> None:
    """Refuse a document in which nothing was found: an empty plan, or one whose measures all went missing."""
    if not said.promises_something(reading):
        raise Refused(
            "nothing-found",
            words(
                "Nothing was found in “{name}”: no measure, no training, no commitment. Nothing was created."
            ),
            words(
                "Check that it is the plan itself, with its tables as text and not as pictures, or choose its"
                " language; a table needs a header such as “Measure”, “Party responsible”, “Timing”."
            ),
            name=reading["document"]["name"],
        )


def store(made: Import, found: News) -> None:
    """Keep the rows of an import, each new one with its measure's number reserved."""
    numbered(found.rows, {kind: next_number(made.plan, kind) for kind in Kind.values})
    for position, row in enumerate(found.rows, start=1):
        row.imported, row.position = made, position
    ImportedRow.objects.bulk_create(found.rows)
    ImportedRow.objects.filter(pk__in=found.superseded).update(decision="superseded")


def first_known(plan: Plan, on: date) -> date:
    """The day from which a plan's next document counts as known."""
    if plan.imports.exists():
        return on
    return min(plan.adopted_on or plan.since_on, on)
