"""Import of roads (道路): several rows of one road are its segments; rows without a name are unnamed segments."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import text

from gazetteer.register.importing.load import Counts, Load
from gazetteer.register.importing.named import divisions_of, text_columns
from gazetteer.register.importing.places import refuse_states
from gazetteer.register.importing.trace import keep_added, keep_before
from gazetteer.register.importing.upsert import upsert

_TEXTS: Final = {
    "specific": "specific", "generic": "generic", "roman": "romanisation", "pinyin": "pinyin",
    "road_class": "road_class", "start_text": "start_text", "end_text": "end_text", "direction": "direction",
    "meaning": "meaning",
}  # fmt: skip
_NUMBERS: Final = {
    "width_m": "width_m",
    "length_m": "length_m",
    "no_from": "number_from",
    "no_to": "number_to",
}
_STATES: Final = ("拟命名", "现行", "更名", "销名", "未登记")
TYPES: Final = dict.fromkeys(("code", "name", "state", "division", *_TEXTS.values()), "text") | {
    "width_m": "float8", "length_m": "float8", "number_from": "int", "number_to": "int", "valid_from": "date",
    "valid_to": "date", "made_up": "boolean", "source": "text", "crs_source": "text", "geom": "geometry",
}  # fmt: skip
# One row a road: the first of its rows speaks for all. Without a code a road is its name in its division.
_READY: Final = """
    CREATE TEMP TABLE ready ON COMMIT DROP AS
    SELECT DISTINCT ON (key) i.*, coalesce(c.code, k.code) AS existing FROM (
      SELECT *, CASE WHEN code <> '' THEN code ELSE name || '|' || division END AS key FROM incoming WHERE name <> ''
    ) i
    LEFT JOIN register.road c ON c.code = nullif(i.code, '')
    LEFT JOIN LATERAL (
      SELECT min(r.code) AS code FROM register.road r
      WHERE i.code = '' AND r.name = i.name AND r.division = i.division AND r.valid_to IS NOT DISTINCT FROM i.valid_to
    ) k ON true
    ORDER BY key, row
"""
_LINES: Final = """
    CREATE TEMP TABLE line ON COMMIT DROP AS
    SELECT DISTINCT ON (road, geom) r.code AS road, i.road_class, i.division, i.valid_from, i.valid_to, i.made_up,
           i.source, i.crs_source, (ST_Dump(i.geom)).geom AS geom
    FROM incoming i
    LEFT JOIN ready r ON i.name <> '' AND r.key = CASE WHEN i.code <> '' THEN i.code ELSE i.name || '|' || i.division END
    WHERE i.geom IS NOT NULL
"""
# A file states a road's whole line: segments of the road that it no longer has are retired, never deleted.
_GONE: Final = """
    t.valid_to IS NULL AND t.road IN (SELECT road FROM line)
    AND NOT EXISTS (SELECT FROM line l WHERE l.road = t.road AND l.geom = t.geom)
"""
_RETIRE: Final = f"""
    UPDATE register.road_segment t SET valid_to = greatest(current_date, valid_from), version = version + 1
    WHERE {_GONE}
"""
_ADD: Final = """
    INSERT INTO register.road_segment (road, road_class, division, geom, valid_from, valid_to, made_up, source, crs_source)
    SELECT l.road, l.road_class, l.division, l.geom, l.valid_from, l.valid_to, l.made_up, l.source, l.crs_source
    FROM line l
    WHERE NOT EXISTS (SELECT FROM register.road_segment s WHERE s.road IS NOT DISTINCT FROM l.road
                      AND s.geom = l.geom AND s.valid_to IS NOT DISTINCT FROM l.valid_to)
"""
_ADDED: Final = (
    "SELECT id::text FROM register.road_segment WHERE act_id = audit.current_act() AND version = 1"
)


def load_roads(load: Load) -> None:
    """Check the rows and stage them."""
    sheet = load.sheet
    columns: dict[str, Any] = load.columns()
    columns |= text_columns(load, {"code": "code", "name": "name", **_TEXTS, **_NUMBERS})
    columns["division"] = divisions_of(load, needed=True)
    columns["state"] = [
        _state(load, i, cell, columns["name"][i]) for i, cell in enumerate(sheet.cells("state"))
    ]
    for i, (name, geom) in enumerate(zip(columns["name"], columns["geom"], strict=True)):
        if not name and geom is None and i not in sheet.refused:
            sheet.refuse(i, "import.missing", "道路名称", "既没有路名也没有线", "补上路名，或删去这一行")
    for column in ("width_m", "length_m"):
        for i, value in enumerate(columns[column]):
            if value is not None and value <= 0:
                title = sheet.kind.field(column).title
                sheet.refuse(i, "import.cell", title, f"{title}是 {value:g}", "应当大于 0，不知道就留空")
    load.stage(TYPES, columns)
    load.refuse_where(
        "import.double", "编码",
        "SELECT row, format('编码 %s 在文件里有不同的路名', code) FROM (SELECT row, code, name, "
        "first_value(name) OVER (PARTITION BY code ORDER BY row) AS first FROM incoming WHERE code <> '' AND name <> '') d "
        "WHERE name <> first ORDER BY row",
        "一条路一个编码",
    )  # fmt: skip
    refuse_states(load, "road")


def write_roads(load: Load) -> Counts:
    """Insert and update roads, then their segments."""
    session, sheet = load.session, load.sheet
    session.execute(text(_READY))
    session.execute(
        text("UPDATE ready SET code = coalesce(existing, nullif(code, ''), register.new_code('R'))")
    )
    optional = _TEXTS | _NUMBERS | {"state": "state", "valid_from": "valid_from", "valid_to": "valid_to",
                                    "made_up": "made_up"}  # fmt: skip
    columns = ["name", "division", *(c for f, c in optional.items() if sheet.has(f)), "source"]
    counts = upsert(session, "road", columns, staged="ready")
    if load.positions.present:
        session.execute(text(_LINES))
        keep_before(session, "road_segment", _GONE)
        session.execute(text(_RETIRE))
        session.execute(text(_ADD))
        keep_added(session, "road_segment", _ADDED)
    return counts


def _state(load: Load, index: int, cell: str, name: str) -> str:
    if name and cell and cell not in _STATES:
        load.sheet.refuse(index, "import.state", "状态", f"“{cell}”不是状态", f"可用：{'、'.join(_STATES)}")
    return cell if cell in _STATES else "现行"
