"""Import of divisions (行政区划): codes of 6, 9 or 12 digits, parents told by the code where not given."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import text

from gazetteer.register.importing.load import Counts, Load
from gazetteer.register.importing.upsert import upsert

TYPES: Final = {
    "code": "text", "name": "text", "level": "int", "parent": "text", "short": "text", "kind": "text",
    "pinyin": "text", "valid_from": "date", "valid_to": "date", "made_up": "boolean", "source": "text",
    "crs_source": "text", "geom": "geometry",
}  # fmt: skip
_PARENTS: Final = """
    UPDATE incoming i SET parent = (
      SELECT c.code FROM (
        SELECT code FROM incoming UNION SELECT code FROM register.division
      ) c
      WHERE c.code <> i.code AND c.code IN (rpad(left(i.code, 9), 12, '0'), rpad(left(i.code, 6), 12, '0'),
                                            rpad(left(i.code, 4), 12, '0'), rpad(left(i.code, 2), 12, '0'))
      ORDER BY c.code DESC LIMIT 1)
    WHERE parent = '' AND level > 1
"""
_READY: Final = """
    CREATE TEMP TABLE ready ON COMMIT DROP AS
    SELECT i.*, nullif(i.parent, '') AS above, d.code AS existing,
           CASE WHEN ST_Dimension(geom) = 0 THEN geom ELSE d.point END AS at,
           CASE WHEN ST_Dimension(geom) = 2 THEN ST_Multi(geom) ELSE d.boundary END AS area
    FROM incoming i LEFT JOIN register.division d USING (code)
"""


def load_divisions(load: Load) -> None:
    """Check the rows and stage them."""
    sheet = load.sheet
    columns: dict[str, Any] = load.columns()
    columns["code"] = _padded(sheet.values("code"))
    for i, code in enumerate(columns["code"]):
        if len(code) != 12 and i not in sheet.refused:
            sheet.refuse(i, "import.code", "区划代码", f"“{code}”不是 6、9 或 12 位数字", "改正代码")
    given = sheet.values("level")
    columns["level"] = [level or _level(code) for level, code in zip(given, columns["code"], strict=True)]
    columns["parent"] = _padded(sheet.values("parent"))
    for name in ("name", "short", "pinyin"):
        columns[name] = sheet.values(name)
    columns["kind"] = sheet.values("type")
    load.stage(TYPES, columns)
    load.refuse_doubles("code", "区划代码")
    load.session.execute(text(_PARENTS))
    load.refuse_where(
        "import.parent", "上级代码",
        "SELECT row, format('没有代码为 %s 的上级区划', parent) FROM incoming i WHERE parent <> '' "
        "AND NOT EXISTS (SELECT FROM incoming p WHERE p.code = i.parent) "
        "AND NOT EXISTS (SELECT FROM register.division d WHERE d.code = i.parent) ORDER BY row",
        "先导入上级区划，或改正上级代码",
    )  # fmt: skip


def write_divisions(load: Load) -> Counts:
    """Insert and update; what the file has no column for stays."""
    load.session.execute(text(_READY))
    load.session.execute(text("ALTER TABLE ready DROP COLUMN parent"))
    load.session.execute(text("ALTER TABLE ready RENAME above TO parent"))
    load.session.execute(text("ALTER TABLE ready RENAME at TO point"))
    load.session.execute(text("ALTER TABLE ready RENAME area TO boundary"))
    optional = {"short": "short", "type": "kind", "pinyin": "pinyin", "valid_from": "valid_from",
                "valid_to": "valid_to", "made_up": "made_up"}  # fmt: skip
    columns = ["name", "level", "parent", *(c for f, c in optional.items() if load.sheet.has(f))]
    if load.positions.present:
        columns += ["point", "boundary", "crs_source"]
    return upsert(load.session, "division", [*columns, "source"], staged="ready")


def _padded(codes: list[Any]) -> list[str]:
    return [code.ljust(12, "0") if code and len(code) in (2, 4, 6, 9) else code or "" for code in codes]


def _level(code: str) -> int:
    """The level that a 12-digit code stands for."""
    for level, end in ((1, 2), (2, 4), (3, 6), (4, 9)):
        if not code[end:].strip("0"):
            return level
    return 5
