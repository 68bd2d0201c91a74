"""What goes into a backup and what comes back: every record, every file that was handed in, the keys."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyrage
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.core.management.color import no_style
from django.db import connection, transaction
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.recorder import MigrationRecorder
from django.db.migrations.state import StateApps
from django.db.models import Model

from palermo.audit.asking import asked_by_system
from palermo.audit.keys import made_once
from palermo.audit.queries import verify_chain
from palermo.backup import records, sealed
from palermo.backup.sealed import MANIFEST, Member
from palermo.errors import Refused, words

FORMAT = "palermo-backup-1"
KEYS = ("secret.key", "checkpoint.key")


def own_key() -> Path:
    """The key file of an installation that was given no other: it lies beside what it protects."""
    file = Path(settings.HOME) / "backup.key"
    made_once(file, lambda: key_file(pyrage.x25519.Identity.generate()))
    return file


def key_file(identity: Any) -> str:
    """A key as age writes it down."""
    return f"# public key: {identity.to_public()}\n{identity}\n"


def new_key(file: Path) -> str:
    """Write a new key file, readable by its owner alone; its public half. Raises Refused over another."""
    if file.exists():
        raise Refused(
            "file-exists",
            words("{file} exists already."),
            words("Choose another name: a key that is replaced opens nothing any more."),
            file=str(file),
        )
    made_once(file, lambda: key_file(pyrage.x25519.Identity.generate()))
    return public(file)


def public(key: Path) -> str:
    """The public half of a key file."""
    return str(sealed.opened(key)[0].to_public())


def make(file: Path, keys: list[str]) -> dict[str, Any]:
    """Write all that this installation knows into one encrypted file, as it stood at one moment.

    Others go on working meanwhile. The manifest's counts are returned.
    """
    told: dict[str, Any] = {}
    with asked_by_system(), one_moment():
        sealed.write(file, everything(told), keys)
    return counted(told)


@contextmanager
def one_moment() -> Iterator[None]:
    """See the database as it stood at the beginning of the block, without keeping anybody from writing."""
    if connection.vendor == "sqlite":
        connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    with transaction.atomic():
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        yield


class Sum:
    """How many rows went by, and the digest of all of them."""

    def __init__(self) -> None:
        self.rows, self.digest = 0, sha256()

    def add(self, content: bytes) -> None:
        """Some more rows, one a line."""
        self.rows += content.count(b"\n")
        self.digest.update(content)

    def told(self) -> dict[str, Any]:
        """As it stands in the manifest."""
        return {"rows": self.rows, "sha256": self.digest.hexdigest()}


def everything(told: dict[str, Any]) -> Iterator[Member]:
    """Every member of a backup; the manifest, which is kept in `told` too, is the last."""
    migrations = sorted(MigrationRecorder(connection).applied_migrations())
    told |= {"format": FORMAT, "made_at": datetime.now(UTC).isoformat(), "migrations": migrations}
    told |= {"records": {}, "files": {}}
    for model in records.kept(apps):
        label, whole = model._meta.label_lower, Sum()
        for number, content in enumerate(records.chunks(model)):
            whole.add(content)
            yield f"records/{label}/{number:06}.jsonl", content
        told["records"][label] = whole.told()
    home = Path(settings.HOME)
    for path in sorted([*(home / "files").rglob("*"), *(home / name for name in KEYS)]):
        if path.is_file():
            content, name = path.read_bytes(), path.relative_to(home).as_posix()
            told["files"][name] = sealed.digest(content)
            yield f"home/{name}", content
    yield MANIFEST, json.dumps(told).encode()


def counted(manifest: Mapping[str, Any]) -> dict[str, Any]:
    """What a backup holds, in numbers."""
    return {
        "made_at": manifest["made_at"],
        "records": sum(one["rows"] for one in manifest["records"].values()),
        "files": len(manifest["files"]),
        "entries": manifest["records"]["audit.entry"]["rows"],
    }


@dataclass
class Found:
    """What the members of a backup are, as they are read."""

    tables: dict[str, Sum] = field(default_factory=lambda: defaultdict(Sum))
    files: dict[str, str] = field(default_factory=dict)
    manifest: dict[str, Any] | None = None

    def take(self, name: str, content: bytes) -> None:
        """One more member."""
        where, _, rest = name.partition("/")
        if where == "records":
            self.tables[rest.partition("/")[0]].add(content)
        elif where == "home":
            self.files[rest] = sealed.digest(content)
        elif name == MANIFEST:
            self.manifest = json.loads(content)

    def agrees(self) -> bool:
        """Whether what was read is what the manifest says, and nothing is missing."""
        if self.manifest is None or self.manifest.get("format") != FORMAT:
            return False
        said = {label: one for label, one in self.manifest["records"].items() if one["rows"]}
        got = {label: one.told() for label, one in self.tables.items()}
        return said == got and self.files == self.manifest["files"]


def looked_through(file: Path, key: Path) -> dict[str, Any]:
    """Read a whole backup and write nothing; its manifest. Raises Refused for one that is not whole."""
    found = Found()

    def use(members: Iterator[Member]) -> None:
        for name, content in members:
            found.take(name, content)

    sealed.read(file, key, use)
    if not found.agrees() or found.manifest is None:
        raise sealed.damaged(file)
    return found.manifest


def restore(file: Path, key: Path) -> dict[str, Any]:
    """Bring a backup into an installation that is empty: whole, or not at all. Raises Refused.

    It is read to its end before anything is written. The tables are made as they were when it was made,
    filled, compared with the manifest, and then brought to the shape of this program.
    """
    manifest = looked_through(file, key)
    require_empty()
    with whole_or_not_at_all(), asked_by_system():
        executor = MigrationExecutor(connection)
        reached = shape(executor, manifest)
        executor.migrate(reached)
        load(file, key, manifest, executor.loader.project_state(reached).apps)
        call_command("migrate", verbosity=0)
        verdict = verify_chain()
    return {**counted(manifest), "holds": verdict.broken_at is None}


def require_empty() -> None:
    """Refuse to bring a backup back over anything."""
    if connection.introspection.table_names():
        raise Refused(
            "not-empty",
            words("This installation is not empty; a backup is never brought back over another."),
            words("Choose a new folder in PALERMO_HOME, or an empty database in DATABASE_URL."),
        )


@contextmanager
def whole_or_not_at_all() -> Iterator[None]:
    """Make a database that is there when the block has ended well, and is not there otherwise."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            yield
        return
    place = Path(connection.settings_dict["NAME"])
    draft = place.with_name(f"{place.name}.restoring")
    try:
        named(draft)
        yield
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        draft.replace(place)
    finally:
        named(place)
        for end in ("", "-wal", "-shm"):
            draft.with_name(draft.name + end).unlink(missing_ok=True)


