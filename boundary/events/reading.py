"""Read events of lines."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Final

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import NotFound

MACHINE: Final = "boundary_event"
"""The machine of an event in the table of cases; its subject is the event's code."""
_SELECT = """
    SELECT e.code, e.line, l.name AS line_name, e.marker,
           coalesce(nullif(m.number, ''), nullif(m.name, ''), m.code, '') AS marker_name, e.kind, e.found_on,
           e.found_by, e.found_side, f.name AS found_side_name, e.description, e.handling, e.handled_on, e.responsible, d.name AS responsible_name, e.made_up,
           c.state, s.label AS state_label, ST_AsBinary(e.geom) AS shape
    FROM register.boundary_event e JOIN register.boundary_line l ON l.code = e.line
    LEFT JOIN register.boundary_marker m ON m.code = e.marker
    LEFT JOIN register.division d ON d.code = e.responsible
    LEFT JOIN register.division f ON f.code = e.found_side
    JOIN register."case" c ON c.machine = 'boundary_event' AND c.subject = e.code
    JOIN register.case_state s ON s.machine = c.machine AND s.state = c.state
"""
_ONE = text(f"{_SELECT} WHERE e.code = :code")
_LISTED = text(f"{_SELECT} WHERE e.line = ANY (:lines) ORDER BY e.found_on DESC, e.code")
_PARTIES = text("""
    SELECT p.division, d.name, p.part, p.person, p.document, p.on_day FROM register.event_party p
    JOIN register.division d ON d.code = p.division WHERE p.event = :event ORDER BY p.on_day, p.division, p.part
""")


@dataclass(frozen=True, slots=True)
class BoundaryEvent:
    """Something that happened to a line or a marker.

    Attributes:
        found_side: the side that found it (发现方), and so the one that tells the others; None when nobody said.
        shape: where, CGCS2000, internal like the markers.
    """

    code: str
    line: str
    line_name: str
    marker: str | None
    marker_name: str
    kind: str
    found_on: date
    found_by: str
    found_side: str | None
    found_side_name: str | None
    description: str
    handling: str
    handled_on: date | None
    responsible: str | None
    responsible_name: str | None
    made_up: bool
    state: str
    state_label: str
    shape: shapely.Geometry | None

    @property
    def title(self) -> str:
        """黄临线 M1 界桩损坏."""
        return " ".join(part for part in (self.line_name, self.marker_name, self.kind) if part)


@dataclass(frozen=True, slots=True)
class Party:
    """One side's part in an event: on which day, by whom, with which document."""

    division: str
    division_name: str
    part: str
    person: str
    document: str
    on_day: date


def find(db: Session, code: str) -> BoundaryEvent:
    """One event.

    Raises:
        NotFound: no event has this code.
    """
    row = db.execute(_ONE, {"code": code}).one_or_none()
    if row is None:
        raise NotFound(f"没有编号为“{code}”的界线事件", "请核对编号")
    return _event(tuple(row))


def listed(db: Session, lines: Collection[str]) -> list[BoundaryEvent]:
    """The events of some lines, the newest first."""
    return [_event(tuple(row)) for row in db.execute(_LISTED, {"lines": list(lines)})]


def parties(db: Session, code: str) -> list[Party]:
    """Who took part, in the order of the days."""
    return [Party(*row) for row in db.execute(_PARTIES, {"event": code})]


def _event(values: tuple[object, ...]) -> BoundaryEvent:
    *rest, wkb = values
    shape = shapely.from_wkb(bytes(wkb)) if wkb is not None else None  # type: ignore[call-overload]
    return BoundaryEvent(*rest, shape)  # type: ignore[arg-type, call-arg]
