"""Read lines (界线) with their sides, their last walk and what waits."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import NotFound

_SELECT = """
    SELECT l.code, l.name, l.level, l.length_m, l.start_text, l.end_text, l.markers, l.single, l.double, l.triple,
           l.disputed, l.approval, l.agreement, l.agreed_on, l.detail_map, l.lead, l.next_due, l.made_up,
           ST_AsBinary(l.geom) AS course,
           coalesce((SELECT string_agg(d.name, '、' ORDER BY d.code) FROM register.boundary_side s
                     JOIN register.division d ON d.code = s.division WHERE s.line = l.code), '') AS sides,
           (SELECT count(*) FROM register.boundary_marker_line x JOIN register.boundary_marker m ON m.code = x.marker
            WHERE x.line = l.code AND m.valid_to IS NULL) AS registered,
           (SELECT max(i.inspected_at)::date FROM register.boundary_inspection i
            JOIN register.boundary_round r ON r.code = i.round WHERE r.line = l.code
              AND i.withdrawn_at IS NULL AND NOT EXISTS (
                SELECT FROM register.boundary_task t WHERE t.round = r.code AND NOT EXISTS (
                  SELECT FROM register.boundary_inspection d
                  WHERE d.round = t.round AND d.marker = t.marker AND d.withdrawn_at IS NULL))) AS walked_on,
           (SELECT count(*) FROM register.boundary_event e JOIN register."case" c ON c.machine = 'boundary_event'
              AND c.subject = e.code WHERE e.line = l.code AND c.state NOT IN ('filed', 'archived')) AS open_events
    FROM register.boundary_line l WHERE l.valid_to IS NULL
"""
_LISTED = text(f"{_SELECT} AND l.code = ANY (:codes) ORDER BY l.code")


@dataclass(frozen=True, slots=True)
class Line:
    """One line; ``course`` in CGCS2000 degrees, ``walked_on`` the last day of the last round whose markers all have a record."""

    code: str
    name: str
    level: str
    length_m: float | None
    start_text: str
    end_text: str
    markers: int | None
    single: int | None
    double: int | None
    triple: int | None
    disputed: bool
    approval: str
    agreement: str
    agreed_on: date | None
    detail_map: str
    lead: str
    next_due: int | None
    made_up: bool
    course: shapely.Geometry | None
    sides: str
    registered: int
    walked_on: date | None
    open_events: int

    def age(self, on: date) -> str:
        """How long ago the line was walked, as the map colours it: fresh, ageing, due, never."""
        if self.walked_on is None:
            return "never"
        years = (on - self.walked_on).days / 365.25
        return "fresh" if years < 3 else "ageing" if years < 5 else "due"


def lines(db: Session, codes: Collection[str]) -> list[Line]:
    """Some lines in force, by code."""
    return [_line(tuple(row)) for row in db.execute(_LISTED, {"codes": list(codes)})]


def line(db: Session, code: str) -> Line:
    """One line.

    Raises:
        NotFound: no line in force has this code.
    """
    found = lines(db, [code])
    if not found:
        raise NotFound(f"没有代码为“{code}”的界线", "请核对代码")
    return found[0]


def _line(values: tuple[object, ...]) -> Line:
    row = list(values)
    row[18] = shapely.from_wkb(bytes(row[18])) if row[18] is not None else None  # type: ignore[call-overload]
    return Line(*row)  # type: ignore[arg-type]
