"""Our names in the national fields, checked before they leave."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.exchange.codes import CODE
from gazetteer.exchange.terms import Classes, classes
from geo.problems import Finding

_ROMAN: Final = re.compile(r"[A-ZÜ0-9'’ -]+")
_ROWS: Final = text("""
    SELECT e.kind, e.code, e.place_code, e.standard_name, e.category, e.class_code, e.division, e.romanisation, e.pinyin,
           e.origin, e.meaning, e.history, e.location, e.made_up, ST_AsGeoJSON(e.geom, 6, 0) AS gdm,
           ST_X(ST_PointOnSurface(e.geom)) AS lon, ST_Y(ST_PointOnSurface(e.geom)) AS lat,
           o.names AS old_name, p.name AS province, c.name AS city, a.name AS area
    FROM register.exchange_record e
    LEFT JOIN (
      SELECT coalesce(t.road, t.place) AS code, string_agg(DISTINCT a.alias, '、' ORDER BY a.alias) AS names
      FROM register.alias_target t JOIN register.alias a ON a.id = t.alias
      WHERE a.valid_to IS NOT NULL AND a.valid_from IS DISTINCT FROM a.valid_to AND coalesce(t.road, t.place) IS NOT NULL
      GROUP BY 1
    ) o ON o.code = e.code
    LEFT JOIN register.division p ON p.code = rpad(left(e.division, 2), 12, '0')
    LEFT JOIN register.division c ON c.code = rpad(left(e.division, 4), 12, '0')
    LEFT JOIN register.division a ON a.code = rpad(left(e.division, 6), 12, '0')
    WHERE (CAST(:area AS text) = '' OR left(e.division, 6) = :area)
      AND (CAST(:codes AS text[]) IS NULL OR e.code = ANY (CAST(:codes AS text[])))
    ORDER BY e.place_code, e.code
""")


@dataclass(frozen=True, slots=True)
class Ours:
    """One name of the register in the national fields; degrees CGCS2000."""

    kind: str
    code: str
    fields: Mapping[str, str]
    pinyin: str
    bounds: str
    division: str
    lon: float | None
    lat: float | None
    made_up: bool


def ours(db: Session, *, area: str = "", codes: Sequence[str] | None = None) -> list[Ours]:
    """Names in force of a county (six digits; all when empty), or some of them by their register codes."""
    rows = db.execute(_ROWS, {"area": area, "codes": None if codes is None else list(codes)})
    table = classes(db)
    return [_ours(row, table) for row in rows]


def _ours(r: Any, table: Classes) -> Ours:
    known = table.of(r.category, r.class_code)
    fields = {
        "id": r.code, "place_code": r.place_code, "standard_name": r.standard_name, "place_type": known.name,
        "place_type_code": known.code, "province_name": r.province or "", "province_code": r.division[:2] + "0000",
        "city_name": r.city or "", "city_code": r.division[:4] + "00", "area_name": r.area or "",
        "area_code": r.division[:6], "roman_alphabet_spelling": r.romanisation, "old_name": r.old_name or "",
        "place_origin": r.origin, "place_meaning": r.meaning, "place_history": r.history, "gdm": r.gdm or "",
    }  # fmt: skip
    return Ours(r.kind, r.code, fields, r.pinyin, r.location, r.division, r.lon, r.lat, r.made_up)


def check(fields: Mapping[str, str], table: Classes, row: int | None = None) -> list[Finding]:
    """What keeps a record from being filed, field by field: code, name, class, division, spelling, position."""
    found: list[Finding] = []

    def refuse(field: str, evidence: str, remedy: str) -> None:
        found.append(Finding(f"exchange.{field}", "block", field, evidence, remedy, row))

    code, area = fields.get("place_code", ""), fields.get("area_code", "")
    if not CODE.fullmatch(code):
        refuse("地名代码", f"“{code}”不是 20 位数字", "先赋地名代码")
    elif code[:6] != area or code[9:14] != fields.get("place_type_code"):
        refuse(
            "地名代码", f"{code} 与县区 {area}、类别 {fields.get('place_type_code')} 不符", "核对县区和类别"
        )
    if not 1 <= len(fields.get("standard_name", "")) <= 50:
        refuse("标准名称", "名称是空的或太长", "补上标准名称")
    if not table.has(fields.get("place_type_code", "")):
        refuse("类别代码", f"没有“{fields.get('place_type_code')}”这一类", "按类别表改正")
    spelt = fields.get("roman_alphabet_spelling", "")
    if spelt and not _ROMAN.fullmatch(spelt):
        refuse("罗马字母拼写", f"“{spelt}”不是大写字母", "按拼写规则改正")
    if not _position(fields.get("gdm", "")):
        refuse("位置", "没有位置，或不是 CGCS2000 经纬度", "在登记册里补上位置")
    return found


def _position(gdm: str) -> bool:
    try:
        at = json.loads(gdm)["coordinates"]
    except (ValueError, KeyError, TypeError):
        return False
    while at and isinstance(at[0], list):
        at = at[0]
    return len(at) >= 2 and 73 < at[0] < 136 and 3 < at[1] < 54
