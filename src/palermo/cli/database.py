"""What commands on an installation share: Django set up late, the database ready, an account by its name."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from palermo.errors import Refused, words

if TYPE_CHECKING:
    from palermo.accounts.models import User


def django() -> None:
    """Set Django up; only commands that need the database pay for it."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "palermo.config.settings")
    from django import setup  # noqa: PLC0415

    setup()


def ready() -> None:
    """Set Django up and refuse a database that is not prepared, or whose trail is not protected."""
    django()
    from django.conf import settings  # noqa: PLC0415
    from django.db import OperationalError, connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    from palermo.audit import triggers  # noqa: PLC0415
    from palermo.plan import wall  # noqa: PLC0415

    try:
        executor = MigrationExecutor(connection)
        behind = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except OperationalError as reason:
        raise Refused(
            "no-database",
            words("The database cannot be reached: {why}."),
            words("Check DATABASE_URL or PALERMO_HOME, and that the server runs."),
            why=str(reason).splitlines()[0],
        ) from reason
    if behind:
        raise Refused(
            "database-not-prepared",
            words("This installation's database is not prepared, or older than the program."),
            words("Run ./palermo setup (or ./palermo demo for a demonstration)."),
        )
    triggers.require(connection)
    wall.require(connection)
    if settings.DEMONSTRATION:
        only_a_demonstration()
    stand_in_the_demonstration()


def stand_in_the_demonstration() -> None:
    """Let the office's day be that of the demonstration, where the database is one and none was asked for."""
    from django.conf import settings  # noqa: PLC0415

    from palermo.accounts.queries import demonstration_day  # noqa: PLC0415

    day = demonstration_day()
    if day and not settings.TODAY:
        settings.TODAY = day.isoformat()


def only_a_demonstration() -> None:
    """Refuse to take a real installation for a demonstration, before anything in it is touched."""
    from django.db import connection  # noqa: PLC0415

    from palermo.accounts.models import User  # noqa: PLC0415
    from palermo.accounts.queries import holds_real_accounts  # noqa: PLC0415

    begun = User._meta.db_table in connection.introspection.table_names()
    if begun and holds_real_accounts():
        raise Refused(
            "not-a-demonstration",
            words("This installation holds real accounts and cannot become a demonstration."),
            words("Choose another folder in PALERMO_HOME, or leave it out."),
        )


@contextmanager
def account(name: str) -> Iterator[User]:
    """The account that `--as` names, in a database that is ready; it is this account that asks meanwhile."""
    ready()
    from palermo.accounts.queries import named  # noqa: PLC0415
    from palermo.audit.asking import asked_by  # noqa: PLC0415

    found = named(name)
    with asked_by(found):
        yield found
