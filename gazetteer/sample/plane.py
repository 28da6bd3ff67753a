"""The flat map on which the sample district is drawn: metres east and north of a middle point, and lines on it.

All geometry of the sample is made up (示例数据). Only names and codes of divisions are facts.
"""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

ORIGIN: Final = (121.10, 28.62)
_EAST: Final = 111_320.0 * math.cos(math.radians(ORIGIN[1]))
_NORTH: Final = 110_850.0

# Drawn by hand, rounded; no vertex is copied from any survey or map. The north side is the sample 黄临线.
NORTH_SIDE: Final = [
    (120.92, 28.73), (120.955, 28.722), (120.985, 28.731), (121.02, 28.724), (121.05, 28.711), (121.085, 28.716),
    (121.13, 28.722), (121.165, 28.706), (121.2, 28.702), (121.24, 28.716), (121.285, 28.71), (121.335, 28.697),
]  # fmt: skip
REST: Final = [
    (121.346, 28.66), (121.343, 28.61), (121.31, 28.572), (121.262, 28.547), (121.212, 28.522), (121.152, 28.532),
    (121.09, 28.528), (121.02, 28.532), (120.95, 28.513), (120.88, 28.503), (120.853, 28.548), (120.862, 28.62),
    (120.876, 28.682),
]  # fmt: skip
RIVER: Final = [
    (120.93, 28.585), (120.965, 28.592), (121.0, 28.605), (121.05, 28.622), (121.09, 28.652), (121.13, 28.657),
    (121.165, 28.648), (121.2, 28.655), (121.235, 28.664), (121.265, 28.662), (121.3, 28.655), (121.345, 28.652),
]  # fmt: skip


def to_plane(lonlat: object) -> Floats:
    """Degrees (longitude, latitude) → metres (east, north); any shape ending in 2."""
    given = np.asarray(lonlat, dtype=np.float64)
    return (given - ORIGIN) * (_EAST, _NORTH)


def to_degrees(xy: object) -> Floats:
    """Metres (east, north) → degrees (longitude, latitude), rounded to 7 places."""
    return np.round(np.asarray(xy, dtype=np.float64) / (_EAST, _NORTH) + ORIGIN, 7)


def chainage(line: Floats) -> Floats:
    """Distance from the start to each vertex, metres."""
    steps = np.hypot(*np.diff(line, axis=0).T)
    return np.concatenate(([0.0], np.cumsum(steps)))


def length(line: Floats) -> float:
    """Length in metres."""
    return float(chainage(line)[-1])


def along(line: Floats, at: Floats, left: Floats | float = 0.0) -> Floats:
    """Points at distances ``at`` from the start, moved ``left`` metres to the left of the direction of travel."""
    marks = chainage(line)
    at = np.clip(at, 0.0, marks[-1])
    which = np.clip(np.searchsorted(marks, at, side="right") - 1, 0, len(line) - 2)
    step = np.diff(line, axis=0)[which]
    span = np.maximum(np.hypot(step[:, 0], step[:, 1]), 1e-9)
    share = (at - marks[which]) / span
    normal = np.column_stack((-step[:, 1], step[:, 0])) / span[:, None]
    return np.asarray(line[which] + step * share[:, None] + normal * np.reshape(left, (-1, 1)))


def winding(points: Floats, rng: np.random.Generator, sway: float, step: float = 120.0) -> Floats:
    """A smooth line through the points that sways from side to side by about ``sway`` metres."""
    total = length(points)
    count = max(int(total / step), 2)
    at = np.linspace(0.0, total, count + 1)
    phase = rng.uniform(0, 2 * math.pi, 2)
    left = sway * (np.sin(at / 410.0 + phase[0]) + 0.5 * np.sin(at / 170.0 + phase[1]))
    left *= np.sin(np.linspace(0.0, math.pi, count + 1)) ** 0.5
    return along(points, at, left)


def from_east_or_south(line: Floats) -> Floats:
    """The line in the order house numbers run: from its east end, or from its south end when it runs north-south."""
    run = line[-1] - line[0]
    backwards = run[0] > 0 if abs(run[0]) >= abs(run[1]) else run[1] < 0
    return line[::-1].copy() if backwards else line
