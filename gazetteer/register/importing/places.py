"""Import of place names (地名)."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import text

from gazetteer.register.importing.load import Counts, Load
from gazetteer.register.importing.named import divisions_of, text_columns
from gazetteer.register.importing.upsert import upsert

_TEXTS: Final = {
    "nat_code": "national_code", "class_code": "class_code", "specific": "specific", "generic": "generic",
    "roman": "romanisation", "pinyin": "pinyin", "origin": "origin", "meaning": "meaning", "history": "history",
    "heritage": "heritage", "location": "location",
}  # fmt: skip
_STATES: Final = ("拟命名", "现行", "更名", "销名", "未登记")
_CATEGORIES: Final = {
    "自然地理实体": "A", "山水": "A", "行政区划": "B", "村": "C", "居民点": "C", "自然村": "C", "公园": "D", "自然保护地": "D",
    "街路巷": "E", "住宅区": "F", "楼宇": "F", "小区": "F", "设施": "G", "其他": "H", "": "H",
}  # fmt: skip
TYPES: Final = dict.fromkeys(("code", "standard_name", "category", "state", "division", *_TEXTS.values()), "text") | {
    "valid_from": "date", "valid_to": "date", "made_up": "boolean", "source": "text", "crs_source": "text",
    "geom": "geometry",
}  # fmt: skip
# Without a code a place is known by its name in its division, as long as only one there bears it.
_READY: Final = """
    CREATE TEMP TABLE ready ON COMMIT DROP AS
    SELECT i.*, coalesce(c.code, k.code) AS existing FROM incoming i
    LEFT JOIN register.place c ON c.code = nullif(i.code, '')
    LEFT JOIN LATERAL (
      SELECT min(p.code) AS code FROM register.place p
      WHERE i.code = '' AND p.standard_name = i.standard_name AND p.division IS NOT DISTINCT FROM i.division
        AND (p.category = i.category OR NOT :with_category) AND p.valid_to IS NOT DISTINCT FROM i.valid_to
    ) k ON true
"""


def load_places(load: Load) -> None:
    """Check the rows and stage them."""
    sheet = load.sheet
    columns: dict[str, Any] = load.columns() | text_columns(
        load, {"code": "code", "name": "standard_name", **_TEXTS}
    )
    columns["division"] = divisions_of(load, needed=False)
    columns["category"] = [_category(load, i, cell) for i, cell in enumerate(sheet.cells("category"))]
    columns["state"] = [_state(load, i, cell) for i, cell in enumerate(sheet.cells("state"))]
    load.stage(TYPES, columns)
    load.refuse_doubles("nullif(code, '')", "编码")
    load.refuse_doubles(
        "CASE WHEN code = '' THEN standard_name || '|' || category || '|' || coalesce(division, '') END",
        "标准名称",
    )
    refuse_states(load, "place")


def write_places(load: Load) -> Counts:
    """Insert and update."""
    sheet = load.sheet
    load.session.execute(text(_READY), {"with_category": sheet.has("category")})
    load.session.execute(
        text("UPDATE ready SET code = coalesce(existing, nullif(code, ''), register.new_code('P'))")
    )
    optional = _TEXTS | {
        "state": "state",
        "valid_from": "valid_from",
        "valid_to": "valid_to",
        "made_up": "made_up",
    }
    columns = ["standard_name", "category", "division", *(c for f, c in optional.items() if sheet.has(f))]
    if load.positions.present:
        columns += ["geom", "crs_source"]
    return upsert(load.session, "place", [*columns, "source"], staged="ready")


def refuse_states(load: Load, table: str) -> None:
    """Refuse rows that would jump over the table of transitions (状态流转表)."""
    load.refuse_where(
        "import.state", "状态",
        f"SELECT i.row, format('登记册里是“%s”，不能改成“%s”', t.state, i.state) FROM incoming i "
        f"JOIN register.{table} t ON t.code = i.code WHERE i.state <> t.state AND NOT EXISTS "
        f"(SELECT FROM register.name_transition n WHERE n.before = t.state AND n.state = i.state) ORDER BY i.row",
        "核对状态；销名的名称不能恢复，应当另行登记",
    )  # fmt: skip


def _category(load: Load, index: int, cell: str) -> str:
    code = cell.upper() if len(cell) == 1 else _CATEGORIES.get(cell, "")
    if code not in "ABCDEFGH" or not code:
        load.sheet.refuse(index, "import.category", "类别", f"“{cell}”不是地名类别", "写 A 到 H 中的一个字母")
    return code


def _state(load: Load, index: int, cell: str) -> str:
    if cell and cell not in _STATES:
        load.sheet.refuse(index, "import.state", "状态", f"“{cell}”不是状态", f"可用：{'、'.join(_STATES)}")
    return cell or "现行"
