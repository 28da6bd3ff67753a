"""Road lines to a walking network: nodes where roads share an end or cross, nearby ends joined, times by slope."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
import shapely
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from geo.network.model import Network
from geo.network.pace import Walk
from geo.network.plane import Plane

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]
#: Gives heights in metres for (n, 2) degrees; NaN where it knows none.
Heights = Callable[[Floats], Floats]
# Lines are noded on this grid: finer than any survey of a road's axis, coarse enough to meet.
_GRID_M = 0.05


def build(
    lines: Sequence[shapely.LineString] | NDArray[np.object_],
    *,
    walk: Walk | None = None,
    busy: Sequence[bool] | NDArray[np.bool_] | None = None,
    heights: Heights | None = None,
    digest: str = "",
) -> Network:
    """A network from road lines in CGCS2000 degrees.

    Lines that cross are taken to meet there: a register of roads does not say what lies above what.

    Args:
        lines: road axes; empty ones are left out.
        walk: pace and tolerances.
        busy: for each line, whether crossing it costs ``walk.crossing_s``.
        heights: gives heights; without it all ground is level.
        digest: what to remember of the input, to see later whether it has changed.
    """
    walk = walk or Walk()
    given = np.asarray(lines, dtype=object)
    flags = np.zeros(len(given), dtype=bool) if busy is None else np.asarray(busy, dtype=bool)
    keep = np.array([line is not None and not line.is_empty for line in given], dtype=bool)
    given, flags = given[keep], flags[keep]
    plane = Plane.about(shapely.get_coordinates(given))
    metres = shapely.transform(given, plane.to_metres) if len(given) else given
    pieces = _noded(metres, walk.join_m)
    nodes, ends = _nodes_of(pieces)
    length = shapely.length(pieces) if len(pieces) else np.zeros(0)
    rise = _rise(plane, nodes, ends, heights)
    wait = _waiting(pieces, metres[flags], ends, len(nodes), walk)
    return Network(
        plane, walk, nodes, ends, length, walk.seconds(length, rise) + wait, walk.seconds(length, -rise) + wait,
        _components(ends, len(nodes)), shapely.get_coordinates(pieces),
        np.concatenate([[0], np.cumsum(shapely.get_num_coordinates(pieces))]).astype(np.int64), digest,
    )  # fmt: skip


def _noded(lines: NDArray[np.object_], join_m: float) -> NDArray[np.object_]:
    """Pieces between nodes. Ends that just miss another road get a short piece to it first."""
    if not len(lines):
        return lines
    together = np.concatenate([lines, _joins(lines, join_m)]) if join_m > 0 else lines
    merged = shapely.unary_union(together, grid_size=_GRID_M)
    pieces = shapely.get_parts(merged)
    return np.asarray(pieces[shapely.length(pieces) > 0], dtype=object)


def _joins(lines: NDArray[np.object_], join_m: float) -> NDArray[np.object_]:
    """From each loose end to the nearest other road within ``join_m``, a little beyond it so that they cross."""
    tips = np.concatenate([shapely.get_point(lines, 0), shapely.get_point(lines, -1)])
    own = np.tile(np.arange(len(lines)), 2)
    tip, line = shapely.STRtree(lines).query(tips, predicate="dwithin", distance=join_m)
    other = own[tip] != line
    tip, line = tip[other], line[other]
    gap = shapely.distance(tips[tip], lines[line])
    touching = np.unique(tip[gap <= _GRID_M])
    loose = (gap > _GRID_M) & ~np.isin(tip, touching)
    order = np.lexsort((line[loose], gap[loose], tip[loose]))
    tip, line = tip[loose][order], line[loose][order]
    _, first = np.unique(tip, return_index=True)
    start = shapely.get_coordinates(tips[tip[first]])
    foot = shapely.get_coordinates(
        shapely.line_interpolate_point(lines[line[first]], shapely.line_locate_point(lines[line[first]], tips[tip[first]]))
    )  # fmt: skip
    step = foot - start
    beyond = foot + step / np.maximum(np.hypot(*step.T), 1e-9)[:, None] * 2 * _GRID_M
    return np.asarray(shapely.linestrings(np.stack([start, beyond], axis=1)), dtype=object)


def _nodes_of(pieces: NDArray[np.object_]) -> tuple[Floats, Ints]:
    if not len(pieces):
        return np.zeros((0, 2)), np.zeros((0, 2), dtype=np.int64)
    tips = np.concatenate([shapely.get_coordinates(shapely.get_point(pieces, at)) for at in (0, -1)])
    keys = np.round(tips / _GRID_M).astype(np.int64)
    _, first, number = np.unique(keys, axis=0, return_index=True, return_inverse=True)
    return tips[first], number.reshape(2, -1).T.astype(np.int64)


def _rise(plane: Plane, nodes: Floats, ends: Ints, heights: Heights | None) -> Floats:
    """Metres from first to second end; level where no height is known."""
    if heights is None or not len(nodes):
        return np.zeros(len(ends))
    known = np.asarray(heights(plane.to_degrees(nodes)), dtype=np.float64)
    return np.nan_to_num(known[ends[:, 1]] - known[ends[:, 0]])


def _waiting(
    pieces: NDArray[np.object_], busy: NDArray[np.object_], ends: Ints, count: int, walk: Walk
) -> Floats:
    """Half of the waiting for each end of an edge at a junction with a busy road; a passage adds two halves."""
    wait = np.zeros(len(ends))
    if walk.crossing_s <= 0 or not len(busy) or not len(ends):
        return wait
    middle = shapely.line_interpolate_point(pieces, 0.5, normalized=True)
    near = np.unique(shapely.STRtree(busy).query(middle, predicate="dwithin", distance=2 * _GRID_M)[0])
    degree = np.bincount(ends.ravel(), minlength=count)
    on_busy = np.zeros(count, dtype=bool)
    on_busy[ends[near].ravel()] = True
    counted = (on_busy & (degree >= 3))[ends].sum(axis=1)
    return np.asarray(counted * (walk.crossing_s / 2), dtype=np.float64)


def _components(ends: Ints, count: int) -> Ints:
    """Numbered by size, the largest first; equal ones by their first node."""
    if not count:
        return np.zeros(0, dtype=np.int64)
    links = sparse.csr_array((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(count, count))
    _, label = connected_components(links, directed=False)
    size = np.bincount(label)
    rank = np.empty(len(size), dtype=np.int64)
    rank[np.argsort(-size, kind="stable")] = np.arange(len(size))
    return np.asarray(rank[label], dtype=np.int64)
