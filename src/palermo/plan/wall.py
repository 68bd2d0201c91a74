"""A second wall around what an organisation has not shared yet: row-level security, on PostgreSQL.

`queries.visibility` is the first wall and knows more. This one holds where a query forgot to ask it: a draft
is its author's; an answer that waits for its signature, a translation that nobody confirmed and evidence that
was only gathered are their organisation's, and the Bureau's where the first wall says so (decision 0012); a
draft of a note or a study is the Bureau's and theirs whom it concerns (decision 0030). `audit.asking` tells
the database who asks; it works out for itself in whose name they stand. Functions and policies are put in
place after every migration, word for word as they stand here (decision 0031).
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from palermo.errors import Refused, words

POLICY = "palermo_private"
HELD = (
    "accounts_role r JOIN accounts_user u ON u.id = r.user_id AND u.is_active"
    " WHERE r.user_id = palermo_account() AND r.since_on <= palermo_day()"
    " AND coalesce(r.until_on >= palermo_day(), true) AND r.kind"
)
SPEAK = "'secretary', 'contact-point', 'validating-authority'"  # as `RoleKind` has them
READ = f"{SPEAK}, 'reader'"
STANDING = (
    f"WITH own AS (SELECT r.organisation_id AS id FROM {HELD} IN (%s))"
    " SELECT array(SELECT id FROM own UNION SELECT m.body_id FROM organisations_membership m"
    " JOIN own ON own.id = m.member_id JOIN organisations_organisation b ON b.id = m.body_id"
    " WHERE b.sort <> 'body' AND coalesce(m.since_on <= palermo_day(), true)"
    " AND coalesce(m.until_on >= palermo_day(), true))"
)
# As `queries.standing` says it; a test compares both for everybody.
FUNCTIONS = {
    "palermo_system() RETURNS boolean": "SELECT current_setting('palermo.actor', true) = 'system'",
    "palermo_day() RETURNS date": (
        "SELECT coalesce(nullif(current_setting('palermo.day', true), '')::date, current_date)"
    ),
    "palermo_account() RETURNS bigint": (
        "SELECT substr(told, 9)::bigint FROM current_setting('palermo.actor', true) AS told"
        " WHERE told LIKE 'account:%'"
    ),
    "palermo_reads() RETURNS boolean": f"SELECT EXISTS (SELECT 1 FROM {HELD} IN ({READ}))",
    "palermo_bureau() RETURNS boolean": f"SELECT EXISTS (SELECT 1 FROM {HELD} = 'secretary')",
    "palermo_organisations() RETURNS bigint[]": STANDING % SPEAK,
    "palermo_circle() RETURNS bigint[]": STANDING % READ,
}
# Each asked once a query, not once a row.
IS_SYSTEM, READS, BUREAU = (f"(SELECT palermo_{one}())" for one in ("system", "reads", "bureau"))
ITSELF = "by_id = (SELECT palermo_account())"
OWN = "organisation_id = ANY ((SELECT palermo_organisations())::bigint[])"
ASKED = f"EXISTS (SELECT 1 FROM plan_question q WHERE q.id = question_id AND q.{OWN})"
ANSWERED = (
    "EXISTS (SELECT 1 FROM plan_contribution c JOIN plan_question q ON q.id = c.question_id"
    f" WHERE c.id = contribution_id AND q.{OWN})"
)
SIGNED = "EXISTS (SELECT 1 FROM plan_signature s WHERE s.contribution_id = plan_contribution.id)"
CONFIRMED = "EXISTS (SELECT 1 FROM plan_confirmation f WHERE f.translation_id = plan_translation.id)"
TOLD = "EXISTS (SELECT 1 FROM plan_contribution c WHERE c.id = contribution_id)"  # which has its own policy
DRAFTED = "EXISTS (SELECT 1 FROM plan_contributiondraft d WHERE d.id = contributiondraft_id)"
SHOWN = " OR ".join(
    f"EXISTS (SELECT 1 FROM {table} e WHERE e.evidence_id = plan_evidence.id)"
    for table in ("plan_contribution_evidence", "plan_evaluation_evidence")
)
CIRCLE = "ANY ((SELECT palermo_circle())::bigint[])"
# Whoever ever had to write it or owns a measure of it; the first wall asks who does today.
CONCERNED = (
    "EXISTS (SELECT 1 FROM plan_workterms t LEFT JOIN plan_workterms_measures m ON m.workterms_id = t.id"
    f" WHERE t.work_id = plan_workversion.work_id AND (t.owner_id = {CIRCLE} OR EXISTS (SELECT 1"
    f" FROM plan_ownership o WHERE o.measure_id = m.measure_id AND o.organisation_id = {CIRCLE})"
    f" OR EXISTS (SELECT 1 FROM plan_question q WHERE q.measure_id = m.measure_id AND"
    f" q.organisation_id = {CIRCLE})))"
)
# For each table: which rows are there for whoever asks, and which they may write.
RULES = {
    "plan_contributiondraft": (ITSELF, f"{ITSELF} AND {ASKED}"),
    "plan_contributiondraft_evidence": (DRAFTED, DRAFTED),
    "plan_contribution": (
        f"{READS} AND ({BUREAU} OR NOT needs_signature OR {SIGNED} OR {ASKED})",
        f"{BUREAU} OR {ASKED}",
    ),
    "plan_contribution_evidence": (TOLD, f"{BUREAU} OR {ANSWERED}"),
    "plan_translation": (f"{TOLD} AND ({BUREAU} OR {CONFIRMED} OR {ANSWERED})", f"{BUREAU} OR {ANSWERED}"),
    "plan_evidence": (
        f"{READS} AND (question_id IS NULL OR {ITSELF} OR {OWN} OR {SHOWN})",
        f"{BUREAU} OR {OWN}",
    ),
    "plan_workversion": (
        f"{READS} AND (is_final OR {BUREAU} OR {OWN} OR {CONCERNED})",
        f"{BUREAU} OR {OWN}",
    ),
}
LEANS_ON = frozenset(
    {*RULES, "accounts_role", "accounts_user", "organisations_membership", "plan_question"}
    | {"plan_signature", "plan_confirmation", "plan_evaluation_evidence"}
    | {"plan_workterms", "plan_workterms_measures", "plan_ownership"}
)
# What a database says of its policies; the comment is the digest of what was put there.
KEEPS = """SELECT t.relname, p.polname, t.relrowsecurity AND t.relforcerowsecurity,
    md5(concat_ws('|', p.polcmd, p.polpermissive, p.polroles::text,
        pg_get_expr(p.polqual, p.polrelid), pg_get_expr(p.polwithcheck, p.polrelid))),
    obj_description(p.oid, 'pg_policy')
