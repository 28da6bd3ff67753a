"""What stands on an import (其后的业务), so that it cannot be taken back: later changes of its rows, and records that name them."""

from __future__ import annotations

import uuid
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.register.importing.trace import TABLES, key_of

SHOWN: Final = 3
NAMES: Final = {
    "address": "standard_address", "division": "name", "facility": "name", "place": "standard_name", "road": "name",
}  # fmt: skip
"""The column that a person knows a record by."""
TITLES: Final = {
    "address": "地址", "address_point": "定位点", "division": "行政区划", "facility": "设施", "place": "地名",
    "road": "道路", "road_segment": "路段",
}  # fmt: skip
_SAYS: Final = {
    ("plate", "address"): "已经做了门牌", ("registration", "address"): "办过门牌登记", ("registration", "result"): "办过门牌登记",
    ("registration", "successor"): "办过门牌登记", ("number_claim", "address"): "占用着号码",
    ("number_batch_row", "address"): "在编号批次里", ("address_succession", "predecessor"): "有承继的地址",
    ("address_succession", "successor"): "承继了别的地址", ("facility", "address"): "有设施在用",
    ("alias_target", "address"): "有别名", ("alias_target", "road"): "有别名", ("alias_target", "place"): "有别名",
    ("alias_target", "division"): "有别名", ("address", "principal"): "是其他地址的主地址",
    ("meal_point", "facility"): "建了助餐台账", ("cemetery", "facility"): "建了公墓台账",
    ("plate_batch", "road"): "有门牌制作批次",
}  # fmt: skip
_IN_USE: Final = "已被{title}引用"
_TOLD: Final = {"address": "地址", "road": "道路", "place": "地名", "facility": "设施", "division": "区划", "road_segment": "路段",
                "proposal": "命名申请", "road_division": "道路", "built_up_area": "建成区", "planned_name": "地名方案"}  # fmt: skip
# Parts that an import writes with their record, and that say nothing without it.
_PARTS: Final = ("address_point",)
_REFERENCES: Final = text("""
    SELECT c.conrelid::regclass::text AS named, t.relname AS table_name, a.attname AS column_name,
           EXISTS (SELECT FROM pg_attribute v WHERE v.attrelid = c.conrelid AND v.attname = 'valid_to') AS ends
    FROM pg_constraint c
    JOIN pg_class t ON t.oid = c.conrelid
    JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = c.conkey[1]
    WHERE c.contype = 'f' AND cardinality(c.conkey) = 1 AND c.confrelid = CAST(:target AS regclass)
      AND NOT t.relname = ANY (:parts)
    ORDER BY 2, 3
""")
_CHANGED: Final = """
    SELECT count(*) AS hits, (array_agg({name} ORDER BY t.{first}))[1:{shown}] AS some
    FROM ({keys}) k (key) JOIN register.{table} t ON {key} = k.key
    WHERE t.act_id IS DISTINCT FROM :act
"""
_ADDED: Final = (
    "SELECT unnest(keys) FROM register.import_added WHERE act_id = :act AND table_name = '{table}'"
)
_TOUCHED: Final = "SELECT key FROM register.import_before WHERE act_id = :act AND table_name = '{table}'"
_NAMED: Final = """
    SELECT count(DISTINCT o.code) AS hits, (array_agg(DISTINCT o.{name}))[1:{shown}] AS some
    FROM {named} t
    JOIN ({added}) k (key) ON t.{column} = k.key
    JOIN register.{table} o ON o.code = k.key
    WHERE {in_force} {own}
"""


def obstacles(db: Session, act: uuid.UUID) -> list[str]:
    """Sentences about what was built on the rows of an import since; empty when it can be taken back.

    Args:
        db: the unit of work.
        act: the import's act, as in ``register.import_batch``.
    """
    found: list[str] = []
    for table in TABLES:
        found += _changed_since(db, act, table) + _in_use(db, act, table)
    return list(dict.fromkeys(found))


def _changed_since(db: Session, act: uuid.UUID, table: str) -> list[str]:
    if "act_id" not in TABLES[table].columns:
        return []
    query = _CHANGED.format(
        table=table, key=key_of(table), shown=SHOWN, first=next(iter(TABLES[table].primary_key)).name,
        name=f"t.{NAMES[table]}" if table in NAMES else "NULL::text",
        keys=f"{_ADDED} UNION {_TOUCHED}".format(table=table),
    )  # fmt: skip
    return _told(db, query, act, TITLES[table], "之后又改过")


def _in_use(db: Session, act: uuid.UUID, table: str) -> list[str]:
    if table not in NAMES or not db.scalar(text(_ADDED.format(table=table) + " LIMIT 1"), {"act": act}):
        return []
    found: list[str] = []
    references = db.execute(_REFERENCES, {"target": f"register.{table}", "parts": list(_PARTS)}).all()
    for reference in references:
        own = ""
        if reference.table_name in TABLES:
            key = key_of(reference.table_name)
            own = "".join(
                f" AND {key} NOT IN ({query.format(table=reference.table_name)})"
                for query in (_ADDED, _TOUCHED)
            )
        query = _NAMED.format(
            name=NAMES[table], shown=SHOWN, named=reference.named, table=table, column=reference.column_name,
            added=_ADDED.format(table=table), in_force="t.valid_to IS NULL" if reference.ends else "true", own=own,
        )  # fmt: skip
        said = _SAYS.get((reference.table_name, reference.column_name)) or _IN_USE.format(
            title=_TOLD.get(reference.table_name, "其他业务")
        )
        found += _told(db, query, act, TITLES[table], said)
    return found


def _told(db: Session, query: str, act: uuid.UUID, title: str, said: str) -> list[str]:
    # The query is put together from names of this package and of the catalogue, never from input.
    row = db.execute(text(query), {"act": act}).one()
    if not row.hits:
        return []
    names = [name for name in row.some or () if name]
    more = "等" if row.hits > len(names) else ""
    return [f"{row.hits} 条{title}{said}" + (f"：{'、'.join(names)}{more}" if names else "")]
