"""Superseded versions of a register row are kept with the period they were in force."""

from __future__ import annotations

from datetime import date

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.store.engine import act, owner_engine, session
from geo.store.migrate import migrate
from geo.store.triggers import audit_table, history_table


@pytest.fixture
def db(database_url: str) -> Session:
    """A unit of work beside a table with history and audit, made as a migration makes one."""
    with owner_engine().begin() as connection:
        connection.exec_driver_sql(
            "CREATE TABLE register.thing (code text PRIMARY KEY, name text, shape geometry(Point, 4490), "
            "valid_from date, valid_to date, act_id uuid DEFAULT audit.current_act(), "
            "updated_at timestamptz NOT NULL DEFAULT now())"
        )
        operations = Operations(MigrationContext.configure(connection))
        history_table(operations, "register.thing")
        audit_table(operations, "register.thing")
    migrate()
    with session() as opened:
        opened.execute(
            text(
                "INSERT INTO register.thing (code, name, shape, valid_from) "
                "VALUES ('T1', '王西路', 'SRID=4490;POINT(121.26 28.65)', '1990-01-01')"
            )
        )
        yield opened


def test_a_new_version_keeps_the_old_one_with_its_period_and_its_shape(db: Session) -> None:
    named = act(db, actor="zhang", action="rename")
    db.execute(text("UPDATE register.thing SET name = '劳动北路', valid_from = '2004-05-01'"))
    kept = db.execute(text("SELECT *, ST_AsEWKT(shape) AS ewkt FROM register.thing_history")).one()
    assert (kept.code, kept.name, kept.valid_from, kept.valid_to) == (
        "T1", "王西路", date(1990, 1, 1), date(2004, 5, 1)
    )  # fmt: skip
    assert kept.ewkt == "SRID=4490;POINT(121.26 28.65)"
    assert kept.superseded_act == named.id
    assert db.scalar(text("SELECT act_id FROM register.thing")) == named.id


def test_a_correction_of_the_version_in_force_is_no_new_version(db: Session) -> None:
    db.execute(text("UPDATE register.thing SET name = '王西街'"))
    assert db.scalar(text("SELECT count(*) FROM register.thing_history")) == 0
    entry = db.execute(text("SELECT key, old_values, new_values FROM audit.entry ORDER BY id DESC")).first()
    assert entry is not None
    assert (entry.key, entry.old_values["name"], entry.new_values["name"]) == (
        {"code": "T1"},
        "王西路",
        "王西街",
    )


def test_retiring_a_row_keeps_it_and_a_later_version_ends_at_its_own_end(db: Session) -> None:
    db.execute(text("UPDATE register.thing SET valid_to = '2001-01-01'"))
    db.execute(text("UPDATE register.thing SET name = '新路', valid_from = '2010-01-01', valid_to = NULL"))
    kept = db.execute(text("SELECT valid_from, valid_to FROM register.thing_history")).one()
    assert tuple(kept) == (date(1990, 1, 1), date(2001, 1, 1))


@pytest.mark.parametrize("statement", [
    "DELETE FROM register.thing", "TRUNCATE register.thing", "DELETE FROM register.thing_history",
    "INSERT INTO register.thing_history (code) VALUES ('x')", "UPDATE register.thing_history SET name = 'x'",
])  # fmt: skip
def test_the_programs_role_deletes_nothing_and_writes_no_history(db: Session, statement: str) -> None:
    with pytest.raises(Exception, match="permission denied"), db.begin_nested():
        db.execute(text(statement))
