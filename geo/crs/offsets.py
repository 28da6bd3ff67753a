"""The two public offsets of Chinese web maps: GCJ-02 (火星坐标) and BD-09 (百度坐标), forward and exact back.

Own code on purpose: the packages that hold these formulas are no longer kept. The constants are those of the
widely published reverse engineering of 2010-2013 (ellipsoid of Krasovsky 1940, a short series in longitude and
latitude); every map service of the mainland shows positions that agree with it to a few centimetres.
All functions take and give numpy arrays of degrees, longitude first, and pass NaN through.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Pair = tuple[Floats, Floats]

_AXIS_M = 6378245.0  # Krasovsky 1940, the ellipsoid that the offset is computed on
_ECCENTRICITY2 = 0.00669342162296594323
_BAIDU_TURN = np.pi * 3000.0 / 180.0
# The rectangle inside which the map services apply the offset. It is coarse - it takes in parts of the
# neighbour countries - because the services themselves use it.
WEST, SOUTH, EAST, NORTH = 72.004, 0.8293, 137.8347, 55.8271
_STEPS = 8  # each step gains about three digits; more are never needed
_CLOSE = 1e-10  # degrees: a hundredth of a millimetre


def offset_applies(lon: Floats, lat: Floats) -> NDArray[np.bool_]:
    """True where the services shift positions; elsewhere both datums are WGS 84 unchanged."""
    return (lon >= WEST) & (lon <= EAST) & (lat >= SOUTH) & (lat <= NORTH)


def wgs84_to_gcj02(lon: Floats, lat: Floats) -> Pair:
    """WGS 84 to GCJ-02; points outside China come back unchanged."""
    inside = offset_applies(lon, lat)
    east, north = _gcj_offset(lon, lat)
    return np.where(inside, lon + east, lon), np.where(inside, lat + north, lat)


def gcj02_to_wgs84(lon: Floats, lat: Floats) -> Pair:
    """GCJ-02 back to WGS 84, iterated until the forward formula meets the point (far below a millimetre)."""
    inside = offset_applies(lon, lat)
    east, north = lon, lat
    for _ in range(_STEPS):
        shift_east, shift_north = _gcj_offset(east, north)
        wrong_east, wrong_north = lon - shift_east - east, lat - shift_north - north
        east, north = east + wrong_east, north + wrong_north
        if _settled(wrong_east, wrong_north):
            break
    return np.where(inside, east, lon), np.where(inside, north, lat)


def gcj02_to_bd09(lon: Floats, lat: Floats) -> Pair:
    """GCJ-02 to BD-09; points outside China come back unchanged."""
    inside = offset_applies(lon, lat)
    radius = np.hypot(lon, lat) + 0.00002 * np.sin(lat * _BAIDU_TURN)
    angle = np.arctan2(lat, lon) + 0.000003 * np.cos(lon * _BAIDU_TURN)
    east, north = radius * np.cos(angle) + 0.0065, radius * np.sin(angle) + 0.006
    return np.where(inside, east, lon), np.where(inside, north, lat)


def bd09_to_gcj02(lon: Floats, lat: Floats) -> Pair:
    """BD-09 back to GCJ-02, iterated like the GCJ-02 inverse (the usual one-step inverse is off by half a metre)."""
    inside = offset_applies(lon, lat)
    east, north = lon - 0.0065, lat - 0.006
    for _ in range(_STEPS):
        seen_east, seen_north = gcj02_to_bd09(east, north)
        wrong_east, wrong_north = lon - seen_east, lat - seen_north
        east, north = east + wrong_east, north + wrong_north
        if _settled(wrong_east, wrong_north):
            break
    return np.where(inside, east, lon), np.where(inside, north, lat)


def _settled(wrong_east: Floats, wrong_north: Floats) -> bool:
    """True when the last step moved no point by more than a hundredth of a millimetre."""
    return bool(np.nanmax(np.hypot(wrong_east, wrong_north), initial=0.0) < _CLOSE)


def _gcj_offset(lon: Floats, lat: Floats) -> Pair:
    """The shift in degrees at a point, from the shift in metres on the Krasovsky ellipsoid."""
    east_m, north_m = _gcj_metres(lon - 105.0, lat - 35.0)
    radians = np.radians(lat)
    curve = 1 - _ECCENTRICITY2 * np.sin(radians) ** 2
    meridian_m = _AXIS_M * (1 - _ECCENTRICITY2) / curve**1.5
    parallel_m = _AXIS_M / np.sqrt(curve) * np.cos(radians)
    return np.degrees(east_m / parallel_m), np.degrees(north_m / meridian_m)


def _gcj_metres(x: Floats, y: Floats) -> Pair:
    root = np.sqrt(np.abs(x))
    common = (20.0 * np.sin(6.0 * x * np.pi) + 20.0 * np.sin(2.0 * x * np.pi)) * 2.0 / 3.0
    north = -100.0 + 2.0 * x + 3.0 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * root + common
    north = north + (20.0 * np.sin(y * np.pi) + 40.0 * np.sin(y / 3.0 * np.pi)) * 2.0 / 3.0
    north = north + (160.0 * np.sin(y / 12.0 * np.pi) + 320.0 * np.sin(y * np.pi / 30.0)) * 2.0 / 3.0
    east = 300.0 + x + 2.0 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * root + common
    east = east + (20.0 * np.sin(x * np.pi) + 40.0 * np.sin(x / 3.0 * np.pi)) * 2.0 / 3.0
    east = east + (150.0 * np.sin(x / 12.0 * np.pi) + 300.0 * np.sin(x / 30.0 * np.pi)) * 2.0 / 3.0
    return east, north
