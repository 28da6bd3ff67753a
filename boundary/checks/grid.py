"""The Gauss-Krueger grid that a marker's projected coordinates and grid azimuths are counted in."""

from __future__ import annotations

import math

import numpy as np
import shapely

from geo.crs import convert
from geo.crs.shape import code_without_zone


def grid_of(lon: float) -> str:
    """The CGCS2000 3° zone of a longitude, eastings without prefix: 121.2 → ``4549``, central meridian 120°."""
    return str(code_without_zone(round(lon / 3)))


def projected(point: shapely.Point) -> tuple[float, float]:
    """横坐标 and 纵坐标 of a CGCS2000 point in its own 3° zone, metres, without the zone's number."""
    east, north = convert(point.x, point.y, "cgcs2000", grid_of(point.x))
    return float(east), float(north)


def grid_azimuth(start: shapely.Point, end: shapely.Point) -> float:
    """坐标方位角: degrees clockwise from the north of the grid of ``start``, 0 up to below 360."""
    grid = grid_of(start.x)
    east, north = convert(np.array([start.x, end.x]), np.array([start.y, end.y]), "cgcs2000", grid)
    return math.degrees(math.atan2(east[1] - east[0], north[1] - north[0])) % 360
