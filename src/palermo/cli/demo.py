"""`palermo demo`: the demonstration office, made where it is missing and served."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from palermo.cli import database
from palermo.cli.answer import answer
from palermo.cli.office import Address, Port, migrated, require_free, start
from palermo.cli.progress import progress
from palermo.errors import Refused, words

HOME = Path.home() / ".local/share/palermo-demonstration"
FIRST_DAY = date(2017, 3, 1)  # in the middle of the plan
STEPS = 4  # what `made` and `make` announce
Day = Annotated[
    datetime | None,
    typer.Option(
        formats=["%Y-%m-%d"], metavar="DATE", help="The office's day; 2017-03-01 at first, then the last one."
    ),
]
Step = Callable[[str], None]


def demo(
    on: Day = None,
    address: Address = "127.0.0.1",
    port: Port = 8000,
    fresh: Annotated[bool, typer.Option("--fresh", help="Make the demonstration anew.")] = False,
    serving: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve it, or only prepare it.")] = True,
) -> None:
    """Prepare the demonstration office and serve it: a coordination office in the middle of its plan."""
    os.environ.setdefault("PALERMO_HOME", str(HOME))
    os.environ["PALERMO_DEMONSTRATION"] = "1"
    answer(
        lambda: prepared(on.date() if on else None, fresh=fresh, place=(address, port) if serving else None),
        as_json=False,
        show=lambda made: shown(made, f"http://{address}:{port}/" if serving else ""),
    )
    if serving:
        start(address, port)


def prepared(on: date | None, *, fresh: bool, place: tuple[str, int] | None) -> dict[str, Any]:
    """Make the demonstration where it is missing; its day and the names of its accounts."""
    if place:
        require_free(*place)
    with progress(STEPS) as step:
        step("Database")
        database.django()
        database.only_a_demonstration()
        if fresh:
            cleared()
        migrated()
        day = made(on, step)
    os.environ["PALERMO_TODAY"] = day.isoformat()
    from palermo.accounts.queries import demonstration_roles  # noqa: PLC0415 - Django runs from here on

    return {"on": day, "accounts": [user.name for user in demonstration_roles()]}


def made(on: date | None, step: Step) -> date:
    """Make the demonstration in an empty installation; the day on which it stands."""
    from palermo.accounts.queries import demonstration_day  # noqa: PLC0415 - Django runs from here on
    from palermo.cli.demonstration.office import make, move  # noqa: PLC0415

    stands_on = demonstration_day()
    day = on or stands_on or FIRST_DAY
    if stands_on is None:
        make(day, step)
    elif day < stands_on:
        raise Refused(
            "day-passed",
            words("This demonstration stands on {day}; what happened since then would be in the future."),
            words("Choose a later day, or add --fresh to make it anew for that day."),
            day=stands_on,
        )
    elif day > stands_on:
        move(day)
    return day


def cleared() -> None:
    """Remove a demonstration and everything that was kept with it."""
    from django.conf import settings  # noqa: PLC0415 - Django runs from here on
    from django.db import connection  # noqa: PLC0415

    if connection.vendor != "sqlite":
        raise Refused(
            "not-a-demonstration",
            words("Only a demonstration in its own folder is made anew."),
            words("Leave out DATABASE_URL."),
        )
    connection.close()
    for name in ("palermo.sqlite3", "palermo.sqlite3-wal", "palermo.sqlite3-shm"):
        (settings.HOME / name).unlink(missing_ok=True)
    for name in ("mail", "files"):
        shutil.rmtree(settings.HOME / name, ignore_errors=True)


def shown(told: dict[str, Any], address: str) -> None:
    """Say where the demonstration is, on which day it stands, and who one can be."""
    where = f"Palermo is at {address}" if address else "The demonstration is ready."
    typer.echo(
        f"\n{where}\nThe office's day is {told['on'].day} {told['on']:%B %Y}. Sign in with one click as:"
    )
    for name in told["accounts"]:
        typer.echo(f"  {name}")
    if address:
        typer.echo("\nCtrl-C stops it; the next start takes some seconds.")
