"""The year's figures of the repair of nonstandard addresses (存量不规范地址整改), each with the rows it counts."""

from __future__ import annotations

from datetime import date
from typing import Final

from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.figures import Figure

# One row for each address of a list that an officer decided in the year and whose decision stands.
DECIDED: Final = """
    SELECT r.batch || '-' || lpad(r.number::text, 8, '0') AS key, r.original AS title,
           coalesce(r.outcome ->> 'address', '') AS note,
           '/desk/repairs/' || r.batch || '?row=' || r.number AS href
    FROM register.repair_row r JOIN register.repair_decision d ON d.id = r.decision
    WHERE r.outcome IS NOT NULL AND d.action {actions} AND extract(year FROM d.at) = :year
"""
ROWS: Final = {
    "repair.done": ("完成存量不规范地址整改", DECIDED.format(actions="<> 'reject'"),
                    "按名单中已采用标准地址且未撤销的行计，以处理时间所在年度为准。"),
    "repair.refused": ("退回核实的不规范地址", DECIDED.format(actions="= 'reject'"),
                       "按名单中已退回且未撤销的行计，以处理时间所在年度为准。"),
}  # fmt: skip
"""code -> what is counted, its rows (key, title, note, href), how it is counted."""


def figures(db: Session, year: int) -> list[Figure]:
    """What the office reports of the repair of addresses in a year."""
    as_of = min(date.today(), date(year, 12, 31))
    return [
        Figure(
            code, label, _count(db, sql, year), "条", f"/desk/statistics/rows/{code}?year={year}", rule, as_of
        )
        for code, (label, sql, rule) in ROWS.items()
    ]


def _count(db: Session, sql: str, year: int) -> int:
    return int(db.scalar(text(f"SELECT count(*) FROM ({sql}) r"), {"year": year}) or 0)  # noqa: S608
