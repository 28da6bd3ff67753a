"""Which way a point lies from another, in the eight winds (方位)."""

from __future__ import annotations

import math

_WINDS = ("北", "东北", "东", "东南", "南", "西南", "西", "西北")


def wind(from_lon: float, from_lat: float, to_lon: float, to_lat: float) -> str:
    """Direction of the second point seen from the first, empty when they are the same; degrees of one datum."""
    east = (to_lon - from_lon) * math.cos(math.radians(from_lat))
    north = to_lat - from_lat
    if abs(east) < 1e-7 and abs(north) < 1e-7:
        return ""
    return _WINDS[round(math.degrees(math.atan2(east, north)) / 45) % 8]
