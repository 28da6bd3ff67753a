"""Degrees to metres and back, on a plane that touches the ellipsoid in the middle of the network."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray
from pyproj import Transformer

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Plane:
    """A transverse Mercator plane about one place; true to 1 in 10,000 within 100 km of it.

    Attributes:
        lon: longitude of the middle, CGCS2000 degrees.
        lat: latitude of the middle.
    """

    lon: float
    lat: float

    @classmethod
    def about(cls, lonlat: Floats) -> Plane:
        """The plane in the middle of some points, rounded to a hundredth of a degree so that it seldom moves."""
        if not len(lonlat):
            return cls(0.0, 0.0)
        lon, lat = (lonlat.min(axis=0) + lonlat.max(axis=0)) / 2
        return cls(round(float(lon), 2), round(float(lat), 2))

    def to_metres(self, lonlat: Floats) -> Floats:
        """Metres east and north of the middle, shape (n, 2)."""
        return self._turned(lonlat, "FORWARD")

    def to_degrees(self, metres: Floats) -> Floats:
        """Longitude and latitude, shape (n, 2)."""
        return self._turned(metres, "INVERSE")

    def _turned(self, points: Floats, direction: str) -> Floats:
        given = np.asarray(points, dtype=np.float64).reshape(-1, 2)
        if not len(given):
            return given
        first, second = _transformer(self.lon, self.lat).transform(
            given[:, 0], given[:, 1], direction=direction
        )
        return np.column_stack([first, second])


@lru_cache(maxsize=16)
def _transformer(lon: float, lat: float) -> Transformer:
    target = f"+proj=tmerc +lat_0={lat} +lon_0={lon} +k=1 +x_0=0 +y_0=0 +ellps=GRS80 +units=m"
    return Transformer.from_crs("+proj=longlat +ellps=GRS80", target, always_xy=True)
