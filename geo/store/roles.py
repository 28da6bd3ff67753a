"""What the program's role may do; granted anew by every ``migrate``, so that a new table is never forgotten."""

from __future__ import annotations

from sqlalchemy import Connection, text

from geo.store.urls import app_url, owner_url

# Rows of the register are retired, never deleted; the audit and the histories are written by triggers alone.
_GRANTS = """
    GRANT USAGE ON SCHEMA public, register, audit, access, published, jobs TO {role};
    GRANT SELECT ON ALL TABLES IN SCHEMA public, register, audit, access, published, jobs TO {role};
    GRANT INSERT, UPDATE ON ALL TABLES IN SCHEMA register TO {role};
    GRANT INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA access, jobs TO {role};
    GRANT USAGE ON ALL SEQUENCES IN SCHEMA register, access, jobs TO {role};
    GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA register, access, published, jobs TO {role};
    GRANT EXECUTE ON FUNCTION audit.current_act() TO {role};
    GRANT EXECUTE ON FUNCTION audit.note_read(text, jsonb) TO {role};
    GRANT EXECUTE ON FUNCTION audit.seal_entries() TO {role};
    GRANT EXECUTE ON FUNCTION audit.block_hash(bytea, bigint, bigint, xid8, xid8) TO {role};
"""


def separate_roles() -> bool:
    """Whether migrations and program use different roles; only then is the audit out of the program's reach."""
    return app_url().username != owner_url().username


def grant(connection: Connection) -> None:
    """Grant the program's role what it needs, and take back what it must not have."""
    role = app_url().username
    if role is None or not separate_roles():
        return
    quoted = connection.dialect.identifier_preparer.quote(role)
    connection.exec_driver_sql(_GRANTS.format(role=quoted))
    for table in _history_tables(connection):
        connection.exec_driver_sql(f"REVOKE INSERT, UPDATE, DELETE ON {table} FROM {quoted}")


def _history_tables(connection: Connection) -> list[str]:
    found = connection.scalars(
        text(r"SELECT schemaname || '.' || quote_ident(tablename) FROM pg_tables "
             r"WHERE schemaname = 'register' AND tablename LIKE '%\_history'")
    )  # fmt: skip
    return list(found)
