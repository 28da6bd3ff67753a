"""The network itself: arrays, and the shapes that scipy and shapely want made from them once."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import sparse

from geo.network.pace import Walk
from geo.network.plane import Plane

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]


@dataclass(frozen=True)
class Network:
    """Nodes and edges of a walking network, in metres on ``plane``.

    Attributes:
        plane: where the metres are counted from.
        walk: the settings that the times were made with.
        nodes: (n, 2) metres.
        ends: (m, 2) the node that each edge begins and ends at.
        length_m: (m,) of each edge.
        forward_s: (m,) seconds from first to second end.
        backward_s: (m,) the other way; different on slopes.
        component: (n,) the connected part that a node belongs to, the largest is 0.
        coordinates: (k, 2) vertices of all edges, one after the other.
        offsets: (m + 1,) where each edge's vertices begin.
        digest: SHA-256 of what it was built from.
    """

    plane: Plane
    walk: Walk
    nodes: Floats
    ends: Ints
    length_m: Floats
    forward_s: Floats
    backward_s: Floats
    component: Ints
    coordinates: Floats
    offsets: Ints
    digest: str = ""

    @cached_property
    def lines(self) -> NDArray[np.object_]:
        """Every edge as a line, in metres."""
        of = np.repeat(np.arange(len(self.ends)), np.diff(self.offsets))
        return np.asarray(shapely.linestrings(self.coordinates, indices=of), dtype=object)

    @cached_property
    def tree(self) -> shapely.STRtree:
        """Index over ``lines``."""
        return shapely.STRtree(self.lines)

    @cached_property
    def component_size(self) -> Ints:
        """Nodes of each component."""
        return np.bincount(self.component, minlength=1).astype(np.int64)

    @cached_property
    def arcs(self) -> tuple[Ints, Ints, Floats]:
        """From, to, seconds: each edge both ways, the quicker one where two join the same nodes."""
        tail = np.concatenate([self.ends[:, 0], self.ends[:, 1]])
        head = np.concatenate([self.ends[:, 1], self.ends[:, 0]])
        cost = np.maximum(np.concatenate([self.forward_s, self.backward_s]), 1e-6)
        order = np.lexsort((cost, head, tail))
        tail, head, cost = tail[order], head[order], cost[order]
        first = np.ones(len(tail), dtype=bool)
        first[1:] = (tail[1:] != tail[:-1]) | (head[1:] != head[:-1])
        keep = first & (tail != head)
        return tail[keep], head[keep], cost[keep]

    def graph(self, more: int = 0, extra: tuple[Ints, Ints, Floats] | None = None) -> sparse.csr_array:
        """The arcs as a sparse matrix with ``more`` nodes and ``extra`` arcs at its end."""
        tail, head, cost = self.arcs
        if extra is not None:
            tail, head, cost = (np.concatenate(pair) for pair in zip((tail, head, cost), extra, strict=True))
        size = len(self.nodes) + more
        return sparse.csr_array((cost, (tail, head)), shape=(size, size))
