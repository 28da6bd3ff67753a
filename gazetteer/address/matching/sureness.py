"""The evidence for the first of several readings, and the probability that it is what was meant."""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index
from gazetteer.address.matching.confidence import WIDEST_MARGIN, calibrated, features
from gazetteer.address.matching.match import Match
from gazetteer.address.matching.namesakes import rival


def confidence(index: Index, matches: list[Match], alike: int = 0) -> float:
    """Probability that the first reading is right, given the others; ``alike`` are its namesakes."""
    return _probability(*_facts(index, matches, alike))


def margin(index: Index, matches: list[Match]) -> float:
    """By how much the best reading beats the next that means another place."""
    other = rival(index, matches)
    return WIDEST_MARGIN if other is None else matches[0].score - other.score


def evidence(index: Index, matches: list[Match], alike: int = 0) -> dict[str, float]:
    """What is known for and against the best reading: a door, or a place where no door is given."""
    return _weighed(*_facts(index, matches, alike))


class _Facts(NamedTuple):
    """What of the readings counts as evidence; most answers share theirs with many others."""

    key: str
    place: str
    grade: int
    unexplained: int
    length: int
    margin: float
    likeness: float
    alike: int
    no_door: tuple[float, float, float] | None
    """Where no door is given: whether its number is not listed, whether it is a division, whether a door is beside it."""


def _facts(index: Index, matches: list[Match], alike: int) -> _Facts:
    best = matches[0]
    grade = best.reading.grade if best.reading and best.door is not None else 0
    no_door = None
    if best.door is None:
        no_door = (
            float(best.reading is not None),
            float(best.hit.handle == NONE),
            float(best.beside is not None),
        )
    return _Facts(
        best.hit.key, best.place, grade, len(best.context.unexplained), len(best.hit.asked), margin(index, matches),
        best.hit.likeness, alike, no_door,
    )  # fmt: skip


def _weighed(*facts: Any) -> dict[str, float]:
    *about, no_door = facts
    found = features(*about)
    if no_door is None:
        return found
    return found | dict(zip(("unlisted", "division", "beside"), no_door, strict=True))


@lru_cache(maxsize=50_000)
def _probability(*facts: Any) -> float:
    return calibrated(_weighed(*facts), "door" if facts[-1] is None else "place")
