"""The yearly figures of boundary work (界线年度数字), each counted from rows."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.figures import Figure

HOME: Final = "/desk/boundary"
ROWS_PAGE: Final = "/desk/statistics/rows/boundary.{name}?year={year}"
ROWS: Final = {
    "boundary.markers": ("界桩", """
        SELECT code AS key, coalesce(nullif(name, ''), number) AS title, number AS note,
               '/desk/boundary/markers/' || code AS href
        FROM register.boundary_marker WHERE valid_to IS NULL
    """, "在用的界桩数，含三交点。"),
    "boundary.inspected": ("检查界桩", """
        SELECT i.id::text AS key, m.number AS title, to_char(i.inspected_at, 'YYYY-MM-DD') AS note,
               '/desk/boundary/rounds/' || i.round AS href
        FROM register.boundary_inspection i JOIN register.boundary_marker m ON m.code = i.marker
        WHERE i.withdrawn_at IS NULL AND extract(year FROM i.inspected_at AT TIME ZONE 'Asia/Shanghai') = :year
    """, "检查时间在当年的界桩联检记录数。"),
}  # fmt: skip
"""Figures that no list of the room counts by itself: what is counted, its rows (key, title, note, href), the rule."""
_COUNTS = text("""
    SELECT
      (SELECT count(*) FROM register.boundary_line WHERE valid_to IS NULL) AS lines,
      (SELECT count(*) FROM register.boundary_marker WHERE valid_to IS NULL) AS markers,
      (SELECT count(*) FROM register.boundary_round WHERE year = :year) AS rounds,
      (SELECT count(*) FROM register.boundary_round r JOIN register."case" c ON c.machine = 'boundary_round'
         AND c.subject = r.code WHERE r.year = :year AND c.state IN ('filed', 'archived')) AS done,
      (SELECT count(*) FROM register.boundary_inspection
       WHERE withdrawn_at IS NULL AND extract(year FROM inspected_at AT TIME ZONE 'Asia/Shanghai') = :year) AS inspected,
      (SELECT count(*) FROM register.boundary_event WHERE extract(year FROM found_on) = :year) AS events
""")
_RULES: Final = (
    ("lines", "界线", "条", "", "在用的界线数。"),
    ("markers", "界桩", "颗", ROWS_PAGE, "在用的界桩数，含三交点。"),
    ("rounds", "列入联检的界线", "条", "/rounds?year={year}", "当年列入联检计划的轮次数。"),
    ("done", "完成联检并备案", "条", "/rounds?year={year}&state=done", "当年轮次中已备案或归档的数。"),
    ("inspected", "检查界桩", "颗次", ROWS_PAGE, "检查时间在当年的界桩联检记录数。"),
    ("events", "界线事件", "件", "/events?year={year}", "发现日期在当年的界线事件数。"),
)


def figures(db: Session, year: int) -> list[Figure]:
    """The figures of a year; every ``href`` lists the rows that were counted."""
    counted: Any = db.execute(_COUNTS, {"year": year}).one()._mapping
    as_of = min(date.today(), date(year, 12, 31))
    return [
        Figure(f"boundary.{name}", label, int(counted[name]), unit, _address(path, name, year), rule, as_of)
        for name, label, unit, path, rule in _RULES
    ]


def _address(path: str, name: str, year: int) -> str:
    return path.format(name=name, year=year) if path == ROWS_PAGE else HOME + path.format(year=year)
