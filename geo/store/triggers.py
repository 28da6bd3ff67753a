"""Attach the audit and the history to a table, in a migration."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final, Protocol

from sqlalchemy import Connection, text

from geo.store.sql import install_one


class Operations(Protocol):
    """What is used of ``alembic.op``, which is a module."""

    def execute(self, sqltext: str, /) -> Any:
        """Run one statement."""

    def get_bind(self) -> Connection:
        """The migration's connection."""


_ROW: Final = """
    CREATE TRIGGER audit_row AFTER INSERT OR UPDATE OR DELETE ON {table} FOR EACH ROW
    WHEN (coalesce(current_setting('diming.bulk', true), '') <> 'on')
    EXECUTE FUNCTION audit.record('{key}', '{hidden}')
"""
_BULK: Final = """
    CREATE TRIGGER audit_bulk_{name} AFTER {event} ON {table} REFERENCING {kind} TABLE AS touched_rows
    FOR EACH STATEMENT WHEN (current_setting('diming.bulk', true) = 'on')
    EXECUTE FUNCTION audit.record_bulk()
"""
_HISTORY: Final = """
    CREATE TABLE {table}_history (
      LIKE {table} INCLUDING COMMENTS,
      superseded_at timestamptz NOT NULL DEFAULT now(),
      superseded_act uuid
    )
"""
_KEEP: Final = """
    CREATE TRIGGER keep_history BEFORE UPDATE OR DELETE ON {table} FOR EACH ROW
    EXECUTE FUNCTION audit.keep_history()
"""


def audit_table(op: Operations, table: str, *, hidden: Sequence[str] = ()) -> None:
    """Record every write to a table (``register.place``), also one made through psql.

    Args:
        op: Alembic's operations (``from alembic import op``).
        table: schema and name; its primary key names the row in the audit, and ``code`` where it has one.
        hidden: columns whose values the audit must not hold, such as a password's hash.
    """
    for name in ("audit.append", "audit.record", "audit.record_bulk"):
        install_one(op.get_bind(), name)
    key = ",".join(_primary_key(op.get_bind(), table))
    op.execute(_ROW.format(table=table, key=key, hidden=",".join(hidden)))
    for event, kind in (("INSERT", "NEW"), ("UPDATE", "NEW"), ("DELETE", "OLD")):
        op.execute(_BULK.format(table=table, name=event.lower(), event=event, kind=kind))


def history_table(op: Operations, table: str) -> None:
    """Make ``<table>_history`` and keep superseded versions there.

    The table needs the columns of ``geo.store.columns.Valid`` and ``Traced``. A column added later must be
    added to the history table too.
    """
    install_one(op.get_bind(), "audit.keep_history")
    op.execute(_HISTORY.format(table=table))
    name = table.split(".")[-1]
    key = ", ".join(_primary_key(op.get_bind(), table))
    op.execute(f"CREATE INDEX ix_{name}_history_key ON {table}_history ({key}, valid_from)")
    op.execute(_KEEP.format(table=table))


def _primary_key(connection: Connection, table: str) -> list[str]:
    columns = connection.scalars(
        text("SELECT quote_ident(a.attname) FROM pg_index i JOIN pg_attribute a ON a.attrelid = i.indrelid "
             "AND a.attnum = ANY (i.indkey) WHERE i.indrelid = CAST(:table AS regclass) AND i.indisprimary "
             "ORDER BY array_position(i.indkey, a.attnum)"),
        {"table": table},
    )  # fmt: skip
    return list(columns)
