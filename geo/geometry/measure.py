"""Metres on the ellipsoid: length, area, distance, and where a point stands beside a line (桩号).

Everything takes CGCS2000 or WGS 84 degrees, longitude first, and measures on the GRS 80 ellipsoid.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Geod

_GEOD = Geod(ellps="GRS80")


@dataclass(frozen=True, slots=True)
class Chainage:
    """A point seen from a line.

    Attributes:
        along_m: metres along the line from its start to the foot of the point.
        off_m: metres from the foot to the point, never negative.
        side: ``left`` or ``right`` of the line's direction, ``on`` within a millimetre.
        foot: the nearest place on the line.
    """

    along_m: float
    off_m: float
    side: str
    foot: shapely.Point


def length_m(shape: shapely.Geometry) -> float:
    """Geodesic length of a line, or of all lines of a multi-line; perimeter of a polygon."""
    return float(abs(_GEOD.geometry_length(shape)))


def area_m2(shape: shapely.Geometry) -> float:
    """Geodesic area of a polygon, holes taken out; 0 for lines and points."""
    return float(sum(_polygon_area(part) for part in shapely.get_parts(shape) if part.geom_type == "Polygon"))


def distance_m(a: shapely.Point, b: shapely.Point) -> float:
    """Geodesic distance of two points."""
    return float(_GEOD.inv(a.x, a.y, b.x, b.y)[2])


def chainage(line: shapely.LineString, point: shapely.Point) -> Chainage:
    """Where a point stands along a line and on which side.

    Computed on a plane tangent near the point, exact to a millimetre within ten kilometres of it.
    """
    plane = _to_plane(shapely.get_coordinates(line), point)
    starts, steps = plane[:-1], np.diff(plane, axis=0)
    squares = (steps**2).sum(axis=1)
    share = np.clip(-(starts * steps).sum(axis=1) / np.where(squares > 0, squares, 1), 0, 1)
    feet = starts + steps * share[:, None]
    nearest = int(np.hypot(*feet.T).argmin())
    off = float(np.hypot(*feet[nearest]))
    ends = shapely.get_coordinates(line)
    foot = shapely.Point(ends[nearest] + (ends[nearest + 1] - ends[nearest]) * share[nearest])
    before = shapely.LineString([*ends[: nearest + 1], foot.coords[0]])
    cross = float(steps[nearest][0] * -starts[nearest][1] - steps[nearest][1] * -starts[nearest][0])
    side = "on" if off < 0.001 else "left" if cross > 0 else "right"
    return Chainage(length_m(before), off, side, foot)


def longest_segment(shape: shapely.Geometry) -> shapely.LineString:
    """The longest single line of a multi-line (道路最长的一段), by geodesic length."""
    return max(shapely.get_parts(shape), key=length_m)


def _polygon_area(polygon: shapely.Polygon) -> float:
    outer = abs(_GEOD.geometry_area_perimeter(shapely.Polygon(polygon.exterior))[0])
    holes = sum(abs(_GEOD.geometry_area_perimeter(shapely.Polygon(ring))[0]) for ring in polygon.interiors)
    return float(outer - holes)


def _to_plane(coordinates: NDArray[np.float64], centre: shapely.Point) -> NDArray[np.float64]:
    """Metres east and north of the centre, by geodesic azimuth and distance."""
    lon, lat = coordinates.T
    azimuth, _, distance = _GEOD.inv(np.full_like(lon, centre.x), np.full_like(lat, centre.y), lon, lat)
    angle = np.radians(azimuth)
    return np.column_stack([distance * np.sin(angle), distance * np.cos(angle)])
