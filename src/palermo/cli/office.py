"""`palermo setup`, `serve`, `accounts`: an installation from its first minute on."""

from __future__ import annotations

import os
import socket
import sys
from typing import Annotated, Any

import typer

from palermo.cli import database
from palermo.cli.answer import answer
from palermo.errors import Refused, words

THREADS = 8  # requests at once; SQLite has one writer, and more would only wait for each other
WORKERS = 4  # at eight threads each, a third of the hundred connections that PostgreSQL gives
Address = Annotated[str, typer.Option(help="The address to listen on.")]
Port = Annotated[int, typer.Option(min=1, max=65535, help="The port to listen on.")]


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
    answer(
        lambda: ready(address, port),
        as_json=False,
        show=lambda _: typer.echo(f"Palermo is at http://{address}:{port}/"),
    )
    start(address, port)


def ready(address: str, port: int) -> dict[str, Any]:
    """Refuse to serve where somebody else does, or a database that is not prepared or not protected."""
    require_free(address, port)
    database.ready()
    return {}


def migrated() -> None:
    """Bring the database to the newest shape."""
    database.django()
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from palermo.plan import wall  # noqa: PLC0415

    wall.require_role(connection)
    call_command("migrate", verbosity=0)


def require_free(address: str, port: int) -> None:
    """Refuse an address or a port on which nothing can be served, before anything is promised."""
    family, kind, protocol, _name, place = resolved(address, port)
    try:
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            tried.bind(place)
    except OSError as reason:
        raise Refused(
            "port-taken",
            words("Nothing can be served at {address}, port {port}: {why}."),
            words("Stop what runs there, or choose another port with --port."),
            address=address,
            port=str(port),
            why=reason.strerror or str(reason),
        ) from reason


def resolved(address: str, port: int) -> tuple[Any, ...]:
    """What a socket needs to listen on an address. Raises Refused for an address that is none."""
    try:
        return socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)[0]
    except OSError as reason:
        raise Refused(
            "unknown-address",
            words("{address} is no address of this machine."),
            words("Leave --address out to serve on this machine alone."),
            address=address,
        ) from reason


def workers() -> int:
    """How many processes answer: SQLite has one writer; on PostgreSQL each core has two, up to four.

    With two a page that takes little does not wait for one that takes long in the same process.
    """
    from django.db import connection  # noqa: PLC0415

    return min(WORKERS, 2 * len(os.sched_getaffinity(0))) if connection.vendor == "postgresql" else 1


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
        "error",
        "--workers",
        str(workers()),
    ]
    command = [sys.executable, "-m", "granian", *target, "palermo.config.wsgi:application"]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter, no shell
