"""The plane of a sheet: Gauss-Krüger (CGCS2000) on the meridian through its middle, so that lengths on paper are true."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray
from shapely.geometry.base import BaseGeometry

from geo.crs import convert
from tiles.paper.formats import Frame


@dataclass(frozen=True, slots=True)
class Ground:
    """From degrees to metres east and north of the sheet's middle.

    On the middle meridian the projection's own scale is 1; ten kilometres beside it a metre is long by a micron.
    """

    system: str
    east: float
    north: float

    def metres(self, shapes: NDArray[np.object_]) -> NDArray[np.object_]:
        """Geometries in metres from the middle."""
        if not len(shapes):
            return shapes
        return np.asarray(shapely.transform(shapes, self._moved), dtype=object)

    def _moved(self, lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        east, north = convert(lonlat[:, 0], lonlat[:, 1], "cgcs2000", self.system)
        return np.column_stack([east - self.east, north - self.north])


def ground_of(area: BaseGeometry) -> Ground:
    """The plane whose middle is the middle of the area (degrees)."""
    west, south, east, north = area.bounds
    lon, lat = (west + east) / 2, (south + north) / 2
    system = f"gk{lon:.4f}"
    middle_east, middle_north = convert([lon], [lat], "cgcs2000", system)
    return Ground(system, float(middle_east[0]), float(middle_north[0]))


def on_paper(shapes: NDArray[np.object_], frame: Frame, scale: int) -> NDArray[np.object_]:
    """Geometries in metres from the middle as millimetres on the paper, y downwards, cut at the frame."""
    if not len(shapes):
        return shapes
    k = 1000 / scale
    middle = (frame.left + frame.width / 2, frame.top + frame.height / 2)
    placed = shapely.transform(
        shapes, lambda at: np.column_stack([middle[0] + at[:, 0] * k, middle[1] - at[:, 1] * k])
    )
    return np.asarray(
        shapely.clip_by_rect(placed, frame.left, frame.top, frame.left + frame.width, frame.top + frame.height), dtype=object,
    )  # fmt: skip
