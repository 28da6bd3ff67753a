"""Fits the confidence tables on perturbed sample addresses: ``python -m gazetteer.address.matching.confidence_fit``.

Registers of one county and of several that share names of roads are drawn with several seeds; a part of their doors
and whole roads are kept out, so that the fit sees addresses that look right and are not there. Nothing but the shipped
sample is used. The weights are fitted on some seeds, the curve from their sum to a probability on others.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np

from gazetteer.address.matching.confidence import Table, table
from gazetteer.address.matching.confidence_cases import Case, cases

COUNTY = ("331003",)
FITTED, CURVED = ((11, COUNTY), (12, None), (13, None)), ((14, COUNTY), (15, None))
"""Seeds and counties of the registers for the weights, and for the curve."""
RIDGE, HELD = 1.0, 1000.0
FEWEST = 60
"""Cases in a step of the curve at least: fewer say nothing of one in a hundred."""
TABLE = Path(__file__).with_name("confidence.json")
PRIOR = {
    "one": 0.0, "grade.0": 2.0, "grade.1": -2.5, "grade.2": -2.5, "grade.3": 1.5, "grade.4": -4.0, "grade.5": -0.5,
    "key.n": 2.0, "key.a": 1.0, "key.s": -0.5, "key.sound": 0.5, "key.shape": 0.5, "key.dropped": -0.5,
    "key.doubled": 0.5, "key.swapped": 0.5, "key.extra": -2.0, "key.generic": -1.5, "key.blur": -2.0, "key.name": 1.5,
    "place.agrees": 1.0, "place.finer": 0.5, "place.silent": 0.0, "place.odd": -0.5, "place.town": -3.0,
    "place.county": -4.0, "place.city": -9.0, "unlike": -1.0, "unexplained": -1.5, "rival": -0.5, "tie": -1.5,
    "namesake": -2.0,
}  # fmt: skip
"""Where the weights start from, and stay as far as the sample has little to say about them (another city)."""
JUDGED = frozenset(("key.name", "unlike"))
"""Names of shops and offices: the sample has none, so these weights are held at what judgement put."""


def fit(known: list[Case]) -> dict[str, float]:
    """Ridge logistic regression towards the prior, by Newton's method."""
    names = sorted({name for facts, _ in known for name in facts} | set(PRIOR))
    x = np.array([[facts.get(n, 0.0) for n in names] for facts, _ in known])
    y = np.array([right for _, right in known], dtype=float)
    prior: np.ndarray[Any, Any] = np.array([PRIOR.get(n, 0.0) for n in names])
    weights = prior.copy()
    penalty = np.array([HELD if n in JUDGED else RIDGE for n in names])
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - y) + penalty * (weights - prior)
        curvature = (x.T * (p * (1 - p))) @ x + np.diag(penalty)
        step = np.linalg.solve(curvature, gradient)
        # Far from the end a whole step overshoots: no weight moves by more than one at a time.
        weights = weights - step / max(1.0, float(np.abs(step).max()))
    return {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}


def curve(known: list[Case], weights: dict[str, float]) -> tuple[list[float], list[float]]:
    """Isotonic regression of being right on the sum of the evidence: sums and log-odds, both rising.

    Every step holds at least ``FEWEST`` cases, and half a wrong one is added to each: certainty is never learnt.
    """
    plain = Table(weights)
    sums = np.array([plain.log_odds_of(facts) for facts, _ in known])
    right = np.array([ok for _, ok in known], dtype=float)
    order = np.argsort(sums, kind="stable")
    steps: list[list[float]] = []
    for portion in np.array_split(order, max(1, len(order) // FEWEST)):
        steps.append([float(right[portion].sum()), float(len(portion)), float(sums[portion].sum())])
        while len(steps) > 1 and _share(steps[-1]) <= _share(steps[-2]):
            last = steps.pop()
            steps[-1] = [a + b for a, b in zip(steps[-1], last, strict=True)]
    shares = [_share(step) for step in steps]
    return [round(s / n, 4) for _, n, s in steps], [round(float(np.log(p / (1 - p))), 4) for p in shares]


def _share(step: list[float]) -> float:
    right, count, _ = step
    return (right + 0.5) / (count + 1.0)


def main() -> None:
    """Draw, ask, fit, write the tables and say how well they fit."""
    fitted = [found for seed, counties in FITTED for found in cases(seed, counties)]
    curved = [found for seed, counties in CURVED for found in cases(seed, counties)]
    made: dict[str, Any] = {}
    for what in ("door", "place"):
        known = [case for kind, case in fitted if kind == what]
        weights = fit(known)
        sums, log_odds = curve([case for kind, case in curved if kind == what], weights)
        made[what] = {"weights": weights, "sums": sums, "log_odds": log_odds}
        wrong = sum(not right for _, right in known)
        sys.stdout.write(f"{what}：{len(known)} 个样本，{wrong} 个错误\n")
    TABLE.write_text(json.dumps(made, indent=1, ensure_ascii=False) + "\n", "utf-8")
    table.cache_clear()


if __name__ == "__main__":
    main()
