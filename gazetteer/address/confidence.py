"""How sure an answer is: evidence adds up to log-odds, and those are calibrated on perturbed sample addresses."""

from __future__ import annotations

import math

KEY_WEIGHT = {
    "n": 0.0, "a": -0.3, "s": -1.0, "sound": -2.0, "shape": -2.6, "dropped": -3.0, "doubled": -1.8, "extra": -3.2,
    "swapped": -2.4, "generic": -3.0, "blur": -3.4, "other": -4.2,
}  # fmt: skip
PLACE_WEIGHT = {"agrees": 1.5, "finer": 0.8, "silent": 0.0, "odd": -0.8, "town": -0.8, "county": -3.0}
GRADE_WEIGHT = {-1: -4.0, 0: 1.0, 1: 0.2, 2: 0.4, 3: 0.6, 4: -0.8}
BASE = 4.0


def score(key: str, place: str, grade: int, unexplained: int, length: int) -> float:
    """Log-odds that a reading is what was meant, taken alone."""
    long_name = 0.4 * min(length - 3, 3) if key not in "na" else 0.0
    return (
        BASE + KEY_WEIGHT[key] + PLACE_WEIGHT[place] + GRADE_WEIGHT[grade] - 0.9 * min(unexplained, 6) + long_name
    )


def probability(log_odds: float) -> float:
    """Log-odds as a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))
