"""Write staged rows into a table of the register: new ones inserted, changed ones updated, equal ones left."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.register.importing.load import Counts
from gazetteer.register.importing.trace import REVIVED, TABLES, keep_added, keep_before
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
    same = f"({', '.join(f't.{c}' for c in columns)}) IS NOT DISTINCT FROM ({', '.join(f's.{c}' for c in columns)})"
    # What a file says of the end of a record holds; where it says nothing, a record that was taken back comes again.
    revives = table in TABLES and "valid_to" not in columns
    changed = f"t.code = s.existing AND (NOT {same}{f' OR ({REVIVED})' if revives else ''})"
    again = f", valid_to = CASE WHEN {REVIVED} THEN NULL ELSE t.valid_to END" if revives else ""
    inserted = _count(
        session,
        f"INSERT INTO register.{table} (code, {listed}) "
        f"SELECT code, {', '.join(f's.{c}' for c in columns)} FROM {staged} s WHERE existing IS NULL",
    )
    keep_added(session, table, f"SELECT code FROM {staged} WHERE existing IS NULL")
    keep_before(session, table, f"EXISTS (SELECT FROM {staged} s WHERE {changed})")
    updated = _count(
        session,
        f"UPDATE register.{table} t SET {', '.join(f'{c} = s.{c}' for c in columns)}{again}, version = t.version + 1 "
        f"FROM {staged} s WHERE {changed}",
    )
    total = session.scalar(text(f"SELECT count(*) FROM {staged} WHERE existing IS NOT NULL")) or 0
    return Counts(inserted=inserted, updated=updated, unchanged=total - updated)


def _count(session: Session, statement: str) -> int:
    # The statement is put together from column names of this package, never from input.
    return written(session.execute(text(statement)))
