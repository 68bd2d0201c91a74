"""`palermo notices deliver`: send what still waits in the outbox."""

from __future__ import annotations

from typing import Annotated

import typer

from palermo.cli import database
from palermo.cli.answer import answer

app = typer.Typer(no_args_is_help=True, help="Messages that leave the office.")


@app.callback()
def notices() -> None:
    """Messages that leave the office."""


@app.command()
def deliver(as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False) -> None:
    """Send every message that could not be sent when it was written. For a job every few minutes."""
    answer(
        delivered,
        as_json=as_json,
        show=lambda told: typer.echo("{sent} sent, {waiting} still wait.".format(**told)),
    )


def delivered() -> dict[str, int]:
    """Try all that waits once."""
    database.ready()
    from palermo.notices.outbox import deliver as send  # noqa: PLC0415 - Django runs from here on

    sent, waiting = send()
    return {"sent": sent, "waiting": waiting}
