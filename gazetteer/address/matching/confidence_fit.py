"""Fits the confidence table on perturbed sample addresses: ``python -m gazetteer.address.matching.confidence_fit``.

Sample districts of different seeds are drawn; a part of their doors and whole roads are kept out of the register,
so that the fit sees addresses that look right and are not there. Nothing but the shipped sample is used.
"""

from __future__ import annotations

import json
import random
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np

from gazetteer.address.answering.answers import evidence
from gazetteer.address.answering.engine import Geocoder, searchable
from gazetteer.address.index import build_index
from gazetteer.address.model import HandleRow
from gazetteer.address.words.text import normalise
from gazetteer.sample.district import draw
from gazetteer.sample.envelope import written
from gazetteer.sample.index_rows import alias_rows, division_rows, door_rows, handle_rows
from gazetteer.sample.messy import perturb

SEEDS = (11, 12, 13)
DOORS = 20_000
TEXTS = 12_000
DOORS_OUT, ROADS_OUT = 0.15, 0.08
RIDGE = 1.0
TABLE = Path(__file__).with_name("confidence.json")
PRIOR = {
    "one": 0.0, "grade.0": 2.0, "grade.1": -2.5, "grade.2": -2.5, "grade.3": 1.5, "grade.4": -4.0, "grade.5": -0.5,
    "key.n": 2.0, "key.a": 1.0, "key.s": -0.5, "key.sound": 0.5, "key.shape": 0.5, "key.dropped": -0.5,
    "key.doubled": 0.5, "key.swapped": 0.5, "key.extra": -2.0, "key.generic": -1.5, "key.blur": -2.0, "key.name": 1.5,
    "place.agrees": 1.0, "place.finer": 0.5, "place.silent": 0.0, "place.odd": -0.5, "place.town": -3.0,
    "place.county": -4.0, "place.city": -9.0, "unlike": -1.0, "unexplained": -1.5, "rival": -0.5, "tie": -1.5,
}  # fmt: skip
"""Weights that the sample has little to say about (names, a wrong county) stay where judgement put them."""
Case = tuple[dict[str, float], bool]


def cases(seed: int) -> Iterator[Case]:
    """Evidence and truth for the texts of one sample district that were answered with a door."""
    rng = random.Random(seed)  # noqa: S311 - a sample, not a secret
    district = draw(doors=DOORS, seed=seed)
    divisions, doors, handles = (
        list(division_rows(district)),
        list(door_rows(district)),
        list(handle_rows(district)),
    )
    absent = {h.code for h in handles if rng.random() < ROADS_OUT}
    kept = [d for d in doors if d.handle not in absent and rng.random() >= DOORS_OUT]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "fit.index"
        build_index(path, divisions, _present(handles, absent), kept, alias_rows(district))
        engine = Geocoder.open(path)
        asked = rng.sample(list(written(doors, divisions)), min(TEXTS, len(doors)))
        for text, _, code in perturb(asked, seed=seed):
            yield from _case(engine, text, code)


def _present(handles: list[HandleRow], absent: set[str]) -> Iterator[HandleRow]:
    return (h for h in handles if h.code not in absent)


def _case(engine: Geocoder, text: str, code: str) -> Iterator[Case]:
    matches = engine.matches(searchable(normalise(text)))
    if matches and matches[0].door is not None:
        yield evidence(matches), engine.index.door_code[matches[0].door] == code


def fit(known: list[Case]) -> dict[str, float]:
    """Ridge logistic regression towards the prior, by Newton's method."""
    names = sorted({name for facts, _ in known for name in facts} | set(PRIOR))
    x = np.array([[facts.get(n, 0.0) for n in names] for facts, _ in known])
    y = np.array([right for _, right in known], dtype=float)
    prior: np.ndarray[Any, Any] = np.array([PRIOR.get(n, 0.0) for n in names])
    weights = prior.copy()
    penalty = np.full(len(names), RIDGE)
    for _ in range(40):
        p = 1 / (1 + np.exp(-np.clip(x @ weights, -30, 30)))
        gradient = x.T @ (p - y) + penalty * (weights - prior)
        curvature = (x.T * (p * (1 - p))) @ x + np.diag(penalty)
        weights = weights - np.linalg.solve(curvature, gradient)
    return {n: round(float(w), 4) for n, w in zip(names, weights, strict=True)}


def main() -> None:
    """Draw, ask, fit, write the table and say how well it fits."""
    known = [case for seed in SEEDS for case in cases(seed)]
    table = fit(known)
    TABLE.write_text(json.dumps(table, indent=1, ensure_ascii=False) + "\n", "utf-8")
    wrong = sum(not right for _, right in known)
    sys.stdout.write(f"{len(known)} 个样本,{wrong} 个错误,表写入 {TABLE.name}\n")


if __name__ == "__main__":
    main()
