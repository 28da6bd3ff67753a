"""What an import did to each record, kept beside it, so that it can be taken back (撤销导入): see ``undoing``.

Of a new record only its key is kept; of a changed one the whole row as it was. Both are written by the statement's own
transaction, so there is no import without them.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.register.models import Address, AddressPoint, Division, Facility, Place, Road, RoadSegment

TABLES: Final = {
    model.__tablename__: model.__table__
    for model in (Address, AddressPoint, Division, Facility, Place, Road, RoadSegment)
}
"""Tables whose imports can be taken back. Boundary markers have a way of their own, since no copy of their positions may lie about."""
UNSTEADY: Final = ("act_id", "updated_at", "version")
"""Columns that tell of the writing and not of the record."""
_ADDED: Final = """
    INSERT INTO register.import_added (act_id, table_name, keys)
    SELECT audit.current_act(), '{table}', array_agg(key) FROM ({keys}) AS added (key) HAVING count(*) > 0
    ON CONFLICT (act_id, table_name) DO UPDATE SET keys = import_added.keys || excluded.keys
"""
_BEFORE: Final = """
    INSERT INTO register.import_before (act_id, table_name, key, before)
    SELECT audit.current_act(), '{table}', {key}, {row} FROM register.{table} t WHERE {where}
    ON CONFLICT DO NOTHING
"""
REVIVED: Final = "t.valid_to IS NOT NULL AND t.act_id IN (SELECT undone_act FROM register.import_batch WHERE undone_act IS NOT NULL)"
"""A record that only lies still because its import was taken back: the mended file brings it into force again."""


def key_of(table: str, alias: str = "t") -> str:
    """SQL that names one row of a table as text: its primary key, joined by ``|``."""
    return " || '|' || ".join(f"{alias}.{column.name}::text" for column in TABLES[table].primary_key)


def columns_of(table: str) -> list[str]:
    """The columns of a record that an import may have changed."""
    described = TABLES[table]
    keys = {column.name for column in described.primary_key}
    return [c.name for c in described.columns if c.name not in keys | set(UNSTEADY) and c.computed is None]


def keep_added(db: Session, table: str, keys: str) -> None:
    """Keep which rows are new; ``keys`` is a query that gives the text of ``key_of``, put together in this package."""
    if table in TABLES:
        db.execute(text(_ADDED.format(table=table, keys=keys)))


def keep_before(db: Session, table: str, where: str) -> None:
    """Keep the rows ``t`` of a table as they are, before they change; ``where`` is SQL of this package."""
    if table in TABLES:
        statement = _BEFORE.format(table=table, key=key_of(table), row=_row(table), where=where)
        db.execute(text(statement))


def _row(table: str) -> str:
    """The row as JSON. A shape goes as its hex form, which PostGIS reads back without loss; GeoJSON would round it."""
    shapes = [c.name for c in TABLES[table].columns if "geometry" in str(c.type).lower()]
    exact = ", ".join(f"'{name}', t.{name}::text" for name in shapes)
    return f"to_jsonb(t) || jsonb_build_object({exact})"
