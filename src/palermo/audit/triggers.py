"""Triggers that keep append-only tables append-only, on SQLite and on PostgreSQL.

They stop accidents and programs, not somebody who owns the database: the chain and checkpoints kept
elsewhere prove that. An application names its append-only models in `AppConfig.append_only`.
"""

from __future__ import annotations

from collections.abc import Iterator

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from palermo.audit.models import Head
from palermo.errors import Refused, words

REFUSAL = "this table only grows"
HEAD = Head._meta.db_table


def tables() -> list[tuple[str, str]]:
    """Each append-only table with its primary key's column, from every application's `append_only`."""
    found = []
    for config in apps.get_app_configs():
        for name in getattr(config, "append_only", ()):
            meta = config.get_model(name)._meta
            found.append((meta.db_table, str(meta.pk.column)))
    return found


def statements(vendor: str) -> Iterator[tuple[str, str, list[str]]]:
    """For each trigger: its name, its table, and the statements that (re)create it."""
    make = sqlite if vendor == "sqlite" else postgresql
    for table, key in tables():
        yield from make(table, key)
    yield from head_sqlite() if vendor == "sqlite" else head_postgresql()


def sqlite(table: str, key: str) -> Iterator[tuple[str, str, list[str]]]:
    """No update, no delete; REPLACE is refused before it removes the row that it would replace."""
    events = {
        "update": f"BEFORE UPDATE ON {table}",
        "delete": f"BEFORE DELETE ON {table}",
        "replace": (
            f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key})"  # noqa: S608
        ),
    }
    for event, when in events.items():
        yield sqlite_trigger(f"{table}_no_{event}", table, when)


def head_sqlite() -> Iterator[tuple[str, str, list[str]]]:
    """The head moves one step at a time and stays."""
    yield sqlite_trigger(f"{HEAD}_step", HEAD, f"BEFORE UPDATE ON {HEAD} WHEN NEW.seq <> OLD.seq + 1")
    yield sqlite_trigger(f"{HEAD}_no_delete", HEAD, f"BEFORE DELETE ON {HEAD}")


def sqlite_trigger(name: str, table: str, when: str) -> tuple[str, str, list[str]]:
    """One trigger that refuses."""
    body = f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    return name, table, [f"DROP TRIGGER IF EXISTS {name}", body]


REFUSING = f"""CREATE OR REPLACE FUNCTION palermo_refuse() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION '{REFUSAL}'; END $$"""


def postgresql(table: str, _key: str) -> Iterator[tuple[str, str, list[str]]]:
    """No update, no delete, no truncation; PostgreSQL has no REPLACE."""
    yield postgresql_trigger(f"{table}_no_change", table, f"BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW")
    yield postgresql_trigger(f"{table}_no_truncate", table, f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT")


def head_postgresql() -> Iterator[tuple[str, str, list[str]]]:
    """The head moves one step at a time and stays."""
    step = f"BEFORE UPDATE ON {HEAD} FOR EACH ROW WHEN (NEW.seq <> OLD.seq + 1)"
    yield postgresql_trigger(f"{HEAD}_step", HEAD, step)
    yield postgresql_trigger(f"{HEAD}_no_delete", HEAD, f"BEFORE DELETE ON {HEAD} FOR EACH ROW")
    yield postgresql_trigger(f"{HEAD}_no_truncate", HEAD, f"BEFORE TRUNCATE ON {HEAD} FOR EACH STATEMENT")


def postgresql_trigger(name: str, table: str, when: str) -> tuple[str, str, list[str]]:
    """One trigger that refuses; ALWAYS, so that a session in replica mode meets it too."""
    return (
        name,
        table,
        [
            REFUSING,
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION palermo_refuse()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
        ],
    )


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place whose table exists, replacing older versions."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        for _name, table, each in statements(connection.vendor):
            if table in present:
                for statement in each:
                    cursor.execute(statement)


def install_after_migration(*, using: str, **_kwargs: object) -> None:
    """What runs after every migration: the head row where it is missing, then the triggers."""
    connection = connections[using]
    if HEAD in connection.introspection.table_names():
        install(connection)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that should be in this database and are not, or are switched off."""
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE tgenabled = 'A'"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        present = {row[0] for row in cursor.fetchall()}
    return [name for name, _table, _each in statements(connection.vendor) if name not in present]


def require(connection: BaseDatabaseWrapper) -> None:
    """Refuse to go on when the trail is not protected."""
    if absent := missing(connection):
        raise Refused(
            "trail-unprotected",
            words("The trail's protection is missing in this database: {names}."),
            words("Run ./palermo setup to put it back, then ./palermo audit verify."),
            names=", ".join(absent),
        )
