"""Lines of sight over a grid of heights, with the earth's curve and the bending of light."""

from __future__ import annotations

import math
from typing import Final

import numpy as np
from numpy.typing import NDArray

from geo.terrain.heights import Floats, Heights

_EARTH_M: Final = 6_371_000.0
#: Share of the earth's curve that the air takes back from a line of sight.
_BENDING: Final = 0.13
_M_PER_DEGREE: Final = 111_320.0


def seen_from(
    heights: Heights, eyes: Floats, thing: tuple[float, float], *, eye_m: float = 1.5, thing_m: float = 1.5
) -> NDArray[np.int8]:
    """Which places see a thing: 1 yes, 0 hidden by the ground, -1 where heights are missing on the way.

    Args:
        heights: of the ground; woods and buildings are not in it, so what is "seen" may be hidden by them.
        eyes: (n, 2) degrees.
        thing: longitude and latitude.
        eye_m: of the eye over the ground.
        thing_m: of the thing over the ground.
    """
    target = np.array([thing], dtype=np.float64)
    top = float(heights.at(target)[0]) + thing_m
    foot = heights.at(eyes) + eye_m
    return np.array(
        [_sees(heights, eye, float(level), target[0], top) for eye, level in zip(eyes, foot, strict=True)],
        dtype=np.int8,
    )


def _sees(heights: Heights, eye: Floats, level: float, thing: Floats, top: float) -> int:
    east = (thing[0] - eye[0]) * _M_PER_DEGREE * math.cos(math.radians(float(eye[1])))
    away = math.hypot(east, (thing[1] - eye[1]) * _M_PER_DEGREE)
    if not (math.isfinite(level) and math.isfinite(top)):
        return -1
    # Half a cell a step: no ridge of the grid is stepped over.
    steps = max(2, math.ceil(away / (heights.step_lat * _M_PER_DEGREE / 2)))
    part = np.linspace(0, 1, steps + 1)[1:-1]
    ground = heights.at(eye + (thing - eye) * part[:, None])
    if np.isnan(ground).any():
        return -1
    run = part * away
    # The sphere stands highest between the two ends: s (d - s) / 2R over the straight line, less what the air bends.
    bulge = run * (away - run) / (2 * _EARTH_M) * (1 - _BENDING)
    return int((ground + bulge <= level + (top - level) * part).all())
