"""The register at the desk (地名登记): lists by category, township and state, one record with its past, corrections."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final, Literal

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import BadInput, Conflict, NotFound

Table = Literal["place", "road", "address"]
WORDS: Final[Mapping[str, str]] = {"place": "地名", "road": "道路", "address": "地址"}

_LISTS: Final = {
    "place": "SELECT t.code, t.standard_name AS name, t.category AS class, t.state, t.division, t.valid_from, t.made_up, "
             "t.version, t.romanisation AS extra FROM register.place t",
    "road": "SELECT t.code, t.name, t.road_class AS class, t.state, t.division, t.valid_from, t.made_up, t.version, "
            "t.romanisation AS extra FROM register.road t",
    "address": "SELECT t.code, t.standard_address AS name, t.handle_kind AS class, "
               "CASE WHEN t.valid_to IS NULL THEN '现行' ELSE '注销' END AS state, t.division, t.valid_from, t.made_up, t.version, "
               "t.name AS extra FROM register.address t",
}  # fmt: skip
_WANTED: Final = """
    SELECT q.*, d.name AS division_name FROM ({rows}) q LEFT JOIN register.division d ON d.code = q.division
    WHERE (:q = '' OR position(:q IN q.name) > 0 OR q.code = :q) AND (:state = '' OR q.state = :state)
      AND (:class = '' OR q.class = :class) AND (:town = '' OR left(q.division, 9) = left(:town, 9))
"""
_SHAPES: Final = {
    "place": "SELECT ST_AsGeoJSON(geom, 6)::json FROM register.place WHERE code = :code",
    "road": "SELECT ST_AsGeoJSON(ST_LineMerge(ST_Collect(geom)), 6)::json FROM register.road_segment "
            "WHERE road = :code AND (valid_to IS NULL OR NOT EXISTS "
            "(SELECT FROM register.road_segment s WHERE s.road = :code AND s.valid_to IS NULL))",
    "address": "SELECT ST_AsGeoJSON(ST_Collect(geom), 7)::json FROM register.address_point WHERE address = :code",
}  # fmt: skip
FIELDS: Final[Mapping[str, Mapping[str, str]]] = {
    "place": {"romanisation": "罗马字母拼写", "pinyin": "汉语拼音", "origin": "来历", "meaning": "含义", "history": "历史沿革",
              "location": "位置描述", "class_code": "类别代码"},
    "road": {"romanisation": "罗马字母拼写", "pinyin": "汉语拼音", "road_class": "道路等级", "width_m": "宽度（米）",
             "start_text": "起点", "end_text": "止点", "direction": "走向", "meaning": "含义"},
    "address": {"name": "名称", "note": "备注"},
}  # fmt: skip
"""What may be corrected in place. A name changes by an act (更名), a position by import or survey."""
_MOST: Final = 2000


@dataclass(frozen=True, slots=True)
class Listed:
    """One row of a list."""

    code: str
    name: str
    kind: str
    state: str
    division: str
    division_name: str
    extra: str
    made_up: bool


@dataclass(frozen=True, slots=True)
class Past:
    """One step in the past of a record, in the words of ``desk.timeline``."""

    at: datetime
    label: str
    actor: str
    note: str


def page(
    db: Session,
    table: Table,
    *,
    q: str = "",
    state: str = "",
    kind: str = "",
    town: str = "",
    after: str = "",
    most: int = 50,
) -> tuple[list[Listed], str]:
    """Records of a filter in the order of their codes, and the cursor of the next page (empty on the last)."""
    rows = db.execute(
        text(_WANTED.format(rows=_LISTS[table]) + " AND q.code > :after ORDER BY q.code LIMIT :most"),
        {"q": q, "state": state, "class": kind, "town": town, "after": after, "most": most + 1},
    ).all()  # fmt: skip
    found = [
        Listed(r.code, r.name, r.__getattr__("class"), r.state, r.division or "", r.division_name or "", r.extra, r.made_up)
        for r in rows[:most]
    ]  # fmt: skip
    return found, found[-1].code if len(rows) > most else ""


def total(db: Session, table: Table, *, q: str = "", state: str = "", kind: str = "", town: str = "") -> int:
    """How many records a filter has."""
    asked = {"q": q, "state": state, "class": kind, "town": town}
    return int(db.scalar(text(f"SELECT count(*) FROM ({_WANTED.format(rows=_LISTS[table])}) w"), asked) or 0)  # noqa: S608


def towns(db: Session) -> list[tuple[str, str]]:
    """Townships of the counties that have names: code and name, for a filter."""
    rows = db.execute(text("""
        SELECT code, name FROM register.division WHERE level = 4 AND valid_to IS NULL AND left(code, 6) IN
          (SELECT DISTINCT left(division, 6) FROM register.road UNION SELECT DISTINCT left(division, 6) FROM register.place)
        ORDER BY code
    """))  # fmt: skip
    return [(row[0], row[1]) for row in rows]


def record(db: Session, table: Table, code: str) -> dict[str, Any]:
    """Every column of one record but its geometry, with the name of its division.

    Raises:
        NotFound: there is none.
    """
    row = db.execute(
        text(f"SELECT t.*, d.name AS division_name FROM register.{table} t "  # noqa: S608
             "LEFT JOIN register.division d ON d.code = t.division WHERE t.code = :code"),
        {"code": code},
    ).one_or_none()  # fmt: skip
    if row is None:
        raise NotFound(f"没有编码为 {code} 的{WORDS[table]}。", "核对编码，或从清单里查找。")
    found = row._asdict()
    found.pop("geom", None)
    found["title"] = found.get("standard_name") or found.get("standard_address") or found.get("name")
    return found


def shape(db: Session, table: Table, code: str) -> dict[str, Any] | None:
    """The record's geometry as GeoJSON, CGCS2000 degrees; None where it has none."""
    found: dict[str, Any] | None = db.scalar(text(_SHAPES[table]), {"code": code})
    return found


