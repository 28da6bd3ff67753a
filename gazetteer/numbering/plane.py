"""Degrees to metres: a transverse Mercator plane (高斯投影) whose central meridian runs through what is measured."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
import shapely
from numpy.typing import NDArray
from pyproj import Transformer

Floats = NDArray[np.float64]


@lru_cache(maxsize=64)
def _transformer(meridian: float) -> Transformer:
    plane = f"+proj=tmerc +lat_0=0 +lon_0={meridian} +k=1 +x_0=500000 +y_0=0 +ellps=GRS80 +units=m"
    return Transformer.from_crs("EPSG:4490", plane, always_xy=True)


def meridian_of(lon: float) -> float:
    """The central meridian used near a longitude: the nearest tenth of a degree, so that scale errors stay below 1e-6."""
    return round(float(lon), 1)


def to_metres(lon: Floats, lat: Floats, meridian: float) -> Floats:
    """Metres east and north, shape (n, 2), of CGCS2000 degrees."""
    east, north = _transformer(meridian).transform(np.asarray(lon, float), np.asarray(lat, float))
    return np.column_stack([east, north])


def to_degrees(xy: Floats, meridian: float) -> Floats:
    """CGCS2000 longitude and latitude, shape (n, 2), of metres on the plane."""
    lon, lat = _transformer(meridian).transform(xy[:, 0], xy[:, 1], direction="INVERSE")
    return np.column_stack([lon, lat])


def flat(shape: shapely.Geometry, meridian: float) -> shapely.Geometry:
    """A geometry in degrees as the same geometry in metres."""
    return shapely.transform(shape, lambda c: to_metres(c[:, 0], c[:, 1], meridian))
