"""What stands on a print sheet, read from the published views: areas, roads, points, and the names for the index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry
from sqlalchemy import text
from sqlalchemy.orm import Session

from geo.problems import BadInput, NotFound

#: Kind of sheet -> its words.
KINDS: Final = {"district": "行政区划图", "town": "镇街地图", "roads": "路名图"}
_AREA = text(
    "SELECT name, level, made_up, ST_AsBinary(geom) AS shape FROM published.division_area WHERE code = :code"
)
_DIVISION = text("SELECT name, level FROM published.division WHERE code = :code")
_PARTS = text("""
SELECT register.village_text(name) AS name, ST_AsBinary(geom) AS shape FROM published.division_area
WHERE level = :level AND code LIKE :prefix || '%' ORDER BY code
""")
_ROADS = text("""
SELECT coalesce(s.road, '') AS code, s.name, s.road_class, s.made_up, ST_AsBinary(s.geom) AS shape
FROM published.road_segment s
WHERE s.geom && ST_MakeEnvelope(:west, :south, :east, :north, 4490) ORDER BY s.id
""")
_PLACES = text("""
SELECT standard_name AS name, category, heritage NOT IN ('', '否') AS kept, made_up,
       ST_AsBinary(CASE WHEN ST_GeometryType(geom) = 'ST_Point' THEN geom ELSE ST_PointOnSurface(geom) END) AS shape
FROM published.place WHERE geom && ST_MakeEnvelope(:west, :south, :east, :north, 4490) AND category <> 'A' ORDER BY code
""")
_MEALS = text("""
SELECT name, made_up, ST_AsBinary(geom) AS shape FROM published.meal_point
WHERE state = 'open' AND division LIKE :prefix || '%' AND geom IS NOT NULL ORDER BY code
""")
_CEMETERIES = text("""
SELECT name, made_up, ST_AsBinary(geom) AS shape FROM published.cemetery
WHERE division LIKE :prefix || '%' AND geom IS NOT NULL ORDER BY code
""")
_LENGTHS: Final = {3: 6, 4: 9}
_EDGES: Final = {3: ("区县界", "镇街界"), 4: ("镇街界", "村社区界")}


@dataclass(frozen=True, slots=True)
class Road:
    """A road's line with its name; ``code`` is empty for a piece without a name."""

    code: str
    name: str
    road_class: str
    shape: BaseGeometry


@dataclass(frozen=True, slots=True)
class Spot:
    """A named point; ``kind`` is place, heritage, meal or cemetery."""

    name: str
    kind: str
    shape: BaseGeometry


@dataclass(frozen=True, slots=True)
class Contents:
    """Everything on a sheet, in degrees.

    Attributes:
        kind: of the sheet.
        title: over the map.
        area: what the sheet is about.
        parts: names and areas of the divisions inside, villages as addresses call them.
        roads: pieces in and around the area.
        spots: points inside the area.
        made_up: whether anything on it is made up.
        edges: what its own line and the lines inside it are called.
    """

    kind: str
    title: str
    area: BaseGeometry
    parts: Sequence[tuple[str, BaseGeometry]] = ()
    roads: Sequence[Road] = ()
    spots: Sequence[Spot] = ()
    made_up: bool = False
    edges: tuple[str, str] = ("", "")


def contents_of(db: Session, kind: str, division: str) -> Contents:
    """What the sheet of a kind shows of a division.

    Args:
        db: the unit of work.
        kind: ``district``, ``town`` or ``roads``.
        division: twelve digits; a district or a township.

    Raises:
        BadInput: no such kind of sheet, or the division is of another level.
        NotFound: no such division, or nothing known of where it lies.
    """
    if kind not in KINDS:
        raise BadInput(f"没有“{kind}”这种图纸。", f"可选：{'、'.join(KINDS)}。", code="paper.kind")
    told = db.execute(_DIVISION, {"code": division}).one_or_none()
    if told is None or told.level not in _LENGTHS:
        raise NotFound("没有这个区或镇街。", "请从地图页的清单里选择。")
    if {"district": 3, "town": 4}.get(kind, told.level) != told.level:
        raise BadInput(
            f"“{told.name}”不能画{KINDS[kind]}。", "行政区划图选区县，镇街地图选镇街。", code="paper.division"
        )
    prefix = division[: _LENGTHS[told.level]]
    area = _area(db, division, prefix)
    box = dict(zip(("west", "south", "east", "north"), area.buffer(0.01).bounds, strict=True))
    roads, roads_made_up = _roads(db, box)
    parts = [
        (row.name, _shape(row)) for row in db.execute(_PARTS, {"level": told.level + 1, "prefix": prefix})
    ]
    spots, spots_made_up = ([], False) if kind == "roads" else _spots(db, kind, prefix, box, area)
    # The village stands in its area already; its point among the place names would say it twice.
    spots = [s for s in spots if s.kind != "place" or not any(name.startswith(s.name) for name, _ in parts)]
    title = f"{told.name}{KINDS[kind] if kind != 'town' else '地图'}"
    made_up = roads_made_up or spots_made_up
    return Contents(kind, title, area, parts, roads, spots, made_up, _EDGES[told.level])


def _area(db: Session, division: str, prefix: str) -> BaseGeometry:
    row = db.execute(_AREA, {"code": division}).one_or_none()
    if row is not None:
        return _shape(row)
    # Without an outline the sheet shows where its registered doors stand.
    found = db.scalar(
        text("SELECT ST_AsBinary(ST_Envelope(ST_Extent(p.geom)::geometry)) FROM published.address_point p "
             "JOIN published.address a ON a.code = p.code WHERE a.division LIKE :prefix || '%'"), {"prefix": prefix},
    )  # fmt: skip
    area = shapely.from_wkb(bytes(found)) if found else None
    if area is None or area.geom_type != "Polygon":
        raise NotFound("这里没有登记范围，也没有门牌，画不出图。", "先导入区划范围或门牌。")
    return area


def _roads(db: Session, box: dict[str, float]) -> tuple[list[Road], bool]:
    rows = db.execute(_ROADS, box).all()
    return [Road(r.code, r.name, r.road_class, _shape(r)) for r in rows], any(r.made_up for r in rows)


def _spots(
    db: Session, kind: str, prefix: str, box: dict[str, float], area: BaseGeometry
) -> tuple[list[Spot], bool]:
    rows: list[tuple[str, Any]] = [("heritage" if r.kept else "place", r) for r in db.execute(_PLACES, box)]
    rows += [("meal", r) for r in db.execute(_MEALS, {"prefix": prefix})]
    rows += [("cemetery", r) for r in db.execute(_CEMETERIES, {"prefix": prefix})]
    if kind == "district":
        # At a district's scale the plain names of estates and buildings would be a grey cloud; the township's sheet has them.
        rows = [(which, r) for which, r in rows if which != "place"]
    shapely.prepare(area)
    spots = [
        Spot(r.name, which, shape) for which, r in rows if (shape := _shape(r)) and area.intersects(shape)
    ]
    return spots, any(r.made_up for _, r in rows)


def _shape(row: Any) -> BaseGeometry:
    return shapely.from_wkb(bytes(row.shape))


def shapes_of(things: Sequence[Any]) -> NDArray[np.object_]:
    """The geometries of roads or spots as one array."""
    out = np.empty(len(things), dtype=object)
    out[:] = [thing.shape for thing in things]
    return out