def named(place: Path) -> None:
    """Let the connection be to this file."""
    connection.close()
    connection.settings_dict["NAME"] = str(place)


def shape(executor: MigrationExecutor, manifest: Mapping[str, Any]) -> list[tuple[str, str]]:
    """The last migrations of each application that a backup had. Raises Refused for a newer program's."""
    had = {(app, name) for app, name in manifest["migrations"]}
    if not had <= set(executor.loader.graph.nodes):
        raise Refused(
            "backup-newer",
            words("This backup was made by a newer version of the program."),
            words("Install that version, and restore with it."),
        )
    nodes = executor.loader.graph.node_map
    return sorted(
        one
        for one in had
        if not any(after.key in had for after in nodes[one].children if after.key[0] == one[0])
    )


def load(file: Path, key: Path, manifest: Mapping[str, Any], before: StateApps) -> None:
    """Fill the tables and the folder; refuse what does not come out as it went in."""
    models = records.kept(before)
    by_label = {one._meta.label_lower: one for one in models}
    home = Path(settings.HOME)

    def use(members: Iterator[Member]) -> None:
        for name, content in members:
            where, _, rest = name.partition("/")
            if where == "records":
                records.put(by_label[rest.partition("/")[0]], content)
            elif where == "home":
                kept_again(home, rest, content)

    with transaction.atomic():
        if connection.vendor == "postgresql":  # the migrations before made some of them immediate
            with connection.cursor() as cursor:
                cursor.execute("SET CONSTRAINTS ALL DEFERRED")
        records.emptied(models)
        sealed.read(file, key, use)
        compared(models, manifest)
        connection.check_constraints()
        with connection.cursor() as cursor:
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)


def kept_again(home: Path, name: str, content: bytes) -> None:
    """Put a file back in its place. Raises Refused for a place that no backup of ours names."""
    place = (home / name).resolve()
    if name not in KEYS and not place.is_relative_to((home / "files").resolve()):
        raise Refused(
            "backup-foreign",
            words(
                "This backup would write outside the installation's folder: it was not made by this program."
            ),
            words("Ask who made it. Nothing was changed here."),
        )
    place.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    place.touch(mode=0o600)
    place.write_bytes(content)


def compared(models: list[type[Model]], manifest: Mapping[str, Any]) -> None:
    """Refuse where a table does not hold what the manifest says."""
    for one in models:
        label, whole = one._meta.label_lower, Sum()
        for content in records.chunks(one):
            whole.add(content)
        if manifest["records"].get(label) != whole.told():
            raise Refused(
                "backup-differs",
                words("The table {table} did not come out as it went in."),
                words(
                    "Nothing was changed here. Tell the makers of Palermo, with the version of both sides."
                ),
                table=label,
            )
