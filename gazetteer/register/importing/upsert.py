"""Write staged rows into a table of the register: new ones inserted, changed ones updated, equal ones left."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.register.importing.load import Counts
from gazetteer.register.rows import written


def upsert(session: Session, table: str, columns: Sequence[str], *, staged: str = "incoming") -> Counts:
    """Upsert by ``code``: ``existing`` of the staging table names the record meant, null for a new one.

    Args:
        session: the unit of work.
        table: a table of schema ``register`` with ``code`` and ``version``.
        columns: the columns to write; the staging table has them under the same names. What a file does not
            speak of must not be among them, so that it stays as it is.
        staged: the staging table.
    """
    listed = ", ".join(columns)
    inserted = _count(
        session,
        f"INSERT INTO register.{table} (code, {listed}) "
        f"SELECT code, {', '.join(f's.{c}' for c in columns)} FROM {staged} s WHERE existing IS NULL",
    )
    updated = _count(
        session,
        f"UPDATE register.{table} t SET {', '.join(f'{c} = s.{c}' for c in columns)}, version = t.version + 1 "
        f"FROM {staged} s WHERE t.code = s.existing AND "
        f"({', '.join(f't.{c}' for c in columns)}) IS DISTINCT FROM ({', '.join(f's.{c}' for c in columns)})",
    )
    total = session.scalar(text(f"SELECT count(*) FROM {staged} WHERE existing IS NOT NULL")) or 0
    return Counts(inserted=inserted, updated=updated, unchanged=total - updated)


def _count(session: Session, statement: str) -> int:
    # The statement is put together from column names of this package, never from input.
    return written(session.execute(text(statement)))
