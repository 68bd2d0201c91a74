"""`palermo report`: the documents that the office hands over."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from palermo.cli import database
from palermo.cli.answer import answer
from palermo.errors import Refused, words
from palermo.reporting.values import GovernmentReport

app = typer.Typer(no_args_is_help=True, help="The documents that the office hands over.")
LANGUAGES = ("en", "fr", "nl", "de")


@app.callback()
def report() -> None:
    """The documents that the office hands over."""


@app.command()
def government(
    plan: Annotated[str, typer.Option("--plan", help="The plan's code, such as be-2015-2019.")],
    since: Annotated[
        datetime,
        typer.Option("--from", formats=["%Y-%m-%d"], metavar="DATE", help="First day of the period."),
    ],
    until: Annotated[
        datetime, typer.Option("--to", formats=["%Y-%m-%d"], metavar="DATE", help="Last day of the period.")
    ],
    out: Annotated[Path, typer.Option(help="The file to write, ending in .docx or .pdf.")],
    account: Annotated[str, typer.Option("--as", help="The account that asks for it.")],
    language: Annotated[str, typer.Option(help="en, fr, nl or de.")] = "en",
    template: Annotated[Path | None, typer.Option(help="The office's own template.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Write the Government report: what was accepted up to today, and what has no answer."""
    answer(
        lambda: written(plan, (since.date(), until.date()), out, account, language, template),
        as_json=as_json,
        show=lambda told: typer.echo(
            f"{told['file']}: {told['measures']} measures and other commitments, {told['answered']} answered"
        ),
    )


def written(
    code: str, period: tuple[date, date], out: Path, account: str, language: str, template: Path | None
) -> dict[str, Any]:
    """Make the report and write it in one go."""
    if language not in LANGUAGES or out.suffix.lower() not in {".docx", ".pdf"}:
        raise Refused(
            "unknown-form",
            words("The report is made as DOCX or PDF, in English, French, Dutch or German."),
            words("Use --language en, fr, nl or de and a file that ends in .docx or .pdf."),
        )
    if period[0] > period[1]:
        raise Refused(
            "period-order",
            words("The period would end on {period_to}, before it begins on {period_from}."),
            words("Correct the first or the last day of the period."),
            period_from=period[0],
            period_to=period[1],
        )
    with database.account(account) as by:
        from palermo.accounts.day import today  # noqa: PLC0415 - Django runs from here on
        from palermo.plan.queries import plan_named  # noqa: PLC0415
        from palermo.reporting import queries  # noqa: PLC0415

        told = queries.government_report(by, plan_named(by, code), *period, today(), language)
        try:
            own = template.read_bytes() if template else None
            out.write_bytes(made(told, language, own, out.suffix.lower()))
        except OSError as reason:
            raise Refused(
                "file-trouble",
                words("The file {name} cannot be used: {why}."),
                words("Check its folder, its name and whether you may write there."),
                name=str(reason.filename),
                why=reason.strerror or "",
            ) from reason
        answered = sum(1 for one in told.measures if one.answers)
        return {"file": str(out), "measures": len(told.measures), "answered": answered}


def made(told: GovernmentReport, language: str, own: bytes | None, ending: str) -> bytes:
    """The report in the form that the file's ending asks for, from one's own template or the one in use."""
    from palermo.reporting import queries  # noqa: PLC0415 - Django runs by now
    from palermo.reporting.document import government_report  # noqa: PLC0415
    from palermo.reporting.pdf import government_report_pdf  # noqa: PLC0415

    if ending == ".pdf":
        return government_report_pdf(told, language, own or queries.layout_in_use())
    return government_report(told, language, own or queries.template_in_use(language))
