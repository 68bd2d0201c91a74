"""The trail: what it keeps, what it refuses, what it finds."""

import pytest
from django.contrib.contenttypes.models import ContentType
from django.db import DatabaseError, connection, transaction

from palermo.audit import triggers
from palermo.audit.action import NotPermitted, action, append
from palermo.audit.models import Entry, Head
from palermo.audit.queries import links, verify_chain
from palermo.audit.tests.make import DAY, Somebody, tell, told
from palermo.errors import Refused

pytestmark = pytest.mark.django_db
COLUMNS = [
    "at", "on", "actor", "actor_name", "action", "record", "detail", "detail_digest", "previous", "hash",
]  # fmt: skip


def changed(sql, *values):
    """Change the database behind the program's back, with the triggers taken away and put back."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":  # no table is altered while its foreign keys wait to be checked
            cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for name, table, _ in triggers.statements(connection.vendor):
            on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
            cursor.execute(f"DROP TRIGGER {name}{on_table}")
        cursor.execute(sql, values)
    triggers.install(connection)


def test_an_action_leaves_who_what_when_and_about_what():
    tell(by=Somebody(), words="a measure", on=DAY)
    entry = Entry.objects.get()
    assert (entry.seq, entry.actor, entry.actor_name, entry.action) == (1, "account:7", "Ana", "test.tell")
    assert entry.on == DAY
    assert entry.detail == '{"words":"a measure"}'
    assert verify_chain().broken_at is None


def test_nobody_acts_without_the_permission_and_nothing_is_left():
    with pytest.raises(NotPermitted):
        tell(by=Somebody(permissions=set()), words="a measure", on=DAY)
    assert not Entry.objects.exists()


def test_an_action_without_an_actor_does_not_exist():
    with pytest.raises(KeyError):
        tell(words="a measure", on=DAY)


def test_an_action_that_fails_leaves_no_entry():
    @action("test.fail", permission="test.tell")
    def fail(*, by, on):
        raise RuntimeError("broken in the middle")

    with pytest.raises(RuntimeError):
        fail(by=Somebody(), on=DAY)
    assert not Entry.objects.exists()
    assert verify_chain().entries == 0


def test_what_cannot_be_told_in_the_trail_does_not_happen():
    @action("test.keep", permission="test.tell")
    def keep(*, by, on):
        return ContentType.objects.create(app_label="test", model="kept")

    with pytest.raises(AttributeError):
        keep(by=Somebody(), on=None)  # an entry needs a day
    assert not ContentType.objects.filter(app_label="test").exists()
    assert not Entry.objects.exists()


def test_a_password_does_not_stand_in_the_trail():
    @action("test.secret", permission="test.tell", unsaid=frozenset({"password"}))
    def secret(*, by, password, on):
        return password

    secret(by=Somebody(), password="correct horse battery", on=DAY)
    assert "horse" not in Entry.objects.get().detail


def test_a_long_text_stands_in_the_trail_by_its_digest():
    tell(by=Somebody(), words="x" * 5_000, on=DAY)
    assert '"length":5000' in Entry.objects.get().detail


@pytest.mark.parametrize(
    "sql",
    [
        "UPDATE audit_entry SET actor_name = 'nobody' WHERE seq = 2",
        "DELETE FROM audit_entry WHERE seq = 3",
        "UPDATE audit_head SET seq = 1",
        "DELETE FROM audit_head",
    ],
)
def test_the_database_itself_refuses_to_alter_the_trail(sql):
    told(3)
    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(sql)
    assert verify_chain().entries == 3


@pytest.mark.parametrize("recursive", ["ON", "OFF"])
@pytest.mark.parametrize(
    "sql",
    [
        "INSERT OR REPLACE INTO audit_entry SELECT * FROM audit_entry WHERE seq = 1",
        "REPLACE INTO audit_entry (rowid, seq, at, 'on', actor, actor_name, action, record, detail,"
        " detail_digest, previous, hash) SELECT rowid, 999, at, 'on', '', '', '', '', '', '', '', ''"
        " FROM audit_entry WHERE seq = 1",
        "UPDATE OR REPLACE audit_entry SET seq = 2 WHERE seq = 1",
        "INSERT INTO audit_entry SELECT * FROM audit_entry WHERE seq = 1 ON CONFLICT DO UPDATE SET actor = 1",
        "INSERT OR REPLACE INTO audit_head SELECT id, 0, '' FROM audit_head",
        "REPLACE INTO audit_head (rowid, id, seq, hash) SELECT rowid, 1, 0, '' FROM audit_head",
    ],
)
def test_replacing_a_row_is_refused_too_however_the_connection_was_opened(sql, recursive):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL has no REPLACE")
    told(2)
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA recursive_triggers = {recursive}")
        with pytest.raises(DatabaseError, match="only grows"), transaction.atomic():
            cursor.execute(sql)
        cursor.execute("PRAGMA recursive_triggers = ON")
    assert verify_chain().entries == 2


def test_truncating_is_refused_on_postgresql():
    if connection.vendor != "postgresql":
        pytest.skip("SQLite has no TRUNCATE")
    told(2)
    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute("TRUNCATE audit_entry")


@pytest.mark.parametrize("column", COLUMNS)
@pytest.mark.parametrize("seq", [1, 2, 3])
def test_every_changed_field_of_every_entry_is_found(column, seq):
    told(3)
    value = {"at": "2011-01-01 00:00:00+00:00", "on": "2011-01-01"}.get(column, "f" * 64)
    changed(f'UPDATE audit_entry SET "{column}" = %s WHERE seq = %s', value, seq)
    assert verify_chain().broken_at in {seq, seq + 1}


def test_a_removed_entry_is_found():
    told(3)
    changed("DELETE FROM audit_entry WHERE seq = 2")
    assert (verify_chain().broken_at, verify_chain().reason) == (2, "missing")


def test_a_cut_tail_is_found_while_the_head_stands():
    told(3)
    changed("DELETE FROM audit_entry WHERE seq = 3")
    assert verify_chain().reason == "head-differs"


def test_two_entries_that_changed_places_are_found():
    told(4)
    changed("UPDATE audit_entry SET seq = 999 WHERE seq = 2")
    changed("UPDATE audit_entry SET seq = 2 WHERE seq = 3")
    changed("UPDATE audit_entry SET seq = 3 WHERE seq = 999")
    assert verify_chain().broken_at == 2


@pytest.mark.parametrize("value", ["no moment at all", "2011-13-45 00:00:00", 5])
def test_an_entry_that_can_no_longer_be_read_is_a_broken_chain(value):
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps nothing but moments in a column of moments")
    told(3)
    changed("UPDATE audit_entry SET at = %s WHERE seq = 2", value)
    assert (verify_chain().broken_at, verify_chain().reason) == (2, "unreadable")


def test_a_head_that_is_gone_is_a_broken_chain():
    told(2)
    changed("DELETE FROM audit_head")
    assert verify_chain().reason == "head-differs"


def test_a_chain_that_was_linked_anew_up_to_a_place_breaks_behind_it():
    """Somebody rewrites an entry and the two after it, each with a hash that fits, and leaves the rest."""
    told(5)
    for seq in (2, 3, 4):
        before = Entry.objects.get(seq=seq - 1).hash
        changed("UPDATE audit_entry SET actor_name = 'nobody', previous = %s WHERE seq = %s", before, seq)
        link, _stored = next(one for one in links() if one[0].seq == seq)
        changed("UPDATE audit_entry SET hash = %s WHERE seq = %s", link.hash(), seq)
    assert (verify_chain().broken_at, verify_chain().reason) == (5, "not-linked")


def test_an_entry_that_was_slipped_in_is_found():
    told(3)
    others = ", ".join(f'"{one}"' for one in COLUMNS)
    changed(f"INSERT INTO audit_entry (seq, {others}) SELECT 0, {others} FROM audit_entry WHERE seq = 1")
    assert verify_chain().broken_at == 1


def test_a_missing_trigger_is_named_and_put_back():
    with connection.cursor() as cursor:
        name, table, _ = next(triggers.statements(connection.vendor))
        cursor.execute(f"DROP TRIGGER {name}" + (f" ON {table}" if connection.vendor == "postgresql" else ""))
    assert triggers.missing(connection) == [name]
    triggers.install(connection)
    assert triggers.missing(connection) == []


def test_what_a_record_that_only_grows_refers_to_only_grows_as_well():
    """An answer whose evidence could be taken from it would have been altered."""
    guarded = set(triggers.models())
    linked = {field.remote_field.through for model in guarded for field in model._meta.local_many_to_many}
    assert linked
    assert linked <= guarded


SILENCED = {
    "sqlite": {
        "another condition": [
            "DROP TRIGGER audit_entry_no_update",
            "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON audit_entry WHEN 0"
            " BEGIN SELECT RAISE(ABORT, 'this table only grows'); END",
        ],
        "another table": [
            "DROP TRIGGER audit_entry_no_update",
            "CREATE TABLE elsewhere (x)",
            "CREATE TRIGGER audit_entry_no_update BEFORE UPDATE ON elsewhere"
            " BEGIN SELECT RAISE(ABORT, 'this table only grows'); END",
        ],
        "a table moved away": [
            "ALTER TABLE audit_entry RENAME TO before",
            "CREATE TABLE audit_entry AS SELECT * FROM before",
        ],
    },
    "postgresql": {
        "another condition": [
            "DROP TRIGGER audit_entry_no_change ON audit_entry",
            "CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry FOR EACH ROW"
            " WHEN (false) EXECUTE FUNCTION palermo_refuse()",
            "ALTER TABLE audit_entry ENABLE ALWAYS TRIGGER audit_entry_no_change",
        ],
        "a function that lets pass": [
            "CREATE OR REPLACE FUNCTION palermo_refuse() RETURNS trigger LANGUAGE plpgsql AS"
            " $$ BEGIN RETURN NEW; END $$",
        ],
        "switched off": ["ALTER TABLE audit_entry DISABLE TRIGGER USER"],
        "off for a copy": ["ALTER TABLE audit_entry ENABLE REPLICA TRIGGER audit_entry_no_change"],
        "a table moved away": [
            "ALTER TABLE audit_entry RENAME TO before",
            "CREATE TABLE audit_entry AS SELECT * FROM before",
        ],
    },
}


@pytest.mark.parametrize("how", sorted({how for each in SILENCED.values() for how in each}))
def test_a_trigger_that_stands_there_and_refuses_nothing_is_missing(how):
    if how not in SILENCED[connection.vendor]:
        pytest.skip(f"not on {connection.vendor}")
    told(1)
    with connection.cursor() as cursor:
        for sql in SILENCED[connection.vendor][how]:
            cursor.execute(sql)
    assert any(name.startswith("audit_entry_no_") for name in triggers.missing(connection))
    with pytest.raises(Refused, match="protection is missing"):
        triggers.require(connection)


def test_opening_a_record_leaves_a_trace():
    append(Somebody(), DAY, "seen", Head.objects.get(), {})
    assert Entry.objects.get().record == "audit.head:1"
