"""How sure an answer is: evidence adds up to log-odds, and those are calibrated on perturbed sample addresses."""

from __future__ import annotations

import math

KEY_WEIGHT = {
    "n": 0.0, "a": -0.3, "s": -0.8, "sound": -2.0, "shape": -2.6, "dropped": -3.0, "doubled": -1.8, "extra": -3.2,
    "swapped": -2.4, "generic": -3.0, "blur": -3.6, "modifier": -5.0, "other": -6.0, "name": -0.5,
}  # fmt: skip
PLACE_WEIGHT = {"agrees": 0.6, "finer": 0.3, "silent": 0.0, "odd": -0.8, "town": -0.8, "county": -3.0}
GRADE_WEIGHT = {-1: -4.5, 0: 1.0, 1: -1.0, 2: -1.0, 3: 0.4, 4: -1.8, 5: -1.0}
BASE = 4.5
AUTO_AT = 0.985
"""From this probability on an answer is applied without a person, if nothing conflicts."""
NEVER_A_DOOR = frozenset(("other", "modifier"))
"""Keys too weak to put an address on a door: only the road is offered."""


def score(key: str, place: str, grade: int, unexplained: int, length: int, short: int = 0) -> float:
    """Log-odds that a reading is what was meant, taken alone.

    Args:
        key: by which key the name was found.
        place: how the divisions stated agree with the register.
        grade: how the number was read, -1 where it is not registered.
        unexplained: characters before the name that nothing explains.
        length: characters of the name.
        short: divisions written without their kind.
    """
    name = 0.4 * min(length - 3, 4)
    return (
        BASE + KEY_WEIGHT[key] + PLACE_WEIGHT[place] + GRADE_WEIGHT[grade] + name
        - (0.8 + 1.0 * min(unexplained, 5) if unexplained else 0.0) - 0.3 * short
    )  # fmt: skip


def probability(log_odds: float) -> float:
    """Log-odds as a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))
