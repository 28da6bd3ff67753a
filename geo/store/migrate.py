"""Bring a database up to this version of the program: tables, SQL objects, the job queue, the roles' rights."""

from __future__ import annotations

from collections.abc import Callable

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text

from geo.settings import ROOT
from geo.store import jobs_schema, roles, sql
from geo.store.engine import owner_engine, translated

# Two processes that migrate at once take turns; the number is arbitrary and ours.
_LOCK = 430_000_001


def migrate(tell: Callable[[str], None] = lambda sentence: None) -> None:
    """Bring the database to the newest state, all or nothing.

    Args:
        tell: called with a Chinese sentence before each step.
    """
    with translated(), owner_engine().begin() as connection:
        migrate_connection(connection, tell)


def migrate_connection(connection: Connection, tell: Callable[[str], None]) -> None:
    """The same for the database of ``connection``, in its transaction: a restored one is brought up before it is used."""
    connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": _LOCK})
    tell("更新数据表")
    command.upgrade(_alembic(connection), "head")
    tell("安装任务队列")
    jobs_schema.install(connection)
    tell("安装 SQL 函数和视图")
    sql.reinstall(connection)
    # A restored database counts transactions of another server, whose numbers this one gives out again.
    connection.execute(text("SELECT register.fold_changes()"))
    tell("授予程序角色权限")
    roles.grant(connection)


def at_head(connection: Connection) -> bool:
    """Whether the tables are those of this version."""
    context = MigrationContext.configure(connection, opts={"version_table_schema": "public"})
    return set(context.get_current_heads()) == set(ScriptDirectory.from_config(_alembic(None)).get_heads())


def up_to_date(connection: Connection) -> bool:
    """Whether nothing is left for ``migrate`` to do; quick, so that every start can ask."""
    return at_head(connection) and sql.current(connection)


def _alembic(connection: Connection | None) -> Config:
    config = Config()
    config.set_main_option("script_location", str(ROOT / "api" / "migrations"))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
