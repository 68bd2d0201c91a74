"""`palermo plan import`, `plan status`, `plan remind`: the plan of an installation; Django starts late."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any
from urllib.parse import urljoin

import typer

from palermo.cli import database
from palermo.cli.answer import answer
from palermo.cli.plan import told

if TYPE_CHECKING:
    from palermo.plan.actions import PlanTerms

Code = Annotated[str, typer.Option("--plan", help="The plan's code, such as be-2015-2019.")]
Account = Annotated[str, typer.Option("--as", help="The account that does it: its address or handle.")]
AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]
Day = Annotated[
    datetime, typer.Option("--on", formats=["%Y-%m-%d"], metavar="DATE", help="A day, as 2017-03-01.")
]


def import_document(
    file: Annotated[Path, typer.Argument(help="A plan as TXT, DOCX, PDF, HTML, XLSX, CSV or TSV.")],
    code: Code,
    account: Account,
    accept_all: Annotated[bool, typer.Option("--accept-all", help="Accept instead of waiting.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a document's measures wait for review, or accept them. A new code begins a new plan."""
    answer(lambda: imported(file, code, account, accept=accept_all), as_json=as_json, show=show_counts)


def status(code: Code, on: Day, account: Account, as_json: AsJson = False) -> None:
    """How the measures of a plan stood on a day, in numbers."""
    answer(lambda: counted(code, on.date(), account), as_json=as_json, show=show_status)


def remind(
    code: Code,
    account: Account,
    link: Annotated[str, typer.Option(help="The address where questions wait.")],
    as_json: AsJson = False,
) -> None:
    """Send the reminders of the open round that are due today. For a daily job."""
    answer(lambda: reminded(code, account, link), as_json=as_json, show=show_reminded)


def imported(file: Path, code: str, account: str, *, accept: bool) -> dict[str, Any]:
    """Read a file, then bring it into a plan in one transaction. The counts of the contract."""
    reading = told(file, "")
    with database.account(account) as by:
        from django.db import transaction  # noqa: PLC0415 - started only when it is used

        from palermo.accounts.day import today  # noqa: PLC0415
        from palermo.plan import actions, queries  # noqa: PLC0415
        from palermo.plan.models import Plan  # noqa: PLC0415

        on = today()
        with transaction.atomic():
            plan = queries.visible_to(by, Plan).filter(code=code).first()
            if plan:
                made = actions.import_document(by=by, plan=plan, reading=reading, path=file, on=on)
            else:
                terms = terms_of(code, reading, on)
                made = actions.begin_plan(by=by, terms=terms, reading=reading, path=file, on=on)
            if accept:
                actions.accept_all(by=by, plan=made.plan, on=on)
            return {"plan": code, **queries.counts(by, made)}


def terms_of(code: str, reading: Mapping[str, Any], on: date) -> PlanTerms:
    """A new plan's terms from what its document says of itself: title, language, period."""
    from palermo.plan.actions import PlanTerms  # noqa: PLC0415
    from palermo.plan.rules.said import period_of  # noqa: PLC0415

    title, language = reading.get("title") or code, reading.get("language") or "en"
    return PlanTerms(code, title, language, *period_of(code, reading, on))


def counted(code: str, on: date, account: str) -> dict[str, Any]:
    """The numbers of the contract."""
    with database.account(account) as by:
        from palermo.plan import queries  # noqa: PLC0415

        return queries.status_counts(by, queries.plan_named(by, code), on)


def reminded(code: str, account: str, link: str) -> dict[str, Any]:
    """Remind whoever is due, in every open round of the plan."""
    with database.account(account) as by:
        from django.urls import reverse  # noqa: PLC0415

        from palermo.accounts.day import today  # noqa: PLC0415
        from palermo.plan import actions, queries  # noqa: PLC0415
        from palermo.plan.models import Round  # noqa: PLC0415

        plan = queries.plan_named(by, code)
        still = queries.visible_to(by, Round).filter(plan=plan, closed_on=None)
        page = urljoin(link, reverse("plan:by-link", args=["TOKEN"]))
        people = sum(
            actions.remind_due(by=by, round=one, on=today(), link=link, one_question=page) for one in still
        )
        return {"plan": code, "on": today().isoformat(), "reminded": people}


def show_counts(result: dict[str, Any]) -> None:
    """The counts of an import in words."""
    typer.echo(
        "{plan}: {added} added, {changed} changed, {unchanged} unchanged, {missing} missing; "
        "{waiting} wait for review.".format(**result)
    )


def show_status(result: dict[str, Any]) -> None:
    """The numbers of a plan in words."""
    typer.echo("{on}: {measures} measures, {due} due, {overdue} overdue.".format(**result))
    typer.echo("{no_owner} without owner, {evaluation_due} to be evaluated.".format(**result))
    for name, number in result["by_status"].items():
        typer.echo(f"{number:5} {name}")


def show_reminded(result: dict[str, Any]) -> None:
    """How many people were reminded."""
    typer.echo("{plan}, {on}: {reminded} people reminded.".format(**result))
