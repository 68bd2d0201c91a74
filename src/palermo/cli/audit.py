"""`palermo audit`: the trail from the command line."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from palermo.cli import database
from palermo.cli.answer import answer

app = typer.Typer(no_args_is_help=True, help="The trail of everything that was changed or opened.")


@app.callback()
def audit() -> None:
    """The trail of everything that was changed or opened."""


@app.command()
def verify(as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False) -> None:
    """Walk the whole chain and say whether every entry still stands as it was written."""
    answer(walked, as_json=as_json, show=show)


def walked() -> dict[str, Any]:
    """The result of the walk."""
    database.ready()
    from palermo.audit.queries import verify_chain  # noqa: PLC0415

    verdict = verify_chain()
    if verdict.broken_at is not None:
        from palermo.errors import Refused, words  # noqa: PLC0415

        raise Refused(
            "chain-broken",
            words("The trail is broken at entry {broken_at} ({reason}); {entries} entries before it hold."),
            words(
                "Stop work on this database, keep a copy, and tell the controller's data protection officer."
            ),
            broken_at=verdict.broken_at,
            reason=verdict.reason,
            entries=verdict.entries,
        )
    return {"entries": verdict.entries, "holds": True}


def show(result: dict[str, Any]) -> None:
    """Say it in words."""
    typer.echo(f"{result['entries']} entries; the chain holds.")
