"""Triggers that keep append-only tables append-only, on SQLite and on PostgreSQL.

They stop accidents and programs, not somebody who owns the database: the chain and checkpoints kept
elsewhere prove that. An application names its append-only models in `AppConfig.append_only`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.apps import apps
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Model

from palermo.audit.models import Head
from palermo.errors import Refused, words

REFUSAL = "this table only grows"
HEAD = Head._meta.db_table


def models() -> Iterator[type[Model]]:
    """Each append-only model, from every application's `append_only`."""
    for config in apps.get_app_configs():
        for name in getattr(config, "append_only", ()):
            yield config.get_model(name)


def statements(vendor: str) -> Iterator[tuple[str, str, list[str]]]:
    """For each trigger: its name, its table, and the statements that (re)create it.

    The second statement is the trigger's definition, in the very words in which the database keeps it.
    """
    make = sqlite if vendor == "sqlite" else postgresql
    for model in models():
        yield from make(model)
    yield from head_sqlite() if vendor == "sqlite" else head_postgresql()


def sqlite(model: type[Model]) -> Iterator[tuple[str, str, list[str]]]:
    """No update, no delete; REPLACE is refused before it removes a row, by whatever key it meets it."""
    table = model._meta.db_table
    same = " OR ".join(
        "(" + " AND ".join(f'"{one}" = NEW."{one}"' for one in key) + ")" for key in unique(model)
    )
    events = {
        "update": f"BEFORE UPDATE ON {table}",
        "delete": f"BEFORE DELETE ON {table}",
        "replace": f"BEFORE INSERT ON {table} WHEN EXISTS (SELECT 1 FROM {table} WHERE {same})",  # noqa: S608
    }
    for event, when in events.items():
        yield sqlite_trigger(f"{table}_no_{event}", table, when)


def unique(model: type[Model]) -> list[tuple[str, ...]]:
    """The columns that tell one row of a table from another: each key by which REPLACE would find a row."""
    meta = model._meta
    named: list[Sequence[str]] = [(one.name,) for one in meta.local_fields if one.unique]
    named += [one.fields for one in meta.total_unique_constraints]
    named += meta.unique_together
    columns = {one.name: str(one.column) for one in meta.local_fields}
    return [("rowid",), *(tuple(columns[one] for one in key) for key in named)]


def head_sqlite() -> Iterator[tuple[str, str, list[str]]]:
    """The head moves one step at a time and stays; there is one."""
    yield sqlite_trigger(f"{HEAD}_step", HEAD, f"BEFORE UPDATE ON {HEAD} WHEN NEW.seq <> OLD.seq + 1")
    yield sqlite_trigger(f"{HEAD}_no_delete", HEAD, f"BEFORE DELETE ON {HEAD}")
    another = f"WHEN EXISTS (SELECT 1 FROM {HEAD})"  # noqa: S608
    yield sqlite_trigger(f"{HEAD}_no_replace", HEAD, f"BEFORE INSERT ON {HEAD} {another}")


def sqlite_trigger(name: str, table: str, when: str) -> tuple[str, str, list[str]]:
    """One trigger that refuses."""
    body = f"CREATE TRIGGER {name} {when} BEGIN SELECT RAISE(ABORT, '{REFUSAL}'); END"
    return name, table, [f"DROP TRIGGER IF EXISTS {name}", body]


BODY = f" BEGIN RAISE EXCEPTION '{REFUSAL}'; END "
REFUSING = f"CREATE OR REPLACE FUNCTION palermo_refuse() RETURNS trigger LANGUAGE plpgsql AS $${BODY}$$"


def postgresql(model: type[Model]) -> Iterator[tuple[str, str, list[str]]]:
    """No update, no delete, no truncation; PostgreSQL has no REPLACE."""
    table = model._meta.db_table
    yield postgresql_trigger(f"{table}_no_change", table, f"BEFORE DELETE OR UPDATE ON {table} FOR EACH ROW")
    yield postgresql_trigger(f"{table}_no_truncate", table, f"BEFORE TRUNCATE ON {table} FOR EACH STATEMENT")


def head_postgresql() -> Iterator[tuple[str, str, list[str]]]:
    """The head moves one step at a time and stays."""
    step = f"BEFORE UPDATE ON {HEAD} FOR EACH ROW WHEN (new.seq <> (old.seq + 1))"
    yield postgresql_trigger(f"{HEAD}_step", HEAD, step)
    yield postgresql_trigger(f"{HEAD}_no_delete", HEAD, f"BEFORE DELETE ON {HEAD} FOR EACH ROW")
    yield postgresql_trigger(f"{HEAD}_no_truncate", HEAD, f"BEFORE TRUNCATE ON {HEAD} FOR EACH STATEMENT")


def postgresql_trigger(name: str, table: str, when: str) -> tuple[str, str, list[str]]:
    """One trigger that refuses; ALWAYS, so that a session in replica mode meets it too."""
    return (
        name,
        table,
        [
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION palermo_refuse()",
            f"ALTER TABLE {table} ENABLE ALWAYS TRIGGER {name}",
        ],
    )


def install(connection: BaseDatabaseWrapper) -> None:
    """Put every trigger in place whose table exists, replacing older versions."""
    present = set(connection.introspection.table_names())
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(REFUSING)
        for _name, table, each in statements(connection.vendor):
            if table in present:
                for statement in each:
                    cursor.execute(statement)


def install_after_migration(*, using: str, **_kwargs: object) -> None:
    """What runs after every migration: the triggers, then a look whether they stand."""
    connection = connections[using]
    present = set(connection.introspection.table_names())
    if HEAD in present:
        install(connection)
    if {table for _name, table, _each in statements(connection.vendor)} <= present:
        require(connection)


# What a database says of the triggers that it has. A trigger counts while it is switched on and refuses.
SQLITE_KEEPS = "SELECT sql FROM sqlite_master WHERE type = 'trigger'"
POSTGRESQL_KEEPS = f"""SELECT pg_get_triggerdef(t.oid, true)
FROM pg_trigger t JOIN pg_proc p ON p.oid = t.tgfoid
WHERE t.tgenabled = 'A' AND p.prosrc = $${BODY}$$"""  # noqa: S608


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The triggers that are not in this database word for word, or are switched off.

    A trigger of the same name with another condition, on another table, or that calls a function which
    refuses nothing, is none.
    """
    with connection.cursor() as cursor:
        cursor.execute(SQLITE_KEEPS if connection.vendor == "sqlite" else POSTGRESQL_KEEPS)
        present = {row[0] for row in cursor.fetchall()}
    return [name for name, _table, each in statements(connection.vendor) if each[1] not in present]


def require(connection: BaseDatabaseWrapper) -> None:
    """Refuse to go on when the trail is not protected."""
    if absent := missing(connection):
        raise Refused(
            "trail-unprotected",
            words("The trail's protection is missing in this database: {names}."),
            words("Run ./palermo setup to put it back, then ./palermo audit verify."),
            names=", ".join(absent),
        )
