"""Why a site was chosen: what it adds, for whom, and what the next best in its stead would be."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from geo.siting.covering import Floats, Plan, reached_by


@dataclass(frozen=True, slots=True)
class Reason:
    """Why one site is in a plan.

    Attributes:
        site: number of the candidate.
        alone: what it reaches at all.
        adds: what the plan reaches because of those before it and it; the sum over all sites is the plan's value.
        lost: what the plan would lose without it.
        newly: numbers of the places that ``adds`` counts.
        instead: the best other candidate in its stead, -1 where there is none.
        instead_value: what the plan would reach then.
    """

    site: int
    alone: float
    adds: float
    lost: float
    newly: tuple[int, ...]
    instead: int
    instead_value: float


def explain(reaches: sparse.csr_array, weight: Floats, plan: Plan) -> list[Reason]:
    """One reason a site, in the order in which building them adds most soonest."""
    left = np.asarray(weight, dtype=np.float64).copy()
    waiting, reasons = list(plan.chosen), []
    while waiting:
        site = max(waiting, key=lambda s: (float(left[reaches[[s]].indices].sum()), -s))
        waiting.remove(site)
        places = np.unique(reaches[[site]].indices)
        newly = places[left[places] > 0]
        adds = float(left[newly].sum())
        left[places] = 0
        reasons.append(_reason(reaches, weight, plan, site, adds, newly))
    return reasons


def _reason(
    reaches: sparse.csr_array, weight: Floats, plan: Plan, site: int, adds: float, newly: NDArray[np.int64]
) -> Reason:
    others = [s for s in plan.chosen if s != site]
    kept = reached_by(reaches, others)
    rest = np.where(kept, 0.0, weight)
    gain = reaches.astype(bool).astype(np.float64) @ rest
    value = float(np.asarray(weight)[kept].sum())
    gain[list(plan.chosen)] = -1.0
    instead = int(np.argmax(gain)) if len(gain) > len(plan.chosen) else -1
    return Reason(
        site, float(weight[np.unique(reaches[[site]].indices)].sum()), adds, plan.value - value,
        tuple(int(p) for p in newly), instead, value + float(gain[instead]) if instead >= 0 else value,
    )  # fmt: skip
