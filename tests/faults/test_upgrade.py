"""A backup made by an earlier version comes back in this one: every row, every audit entry, and what is new beside them."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import text

from api.security import sealing
from geo.store.backup import back_up, put_back
from geo.store.engine import act, owner_engine, session
from geo.store.migrate import _alembic, at_head, migrate
from tests.databases import alone, pointed_at
from tests.faults import kept

RELEASED = ("0001_ground", "0002_register", "0003_batch", "0004_boundary", "0005_repair", "0006_report")
VERSIONS = RELEASED if os.environ.get("DIMING_SOAK") else RELEASED[-1:]
CITY, WEST, TOWN = "331000000000", "331003000000", "331003001000"

# What an office had written by then: the migration that made the table, and the rows.
ROWS = (
    ("0001_ground", "INSERT INTO access.account (name, display_name, password_hash, roles) VALUES ('zhang', '张三', 'x', '{officer}')"),
    ("0001_ground", "INSERT INTO access.api_key (name, key_hash, scopes) VALUES ('旧密钥', '\\x01', '{read}')"),
    ("0002_register", f"INSERT INTO register.division (code, name, level, parent) VALUES ('{CITY}', '台州市', 2, NULL), "
                      f"('{WEST}', '黄岩区', 3, '{CITY}'), ('{TOWN}', '西城街道', 4, '{WEST}')"),
    ("0002_register", "UPDATE register.division SET boundary = ST_Multi(ST_MakeEnvelope(121.2, 28.6, 121.3, 28.7, 4490)) "
                      f"WHERE code = '{TOWN}'"),
    ("0002_register", f"INSERT INTO register.road (code, name, division) VALUES ('R1', '横街路', '{TOWN}')"),
    ("0002_register", f"INSERT INTO register.place (code, standard_name, category, division) VALUES ('P1', '方山', 'A', '{TOWN}')"),
    ("0002_register", "UPDATE register.place SET meaning = '山形方正' WHERE code = 'P1'"),
    ("0002_register", "INSERT INTO register.alias (id, alias, kind) OVERRIDING SYSTEM VALUE VALUES (900, '方岩', '旧称')"),
    ("0002_register", "INSERT INTO register.alias_target (alias, place) VALUES (900, 'P1')"),
    ("0004_boundary", "INSERT INTO register.boundary_line (code, name, level) VALUES ('L1', '黄临线', '县级')"),
    ("0006_report", "INSERT INTO register.report (kind, text, code, origin) VALUES ('other', '山名写错了', 'P1', 'x')"),
    ("0006_report", "INSERT INTO register.report (kind, text, point, origin) "
                    "VALUES ('wrong-point', '位置不对', ST_SetSRID(ST_MakePoint(121.25, 28.65), 4490), 'x')"),
)  # fmt: skip


GROWN = ("audit.entry", "register.name_transition")
"""The audit, and the program's own list of how names may change state."""


@pytest.mark.parametrize("version", VERSIONS)
def test_a_backup_of_every_released_version_comes_back_whole(
    cluster, database_url: str, tmp_path: Path, version: str
) -> None:
    file = tmp_path / "old.dmb"
    before = _old(cluster, version, file, tmp_path)
    put_back(file)
    with owner_engine().connect() as connection:
        assert at_head(connection)
        after = {
            table: connection.execute(text(f"SELECT to_jsonb(t) FROM {table} t ORDER BY 1")).scalars().all()
            for table in before
        }
    for table, rows in before.items():
        # What a migration itself fills in is entered in the audit, as every write is.
        assert len(after[table]) >= len(rows) if table in GROWN else len(after[table]) == len(rows), table
        assert [old for old in rows if not any(_holds(new, old) for new in after[table])] == [], table
    _works_on(version)
    kept.keep(
        "upgrade",
        {"from": version, "tables": len(before), "rows": sum(map(len, before.values())), "changed": 0},
    )


def test_a_dump_that_an_earlier_version_wrote_itself_is_brought_up_with_every_row(
    cluster, tmp_path: Path
) -> None:
    """The file is frozen: whatever becomes of the migrations, what an office had before them still comes up."""
    dump = (Path(__file__).parent / "released" / "0006_report.sql").read_text(encoding="utf-8")
    name = f"frozen_{os.getpid()}"
    alone(cluster, f"CREATE DATABASE {name}")
    try:
        with pointed_at(cluster, name, tmp_path):
            with cluster.connect(database=name) as connection:
                connection.execute(dump)
            before = _rows()
            migrate()
            with owner_engine().connect() as connection:
                assert at_head(connection)
            after = _rows()
            lost = [
                (table, old)
                for table, rows in before.items()
                for old in rows
                if not any(_holds(new, old) for new in after.get(table, ()))
            ]
            assert lost == []
            _works_on("0006_report")
    finally:
        alone(cluster, f"DROP DATABASE {name} WITH (FORCE)")
    kept.keep("upgrade", {"from": "the frozen dump of 0006_report", "tables": len(before),
                          "rows": sum(map(len, before.values())), "changed": len(lost)})  # fmt: skip


def _rows() -> dict[str, list[dict[str, object]]]:
    """Every row of every table of the office, but the count of transactions, which each version folds in its own way."""
    with owner_engine().connect() as connection:
        tables = connection.scalars(text(
            "SELECT schemaname || '.' || quote_ident(tablename) FROM pg_tables WHERE schemaname IN ('register', 'access', 'audit') "
            "AND tablename <> 'data_change' ORDER BY 1")).all()  # fmt: skip
        found = {
            table: list(connection.scalars(text(f"SELECT to_jsonb(t) FROM {table} t ORDER BY 1")))
            for table in tables
        }
    return {table: rows for table, rows in found.items() if rows}


def _holds(new: dict[str, object], old: dict[str, object]) -> bool:
    """Whether a row of today says all that it said then."""
    return all(name in new and new[name] == value for name, value in old.items())


def _old(cluster, version: str, file: Path, folder: Path) -> dict[str, list[dict[str, object]]]:
    """A database of that version with its rows, backed up; gives the rows as they were."""
    name = f"old_{os.getpid()}_{version}"
    alone(cluster, f"CREATE DATABASE {name}")
    home = folder / "home"
    home.mkdir()
    try:
        with pointed_at(cluster, name, home):
            with owner_engine().begin() as connection:
                # The number is enough for a revision, and some have no more.
                command.upgrade(_alembic(connection), version[:4])
                for since, row in ROWS:
                    if since <= version:
                        connection.exec_driver_sql(row)
            rows = _rows()
            back_up(file)
    finally:
        alone(cluster, f"DROP DATABASE {name} WITH (FORCE)")
    return rows


def _works_on(version: str) -> None:
    """The office goes on where it stood: it writes, the audit holds, and what is new knows the old rows."""
    with session() as db:
        act(db, actor="zhang", action="test")
        db.execute(
            text(
                "INSERT INTO register.day_off (day, working, name, source) VALUES (current_date, false, '停电', '')"
            )
        )
    sealing.seal()
    with session() as db:
        assert sealing.verify(db).findings == ()
        assert db.scalar(text("SELECT register.data_version()")) >= (1 if version >= "0002" else 0)
        if version >= "0006":
            assert list(db.scalars(text("SELECT division FROM register.report ORDER BY id"))) == [TOWN, TOWN]
