"""Which map tiles an inspector takes along: those around each marker, at the zooms that are used on foot.

Their addresses lie in the browser's cache in the clear. The deepest are some 500 m wide here and come three by three, so
they tell less of a marker's place than the public layer, which is rounded to 100 m.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from typing import Final

ZOOMS: Final = (11, 12, 13, 14, 15, 16)
_REACH: Final = 1
"""Tiles on each side of the one that the marker stands in."""


def tiles_around(points: Iterable[tuple[float, float]]) -> list[tuple[int, int, int]]:
    """Zoom, column and row of every tile, each once, coarse ones first."""
    found: set[tuple[int, int, int]] = set()
    for lon, lat in points:
        for z in ZOOMS:
            x, y = _tile(lon, lat, z)
            found |= {
                (z, x + dx, y + dy) for dx in range(-_REACH, _REACH + 1) for dy in range(-_REACH, _REACH + 1)
            }
    return sorted(found)


def _tile(lon: float, lat: float, z: int) -> tuple[int, int]:
    side, turn = 2**z, math.radians(lat)
    y = (1 - math.asinh(math.tan(turn)) / math.pi) / 2
    return int((lon + 180) / 360 * side), int(y * side)
