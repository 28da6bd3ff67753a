"""Whether a whole file is shifted by the offset of a web map, judged against positions that are known.

A single point proves nothing: doors are surveyed at a gate or at a roof, tens of metres apart. But the offset of
GCJ-02 and BD-09 is the same few hundred metres for the whole town, while honest differences point everywhere.
So the middle of all differences is looked at, under each datum that the file could be in.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from geo.crs.convert import convert

Floats = NDArray[np.float64]

DATUMS = ("cgcs2000", "gcj02", "bd09")
_LEAST_ROWS = 5
_LEAST_SHIFT_M = 150.0
_FAR_M = 20_000.0  # a "reference" farther away is another place of the same name, not a shifted one


@dataclass(frozen=True, slots=True)
class Shift:
    """How a file lies to known positions: the datum it fits best and the systematic difference left.

    Attributes:
        datum: the datum under which the file lies closest.
        declared_m: systematic difference in metres if the declared datum were right.
        best_m: the same under ``datum``.
        rows: how many rows had a known position nearby.
        sure: the difference is far beyond what the scatter of the rows explains.
    """

    datum: str
    declared_m: float
    best_m: float
    rows: int
    sure: bool


def shift_against(
    lon: Floats, lat: Floats, known_lon: Floats, known_lat: Floats, declared: str
) -> Shift | None:
    """Which datum a file is in, from the expected position of its rows (NaN where none is known).

    Args:
        lon, lat: the file's degrees, as written.
        known_lon, known_lat: expected positions, CGCS2000 or WGS 84 degrees, one per row.
        declared: the datum the file is said to be in.

    Returns:
        None when fewer than five rows have an expected position within 20 km.
    """
    best: dict[str, tuple[float, float]] = {}
    for datum in dict.fromkeys((declared, *DATUMS)):
        east, north = _differences(lon, lat, known_lon, known_lat, datum)
        near = np.hypot(east, north) < _FAR_M
        if near.sum() < _LEAST_ROWS:
            return None
        best[datum] = _middle(east[near], north[near])
        rows = int(near.sum())
    datum = min(best, key=lambda name: best[name][0])
    declared_m, scatter = best[declared]
    best_m = best[datum][0]
    gain = declared_m - best_m
    sure = declared_m > _LEAST_SHIFT_M and best_m < 0.5 * declared_m and gain > 3 * scatter
    return Shift(datum, declared_m, best_m, rows, bool(sure) and datum != declared)


def _differences(
    lon: Floats, lat: Floats, known_lon: Floats, known_lat: Floats, datum: str
) -> tuple[Floats, Floats]:
    """File minus known, in metres east and north, if the file is in ``datum``."""
    east, north = convert(lon, lat, datum, "cgcs2000")
    metres = 111_320.0
    return (east - known_lon) * metres * np.cos(np.radians(known_lat)), (north - known_lat) * metres


def _middle(east: Floats, north: Floats) -> tuple[float, float]:
    """Length of the median difference, and how uncertain that median is, both in metres."""
    middle_east, middle_north = np.median(east), np.median(north)
    spread = np.median(np.hypot(east - middle_east, north - middle_north))
    return float(np.hypot(middle_east, middle_north)), float(1.5 * spread / np.sqrt(len(east)))
