"""Narrowing readings by what the caller knows: the division, or a point nearby."""

from __future__ import annotations

import math
from dataclasses import replace

from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index
from gazetteer.address.matching.match import Match


def division_of(index: Index, match: Match) -> int:
    """The smallest division that holds what a reading means."""
    if match.door is not None:
        return index.door_div[match.door]
    return match.division if match.hit.handle == NONE else index.handle_div[match.hit.handle]


def inside(index: Index, matches: list[Match], code: str) -> list[Match]:
    """The readings that lie in a division, by any length of its code (331003, 331003001000)."""
    prefix = code.rstrip("0") or code
    prefix = prefix.ljust(next((n for n in (2, 4, 6, 9, 12) if n >= len(prefix)), 12), "0")
    return [
        m for m in matches if _code(m.index or index, division_of(m.index or index, m)).startswith(prefix)
    ]


def _code(index: Index, division: int) -> str:
    return index.pool[index.div_code[division]] if division != NONE else ""


def nearest_first(index: Index, matches: list[Match], near: tuple[float, float]) -> list[Match]:
    """Readings ordered by evidence and nearness: at most as much as a county agreeing weighs."""
    scored = [replace(m, score=m.score - min(1.0, _degrees(m.index or index, m, near) * 5)) for m in matches]
    return sorted(scored, key=lambda m: -m.score)


def _degrees(index: Index, match: Match, near: tuple[float, float]) -> float:
    door = match.door if match.door is not None else match.beside
    point = index.point(door) if door is not None else None
    if point is None and match.hit.handle != NONE:
        point = index.handle_point(match.hit.handle)
    if point is None or point[0] != point[0]:
        return 1.0
    return math.hypot(point[0] - near[0], point[1] - near[1])
