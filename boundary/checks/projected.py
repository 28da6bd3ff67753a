"""Whether the projected coordinates (纵坐标、横坐标) of a form say the same place as its longitude and latitude."""

from __future__ import annotations

import numpy as np
import shapely
from numpy.typing import NDArray

from boundary.checks.grid import grid_of
from geo.crs import convert, suspect
from geo.crs.shape import code_of_zone
from geo.problems import Finding

Floats = NDArray[np.float64]
_NEAR_DEG = 0.02
_SAME_M = 1000.0
_MERIDIANS = ("gk121.5",)


def projected_doubt(lon: Floats, lat: Floats, east: Floats, north: Floats) -> list[Finding]:
    """What is doubtful about the projected columns as a whole: exchanged axes, a zone that is not the markers' own.

    Args:
        lon, lat: CGCS2000 degrees of the markers, NaN where unknown.
        east, north: 横坐标 and 纵坐标 as written.
    """
    both = np.isfinite(lon) & np.isfinite(lat) & np.isfinite(east) & np.isfinite(north)
    if not both.any():
        return []
    lon, lat, east, north = lon[both], lat[both], east[both], north[both]
    off = [metres_off(shapely.Point(x, y), e, n) for x, y, e, n in zip(lon, lat, east, north, strict=True)]
    if np.median(off) < _SAME_M:
        return []
    around = list(shapely.box(lon - _NEAR_DEG, lat - _NEAR_DEG, lon + _NEAR_DEG, lat + _NEAR_DEG))
    return suspect(east, north, declared=grid_name(float(lon[0]), float(east[0])), region=around)


def grid_name(lon: float, east: float) -> str:
    """The grid that an easting is written in: with its zone before it, or that of the marker's own 3° zone."""
    zone = int(east // 1_000_000)
    known = 25 <= zone <= 45 or 13 < zone <= 23
    return str(code_of_zone(zone)) if known else grid_of(lon)


def metres_off(point: shapely.Point, east: float, north: float) -> float:
    """How far the projected coordinates of one marker lie from its position, under the grid that fits best."""
    grids = (grid_name(point.x, east), *_MERIDIANS)
    off = []
    for grid in grids:
        x, y = convert(point.x, point.y, "cgcs2000", grid)
        off.append(float(np.hypot(x - east, y - north)))
    return min(off)
