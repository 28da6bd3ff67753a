"""Asking the register for one page of a resource, in the order of codes; the order never changes between pages."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from api.resources.kinds import Resource
from geo.problems import BadInput

_FEATURE = """
SELECT p.code, p.made_up, jsonb_build_object(
  'type', 'Feature', 'id', p.code, 'geometry', ST_AsGeoJSON(p.geom, 7)::jsonb,
  'properties', to_jsonb(p) - '{geom,version}'::text[] || jsonb_build_object('data_note', register.data_note(p.made_up))
)::text AS feature FROM page p ORDER BY p.code
"""
_VERSION = "SELECT f.feature, (SELECT to_jsonb(p) -> 'version' FROM page p) AS version FROM feature f"
"""None where the resource has no version."""
_ROW = """
SELECT p.*, round(ST_X(ST_PointOnSurface(p.geom))::numeric, 7) AS lon,
       round(ST_Y(ST_PointOnSurface(p.geom))::numeric, 7) AS lat, register.data_note(p.made_up) AS data_note
FROM page p ORDER BY p.code
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which rows of a resource: filters, day, box, where to go on."""

    limit: int
    day: date
    after: str = ""
    q: str = ""
    bbox: tuple[float, float, float, float] | None = None
    filters: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Page:
    """One page of rows; ``cursor`` leads to the next and is empty on the last."""

    rows: list[Any]
    made_up: bool
    cursor: str


def features(db: Session, resource: Resource, wanted: Wanted) -> Page:
    """A page of GeoJSON features, each already text."""
    found, cursor = _page(db, resource, wanted, _FEATURE)
    return Page([row.feature for row in found], any(row.made_up for row in found), cursor)


def rows(db: Session, resource: Resource, wanted: Wanted) -> Page:
    """A page of flat rows with the longitude and latitude of a point on the geometry."""
    found, cursor = _page(db, resource, wanted, _ROW)
    flat = [{k: v for k, v in row._mapping.items() if k not in ("geom", "version")} for row in found]
    return Page(flat, any(row.made_up for row in found), cursor)


def one(db: Session, resource: Resource, code: str, day: date) -> tuple[str, int | None] | None:
    """The feature of one code as text and the record's version, or None where the register had none that day.

    The version is None for a resource that has none, because it changes by acts and never field by field.
    """
    sql = f"WITH page AS ({_where(resource, ['r.code = :code'])}), feature AS ({_FEATURE}) {_VERSION}"
    found = db.execute(text(sql), {"code": code, "day": day}).first()
    return (str(found.feature), found.version) if found else None


def _page(db: Session, resource: Resource, wanted: Wanted, shape: str) -> tuple[Sequence[Row[Any]], str]:
    conditions, values = _conditions(resource, wanted)
    inner = f"{_where(resource, conditions)} ORDER BY r.code LIMIT :count"
    # One row more than asked tells whether there is a next page.
    values["count"] = wanted.limit + 1
    found = db.execute(text(f"WITH page AS ({inner}) {shape}"), values).all()
    shown = found[: wanted.limit]
    return shown, write_cursor(shown[-1].code) if len(found) > wanted.limit else ""


def _where(resource: Resource, conditions: list[str]) -> str:
    return " AND ".join([resource.select, *conditions])


def _conditions(resource: Resource, wanted: Wanted) -> tuple[list[str], dict[str, Any]]:
    conditions, values = ["r.code > :after"], {"after": wanted.after, "day": wanted.day}
    for name, value in wanted.filters.items():
        conditions.append(resource.filters[name])
        values[name] = division_pattern(value) if name == "division" else value
    if wanted.q:
        conditions.append(f"{resource.named} LIKE :q")
        values["q"] = f"%{_literal(wanted.q)}%"
    if wanted.bbox:
        conditions.append(resource.spatial)
        values |= dict(zip(("west", "south", "east", "north"), wanted.bbox, strict=True))
    return conditions, values


def _literal(given: str) -> str:
    return given.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def division_pattern(code: str) -> str:
    """The LIKE pattern of a division and all below it: 331003000000 and 331003 both mean the county and its towns."""
    for width, zeros in ((9, "000"), (6, "000"), (4, "00"), (2, "00")):
        if len(code) > width and code.endswith(zeros):
            code = code[:width]
    return code + "%"


def write_cursor(code: str) -> str:
    """The opaque word that stands for *after this code*."""
    return base64.urlsafe_b64encode(code.encode()).decode().rstrip("=")


def read_cursor(cursor: str) -> str:
    """The code behind a cursor.

    Raises:
        BadInput: it was not given out here.
    """
    try:
        code = base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError, ValueError):
        code = "\0"
    if any(ord(c) < 33 for c in code):
        raise BadInput("cursor 不是本系统给出的翻页标记。", "请原样使用上一页 next 链接。", code="bad-cursor")
    return code
