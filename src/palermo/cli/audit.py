"""`palermo audit`: the trail from the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from palermo.cli import database
from palermo.cli.answer import answer
from palermo.errors import Refused, words

if TYPE_CHECKING:
    from palermo.audit.checkpoints import Checkpoint

app = typer.Typer(no_args_is_help=True, help="The trail of everything that was changed.")


@app.callback()
def audit() -> None:
    """The trail of everything that was changed."""


@app.command()
def verify(
    checkpoint: Annotated[
        Path | None, typer.Option(help="A checkpoint that was kept elsewhere, to compare with.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Say whether every entry of the trail stands as it was written, and compare it with a checkpoint."""
    answer(lambda: walked(checkpoint), as_json=as_json, show=show)


@app.command()
def checkpoint(
    file: Annotated[Path, typer.Argument(help="Where to write it; keep it where nobody here can write.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Write down where the trail stands now, signed."""
    answer(lambda: taken(file), as_json=as_json, show=show_taken)


@app.command()
def send(
    account: Annotated[str, typer.Option("--as", help="The account that sends it.")],
    link: Annotated[str, typer.Option(help="The address where checkpoints are compared.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Send a checkpoint to everybody who oversees the trail. For a job every night."""
    answer(lambda: sent(account, link), as_json=as_json, show=show_sent)


@app.command()
def export(
    file: Annotated[Path, typer.Argument(help="Where to write the entries, one JSON object a line.")],
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Write every entry without what people wrote, for a verifier that is not Palermo's."""
    answer(lambda: exported(file), as_json=as_json, show=show_exported)


def walked(kept: Path | None) -> dict[str, Any]:
    """The result of the walk, and of the comparison."""
    known = read_checkpoint(kept) if kept else None
    database.ready()
    from palermo.audit import queries  # noqa: PLC0415 - Django runs from here on
    from palermo.oversight import queries as oversight  # noqa: PLC0415

    verdict = queries.verify_chain()
    if verdict.broken_at is not None:
        raise Refused(
            "chain-broken",
            words("The trail is broken at entry {broken_at} ({reason}); {entries} entries before it hold."),
            oversight.STOP,
            broken_at=verdict.broken_at,
            reason=verdict.reason,
            entries=verdict.entries,
        )
    if known and (refusal := oversight.refusal(known)):
        raise refusal
    return {"entries": verdict.entries, "holds": True, "checkpoint": known.entries if known else None}


def read_checkpoint(file: Path) -> Checkpoint:
    """The checkpoint in a file. Raises Refused."""
    from palermo.audit.checkpoints import read  # noqa: PLC0415 - only this command pays for cryptography

    return read(text_of(file))


def text_of(file: Path) -> str:
    """What stands in a file. Raises Refused where it cannot be read."""
    try:
        return file.read_text("utf-8", errors="replace")
    except OSError as reason:
        raise Refused(
            "no-file",
            words("{file} cannot be read: {why}."),
            words("Check the name of the file."),
            file=str(file),
            why=reason.strerror or str(reason),
        ) from reason


def taken(file: Path) -> dict[str, Any]:
    """A checkpoint in a file."""
    database.ready()
    from palermo.audit import queries  # noqa: PLC0415

    text = queries.signed_checkpoint()
    file.write_text(text, "utf-8")
    return {"file": str(file), **json.loads(text)}


def sent(account: str, link: str) -> dict[str, Any]:
    """A checkpoint in a message to everybody who oversees."""
    with database.account(account) as by:
        from palermo.accounts.day import today  # noqa: PLC0415
        from palermo.oversight.actions import send_checkpoint  # noqa: PLC0415

        made = send_checkpoint(by=by, link=link, on=today())
        return {"entries": made.entries, "people": made.people}


def exported(file: Path) -> dict[str, Any]:
    """Every entry in a file."""
    database.ready()
    from palermo.audit import queries  # noqa: PLC0415

    with file.open("w", encoding="utf-8") as out:
        entries = sum(bool(out.write(line)) for line in queries.exported())
    return {"file": str(file), "entries": entries}


def show(result: dict[str, Any]) -> None:
    """Say it in words."""
    kept = result.get("checkpoint")
    typer.echo(f"{result['entries']} entries; the chain holds.")
    if kept is not None:
        typer.echo(f"It agrees with the checkpoint taken at entry {kept}.")


def show_taken(result: dict[str, Any]) -> None:
    """Where the checkpoint lies."""
    typer.echo(
        f"Entry {result['entries']}, written to {result['file']}. Keep it where nobody here can write."
    )


def show_sent(result: dict[str, Any]) -> None:
    """To how many people it went."""
    typer.echo(f"Entry {result['entries']}, sent to {result['people']} people.")


def show_exported(result: dict[str, Any]) -> None:
    """Where the entries lie."""
    typer.echo(f"{result['entries']} entries, written to {result['file']}.")
