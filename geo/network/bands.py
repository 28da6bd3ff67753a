"""What is reached as areas for a map: one band a limit, the wider ones without the narrower."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.network.model import Floats, Network
from geo.network.reach import Reach

_SIMPLE_M = 5.0
_TILE_M = 500.0


def bands(
    network: Network, reach: Reach, limits_s: Sequence[float], *, around_m: float = 60.0
) -> list[shapely.Geometry]:
    """Areas reached within each of the limits, CGCS2000 degrees, without what a shorter limit reaches.

    Roads reached in part are cut where the time is up. A source without a network gets a circle of its straight
    reach.

    Args:
        network: where was walked.
        reach: made with a limit of at least the largest of ``limits_s``.
        limits_s: rising seconds, such as 300, 600, 900.
        around_m: the houses this far beside a reached road belong to the band.
    """
    areas: list[shapely.Geometry] = []
    inner: shapely.Geometry = shapely.MultiPolygon()
    for limit in limits_s:
        whole = shapely.unary_union(
            [_roads(network, reach, limit, around_m), _circles(network, reach, limit)]
        )
        whole = shapely.simplify(whole, _SIMPLE_M)
        areas.append(shapely.transform(shapely.difference(whole, inner), network.plane.to_degrees))
        inner = shapely.union(inner, whole)
    return areas


def _roads(network: Network, reach: Reach, limit: float, around_m: float) -> shapely.Geometry:
    whole = _whole(network, reach.seconds, limit)
    lines = np.concatenate([
        network.lines[whole], _from_end(network, reach.seconds, limit, whole, end=0),
        _from_end(network, reach.seconds, limit, whole, end=1), _beside_sources(network, reach, limit),
    ])  # fmt: skip
    if not len(lines):
        return shapely.Polygon()
    # Tile by tile: one union of many thousand buffers is far slower than a union of the tiles' few.
    middle = shapely.get_coordinates(shapely.centroid(lines)) // _TILE_M
    _, tile = np.unique(middle, axis=0, return_inverse=True)
    order = np.argsort(tile.ravel(), kind="stable")
    parts = np.split(lines[order], np.flatnonzero(np.diff(tile.ravel()[order])) + 1)
    return shapely.union_all(
        [shapely.union_all(shapely.buffer(part, around_m, quad_segs=2)) for part in parts]
    )


def _whole(network: Network, seconds: Floats, limit: float) -> NDArray[np.bool_]:
    """Edges that are reached in full from one end or from both together."""
    left = np.clip(limit - seconds[network.ends], 0, None)
    share = left[:, 0] / np.maximum(network.backward_s, 1e-9) + left[:, 1] / np.maximum(
        network.forward_s, 1e-9
    )
    return np.asarray(share >= 1)


def _from_end(
    network: Network, seconds: Floats, limit: float, whole: NDArray[np.bool_], *, end: int
) -> NDArray[np.object_]:
    """The part that is reached from one end of every edge that is not reached in full."""
    time = seconds[network.ends[:, end]]
    reached = np.flatnonzero((time < limit) & ~whole)
    pace = (network.backward_s if end == 0 else network.forward_s)[reached]
    share = np.clip((limit - time[reached]) / np.maximum(pace, 1e-9), 0, 1)
    lines = network.lines[reached] if end == 0 else shapely.reverse(network.lines[reached])
    cut = [_first_part(line, s) if s < 1 else line for line, s in zip(lines, share, strict=True)]
    return np.asarray(cut, dtype=object)


def _beside_sources(network: Network, reach: Reach, limit: float) -> NDArray[np.object_]:
    """The stretch on both sides of a source, for edges so long that neither end is reached."""
    on = np.flatnonzero(reach.sources.on)
    near = shapely.points(reach.sources.metres[on])
    length = limit * network.walk.speed_mps
    around = shapely.buffer(near, max(length, 1.0))
    return np.asarray(shapely.intersection(network.lines[reach.sources.edge[on]], around), dtype=object)


def _circles(network: Network, reach: Reach, limit: float) -> shapely.Geometry:
    off = shapely.points(reach.sources.metres[~reach.sources.on])
    radius = limit * network.walk.speed_mps / network.walk.detour
    return shapely.union_all(shapely.buffer(off, radius)) if len(off) else shapely.Polygon()


def _first_part(line: shapely.LineString, share: float) -> shapely.Geometry:
    """The first ``share`` of a line."""
    at = share * line.length
    points = shapely.get_coordinates(line)
    run = np.concatenate([[0], np.cumsum(np.hypot(*np.diff(points, axis=0).T))])
    kept = points[run < at]
    tip = shapely.get_coordinates(shapely.line_interpolate_point(line, at))
    return shapely.linestrings(np.concatenate([kept if len(kept) else points[:1], tip]))
