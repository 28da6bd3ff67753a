"""B6: whether construction crosses a line or comes near it, so that both sides must consent (条例第十条)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from boundary.checks.grid import grid_of
from geo.crs import convert


@dataclass(frozen=True, slots=True)
class Nearness:
    """How construction lies to a line: whether it crosses, and metres between them, 0 where it does."""

    crosses: bool
    distance_m: float

    def needs_consent(self, near_m: float) -> bool:
        """Whether the other side must consent."""
        return self.crosses or self.distance_m <= near_m

    def words(self) -> str:
        """跨越界线, or how far it is."""
        return "跨越界线" if self.crosses else f"距界线 {self.distance_m:.0f} 米"


def nearness(site: shapely.Geometry, line: shapely.Geometry) -> Nearness:
    """Measure a construction site against a line, both in CGCS2000 degrees, on the grid of the site's 3° zone."""
    grid = grid_of(site.centroid.x)
    flat_site, flat_line = _flat(site, grid), _flat(line, grid)
    return Nearness(bool(flat_site.intersects(flat_line)), float(flat_site.distance(flat_line)))


def _flat(shape: shapely.Geometry, grid: str) -> shapely.Geometry:
    def project(lonlat: NDArray[np.float64]) -> NDArray[np.float64]:
        return np.column_stack(convert(lonlat[:, 0], lonlat[:, 1], "cgcs2000", grid))

    return shapely.transform(shape, project)
