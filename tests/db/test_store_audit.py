"""Every write leaves one audit entry, and the program's role cannot touch it."""

from __future__ import annotations

import pytest
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import Conflict, NotAllowed
from geo.store.cluster import OWNER, Cluster
from geo.store.engine import act, bulk_act, session

ADD = text(
    "INSERT INTO access.account (name, display_name, password_hash, roles) VALUES (:name, :shown, 'secret', '{officer}')"
)
ENTRIES = text("SELECT * FROM audit.entry ORDER BY id")


def test_one_entry_a_changed_row_says_who_and_what_and_hides_secrets(db: Session) -> None:
    named = act(db, actor="zhang", action="account.add", request_id="r1")
    db.execute(ADD, {"name": "li", "shown": "李"})
    db.execute(text("UPDATE access.account SET display_name = '李四', password_hash = 'other'"))
    added, changed = db.execute(ENTRIES).all()
    assert (added.actor, added.action, added.request_id, added.act_id) == (
        "zhang",
        "account.add",
        "r1",
        named.id,
    )
    assert (added.operation, added.table_name, added.row_count) == ("insert", "access.account", 1)
    assert changed.old_values == {"display_name": "李", "password_hash": "***"}
    assert changed.new_values == {"display_name": "李四", "password_hash": "***"}
    assert changed.key == {"id": added.key["id"]}


def test_an_update_that_changes_nothing_leaves_no_entry(db: Session) -> None:
    db.execute(ADD, {"name": "li", "shown": "李"})
    db.execute(text("UPDATE access.account SET display_name = display_name"))
    assert len(db.execute(ENTRIES).all()) == 1


def test_a_bulk_act_leaves_one_entry_with_the_count_and_the_files_hash(db: Session) -> None:
    with bulk_act(db, actor="zhang", action="import", detail={"sha256": "ab"}):
        db.execute(
            text(
                "INSERT INTO access.account (name, display_name, password_hash, roles) "
                "SELECT 'u' || n, 'u', 'x', '{officer}' FROM generate_series(1, 500) n"
            )
        )
    db.execute(ADD, {"name": "li", "shown": "李"})
    bulk, single = db.execute(ENTRIES).all()
    assert (bulk.row_count, bulk.detail, bulk.key, bulk.operation) == (500, {"sha256": "ab"}, None, "insert")
    assert (single.row_count, single.actor) == (1, "zhang")


@pytest.mark.parametrize("statement", [
    "DELETE FROM audit.entry", "UPDATE audit.entry SET actor = 'x'", "TRUNCATE audit.entry",
    "INSERT INTO audit.entry (actor, action, request_id, operation, table_name, row_count) VALUES ('','','','','',1)",
    "SELECT audit.append('insert', 'x', NULL, NULL, NULL, 1)",
    "ALTER TABLE access.account DISABLE TRIGGER audit_row", "SET LOCAL session_replication_role = replica",
])  # fmt: skip
def test_the_programs_role_cannot_touch_the_audit(database_url: str, statement: str) -> None:
    with pytest.raises(NotAllowed), session() as db:
        db.execute(text(statement))


def test_a_write_through_psql_is_recorded_with_the_role_that_made_it(
    cluster: Cluster, database_url: str
) -> None:
    database = database_url.rsplit("/", 1)[-1].split("?")[0]
    with cluster.connect(OWNER, database) as connection:
        connection.execute(
            "INSERT INTO access.account (name, display_name, password_hash, roles) VALUES ('x1', 'x', 'x', '{auditor}')"
        )
    with session() as db:
        [entry] = db.execute(ENTRIES).all()
    assert (entry.actor, entry.action, entry.act_id) == ("db:diming_owner", "sql", None)


def test_a_refused_write_leaves_no_entry_and_is_told_as_a_conflict(database_url: str) -> None:
    with pytest.raises(Conflict), session() as db:
        db.execute(ADD, {"name": "li", "shown": "李"})
        db.execute(ADD, {"name": "li", "shown": "另一个李"})
    with session() as db:
        assert db.execute(ENTRIES).all() == []
