"""A made-up boundary line 黄临线 with seven markers and the made-up tri-point 黄仙临.

Coordinates are samples: they were placed by hand and say nothing about the real line or its markers.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

import numpy as np

from gazetteer.sample.district import District
from gazetteer.sample.plane import NORTH_SIDE, along, length, to_degrees, to_plane

MARKERS: Final = 7
_OBJECTS: Final = ("独立石", "电杆", "桥头", "水泥坎角", "古树", "岩石刻痕", "路肩石", "房角", "机耕路口")


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference object (方位物) of a marker."""

    name: str
    lon: float
    lat: float
    azimuth: float
    """Grid azimuth (坐标方位角) from the marker, degrees clockwise from north."""
    distance: float
    """Metres."""


@dataclass(frozen=True, slots=True)
class Marker:
    """A boundary marker (界桩) with three reference objects."""

    code: str
    name: str
    kind: str
    """单立双面型 or 单立三面型."""
    lon: float
    lat: float
    height: float
    serial: int
    references: tuple[Reference, Reference, Reference]


def line() -> list[tuple[float, float]]:
    """Vertices of 黄临线 from the tri-point eastwards, degrees."""
    return list(NORTH_SIDE)


def markers(district: District) -> list[Marker]:
    """The tri-point first (serial 0), then seven markers in order along the line; each lies on the line."""
    rng = np.random.default_rng([district.seed, 14])
    side = to_plane(NORTH_SIDE)
    at = np.concatenate(([0.0], length(side) * np.arange(1, MARKERS + 1) / (MARKERS + 1)))
    points = along(side, at)
    made = []
    for serial, xy in enumerate(points):
        code = f"黄临{serial:02d}号" if serial else "黄仙临三交点"
        kind = "单立双面型" if serial else "单立三面型"
        lon, lat = to_degrees(xy).tolist()
        objects = tuple(_reference(xy, rng) for _ in range(3))
        height = float(np.round(rng.uniform(120, 780), 1))
        made.append(Marker(f"SAMPLE-{serial:02d}", code, kind, lon, lat, height, serial, objects))  # type: ignore[arg-type]
    return made


def _reference(xy: np.ndarray, rng: np.random.Generator) -> Reference:
    azimuth, distance = float(rng.uniform(0, 360)), float(rng.uniform(6, 60))
    turn = math.radians(azimuth)
    spot = xy + np.array([math.sin(turn), math.cos(turn)]) * distance
    lon, lat = to_degrees(spot).tolist()
    name = _OBJECTS[int(rng.integers(len(_OBJECTS)))]
    return Reference(name, lon, lat, round(azimuth, 2), round(distance, 2))
