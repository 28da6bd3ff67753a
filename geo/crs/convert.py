"""Move positions between reference systems, longitude (or easting) always first."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import ArrayLike
from pyproj import Transformer

from geo.crs.names import System, system
from geo.crs.offsets import Pair, bd09_to_gcj02, gcj02_to_bd09, gcj02_to_wgs84, wgs84_to_gcj02


def convert(lon: ArrayLike, lat: ArrayLike, source: str | int | System, target: str | int | System) -> Pair:
    """Positions in another reference system, as two float64 arrays of the same shape.

    WGS 84 and CGCS2000 are taken as one: at the reference epoch they differ by centimetres, which is below what
    a house number or a map tile needs. A raw satellite fix of today lies 0.7-0.9 m from CGCS2000 (epoch 2000)
    because the plate has moved; who needs that metre must use a correction service and record it.

    Args:
        lon: longitude in degrees, or easting in metres (测绘的 Y) for a projected system.
        lat: latitude in degrees, or northing in metres (测绘的 X).
        source: the system the numbers are in; see ``geo.crs.system`` for the names.
        target: the system wanted.

    Returns:
        ``(lon, lat)``; NaN stays NaN, and a point that a projection cannot take becomes NaN, never infinity.

    Raises:
        BadInput: a system is unknown or needs local parameters.
    """
    east, north = np.asarray(lon, dtype=np.float64), np.asarray(lat, dtype=np.float64)
    start, end = system(source), system(target)
    if start.name == end.name:
        return east.copy(), north.copy()
    return _from_wgs84(*_to_wgs84(east, north, start), end)


def _to_wgs84(lon: np.ndarray, lat: np.ndarray, source: System) -> Pair:
    if source.definition:
        return _project(lon, lat, source.definition, inverse=True)
    if source.name == "bd09":
        lon, lat = bd09_to_gcj02(lon, lat)
    if source.name in {"bd09", "gcj02"}:
        lon, lat = gcj02_to_wgs84(lon, lat)
    return lon, lat


def _from_wgs84(lon: np.ndarray, lat: np.ndarray, target: System) -> Pair:
    if target.definition:
        return _project(lon, lat, target.definition, inverse=False)
    if target.name in {"bd09", "gcj02"}:
        lon, lat = wgs84_to_gcj02(lon, lat)
    if target.name == "bd09":
        lon, lat = gcj02_to_bd09(lon, lat)
    return np.array(lon, dtype=np.float64), np.array(lat, dtype=np.float64)


def _project(lon: np.ndarray, lat: np.ndarray, definition: str, *, inverse: bool) -> Pair:
    transformer = _transformer(definition)
    east, north = transformer.transform(lon, lat, direction="INVERSE" if inverse else "FORWARD")
    east, north = np.asarray(east, dtype=np.float64), np.asarray(north, dtype=np.float64)
    good = np.isfinite(east) & np.isfinite(north)
    return np.where(good, east, np.nan), np.where(good, north, np.nan)


@lru_cache(maxsize=64)
def _transformer(definition: str) -> Transformer:
    """From degrees to the system's metres on its own ellipsoid; PROJ is not asked for a datum shift."""
    from pyproj import CRS

    crs = CRS.from_user_input(definition)
    return Transformer.from_crs(crs.geodetic_crs, crs, always_xy=True)
