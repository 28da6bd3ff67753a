"""What the database knows of its tables' sizes (统计信息): taken anew after a large load, instead of a minute later.

The database plans by statistics that its own caretaker renews once a minute. Whoever asks right after twenty thousand
rows came in is planned for an empty table, and a join that takes a moment takes minutes.
"""

from __future__ import annotations

from geo.store.engine import owner_engine, translated

_FILLED = ("register", "audit")


def renew() -> None:
    """Take the statistics of every table of the register and its audit anew; a second for 400,000 doors.

    Raises:
        Unavailable: the database is away.
    """
    with translated(), owner_engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        tables = connection.exec_driver_sql(
            "SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) FROM pg_tables WHERE schemaname = ANY(%s)",
            (list(_FILLED),),
        ).scalars()
        for table in tables.all():
            connection.exec_driver_sql(f"ANALYZE {table}")
