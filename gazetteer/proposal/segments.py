"""Unnamed roads of the network (未命名道路): lines put together, where they lie, what people call them."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import shapely
from shapely.geometry.base import BaseGeometry
from sqlalchemy import text
from sqlalchemy.orm import Session

from gazetteer.naming.ground import metric
from geo.store.sight import whole

_LANE_M: Final = 12.0
_LANES: Final = frozenset({"巷弄", "村道", "小路"})
_SEGMENTS: Final = text("""
    SELECT s.id, s.road_class, s.division, s.made_up, ST_AsBinary(s.geom) AS geom,
           EXISTS (SELECT FROM register.proposal p JOIN register."case" c ON c.machine = 'proposal' AND c.subject = p.code
                   WHERE p.segments @> ARRAY[s.id] AND c.state NOT IN ('refused', 'withdrawn', 'ended')) AS taken
    FROM register.road_segment s
    LEFT JOIN register.road r ON r.code = s.road
    WHERE s.id = ANY(CAST(:ids AS bigint[])) AND s.valid_to IS NULL AND (s.road IS NULL OR r.state = '未登记')
""")
# The unregistered road whose doors stand along the line: what people already write in addresses.
_CALLED: Final = text("""
    SELECT r.code, r.name, r.width_m, count(*) AS doors
    FROM register.address_point p
    JOIN register.address a ON a.code = p.address AND a.valid_to IS NULL AND a.handle_kind = 'road'
    JOIN register.road r ON r.code = a.road AND r.state = '未登记' AND r.valid_to IS NULL
    WHERE p.geom && ST_Expand(ST_GeomFromWKB(CAST(:geom AS bytea), 4490), 0.0004)
      AND ST_DWithin(p.geom, ST_GeomFromWKB(CAST(:geom AS bytea), 4490), 0.0004)
    GROUP BY r.code HAVING count(*) >= 2 ORDER BY doors DESC, r.code LIMIT 1
""")
_DIVISION: Final = text("""
    SELECT code FROM register.division WHERE level = 4 AND valid_to IS NULL
      AND ST_Intersects(boundary, ST_GeomFromWKB(CAST(:geom AS bytea), 4490)) ORDER BY code LIMIT 1
""")
_CROSSED: Final = text("""
    SELECT DISTINCT r.name FROM register.road_segment s JOIN register.road r ON r.code = s.road AND r.state = '现行'
    WHERE s.valid_to IS NULL AND ST_DWithin(s.geom, ST_SetSRID(ST_MakePoint(:lon, :lat), 4490), 0.0004)
    ORDER BY 1 LIMIT 1
""")
_SIDES: Final = {"东西": ("东", "西"), "南北": ("南", "北")}


@dataclass(frozen=True, slots=True)
class Unnamed:
    """One unnamed road: its segments as one line, its township, and what doors along it call it."""

    ids: tuple[int, ...]
    geometry: BaseGeometry
    division: str
    road_class: str
    width_m: float | None
    record: str
    called: str
    start_text: str
    end_text: str
    direction: str
    made_up: bool

    @property
    def is_lane(self) -> bool:
        """Whether it is a lane (巷、弄) rather than a road."""
        return self.road_class in _LANES or (self.width_m is not None and self.width_m < _LANE_M)


def unnamed(db: Session, roads: Sequence[Sequence[int]]) -> list[Unnamed]:
    """The roads of the ids that bear no name and stand in no running proposal, in the order given."""
    ids = [one for road in roads for one in road]
    with whole(db):
        rows = {row.id: row for row in db.execute(_SEGMENTS, {"ids": ids})}
    found = []
    for road in roads:
        parts = [rows[one] for one in road if one in rows]
        if parts and not any(part.taken for part in parts):
            found.append(_one(db, parts))
    return found


def way(line: BaseGeometry) -> str:
    """Whether a road runs 东西 or 南北, by the box around it on the ground."""
    west, south, east, north = metric(line).bounds
    return "东西" if east - west >= north - south else "南北"


def end_points(line: BaseGeometry) -> tuple[shapely.Point, shapely.Point]:
    """Start (east or south) and end (west or north) of a road."""
    direction = way(line)
    points = sorted(
        (shapely.get_point(part, at) for part in shapely.get_parts(line) for at in (0, -1)),
        key=lambda p: -p.x if direction == "东西" else p.y,
    )
    return points[0], points[-1]


def ends(db: Session, line: BaseGeometry) -> tuple[str, str]:
    """Start and end in words: the road met there, or the side."""
    return tuple(  # type: ignore[return-value]
        db.scalar(_CROSSED, {"lon": point.x, "lat": point.y}) or f"{side}端"
        for point, side in zip(end_points(line), _SIDES[way(line)], strict=True)
    )


def _one(db: Session, parts: Sequence[Any]) -> Unnamed:
    lines = [shapely.from_wkb(bytes(part.geom)) for part in parts]
    line = shapely.line_merge(shapely.union_all(lines)) if len(lines) > 1 else lines[0]
    wkb = shapely.to_wkb(line)
    called = db.execute(_CALLED, {"geom": wkb}).first()
    division = next((part.division for part in parts if part.division), None)
    if division is None or division[6:9] == "000":
        division = db.scalar(_DIVISION, {"geom": wkb}) or division
    start, end = ends(db, line)
    width = called.width_m if called and called.width_m and math.isfinite(called.width_m) else None
    return Unnamed(
        tuple(part.id for part in parts), line, f"{str(division or '')[:9]:0<12}",
        next((part.road_class for part in parts if part.road_class), ""), width,
        called.code if called else "", called.name if called else "", start, end, f"{way(line)}走向",
        any(part.made_up for part in parts),
    )  # fmt: skip
