"""Read markers (界桩) with their lines and reference objects."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any

import shapely
from sqlalchemy import text
from sqlalchemy.orm import Session

from boundary.checks.grid import grid_of
from boundary.forms import type_text
from geo.crs import convert
from geo.problems import NotFound

_SELECT = """
    SELECT m.code, m.number, m.name, m.level, m.standing, m.faces, m.material, m.location, m.custodian, m.entrusted,
           m.is_public, m.state, m.changes, m.height, m.north, m.east, m.made_up, m.attributes,
           m.spatial_id, m.networked, m.data_type, m.sign_codes,
           ST_X(m.geom) AS lon, ST_Y(m.geom) AS lat,
           coalesce((SELECT array_agg(x.line ORDER BY x.line) FROM register.boundary_marker_line x
                     WHERE x.marker = m.code), '{}') AS lines,
           coalesce((SELECT string_agg(l.name, '、' ORDER BY l.code) FROM register.boundary_marker_line x
                     JOIN register.boundary_line l ON l.code = x.line WHERE x.marker = m.code), '') AS line_names
    FROM register.boundary_marker m
"""
_ONE = text(f"{_SELECT} WHERE m.code = :code AND m.valid_to IS NULL")
_ON_LINE = text(
    f"{_SELECT} JOIN register.boundary_marker_line o ON o.marker = m.code AND o.line = :line "
    "WHERE m.valid_to IS NULL ORDER BY o.serial, m.code"
)
_REFERENCES = text("""
    SELECT o.marker, o.serial, o.name, o.azimuth, o.distance, ST_X(o.geom) AS lon, ST_Y(o.geom) AS lat
    FROM register.reference_object o WHERE o.marker = ANY (:codes) AND o.valid_to IS NULL ORDER BY o.marker, o.serial
""")


@dataclass(frozen=True, slots=True)
class Reference:
    """One reference object (方位物): grid azimuth in degrees, metres, its own position where the form gives it."""

    serial: int
    name: str
    azimuth: float | None
    distance: float | None
    lon: float | None
    lat: float | None


@dataclass(frozen=True, slots=True)
class Marker:
    """One marker with its precise position (CGCS2000 degrees, metres)."""

    code: str
    number: str
    name: str
    level: str
    standing: str
    faces: int | None
    material: str
    location: str
    custodian: str
    entrusted: bool
    is_public: bool
    state: str
    changes: str
    height: float | None
    north: float | None
    east: float | None
    made_up: bool
    attributes: dict[str, Any]
    spatial_id: str
    networked: bool
    data_type: str
    sign_codes: str
    lon: float | None
    lat: float | None
    lines: tuple[str, ...]
    line_names: str
    references: tuple[Reference, ...] = ()

    @property
    def shown(self) -> str:
        """What people call it: its number, else its name, else its code."""
        return self.number or self.name or self.code

    @property
    def type_text(self) -> str:
        """界桩类型 as the form writes it."""
        return type_text(self.standing, self.faces)

    @property
    def point(self) -> shapely.Point | None:
        """Its position, None where the form has none."""
        return shapely.Point(self.lon, self.lat) if self.lon is not None and self.lat is not None else None


def marker(db: Session, code: str) -> Marker:
    """One marker.

    Raises:
        NotFound: no marker in force has this code.
    """
    row = db.execute(_ONE, {"code": code}).one_or_none()
    if row is None:
        raise NotFound(f"没有代码为“{code}”的界桩", "请核对代码")
    return _with_references(db, [tuple(row)])[0]


def markers(db: Session, line: str) -> list[Marker]:
    """The markers of a line in the order of their serials."""
    return _with_references(db, [tuple(row) for row in db.execute(_ON_LINE, {"line": line})])


def place_of(marker: Marker, thing: Reference) -> shapely.Point | None:
    """Where a reference object stands: as the form gives it, else from the grid azimuth and distance; None if neither."""
    if thing.lon is not None and thing.lat is not None:
        return shapely.Point(thing.lon, thing.lat)
    if marker.point is None or thing.azimuth is None or thing.distance is None:
        return None
    grid, turn = grid_of(marker.point.x), math.radians(thing.azimuth)
    east, north = convert(marker.point.x, marker.point.y, "cgcs2000", grid)
    lon, lat = convert(
        east + thing.distance * math.sin(turn), north + thing.distance * math.cos(turn), grid, "cgcs2000"
    )
    return shapely.Point(float(lon), float(lat))


def _with_references(db: Session, rows: Sequence[tuple[Any, ...]]) -> list[Marker]:
    found = [Marker(*row[:24], tuple(row[24]), row[25]) for row in rows]  # type: ignore[call-arg]
    known: dict[str, list[Reference]] = {m.code: [] for m in found}
    for row in db.execute(_REFERENCES, {"codes": list(known)}):
        known[row.marker].append(Reference(row.serial, row.name, row.azimuth, row.distance, row.lon, row.lat))
    return [replace(m, references=tuple(known[m.code])) for m in found]
