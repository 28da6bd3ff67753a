"""How long it takes from many sources at once to every node: the least over all, up to a limit."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy.sparse.csgraph import dijkstra

from geo.network.model import Floats, Ints, Network
from geo.network.snap import Snapped


@dataclass(frozen=True, slots=True)
class Reach:
    """Seconds to every node.

    Attributes:
        sources: what was asked from.
        seconds: (n,) to each node, infinite beyond the limit.
        nearest: (n,) which source that is, -1 where there is none.
        limit_s: the limit.
        toward: whether the walk goes from the node to the source (uphill then is uphill for the walker).
    """

    sources: Snapped
    seconds: Floats
    nearest: Ints
    limit_s: float
    toward: bool


def reach_of(network: Network, sources: Snapped, *, limit_s: float = np.inf, toward: bool = True) -> Reach:
    """The least walking time between each node and any of the sources.

    Every source becomes a node of its own that is tied to both ends of its edge by the part of the edge that
    remains, so a source in the middle of a long road is not moved to its end.

    Args:
        network: where to walk.
        sources: snapped points; those off the network take no part here.
        limit_s: nothing beyond it is looked for.
        toward: True for walks to the sources, False for walks from them.
    """
    count = len(network.nodes)
    on = np.flatnonzero(sources.on)
    if not len(on) or not count:
        return Reach(sources, np.full(count, np.inf), np.full(count, -1, dtype=np.int64), limit_s, toward)
    virtual = count + np.arange(len(on))
    ends = network.ends[sources.edge[on]]
    to_first, to_second = partial_s(network, sources.take(on), toward=not toward)
    extra = (
        np.concatenate([virtual, virtual]),
        np.concatenate([ends[:, 0], ends[:, 1]]),
        np.maximum(np.concatenate([to_first, to_second]), 1e-6),
    )
    if toward:
        # Walk backwards from the sources: the same graph with every arc turned round.
        graph = network.graph(len(on), (extra[1], extra[0], extra[2])).T.tocsr()
    else:
        graph = network.graph(len(on), extra)
    seconds, _, origin = dijkstra(
        graph, indices=virtual, min_only=True, limit=limit_s, return_predecessors=True
    )
    nearest = np.where(origin[:count] >= 0, on[np.clip(origin[:count] - count, 0, len(on) - 1)], -1)
    return Reach(sources, seconds[:count], nearest.astype(np.int64), limit_s, toward)


def partial_s(network: Network, points: Snapped, *, toward: bool) -> tuple[Floats, Floats]:
    """Seconds between points and the two ends of their edges, the way to the road included.

    Args:
        network: where to walk.
        points: all of them on the network.
        toward: True from the point to the end, False from the end to the point.
    """
    forward, backward = network.forward_s[points.edge], network.backward_s[points.edge]
    off = points.off_m / network.walk.speed_mps
    # Leaving the point for the first end is walking the edge backward.
    first, second = (backward, forward) if toward else (forward, backward)
    return points.share * first + off, (1 - points.share) * second + off
