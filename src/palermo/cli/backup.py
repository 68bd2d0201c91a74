"""`palermo backup`, `backup-key`, `restore`: all that an installation knows in one file, and back."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated, Any

import typer

from palermo.cli import database
from palermo.cli.answer import answer

AsJson = Annotated[bool, typer.Option("--json", help="Answer as JSON.")]


def backup(
    file: Annotated[Path, typer.Argument(help="Where to write it.")],
    keys: Annotated[
        list[str] | None,
        typer.Option("--for", help="A public key that opens it; else those in PALERMO_BACKUP_KEYS."),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Write all that this installation knows into one encrypted file, while others work."""
    answer(lambda: made(file, keys or []), as_json=as_json, show=show_made)


def backup_key(
    file: Annotated[Path, typer.Argument(help="Where to write it; keep it far from the machine.")],
    as_json: AsJson = False,
) -> None:
    """Make the pair of keys with which backups are closed and opened."""
    answer(lambda: key_made(file), as_json=as_json, show=show_key)


def restore(
    file: Annotated[Path, typer.Argument(help="The backup.")],
    key: Annotated[
        Path | None, typer.Option("--key", help="The key file that opens it; else this installation's own.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Bring a backup into an installation that is empty, whole or not at all."""
    answer(lambda: restored(file, key), as_json=as_json, show=show_restored)


def made(file: Path, keys: list[str]) -> dict[str, Any]:
    """A backup for these keys, for those of the environment, or for the installation's own."""
    database.ready()
    from palermo.backup import keeping  # noqa: PLC0415 - Django runs from here on

    given = keys or [one for one in os.environ.get("PALERMO_BACKUP_KEYS", "").split(",") if one.strip()]
    own = None if given else keeping.own_key()
    told = keeping.make(file, [keeping.public(own)] if own else given)
    return {"file": str(file), "own_key": str(own) if own else None, **told}


def key_made(file: Path) -> dict[str, Any]:
    """A new pair of keys; the file is never one that is there already."""
    database.django()
    from palermo.backup import keeping  # noqa: PLC0415

    return {"file": str(file), "public": keeping.new_key(file)}


def restored(file: Path, key: Path | None) -> dict[str, Any]:
    """A backup brought back."""
    database.django()
    from django.db import connection  # noqa: PLC0415

    from palermo.backup import keeping  # noqa: PLC0415
    from palermo.plan import wall  # noqa: PLC0415

    wall.require_role(connection)
    return keeping.restore(file, key or keeping.own_key())


def show_made(told: dict[str, Any]) -> None:
    """What went in."""
    typer.echo("{records} records, {files} files, {entries} entries of the trail: {file}".format(**told))
    if told["own_key"]:
        typer.echo(
            f"It opens with {told['own_key']}. Keep a copy of that key elsewhere: nothing else opens it."
        )


def show_key(told: dict[str, Any]) -> None:
    """Both halves of a key."""
    typer.echo(
        "{file} opens backups; keep it far from the machine. Close them with:\n{public}".format(**told)
    )


def show_restored(told: dict[str, Any]) -> None:
    """What came back."""
    holds = "the chain holds" if told["holds"] else "the chain is BROKEN, as it was when the backup was made"
    typer.echo("{records} records, {files} files, {entries} entries;".format(**told) + f" {holds}.")
