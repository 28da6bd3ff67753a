"""How sure an answer is. Evidence adds up to a score that orders readings; a small fitted table turns the best
reading's evidence into a probability. The table is made by ``python -m gazetteer.address.matching.confidence_fit`` from
perturbed sample addresses, some of whose doors and roads the register does not hold.
"""

from __future__ import annotations

import json
import math
from bisect import bisect_left
from collections.abc import Mapping
from functools import lru_cache
from importlib.resources import files
from typing import NamedTuple

KEY_WEIGHT = {
    "n": 0.0, "a": -0.3, "s": -0.8, "sound": -2.0, "shape": -2.6, "dropped": -3.0, "doubled": -1.8, "extra": -3.2,
    "swapped": -2.4, "generic": -3.0, "blur": -3.6, "modifier": -5.0, "other": -6.0, "name": -0.5,
}  # fmt: skip
PLACE_WEIGHT = {
    "agrees": 0.6,
    "finer": 0.3,
    "silent": 0.0,
    "odd": -0.8,
    "town": -0.8,
    "county": -3.0,
    "city": -5.0,
}
GRADE_WEIGHT = {-1: -4.5, 0: 1.0, 1: -1.0, 2: -1.0, 3: 0.4, 4: -1.8, 5: -1.0}
BASE = 4.5
AUTO_AT = 0.98
"""From this probability on an answer is applied without a person, if nothing conflicts."""
NEVER_A_DOOR = frozenset(("other", "modifier"))
"""Keys too weak to put an address on a door: only the road is offered."""
WIDEST_MARGIN = 5.0


@lru_cache(maxsize=20_000)
def score(key: str, place: str, grade: int, unexplained: int, length: int, short: int = 0) -> float:
    """Strength of one reading, in log-odds before fitting; only the order matters.

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


def features(
    key: str,
    place: str,
    grade: int,
    unexplained: int,
    length: int,
    margin: float,
    likeness: float,
    alike: int = 0,
) -> dict[str, float]:
    """The evidence for the best reading as the fitted table weighs it."""
    return {
        "one": 1.0,
        f"key.{key}": 1.0,
        f"place.{place}": 1.0,
        f"grade.{grade}": 1.0,
        "unexplained": math.sqrt(min(unexplained, 6)),
        "short_name": 1.0 if length <= 2 else 0.0,
        "long_name": float(min(max(length - 3, 0), 3)),
        "rival": max(0.0, WIDEST_MARGIN - margin),
        "tie": 1.0 if margin < 0.5 else 0.0,
        "unlike": 10.0 * (1.0 - likeness),
        "namesake": 1.0 if alike else 0.0,
        "namesakes": math.log(max(alike, 1)),
    }


class Table(NamedTuple):
    """Fitted weights of the evidence, and the curve that takes their sum to a probability."""

    weights: Mapping[str, float]
    sums: tuple[float, ...] = ()
    log_odds: tuple[float, ...] = ()

    def log_odds_of(self, evidence: Mapping[str, float]) -> float:
        """Log-odds of the evidence; between the points of the curve by straight lines, beyond them as it begins and ends."""
        total = sum(self.weights.get(name, 0.0) * value for name, value in evidence.items())
        if not self.sums:
            return total
        at = bisect_left(self.sums, total)
        if at == 0:
            return min(total, self.log_odds[0])
        if at == len(self.sums):
            return self.log_odds[-1]
        x0, x1, y0, y1 = *self.sums[at - 1 : at + 1], *self.log_odds[at - 1 : at + 1]
        return y0 + (y1 - y0) * (total - x0) / (x1 - x0)


@lru_cache(maxsize=2)
def table(what: str) -> Table:
    """The shipped table for ``door`` (a registered number) or ``place`` (a road, village, division)."""
    known = json.loads((files("gazetteer.address.matching") / "confidence.json").read_text("utf-8"))[what]
    return Table(known["weights"], tuple(known["sums"]), tuple(known["log_odds"]))


def calibrated(evidence: Mapping[str, float], what: str = "door") -> float:
    """Probability that the best reading is what was meant."""
    return probability(table(what).log_odds_of(evidence))


def probability(log_odds: float) -> float:
    """Log-odds as a probability."""
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, log_odds))))
