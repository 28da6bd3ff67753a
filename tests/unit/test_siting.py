"""Siting: the optimum is the optimum (brute force and a second solver say so), and it is explained truly."""

from __future__ import annotations

from itertools import combinations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, milp

from geo.problems import BadInput
from geo.siting import cover, cover_greedily, explain, median


def instance(seed: int, sites: int, places: int, share: float = 0.15) -> tuple[sparse.csr_array, np.ndarray]:
    rng = np.random.default_rng(seed)
    return sparse.csr_array((rng.random((sites, places)) < share).astype(float)), rng.integers(
        0, 50, places
    ).astype(float)


def brute_force(reaches: sparse.csr_array, weight: np.ndarray, count: int) -> float:
    dense = reaches.toarray() > 0
    return max(
        float(weight[dense[list(c)].any(axis=0)].sum()) for c in combinations(range(len(dense)), count)
    )


def branch_and_bound(reaches: sparse.csr_array, weight: np.ndarray, count: int) -> float:
    """A second solver of another kind: depth first over the sites, bounded by the sum of the best gains left."""
    dense = reaches.toarray() > 0
    best = cover_greedily(reaches, weight, count).value

    def search(rows: np.ndarray, left: int, covered: np.ndarray, value: float) -> None:
        nonlocal best
        best = max(best, value)
        if not left or not len(rows):
            return
        gains = (rows & ~covered) @ weight
        order = np.argsort(-gains, kind="stable")
        for rank, n in enumerate(order):
            if value + gains[order[rank : rank + left]].sum() <= best:
                return
            search(rows[order[rank + 1 :]], left - 1, covered | rows[n], value + float(gains[n]))

    search(dense, count, np.zeros(dense.shape[1], dtype=bool), 0.0)
    return best


@settings(max_examples=40, deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 4))
def test_the_plan_is_the_best_of_all_choices(seed: int, count: int):
    reaches, weight = instance(seed, 12, 40)
    plan = cover(reaches, weight, count)
    assert plan.proven
    assert plan.value == pytest.approx(brute_force(reaches, weight, min(count, 12)))


def test_a_second_solver_of_another_kind_finds_no_better_plan():
    reaches, weight = instance(11, 60, 200, 0.05)
    assert cover(reaches, weight, 5).value == pytest.approx(branch_and_bound(reaches, weight, 5))


def whole_programme(reaches: sparse.csr_array, weight: np.ndarray, count: int) -> float:
    """A third solver: the integer programme over all sites and places, nothing decided before."""
    sites, places = reaches.shape
    answer = milp(
        np.concatenate([np.zeros(sites), -weight]),
        constraints=[
            LinearConstraint(sparse.hstack([-reaches.T, sparse.eye_array(places)], format="csr"), -np.inf, 0),
            LinearConstraint(np.concatenate([np.ones(sites), np.zeros(places)])[None, :], 0, count),
        ],
        integrality=np.concatenate([np.ones(sites), np.zeros(places)]), bounds=Bounds(0, 1), options={"mip_rel_gap": 0.0},
    )  # fmt: skip
    return float(-answer.fun)


@pytest.mark.parametrize(("seed", "share"), [(1, 0.03), (2, 0.06), (3, 0.1)])
def test_what_the_bound_decides_beforehand_costs_nothing_of_the_optimum(seed: int, share: float):
    reaches, weight = instance(seed, 40, 150, share)
    plan = cover(reaches, weight, 4)
    assert plan.proven
    assert plan.value == pytest.approx(whole_programme(reaches, weight, 4))


def test_a_plan_within_a_hundredth_says_how_far_the_bound_is():
    reaches, weight = instance(9, 60, 200, 0.05)
    plan = cover(reaches, weight, 5, gap=0.01)
    best = cover(reaches, weight, 5).value
    assert plan.value <= best + 1e-6 <= plan.bound + 1e-3
    assert plan.bound - plan.value <= 0.01 * plan.bound + 1e-6


def test_the_same_input_gives_the_same_plan():
    reaches, weight = instance(3, 100, 300, 0.04)
    assert len({cover(reaches, weight, 6).chosen for _ in range(4)}) == 1


def test_greedy_is_never_better_and_the_optimum_sometimes_is():
    better = 0
    for seed in range(30):
        reaches, weight = instance(seed, 20, 60, 0.12)
        best, greedy = cover(reaches, weight, 4).value, cover_greedily(reaches, weight, 4)
        assert greedy.value <= best + 1e-9 <= greedy.bound + 1e-6
        better += best > greedy.value
    assert better > 0


def test_reasons_add_up_and_the_next_best_is_never_better():
    reaches, weight = instance(5, 30, 120, 0.08)
    plan = cover(reaches, weight, 5)
    reasons = explain(reaches, weight, plan)
    assert sum(r.adds for r in reasons) == pytest.approx(plan.value)
    assert [r.adds for r in reasons] == sorted((r.adds for r in reasons), reverse=True)
    assert all(r.instead_value <= plan.value + 1e-9 and r.instead not in plan.chosen for r in reasons)
    assert all(r.lost <= r.adds + 1e-9 or r.lost <= r.alone for r in reasons)


def test_more_sites_than_candidates_takes_all_and_nobody_to_win_takes_none():
    reaches, weight = instance(1, 4, 10, 0.5)
    assert cover(reaches, weight, 9).value == pytest.approx(brute_force(reaches, weight, 4))
    assert cover(reaches, np.zeros(10), 3).chosen == ()


def test_shapes_that_do_not_fit_are_refused():
    reaches, _ = instance(1, 4, 10)
    with pytest.raises(BadInput):
        cover(reaches, np.ones(9), 2)


@pytest.mark.parametrize("seed", range(6))
def test_the_median_is_the_least_total_way_over_all_choices(seed: int):
    rng = np.random.default_rng(seed)
    ways, weight, now = (
        rng.uniform(1, 100, (9, 25)),
        rng.integers(1, 9, 25).astype(float),
        rng.uniform(30, 120, 25),
    )
    found = median(ways, weight, 3, existing=now)
    least = min(
        float((np.minimum(now, ways[list(c)].min(axis=0)) * weight).sum()) for c in combinations(range(9), 3)
    )
    assert found.total == pytest.approx(least)
    assert found.total <= found.before
