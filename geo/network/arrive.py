"""Walking times of places: over the network where there is one, by the straight line where there is none."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.spatial import cKDTree

from geo.network.model import Floats, Ints, Network
from geo.network.reach import Reach, partial_s, reach_of
from geo.network.snap import Snapped, snap


@dataclass(frozen=True, slots=True)
class Times:
    """Walking times of targets; arrays of one length.

    Attributes:
        seconds: to the nearest source, infinite where none is within the limit.
        nearest: which source, -1 where none.
        straight: True where the time is the straight line times the detour, for want of a network.
    """

    seconds: Floats
    nearest: Ints
    straight: NDArray[np.bool_]


def arrive(network: Network, reach: Reach, targets: Snapped) -> Times:
    """The time between each target and the nearest source of ``reach``.

    A pair is walked over the network when both stand on it. When the target or the source is off it, the straight
    line times ``walk.detour`` counts and the answer says so.
    """
    count = len(targets.edge)
    seconds, nearest = np.full(count, np.inf), np.full(count, -1, dtype=np.int64)
    on = np.flatnonzero(targets.on)
    if len(on):
        some = targets.take(on)
        first, second = partial_s(network, some, toward=reach.toward)
        ends = network.ends[some.edge]
        by_first, by_second = reach.seconds[ends[:, 0]] + first, reach.seconds[ends[:, 1]] + second
        better = by_second < by_first
        seconds[on] = np.where(better, by_second, by_first)
        nearest[on] = reach.nearest[np.where(better, ends[:, 1], ends[:, 0])]
        _same_edge(network, reach, targets, seconds, nearest)
    straight = _straight(network, reach, targets, seconds, nearest)
    beyond = seconds > reach.limit_s
    seconds[beyond], nearest[beyond] = np.inf, -1
    straight &= ~beyond
    return Times(seconds, nearest, straight)


def walk_times(
    network: Network, sources: Floats, targets: Floats, *, limit_s: float = np.inf, toward: bool = True
) -> Times:
    """The same from plain degrees: snap both, reach, arrive."""
    reach = reach_of(network, snap(network, sources), limit_s=limit_s, toward=toward)
    return arrive(network, reach, snap(network, targets))


def _same_edge(network: Network, reach: Reach, targets: Snapped, seconds: Floats, nearest: Ints) -> None:
    """Source and target on one edge: along it, not round by its ends."""
    sources = reach.sources
    for at in np.flatnonzero(sources.on & np.isin(sources.edge, targets.edge)):
        beside = np.flatnonzero(targets.edge == sources.edge[at])
        edge = sources.edge[at]
        ahead = sources.share[at] > targets.share[beside]
        walked_forward = ahead if reach.toward else ~ahead
        whole = np.where(walked_forward, network.forward_s[edge], network.backward_s[edge])
        along = np.abs(sources.share[at] - targets.share[beside]) * whole
        total = along + (sources.off_m[at] + targets.off_m[beside]) / network.walk.speed_mps
        quicker = total < seconds[beside]
        seconds[beside[quicker]], nearest[beside[quicker]] = total[quicker], at


def _straight(
    network: Network, reach: Reach, targets: Snapped, seconds: Floats, nearest: Ints
) -> NDArray[np.bool_]:
    """Fill in pairs of which one stands off the network; gives which targets they are."""
    straight = np.zeros(len(seconds), dtype=bool)
    off_sources = np.flatnonzero(~reach.sources.on)
    cases = (
        (np.flatnonzero(~targets.on), np.arange(len(reach.sources.edge))),
        (np.arange(len(seconds)), off_sources),
    )
    for which, of in cases:
        if not len(which) or not len(of):
            continue
        distance, near = cKDTree(reach.sources.metres[of]).query(targets.metres[which])
        total = network.walk.straight_s(np.asarray(distance))
        better = total < seconds[which]
        seconds[which[better]] = total[better]
        nearest[which[better]] = of[near[better]]
        straight[which[better]] = True
    return straight
