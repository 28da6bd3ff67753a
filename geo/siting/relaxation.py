"""A quick bound for maximal covering, by Lagrange: it proves most sites out or in before the exact solver begins.

That a place counts only where a chosen site reaches it is taken out of the constraints and paid for with a price a place.
For any prices what is left is solved by looking: take the sites worth most. Its value is never below the optimum, and
lowering it (subgradient steps, Held and Karp 1971) comes close to it within a second.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

Floats = NDArray[np.float64]
_ROUNDS = 1200
_PATIENCE = 25


@dataclass(frozen=True, slots=True)
class Relaxed:
    """What the relaxation found.

    Attributes:
        chosen: the best choice met, rising.
        value: what it reaches.
        bound: no choice reaches more.
        free: sites that a better choice may or may not have.
        fixed: sites that every better choice has.
    """

    chosen: tuple[int, ...]
    value: float
    bound: float
    free: NDArray[np.int64]
    fixed: NDArray[np.int64]


def relaxed(matrix: sparse.csr_array, weight: Floats, count: int, start: tuple[int, ...]) -> Relaxed:
    """Bound, good choice, and what is left to decide; the same answer for the same input.

    Args:
        matrix: sites x places, ones.
        weight: of the places, positive.
        count: how many to choose, at least 1 and at most as many as there are sites.
        start: a choice to begin with, as greedy gives it.
    """
    best = improved(matrix, weight, start)
    value = reached(matrix, weight, best)
    # Begin with each place's weight shared among the sites that reach it, dearer where few do.
    prices = weight / np.maximum(1.0, np.asarray(matrix.sum(axis=0)).ravel() * count / matrix.shape[0])
    back = matrix.T.tocsr()
    bound, kept, step, still = np.inf, prices, 1.5, 0
    for _ in range(_ROUNDS):
        scores = matrix @ prices
        order = np.argsort(-scores, kind="stable")
        taken = order[:count]
        now = float(scores[taken].sum() + np.maximum(weight - prices, 0).sum())
        if now < bound - 1e-9 * max(1.0, bound if np.isfinite(bound) else 1.0):
            bound, kept, still = now, prices, 0
        else:
            still += 1
        if still >= _PATIENCE:
            step, still, prices = step / 2, 0, kept
            found = improved(matrix, weight, tuple(int(s) for s in np.sort(taken)))
            if (worth := reached(matrix, weight, found)) > value:
                best, value = found, worth
        if bound - value <= 1e-9 * max(1.0, bound) or step < 1e-4:
            break
        chosen = np.zeros(matrix.shape[0])
        chosen[taken] = 1.0
        slope = back @ chosen - (prices < weight)
        size = float(slope @ slope)
        if size == 0:
            break
        prices = np.clip(prices - step * (now - value) / size * slope, 0, weight)
    return _decided(matrix @ kept, weight, kept, count, Relaxed(best, value, max(bound, value), _NONE, _NONE))


_NONE: NDArray[np.int64] = np.zeros(0, dtype=np.int64)


def _decided(scores: Floats, weight: Floats, prices: Floats, count: int, found: Relaxed) -> Relaxed:
    """Sites whose forcing in (or out) pushes the bound below what is reached already are out (or in)."""
    order = np.argsort(-scores, kind="stable")
    bound = float(scores[order[:count]].sum() + np.maximum(weight - prices, 0).sum())
    least = found.value - 1e-6 * max(1.0, found.value)
    last, next_ = scores[order[count - 1]], scores[order[count]] if len(order) > count else -np.inf
    inside, outside = np.sort(order[:count]), np.sort(order[count:])
    fixed = inside[bound - scores[inside] + next_ < least]
    possible = outside[bound - last + scores[outside] >= least]
    free = np.sort(np.concatenate([np.setdiff1d(inside, fixed), possible]))
    return Relaxed(found.chosen, found.value, found.bound, free, fixed)


def improved(matrix: sparse.csr_array, weight: Floats, chosen: tuple[int, ...]) -> tuple[int, ...]:
    """The choice after every exchange of one site that helps, the one that helps most first."""
    now = list(chosen)
    while now:
        cover = np.asarray(matrix[now].sum(axis=0)).ravel()
        best = (1e-9, -1, -1)
        for position, site in enumerate(now):
            alone = matrix[[site]].indices
            only = alone[cover[alone] == 1]
            left = np.where(cover == 0, weight, 0.0)
            left[only] = weight[only]
            gains = matrix @ left
            gains[now] = -1.0
            other = int(np.argmax(gains))
            more = float(gains[other] - weight[only].sum())
            if more > best[0]:
                best = (more, position, other)
        if best[1] < 0:
            break
        now[best[1]] = best[2]
    return tuple(sorted(now))


def reached(matrix: sparse.csr_array, weight: Floats, chosen: tuple[int, ...]) -> float:
    """The weight that a choice reaches, each place once."""
    return float(weight[np.unique(matrix[list(chosen)].indices)].sum()) if chosen else 0.0