def aliases(db: Session, table: Table, code: str) -> list[Any]:
    """Other names: alias, kind, valid_from, valid_to, source_doc."""
    return list(db.execute(
        text(f"SELECT a.alias, a.kind, a.valid_from, a.valid_to, a.source_doc FROM register.alias a "  # noqa: S608
             f"JOIN register.alias_target t ON t.alias = a.id WHERE t.{table} = :code "
             "AND (a.valid_from IS DISTINCT FROM a.valid_to OR a.valid_to IS NULL) ORDER BY a.valid_to NULLS FIRST, a.alias"),
        {"code": code},
    ))  # fmt: skip


def past(db: Session, table: Table, code: str) -> list[Past]:
    """What happened to a record (历史): every write the audit has of it, oldest first."""
    rows = db.execute(
        text("SELECT at, actor, action, operation, new_values FROM audit.entry WHERE table_name = :t "
             "AND key ->> 'code' = :code ORDER BY id LIMIT 200"),
        {"t": f"register.{table}", "code": code},
    )  # fmt: skip
    return [
        Past(r.at, _word(r.action, r.operation), r.actor, _changed(table, r.new_values or {})) for r in rows
    ]


def correct(db: Session, table: Table, code: str, values: Mapping[str, str], *, version: int) -> int:
    """Correct some fields of a record made on a version; gives the new version. The caller has named the act.

    Raises:
        NotFound: no such record.
        BadInput: a field that may not be corrected here, too long, or no number.
        Conflict: somebody changed it since, or it has ended.
    """
    if unknown := sorted(values.keys() - FIELDS[table].keys()):
        raise BadInput(f"这里不能改“{unknown[0]}”。", "名称请走更名办理。", code="field")
    row = db.execute(
        text(f"SELECT version, valid_to FROM register.{table} WHERE code = :code FOR UPDATE"),  # noqa: S608
        {"code": code},
    ).one_or_none()
    if row is None:
        raise NotFound(f"没有编码为 {code} 的{WORDS[table]}。", "核对编码。")
    if row.version != version:
        raise Conflict(
            f"这条记录已被别人修改（现为第 {row.version} 版）。", "刷新后重新修改。", code="version"
        )
    if row.valid_to is not None:
        raise Conflict("这条记录已停用。", "停用的记录不能修改。")
    given = {name: _value(name, FIELDS[table][name], value) for name, value in values.items()}
    if not given:
        return version
    sets = ", ".join(f"{name} = :{name}" for name in given)
    db.execute(text(f"UPDATE register.{table} SET {sets}, version = version + 1 WHERE code = :code"),  # noqa: S608
               {**given, "code": code})  # fmt: skip
    return version + 1


def _value(name: str, title: str, given: str) -> object:
    said = given.strip()
    if len(said) > _MOST:
        raise BadInput(f"{title}超过 {_MOST} 字。", "请缩短。", code="field")
    if name != "width_m":
        return said
    if not said:
        return None
    try:
        width = float(said)
    except ValueError:
        raise BadInput(f"{title}“{said}”不是数字。", "请填数字，不知道就留空。", code="field") from None
    if not 0 < width < 300:
        raise BadInput(f"{title}“{said}”不合理。", "请填 0 到 300 之间的数。", code="field")
    return width


_ACTIONS: Final = {"rename": "更名", "retire": "销名", "merge": "并名", "undo": "撤销", "import": "导入", "correct": "更正",
                   "enter": "登记", "add": "登记", "decide": "一路多名判定"}  # fmt: skip
_OPERATIONS: Final = {"insert": "登记", "update": "修改", "delete": "删除"}


def _word(action: str, operation: str) -> str:
    parts = action.replace("_", ".").split(".")
    return next(
        (_ACTIONS[part] for part in reversed(parts) if part in _ACTIONS),
        _OPERATIONS.get(operation, operation),
    )


def _changed(table: Table, values: Mapping[str, Any]) -> str:
    words = {**FIELDS[table], "standard_name": "名称", "name": "名称", "state": "状态", "standard_address": "标准地址",
             "valid_to": "停用日期", "heritage": "保护名录"}  # fmt: skip
    said = [
        f"{words[name]}：{value}"
        for name, value in values.items()
        if name in words and value not in (None, "")
    ]
    return "；".join(said)[:300]
