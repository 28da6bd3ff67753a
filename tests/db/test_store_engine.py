"""One unit of work: all or nothing, refusals in Chinese, retries for rivals."""

from __future__ import annotations

import threading

import pytest
from sqlalchemy import text

from geo.problems import BadInput, Conflict, TooMuch, Unavailable
from geo.settings import settings
from geo.store.acts import copy_rows
from geo.store.constraints import explain
from geo.store.engine import bulk_act, forget_engines, session, transact
from geo.store.statistics import renew

ADD = text(
    "INSERT INTO access.account (name, display_name, password_hash, roles) VALUES (:name, '某', 'x', :roles)"
)


def count() -> int:
    with session() as db:
        return db.scalar(text("SELECT count(*) FROM access.account"))


def test_an_error_anywhere_leaves_nothing(database_url: str) -> None:
    with pytest.raises(RuntimeError), session() as db:
        db.execute(ADD, {"name": "li", "roles": ["officer"]})
        raise RuntimeError
    assert count() == 0


def test_a_constraint_speaks_in_its_own_sentence(database_url: str) -> None:
    explain({"ck_account_roles": ("账号的角色不对", "换一个")})
    with pytest.raises(BadInput, match="账号的角色不对") as caught, session() as db:
        db.execute(ADD, {"name": "li", "roles": ["king"]})
    assert caught.value.code == "ck-account-roles"


@pytest.mark.parametrize(("statement", "kind", "word"), [
    ("INSERT INTO access.session (token_hash, account_id, csrf, address, agent) VALUES ('x', 9, '', '', '')", Conflict,
     "引用的记录不存在"),
    ("INSERT INTO access.account (name, display_name, password_hash) VALUES ('li', 'x', 'x')", BadInput, "roles"),
    ("SET LOCAL statement_timeout = 20; SELECT pg_sleep(5)", TooMuch, "用时太长"),
])  # fmt: skip
def test_refusals_of_the_database_become_problems(
    database_url: str, statement: str, kind: type, word: str
) -> None:
    with pytest.raises(kind, match=word), session() as db:
        db.execute(text(statement))


def test_a_null_byte_is_bad_input_and_not_a_crash(database_url: str) -> None:
    with pytest.raises(BadInput), session() as db:
        db.execute(ADD, {"name": "l\0i", "roles": ["officer"]})


def test_a_database_that_is_away_is_unavailable(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DIMING_DATABASE_URL", "postgresql://nobody@/none?host=/nonexistent")
    settings.cache_clear()
    with pytest.raises(Unavailable, match="数据库暂时不可用"), session() as db:
        db.execute(text("SELECT 1"))
    forget_engines()


def test_rivals_that_must_take_turns_are_tried_again(database_url: str) -> None:
    with session() as db:
        db.execute(ADD, {"name": "li", "roles": ["officer"]})
    together = threading.Barrier(4)
    first = threading.local()

    def add_one(db):
        number = int(db.scalar(text("SELECT display_name FROM access.account")).strip("某") or 0)
        if not getattr(first, "met", False):
            first.met = True
            together.wait()
        db.execute(text("UPDATE access.account SET display_name = :n"), {"n": str(number + 1)})

    threads = [
        threading.Thread(target=lambda: transact(add_one, attempts=10, serializable=True)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with session() as db:
        assert db.scalar(text("SELECT display_name FROM access.account")) == "4"


def test_copy_loads_rows_in_the_unit_of_work(database_url: str) -> None:
    rows = [(f"u{n}", "某", "x", ["officer"]) for n in range(1000)]
    with session() as db, bulk_act(db, actor="zhang", action="import"):
        assert (
            copy_rows(db, "access.account", ("name", "display_name", "password_hash", "roles"), rows) == 1000
        )
    assert count() == 1000


def test_what_a_thread_still_holds_is_closed_when_it_comes_back_to_a_forgotten_pool(
    database_url: str,
) -> None:
    with session() as db:
        held = db.connection().connection.dbapi_connection
        forget_engines()
    assert held is not None and held.closed


def test_the_sizes_of_tables_are_known_at_once_after_a_load(database_url: str) -> None:
    known = text("SELECT reltuples FROM pg_class WHERE oid = 'register.division'::regclass")
    with session() as db:
        db.execute(
            text(
                "INSERT INTO register.division (code, name, level)"
                " SELECT (330000000000 + n)::text, '镇' || n, 4 FROM generate_series(1, 500) n"
            )
        )
    renew()
    with session() as db:
        assert db.scalar(known) >= 500
