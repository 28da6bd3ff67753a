"""Defects of an address that came with a point: wrong side of the road, another place, a shifted datum."""

from __future__ import annotations

import math
from collections.abc import Iterator

import numpy as np

from gazetteer.address.defects.register import MANY_POINTS, SHIFTED, WRONG_SIDE, at_element
from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index
from gazetteer.address.model import Defect, Parsed
from geo.crs import convert

_METRES_A_DEGREE = 111_320.0
_SAME_M = 20.0
"""Two points of one door are one within this: a gate and its plate."""
_ELSEWHERE_M = 60.0
"""From here on the points are two places."""
_SIDE_M = 4.0
"""Half a lane: sides nearer than this cannot be told."""
_NEIGHBOURS = 12
Point = tuple[float, float]


def point_defects(index: Index, parsed: Parsed, door: int, given: Point) -> Iterator[Defect]:
    """What the point says that came with an address, against the registered point of its door.

    Args:
        index: the register.
        parsed: the text, where the defects are put.
        door: the registered door the text means.
        given: longitude and latitude that came with it, said to be CGCS2000.
    """
    registered = index.point(door)
    away = _metres(given, registered)
    if away <= _SAME_M and not _other_side(index, door, given):
        return
    shifted = _shifted(given, registered) if away > _ELSEWHERE_M else ""
    if shifted:
        yield at_element(parsed, SHIFTED, "no", f"坐标实为 {shifted}，应先改正偏移")
    elif away > _ELSEWHERE_M:
        yield at_element(parsed, MANY_POINTS, "no", f"与登记的位置相距 {away:.0f} 米，合并或编附号")
    elif _other_side(index, door, given):
        yield at_element(parsed, WRONG_SIDE, "no", "号码单双与所在路侧不符")


def _shifted(given: Point, registered: Point) -> str:
    """The datum whose offset explains the distance; empty when none does."""
    for datum in ("gcj02", "bd09"):
        lon, lat = convert(np.array([given[0]]), np.array([given[1]]), datum, "cgcs2000")
        if _metres((float(lon[0]), float(lat[0])), registered) <= _SAME_M:
            return datum.upper()
    return ""


def _other_side(index: Index, door: int, given: Point) -> bool:
    """Whether a point lies where the numbers of the other parity stand, along the road at the door."""
    same, other = _sides(index, door)
    if len(same) < 2 or len(other) < 2:
        return False
    together = np.array(same + other)
    centre = together.mean(axis=0)
    along = np.linalg.svd(together - centre)[2][0]
    across = np.array([-along[1], along[0]])
    here, there = (float(np.median((np.array(side) - centre) @ across)) for side in (same, other))
    at = float((np.array(_plane(given, given[1])) - centre) @ across)
    return abs(here - there) > _SIDE_M and abs(at - there) + _SIDE_M / 2 < abs(at - here)


def _sides(index: Index, door: int) -> tuple[list[Point], list[Point]]:
    """Points, in metres, of the nearest doors of the same parity and of the other one."""
    handle, latitude = index.door_handle[door], index.point(door)[1]
    if handle == NONE or not index.door_main[door]:
        return [], []
    start, end = index.handle_start[handle], index.handle_end[handle]
    here = index.point(door)
    near = sorted(
        range(max(start, door - 80), min(end, door + 80)), key=lambda d: math.dist(index.point(d), here)
    )
    sides: tuple[list[Point], list[Point]] = ([], [])
    for other in near:
        side = sides[(index.door_main[other] - index.door_main[door]) % 2]
        if len(side) < _NEIGHBOURS // 2 and index.door_main[other]:
            side.append(_plane(index.point(other), latitude))
    return sides


def _plane(point: Point, latitude: float) -> Point:
    return point[0] * _METRES_A_DEGREE * math.cos(math.radians(latitude)), point[1] * _METRES_A_DEGREE


def _metres(one: Point, other: Point) -> float:
    x, y = _plane(one, one[1])
    x0, y0 = _plane(other, one[1])
    return math.hypot(x - x0, y - y0)
