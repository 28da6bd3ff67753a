"""The year's figures of what the public reports (报错), with the rows they count."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.figures import Figure

_ROWS: Final = """
    SELECT 'BC' || lpad(id::text, 6, '0') AS key, left(text, 80) AS title, to_char(made_at, 'YYYY-MM-DD') AS note,
           '/desk/reports/BC' || lpad(id::text, 6, '0') AS href
    FROM register.report WHERE {where}
"""
ROWS: Final = {
    "report.received": ("收到公众报错", _ROWS.format(where="extract(year FROM made_at) = :year"),
                        "按提交时间所在年度计。"),
    "report.decided": ("办结公众报错", _ROWS.format(where="state <> 'new' AND extract(year FROM decided_at) = :year"),
                       "按采纳或不采纳的时间所在年度计。"),
}  # fmt: skip
"""code -> what is counted, its rows, how it is counted."""


def figures(db: Session, year: int) -> list[Figure]:
    """What the office says of reports by the public in a year."""
    as_of = min(date.today(), date(year, 12, 31))
    return [
        Figure(code, label, int(db.scalar(text(f"SELECT count(*) FROM ({sql}) r"), {"year": year}) or 0), "件",  # noqa: S608
               f"/desk/statistics/rows/{code}?year={year}", rule, as_of)
        for code, (label, sql, rule) in ROWS.items()
    ]  # fmt: skip
