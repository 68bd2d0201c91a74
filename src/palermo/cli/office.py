"""`palermo demo`, `setup`, `serve`, `accounts`: an installation from its first minute on."""

from __future__ import annotations

import os
import sys
from datetime import date, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from palermo.cli import database
from palermo.cli.answer import answer

DEMONSTRATION_HOME = Path.home() / ".local/share/palermo-demonstration"
DEFAULT_DAY = datetime.fromisoformat("2017-03-01")  # in the middle of the plan
THREADS = 8  # requests at once; SQLite has one writer, and more would only wait for each other
Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="The office's day.")]
Address = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(help="The port to listen on.")]


def demo(
    on: Day = DEFAULT_DAY,
    address: Address = "127.0.0.1",
    port: Port = 8000,
    serving: Annotated[bool, typer.Option("--serve/--no-serve", help="Serve it, or only prepare it.")] = True,
) -> None:
    """Prepare the demonstration office and serve it: a coordination office in the middle of its plan."""
    os.environ.setdefault("PALERMO_HOME", str(DEMONSTRATION_HOME))
    os.environ.update(PALERMO_DEMONSTRATION="1", PALERMO_TODAY=on.date().isoformat())
    answer(
        lambda: prepared(on.date()), as_json=False, show=lambda made: shown(made["accounts"], address, port)
    )
    if serving:
        start(address, port)


def prepared(on: date) -> dict[str, list[str]]:
    """Make the demonstration where it is missing; the names of its accounts."""
    database.django()
    database.only_a_demonstration()
    step("Database")
    migrated()
    from palermo.accounts.models import Demonstration, User  # noqa: PLC0415 - Django runs from here on
    from palermo.cli.demonstration.office import make  # noqa: PLC0415

    if not Demonstration.objects.exists():
        make(on, step)
    return {"accounts": [user.name for user in User.objects.order_by("pk")]}


def shown(people: list[str], address: str, port: int) -> None:
    """Say where the demonstration is and who one can be."""
    typer.echo(f"\nPalermo is at http://{address}:{port}/\n\nSign in with one click as:")
    for name in people:
        typer.echo(f"  {name}")


def setup(
    secretary: Annotated[str, typer.Option(help="The e-mail address of the first secretary.")],
    name: Annotated[str, typer.Option(help="Their name.")],
    organisation: Annotated[str, typer.Option(help="The office, by its code.")] = "be/bureau",
    site: Annotated[
        str, typer.Option(help="Where people reach this installation.")
    ] = "http://127.0.0.1:8000",
    as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False,
) -> None:
    """Prepare or upgrade an installation; the first time, invite its secretary and administrator."""
    answer(lambda: installed(secretary, name, organisation, site), as_json=as_json, show=show_invitation)


def installed(email: str, name: str, organisation: str, site: str) -> dict[str, Any]:
    """Migrate, bring the directory up to date and, in an empty installation, make the first account."""
    migrated()
    from palermo.accounts.founding import found  # noqa: PLC0415 - Django runs from here on

    token = found(email=email, name=name, organisation=organisation)
    return {"invitation": f"{site}/invitation/{token}/" if token else None}


def show_invitation(result: dict[str, Any]) -> None:
    """Say where the first account is opened."""
    link = result["invitation"]
    typer.echo(f"Choose a password at {link}" if link else "The database is up to date.")


def accounts(as_json: Annotated[bool, typer.Option("--json", help="Answer as JSON.")] = False) -> None:
    """List the accounts that --as can name."""
    answer(listed, as_json=as_json, show=show_accounts)


def show_accounts(told: dict[str, str]) -> None:
    """One account a line: its handle and its name."""
    for handle, name in told.items():
        typer.echo(f"{handle}\t{name}")


def listed() -> dict[str, str]:
    """The accounts by handle."""
    database.ready()
    from palermo.accounts.models import User  # noqa: PLC0415

    return {user.handle: user.name for user in User.objects.filter(is_active=True).order_by("pk")}


def serve(address: Address = "127.0.0.1", port: Port = 8000) -> None:
    """Serve an installation that is set up."""
    answer(ready, as_json=False, show=lambda _: typer.echo(f"Palermo is at http://{address}:{port}/"))
    start(address, port)


def ready() -> dict[str, Any]:
    """Refuse to serve a database that is not prepared or not protected."""
    database.ready()
    return {}


def migrated() -> None:
    """Bring the database to the newest shape."""
    database.django()
    from django.core.management import call_command  # noqa: PLC0415

    call_command("migrate", verbosity=0)


def step(name: str) -> None:
    """Say on standard error what is being done."""
    typer.echo(f"· {name}", err=True)


def start(address: str, port: int) -> None:
    """Become the web server."""
    sys.stdout.flush()
    target = [
        "--interface",
        "wsgi",
        "--host",
        address,
        "--port",
        str(port),
        "--no-access-log",
        "--blocking-threads",
        str(THREADS),
        "--backpressure",
        str(4 * THREADS),
        "--log-level",
        "warning",
    ]
    command = [sys.executable, "-m", "granian", *target, "palermo.config.wsgi:application"]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter, no shell
