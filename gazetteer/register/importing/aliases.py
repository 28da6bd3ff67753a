"""Import of aliases (别名): a row an alias and target; rows of one alias and kind belong together."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import text

from gazetteer.register.importing.load import Counts, Load
from gazetteer.register.importing.named import text_columns
from gazetteer.register.rows import written

_TARGETS: Final = {
    "区划": "division", "行政区划": "division", "division": "division", "道路": "road", "街路巷": "road", "road": "road",
    "地名": "place", "自然村": "place", "小区": "place", "place": "place", "地址": "address", "address": "address", "": "",
}  # fmt: skip
TYPES: Final = {
    "alias": "text", "kind": "text", "target": "text", "code": "text", "name": "text", "source_doc": "text",
    "scope": "text", "county": "text", "valid_from": "date", "valid_to": "date", "made_up": "boolean",
    "source": "text",
}  # fmt: skip
# By code; else by the name, as long as it means one thing only.
_FOUND: Final = """
    ALTER TABLE incoming ADD division text, ADD road text, ADD place text, ADD address text;
    UPDATE incoming i SET division = d.code FROM register.division d
      WHERE target IN ('division', '') AND i.code <> '' AND d.code = rpad(i.code, 12, '0');
    UPDATE incoming i SET road = r.code FROM register.road r WHERE target IN ('road', '') AND r.code = i.code;
    UPDATE incoming i SET place = p.code FROM register.place p WHERE target IN ('place', '') AND p.code = i.code;
    UPDATE incoming i SET address = a.code FROM register.address a WHERE target IN ('address', '') AND a.code = i.code;
    UPDATE incoming i SET road = (SELECT min(r.code) FROM register.road r WHERE r.name = i.name AND r.valid_to IS NULL
                                  HAVING count(*) = 1) WHERE target = 'road' AND i.code = '';
    UPDATE incoming i SET place = (SELECT min(p.code) FROM register.place p WHERE p.standard_name = i.name
                                   AND p.valid_to IS NULL HAVING count(*) = 1) WHERE target = 'place' AND i.code = '';
    UPDATE incoming i SET division = (SELECT min(d.code) FROM register.division d WHERE d.name = i.name
                                      AND d.valid_to IS NULL HAVING count(*) = 1)
      WHERE target = 'division' AND i.code = ''
"""
_NEW: Final = """
    INSERT INTO register.alias (alias, kind, source_doc, valid_from, valid_to, source, made_up, scope)
    SELECT i.alias, i.kind, min(i.source_doc), i.valid_from, i.valid_to, min(i.source), bool_or(i.made_up),
           (SELECT ST_Multi(ST_Union(d.boundary)) FROM register.division d
            WHERE d.code = ANY (array_agg(rpad(i.scope, 12, '0'))) AND d.boundary IS NOT NULL)
    FROM incoming i
    WHERE NOT EXISTS (SELECT FROM register.alias a WHERE a.alias = i.alias AND a.kind = i.kind
                      AND a.valid_from IS NOT DISTINCT FROM i.valid_from
                      AND a.valid_to IS NOT DISTINCT FROM i.valid_to)
    GROUP BY i.alias, i.kind, i.valid_from, i.valid_to
"""
_TIES: Final = """
    INSERT INTO register.alias_target (alias, division, road, place, address)
    SELECT DISTINCT a.id, i.division, i.road, i.place, i.address FROM incoming i
    JOIN register.alias a ON a.alias = i.alias AND a.kind = i.kind
     AND a.valid_from IS NOT DISTINCT FROM i.valid_from AND a.valid_to IS NOT DISTINCT FROM i.valid_to
    ON CONFLICT DO NOTHING
"""


def load_aliases(load: Load) -> None:
    """Check the rows and stage them."""
    sheet = load.sheet
    columns: dict[str, Any] = load.columns()
    fields = ("alias", "kind", "code", "name", "source_doc", "scope", "county")
    columns |= text_columns(load, {name: name for name in fields})
    columns["target"] = [_target(load, i, cell) for i, cell in enumerate(sheet.cells("target"))]
    load.stage(TYPES, columns)
    for statement in _FOUND.split(";"):
        load.session.execute(text(statement))
    load.refuse_where(
        "import.target", "对象编码",
        "SELECT row, format('登记册里找不到“%s”所指的%s', alias, coalesce(nullif(code, ''), nullif(name, ''), '对象')) "
        "FROM incoming WHERE num_nonnulls(division, road, place, address) <> 1 ORDER BY row",
        "写明对象种类和对象编码，或先登记这个对象",
    )  # fmt: skip
    load.refuse_doubles(
        "concat_ws('|', alias, kind, valid_from, valid_to, division, road, place, address)", "别名"
    )


def write_aliases(load: Load) -> Counts:
    """Insert aliases and targets that are not there; one counts as new when a target was added."""
    session = load.session
    session.execute(text(_NEW))
    total = session.scalar(text("SELECT count(*) FROM incoming")) or 0
    added = written(session.execute(text(_TIES)))
    return Counts(inserted=added, unchanged=total - added)


def _target(load: Load, index: int, cell: str) -> str:
    if cell not in _TARGETS:
        load.sheet.refuse(
            index, "import.cell", "对象种类", f"“{cell}”不是对象种类", "可用：区划、道路、地名、地址"
        )
    return _TARGETS.get(cell, "")
