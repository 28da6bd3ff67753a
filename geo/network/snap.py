"""Points onto the network: the nearest edge, how far along it, how far from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.network.model import Floats, Ints, Network


@dataclass(frozen=True, slots=True)
class Snapped:
    """Points and where they stand on the network; arrays of one length.

    Attributes:
        metres: (n, 2) the points on the network's plane.
        edge: the nearest edge, -1 where none lies within ``walk.snap_m``.
        share: how far along it, 0 at its first end and 1 at its second.
        off_m: metres from the point to the edge.
    """

    metres: Floats
    edge: Ints
    share: Floats
    off_m: Floats

    @property
    def on(self) -> NDArray[np.bool_]:
        """Which points are on the network."""
        return self.edge >= 0

    def take(self, which: Ints | NDArray[np.bool_]) -> Snapped:
        """Some of the points."""
        return Snapped(self.metres[which], self.edge[which], self.share[which], self.off_m[which])


def snap(network: Network, lonlat: Floats) -> Snapped:
    """Snap points, CGCS2000 degrees, shape (n, 2), to the nearest edge.

    A point at an edge of a tiny component (``walk.island_nodes``) is off the network: such a piece is a gap
    in the register of roads, and a walk that ends there would be no answer.
    """
    metres = network.plane.to_metres(np.asarray(lonlat, dtype=np.float64).reshape(-1, 2))
    edge = np.full(len(metres), -1, dtype=np.int64)
    share, off = np.zeros(len(metres)), np.full(len(metres), np.inf)
    if not len(network.ends) or not len(metres):
        return Snapped(metres, edge, share, off)
    points = shapely.points(metres)
    found, near = network.tree.query_nearest(points, max_distance=network.walk.snap_m, all_matches=True)
    # Of equally near edges (at a junction) the first: the same answer every time.
    order = np.lexsort((near, found))
    found, first = np.unique(found[order], return_index=True)
    near = near[order][first]
    large = network.component_size[network.component[network.ends[near, 0]]] >= network.walk.island_nodes
    large |= network.component[network.ends[near, 0]] == 0
    found, near = found[large], near[large]
    lines = network.lines[near]
    edge[found] = near
    share[found] = np.clip(shapely.line_locate_point(lines, points[found], normalized=True), 0, 1)
    off[found] = shapely.distance(lines, points[found])
    return Snapped(metres, edge, share, off)
