"""The evidence for the first of several readings, and the probability that it is what was meant."""

from __future__ import annotations

from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index
from gazetteer.address.matching.confidence import WIDEST_MARGIN, calibrated, features
from gazetteer.address.matching.match import Match
from gazetteer.address.matching.namesakes import rival


def confidence(index: Index, matches: list[Match], alike: int = 0) -> float:
    """Probability that the first reading is right, given the others; ``alike`` are its namesakes."""
    return calibrated(evidence(index, matches, alike), "place" if matches[0].door is None else "door")


def margin(index: Index, matches: list[Match]) -> float:
    """By how much the best reading beats the next that means another place."""
    other = rival(index, matches)
    return WIDEST_MARGIN if other is None else matches[0].score - other.score


def evidence(index: Index, matches: list[Match], alike: int = 0) -> dict[str, float]:
    """What is known for and against the best reading: a door, or a place where no door is given."""
    best = matches[0]
    grade = best.reading.grade if best.reading and best.door is not None else 0
    found = features(
        best.hit.key, best.place, grade, len(best.context.unexplained), len(best.hit.asked), margin(index, matches),
        best.hit.likeness, alike,
    )  # fmt: skip
    if best.door is not None:
        return found
    return found | {
        "unlisted": float(best.reading is not None),
        "division": float(best.hit.handle == NONE),
        "beside": float(best.beside is not None),
    }
