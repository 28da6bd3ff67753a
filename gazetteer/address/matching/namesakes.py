"""Other roads and villages of the same name that the text may as well mean (同名): the number does not tell for certain.

That 振兴路5号 is registered in one town alone may only say that the other towns' lists have gaps. A long road that runs
through several counties is one road, though each county holds its own part: there the number does tell.
"""

from __future__ import annotations

import math

from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index
from gazetteer.address.matching.agreement import CONFLICTS, ODD
from gazetteer.address.matching.confidence import KEY_WEIGHT, PLACE_WEIGHT
from gazetteer.address.matching.match import Match
from gazetteer.address.matching.numbers import main_number

_AS_WELL = 0.35
"""How much worse the divisions may fit: stated more exactly than registered is no reason against a road."""
_BEYOND = 1.15
"""A road may have grown by so much since its highest registered number."""
_METRES_A_NUMBER = 12.0
"""Doors of one road are at most so far apart for each number between them; common are three or four metres."""
_ONE_PLACE_M = 500.0
_SAME_DOOR_M = 60.0
_METRES_A_DEGREE = 111_320.0


def namesakes(index: Index, matches: list[Match]) -> list[Match]:
    """Readings without the number whose road is named and placed as well as the best's, and whose numbers reach so far.

    Args:
        index: where readings point that name no index of their own.
        matches: the best first; only a best reading that is a registered number has namesakes.
    """
    best = matches[0]
    if best.door is None or best.reading is None or best.hit.handle == NONE:
        return []
    others = [m for m in matches[1:] if _as_well(m, best)]
    if not others:
        return []
    number, name = main_number(best.reading.path), (best.index or index).name_of(best.hit.handle)
    here = (best.index or index).point(best.door)
    return [
        m
        for m in others
        if (m.index or index).name_of(m.hit.handle) == name
        and _reaches(m.index or index, m.hit.handle, number)
        and not _runs_on(m.index or index, m.hit.handle, best.reading.path, here)
    ]


def rival(index: Index, matches: list[Match]) -> Match | None:
    """The next reading that means another place; a door that the register holds twice (徐家汇虹桥路1号) is no rival."""
    best = matches[0]
    return next((m for m in matches[1:] if not _same_door(index, m, best)), None)


def _same_door(index: Index, match: Match, best: Match) -> bool:
    if match.door is None or best.door is None or match.reading is None or best.reading is None:
        return False
    one, other = match.index or index, best.index or index
    if match.hit.key != "s" or one.path(match.door) != other.path(best.door):
        return False
    return _metres(one.point(match.door), other.point(best.door)) <= _SAME_DOOR_M


def _as_well(match: Match, best: Match) -> bool:
    if match.door is not None or match.hit.handle == NONE or match.reading is None:
        return False
    if match.place in CONFLICTS or (match.place == ODD and best.place != ODD):
        return False
    return (
        KEY_WEIGHT[match.hit.key] >= KEY_WEIGHT[best.hit.key]
        and PLACE_WEIGHT[match.place] >= PLACE_WEIGHT[best.place] - _AS_WELL
        and len(match.context.unexplained) <= len(best.context.unexplained)
    )


def _reaches(index: Index, handle: int, number: int) -> bool:
    """Whether a number may stand on a road: not far above its highest, or nothing is registered on it."""
    highest = index.handle_high[handle]
    return not highest or number <= max(highest * _BEYOND, highest + 4)


def _runs_on(index: Index, handle: int, path: str, here: tuple[float, float]) -> bool:
    """Whether a door may stand in the row of numbers of a road: as near to its next numbers as they are in number."""
    return any(
        _metres(index.point(door), here)
        <= _ONE_PLACE_M + _METRES_A_NUMBER * abs(index.door_main[door] - main_number(path))
        for door in index.neighbours(handle, path)
        if door is not None
    )


def _metres(one: tuple[float, float], other: tuple[float, float]) -> float:
    east = (one[0] - other[0]) * math.cos(math.radians(one[1]))
    return math.hypot(east, one[1] - other[1]) * _METRES_A_DEGREE
