"""`palermo procedure trace`: where a case stands, what runs and what may be done."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any

import typer

from palermo.cli.answer import answer
from palermo.errors import Refused, words

app = typer.Typer(no_args_is_help=True, help="The protection procedure: trace a case.")
LARGEST = 10_000_000  # bytes: a case is some kilobytes


@app.callback()
def procedure() -> None:
    """The protection procedure: trace a case."""


@app.command()
def trace(
    file: Annotated[Path, typer.Argument(help="A case as JSON.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Replay a case: its stage, document, clocks, moves, duties, and what the law refused. Stores nothing."""
    answer(lambda: traced(file), as_json=as_json, show=show)


def traced(file: Path) -> dict[str, Any]:
    """The trace of a case as the contract writes it."""
    from palermo.law.file import load  # noqa: PLC0415 - started only when it is used
    from palermo.referral.rules import case  # noqa: PLC0415
    from palermo.referral.rules import trace as rules  # noqa: PLC0415

    found = case.read(content(file))
    return rules.as_json(rules.trace(found, load(found.country), load("eu")))


def content(file: Path) -> Any:
    """What a file holds as JSON. Raises Refused."""
    try:
        with file.open("rb") as opened:
            told = opened.read(LARGEST + 1)
        if len(told) <= LARGEST:
            return json.loads(told)
    except OSError as reason:
        raise Refused(
            "no-file",
            words("The file {file} cannot be read: {reason}."),
            words("Check its name."),
            file=str(file),
            reason=reason.strerror,
        ) from reason
    except (ValueError, RecursionError):
        pass
    raise Refused(
        "no-json",
        words("The file {file} is no JSON of at most {number} MB."),
        words("Write the case as JSON."),
        file=str(file),
        number=LARGEST // 1_000_000,
    )


def show(told: dict[str, Any]) -> None:
    """A trace as lines for people."""
    typer.echo(f"{told['stage']}, since {told['since']}")
    if document := told["document"]:
        typer.echo(
            f"{document['kind']}, issued {document['issued_on']}, until {document['expires_on'] or '…'}"
        )
    for one in told["clocks"]:
        typer.echo(f"{one['due_on']}  {one['name']}: {one['state']} ({one['source']})")
    for one in told["possible"]:
        typer.echo(f"possible: {one['move']} ({one['source']})")
    for one in told["blocked"]:
        typer.echo(f"blocked: {one['move']}: {', '.join(one['why'])} ({one['source']})")
    for one in told["duties"]:
        typer.echo(f"duty: {one['name']}: {one['done_on'] or 'not done'} ({one['source']})")
    for one in told["refused"]:
        typer.echo(f"refused: event {one['event']}: {', '.join(one['why'])} ({one['source']})")
    for one in told["flags"]:
        typer.echo(f"flag: {one}")
