"""`palermo plan read`: what a published plan promises, from the document alone."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from palermo.cli.answer import answer
from palermo.errors import Refused, words

app = typer.Typer(no_args_is_help=True, help="Action plans: read, import, follow up.")
LANGUAGES = ("en", "fr", "nl", "de")


@app.callback()
def plan() -> None:
    """Action plans: read, import, follow up."""


@app.command()
def read(
    file: Annotated[Path, typer.Argument(help="A plan as TXT, DOCX, PDF, HTML, XLSX, CSV or TSV.")],
    language: Annotated[
        str, typer.Option(help="en, fr, nl or de; found in the document when left out.")
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Read a plan: measures, owners, timing, training, commitments, doubts. Writes nothing."""
    answer(lambda: told(file, language), as_json=as_json, show=show)


def told(file: Path, language: str) -> dict[str, Any]:
    """The reading of a file as the contract writes it."""
    from palermo.organisations.directory import load  # noqa: PLC0415 - started only when it is used
    from palermo.plan.rules.document import as_json, read_plan  # noqa: PLC0415
    from palermo.reading import read as read_document  # noqa: PLC0415

    if language and language not in LANGUAGES:
        raise Refused(
            "unknown-language",
            words("Plans are read in English, French, Dutch and German, not in “{language}”."),
            words("Use --language en, fr, nl or de."),
            language=language,
        )
    document = read_document(file)
    return as_json(read_plan(document, load(), language or None), document)


def show(reading: dict[str, Any]) -> None:
    """The reading as a table for people."""
    from rich.console import Console  # noqa: PLC0415
    from rich.table import Table  # noqa: PLC0415

    console = Console()
    table = Table("Section", "Measure", "Party responsible", "Timing", "Doubts", show_lines=True)
    for one in reading["measures"]:
        owners = "\n".join(f"{owner['text']} ({owner['role']})" for owner in one["owners"])
        timing = one["timing"]
        window = (
            f"{timing['earliest'] or '…'} – {timing['latest'] or '…'}" if timing["edtf"] else timing["kind"]
        )
        doubts = "\n".join(doubt["code"] for doubt in one["doubts"])
        table.add_row(one["section"], one["text"], owners, f"{timing['text']}\n{window}", doubts)
    console.print(table)
    counts = (len(reading[name]) for name in ("measures", "training", "commitments", "doubts"))
    console.print(
        "{} measures, {} training commitments, {} other commitments, {} general doubts".format(*counts)
    )