FROM pg_policy p JOIN pg_class t ON t.oid = p.polrelid WHERE t.oid = ANY (%s::regclass[])"""


def statements() -> Iterator[str]:
    """What makes the functions and the policies, in the place of older ones."""
    for head, body in FUNCTIONS.items():
        yield f"CREATE OR REPLACE FUNCTION {head} LANGUAGE sql STABLE PARALLEL SAFE AS $${body}$$"
    for table, (there, written) in RULES.items():
        yield f"DROP POLICY IF EXISTS {POLICY} ON {table}"
        rule = f"USING ({IS_SYSTEM} OR {there}) WITH CHECK ({IS_SYSTEM} OR {written})"
        yield f"CREATE POLICY {POLICY} ON {table} {rule}"
        yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY"
        yield f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY"  # for the tables' owner too, which we are


def install_after_migration(*, using: str, **_kwargs: object) -> None:
    """What runs after every migration: the wall, where all the tables are that it leans on."""
    connection = connections[using]
    if connection.vendor != "postgresql" or not set(connection.introspection.table_names()) >= LEANS_ON:
        return
    with transaction.atomic(using=using), connection.cursor() as cursor:
        for statement in statements():
            cursor.execute(statement)
        for table, name, _forced, digest, _kept in policies(cursor):
            if name == POLICY:
                cursor.execute(f"COMMENT ON POLICY {POLICY} ON {table} IS '{digest}'")


def policies(cursor: Any) -> list[tuple[str, str, bool, str, str]]:
    """Each policy of our tables: its table and name, whether it is on, its digest now and as it was put."""
    cursor.execute(KEEPS, [list(RULES)])
    found: list[tuple[str, str, bool, str, str]] = cursor.fetchall()
    return found


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """The tables and functions of the wall that are not as they were put; another policy is a hole too."""
    if connection.vendor != "postgresql":
        return []
    with connection.cursor() as cursor:
        stand: dict[str, list[bool]] = {table: [] for table in RULES}
        for table, name, forced, digest, kept in policies(cursor):
            stand[table].append(name == POLICY and forced and digest == kept)
        cursor.execute("SELECT prosrc FROM pg_proc WHERE proname LIKE 'palermo%%'")
        bodies = {row[0] for row in cursor.fetchall()}
    functions = [head.split("(")[0] for head, body in FUNCTIONS.items() if body not in bodies]
    return [table for table, found in stand.items() if found != [True]] + functions


def require(connection: BaseDatabaseWrapper) -> None:
    """Refuse to go on where drafts are not kept private."""
    require_role(connection)
    if absent := missing(connection):
        raise Refused(
            "drafts-unprotected",
            words("The database does not keep drafts private: {names}."),
            words("Run ./palermo setup to put its protection back."),
            names=", ".join(absent),
        )


def require_role(connection: BaseDatabaseWrapper) -> None:
    """Refuse a role of the database that no policy holds for."""
    if connection.vendor != "postgresql":
        return
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT rolname FROM pg_roles WHERE rolname = current_user AND (rolsuper OR rolbypassrls)"
        )
        above = cursor.fetchone()
    if above:
        raise Refused(
            "role-above-policies",
            words("The role {role} of the database passes by what keeps drafts private."),
            words("Name in DATABASE_URL a role that owns the database, without SUPERUSER and BYPASSRLS."),
            role=above[0],
        )
