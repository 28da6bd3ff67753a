"""Siting of new points as a proven optimum, in seconds, beside the greedy choice."""

from __future__ import annotations

import numpy as np
from scipy import sparse

from geo.siting import cover, cover_greedily
from tests.bench.frame import Context, Row, measurement
from tests.bench.measure_coverage import timed


@measurement("siting", "10 new points among 500 candidates")
def siting(context: Context) -> list[Row]:
    """Made-up towns: 500 candidates and 5,000 places of old people, each candidate reaching a circle; several drawings."""
    rows = []
    for seed, radius in ((1, 0.03), (2, 0.06), (3, 0.10))[: 2 if context.quick else 3]:
        reaches, weight = town(seed, radius)
        plan, seconds = timed(lambda reaches=reaches, weight=weight: cover(reaches, weight, 10))
        again = cover(reaches, weight, 10)
        greedy = cover_greedily(reaches, weight, 10)
        gap = (plan.bound - plan.value) / plan.bound if plan.bound else 0.0
        same = "the same answer twice" if again.chosen == plan.chosen else "ANOTHER ANSWER the second time"
        rows += [
            Row(f"radius {radius}: optimum", f"{seconds:.2f} s", "<= 5 s"),
            Row(
                f"radius {radius}: distance to the proven bound",
                f"{gap:.2%}, {same}",
                "<= 1 %, deterministic",
            ),
            Row(f"radius {radius}: greedy reaches", f"{greedy.value / plan.value:.1%} of the optimum"),
        ]
    return rows


def town(seed: int, radius: float) -> tuple[sparse.csr_array, np.ndarray]:
    """Candidates and people in clusters, as villages are."""
    rng = np.random.default_rng(seed)
    middles = rng.random((40, 2))
    people = middles[rng.integers(0, 40, 5000)] + rng.normal(0, 0.04, (5000, 2))
    sites = middles[rng.integers(0, 40, 500)] + rng.normal(0, 0.05, (500, 2))
    near = ((sites[:, None] - people[None]) ** 2).sum(axis=2) < radius**2
    return sparse.csr_array(near.astype(np.float64)), rng.integers(0, 30, 5000).astype(np.float64)
