"""The sides (相邻各方) of lines and markers: who must inspect, witness and sign."""

from __future__ import annotations

from sqlalchemy import text
from sqlalchemy.orm import Session


def sides_of_line(db: Session, line: str) -> dict[str, str]:
    """Division code → name of the divisions on both sides of a line, by code."""
    found = db.execute(
        text("SELECT d.code, d.name FROM register.boundary_side s JOIN register.division d ON d.code = s.division "
             "WHERE s.line = :line ORDER BY d.code"),
        {"line": line},
    )  # fmt: skip
    return {row.code: row.name for row in found}


def sides_of_marker(db: Session, marker: str) -> dict[str, str]:
    """Division code → name of every side of the lines that a marker stands on: two, or three at a tri-point."""
    found = db.execute(
        text("SELECT DISTINCT d.code, d.name FROM register.boundary_marker_line m "
             "JOIN register.boundary_side s ON s.line = m.line JOIN register.division d ON d.code = s.division "
             "WHERE m.marker = :marker ORDER BY d.code"),
        {"marker": marker},
    )  # fmt: skip
    return {row.code: row.name for row in found}
