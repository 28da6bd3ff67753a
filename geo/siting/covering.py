"""Maximal covering: the n sites that together reach the most people who are not reached yet (最大覆盖选址).

Church and ReVelle's model (1974). A Lagrangian bound decides most sites; what is left is solved as a mixed integer
programme by HiGHS through scipy.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from geo.problems import BadInput, Unavailable
from geo.siting.relaxation import Relaxed, relaxed

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Plan:
    """A choice of sites.

    Attributes:
        chosen: numbers of the chosen candidates, rising.
        value: the weight that they reach together.
        bound: no choice of as many sites can reach more than this.
        proven: whether ``value`` is the proven optimum (up to rounding).
    """

    chosen: tuple[int, ...]
    value: float
    bound: float
    proven: bool


def cover(reaches: sparse.csr_array, weight: Floats, count: int, *, gap: float = 0.0) -> Plan:
    """The best ``count`` of the candidates, the same answer for the same input.

    Args:
        reaches: candidates x places, non-zero where a candidate reaches a place. Leave out places that are
            reached already, or give them weight 0.
        weight: people at each place, not negative.
        count: how many to choose; more than there are candidates chooses all.
        gap: stop when the rest that could be won is less than this share of the value; 0 proves the optimum.

    Raises:
        BadInput: negative count or weights, or shapes that do not fit.
        Unavailable: the solver gave no answer.
    """
    within = _checked(reaches, weight, count)
    count = min(count, within.shape[0])
    matrix, heavy = _merged(within, weight)
    if not count or not len(heavy):
        return Plan((), 0.0, 0.0, True)
    start = cover_greedily(matrix, heavy, count).chosen
    start += tuple(site for site in range(matrix.shape[0]) if site not in start)[: count - len(start)]
    found = relaxed(matrix, heavy, count, tuple(sorted(start)))
    if found.bound - found.value <= max(gap * found.value, 1e-6 * max(found.bound, 1.0)) or not len(
        found.free
    ):
        bound = found.bound if len(found.free) else found.value
        return _plan(within, weight, found.chosen, bound)
    chosen, bound = _exact(matrix, heavy, count, gap, found)
    return _plan(within, weight, chosen, min(bound, found.bound))


def _plan(within: sparse.csr_array, weight: Floats, chosen: tuple[int, ...], bound: float) -> Plan:
    value = value_of(within, weight, chosen)
    bound = max(value, bound)
    return Plan(chosen, value, bound, bound - value <= 1e-6 * max(bound, 1.0))


def _exact(
    matrix: sparse.csr_array, heavy: Floats, count: int, gap: float, found: Relaxed
) -> tuple[tuple[int, ...], float]:
    """The optimum over the sites that the bound has not decided, and its bound; never worse than what was met."""
    fixed = tuple(int(site) for site in found.fixed)
    left = ~reached_by(matrix, fixed)
    settled = float(heavy[~left].sum())
    rest, weight = _merged(sparse.csr_array(matrix[found.free][:, np.flatnonzero(left)]), heavy[left])
    if not len(weight):
        return found.chosen, found.value
    solved, bound = _solved(rest, weight, count - len(fixed), gap)
    chosen = tuple(sorted((*fixed, *(int(found.free[site]) for site in solved))))
    better = value_of(matrix, heavy, chosen) > found.value
    return (chosen if better else found.chosen), max(found.value, settled + bound)


def _solved(matrix: sparse.csr_array, heavy: Floats, count: int, gap: float) -> tuple[tuple[int, ...], float]:
    """The choice of the integer programme and its bound."""
    sites, places = matrix.shape
    # scipy minimises; x says which sites, y how much of a place is reached (0..1, whole by itself).
    goal = np.concatenate([np.zeros(sites), -heavy])
    reached = sparse.hstack([-matrix.T, sparse.eye_array(places)], format="csr")
    number = sparse.csr_array(np.concatenate([np.ones(sites), np.zeros(places)])[None, :])
    answer = milp(
        goal,
        constraints=[LinearConstraint(reached, -np.inf, 0), LinearConstraint(number, 0, count)],
        integrality=np.concatenate([np.ones(sites), np.zeros(places)]),
        bounds=Bounds(0, 1),
        options={"mip_rel_gap": gap},
    )
    if answer.x is None:
        raise Unavailable("选址求解没有得到结果。", "减少候选点后重试。")
    return tuple(int(i) for i in np.flatnonzero(answer.x[:sites] > 0.5)), -float(answer.mip_dual_bound)


def cover_greedily(reaches: sparse.csr_array, weight: Floats, count: int) -> Plan:
    """Site by site the one that adds most: quick, plain, at worst 63 % of the optimum; for comparison.

    Equal ones: the candidate that stands first. Stops early when nothing is left to win. ``bound`` is what
    the method guarantees, value / (1 - 1/e).
    """
    within = _checked(reaches, weight, count)
    left = np.asarray(weight, dtype=np.float64).copy()
    chosen: list[int] = []
    for _ in range(min(count, within.shape[0])):
        gain = within @ left
        best = int(np.argmax(gain))
        if gain[best] <= 0:
            break
        chosen.append(best)
        left[within[[best]].indices] = 0
    value = float(np.sum(weight) - left.sum())
    return Plan(tuple(chosen), value, min(value / (1 - 1 / np.e), float(np.sum(weight))), False)


def value_of(reaches: sparse.csr_array, weight: Floats, chosen: tuple[int, ...] | list[int]) -> float:
    """The weight that a choice reaches together, each place counted once."""
    return float(np.asarray(weight)[reached_by(reaches, chosen)].sum())


def reached_by(reaches: sparse.csr_array, chosen: tuple[int, ...] | list[int]) -> NDArray[np.bool_]:
    """Which places a choice reaches."""
    reached = np.zeros(reaches.shape[1], dtype=bool)
    if len(chosen):
        reached[np.unique(reaches[list(chosen)].indices)] = True
    return reached


def _checked(reaches: sparse.csr_array, weight: Floats, count: int) -> sparse.csr_array:
    if count < 0 or np.any(np.asarray(weight) < 0) or reaches.shape[1] != len(weight):
        raise BadInput(
            "选址的输入不对：数量和人数不能为负，矩阵应与人数同长。", "核对输入。", code="siting.input"
        )
    within = sparse.csr_array(reaches != 0, dtype=np.float64)
    within.eliminate_zeros()
    within.sort_indices()
    return within


def _merged(reaches: sparse.csr_array, weight: Floats) -> tuple[sparse.csr_array, Floats]:
    """Places that the same candidates reach become one; places that nobody reaches or nobody lives in go."""
    by_place = reaches.tocsc()
    groups: dict[bytes, tuple[int, float]] = {}
    for place in np.flatnonzero((np.diff(by_place.indptr) > 0) & (np.asarray(weight) > 0)):
        sites = np.sort(by_place.indices[by_place.indptr[place] : by_place.indptr[place + 1]])
        key = sites.astype(np.int32).tobytes()
        first, sum_ = groups.get(key, (int(place), 0.0))
        groups[key] = (first, sum_ + float(weight[place]))
    kept = [first for first, _ in groups.values()]
    return sparse.csr_array(by_place[:, kept]), np.array([heavy for _, heavy in groups.values()])
