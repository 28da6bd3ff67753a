"""p-median: the n sites that make the sum of everybody's ways shortest (p-中位选址), existing ones counted in."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from geo.problems import BadInput, Unavailable

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Assignment:
    """A choice of sites and the way that is left.

    Attributes:
        chosen: numbers of the chosen candidates, rising.
        total: sum over places of weight x way to the nearest open site.
        before: the same with the existing sites only.
        proven: whether it is the proven optimum.
    """

    chosen: tuple[int, ...]
    total: float
    before: float
    proven: bool


def median(ways: Floats, weight: Floats, count: int, *, existing: Floats | None = None) -> Assignment:
    """The ``count`` candidates with the least total way.

    Args:
        ways: candidates x places, the way from each to each (seconds or metres, all finite).
        weight: people at each place.
        count: how many to choose, at least 1.
        existing: the way of each place to the nearest site that stands already.

    Raises:
        BadInput: shapes that do not fit, or a way that is not finite.
        Unavailable: the solver gave no answer.
    """
    sites, places = ways.shape
    now = np.full(places, np.inf) if existing is None else np.asarray(existing, dtype=np.float64)
    if len(weight) != places or len(now) != places or count < 1 or not np.isfinite(ways).all():
        raise BadInput("选址的输入不对：距离应为有限值，数量至少为 1。", "核对输入。", code="siting.input")
    before = float(np.sum(np.where(np.isfinite(now), now, 0) * weight))
    # Only ways shorter than today's can matter; a place keeps today's way through one more column.
    of_site, of_place = np.nonzero(ways < now)
    stays = np.flatnonzero(np.isfinite(now))
    answer = _solve(ways, weight, now, min(count, sites), (of_site, of_place, stays))
    chosen = tuple(int(i) for i in np.flatnonzero(answer[:sites] > 0.5))
    nearest = np.minimum(now, ways[list(chosen)].min(axis=0)) if chosen else now
    return Assignment(chosen, float(np.sum(nearest * weight)), before, True)


def _solve(
    ways: Floats, weight: Floats, now: Floats, count: int, pairs: tuple[NDArray[np.int64], ...]
) -> Floats:
    of_site, of_place, stays = pairs
    (sites, places), used = ways.shape, len(of_site)
    size = sites + used + len(stays)
    goal = np.concatenate(
        [np.zeros(sites), ways[of_site, of_place] * weight[of_place], now[stays] * weight[stays]]
    )
    served = sparse.csr_array(
        (
            np.ones(used + len(stays)),
            (np.concatenate([of_place, stays]), sites + np.arange(used + len(stays))),
        ),
        shape=(places, size),
    )
    at = np.arange(used)
    opened = sparse.csr_array(
        (
            np.concatenate([np.ones(used), -np.ones(used)]),
            (np.tile(at, 2), np.concatenate([sites + at, of_site])),
        ),
        shape=(used, size),
    )
    number = sparse.csr_array(np.concatenate([np.ones(sites), np.zeros(size - sites)])[None, :])
    limits = [LinearConstraint(served, 1, 1), LinearConstraint(number, 0, count)]
    if used:
        limits.append(LinearConstraint(opened, -np.inf, 0))
    whole = np.concatenate([np.ones(sites), np.zeros(size - sites)])
    answer = milp(
        goal, constraints=limits, integrality=whole, bounds=Bounds(0, 1), options={"mip_rel_gap": 0.0}
    )
    if answer.x is None:
        raise Unavailable("选址求解没有得到结果。", "减少候选点后重试。")
    return np.asarray(answer.x)
