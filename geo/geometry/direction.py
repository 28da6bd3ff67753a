"""Bearings and the sixteen direction words (十六方位) of boundary documents, counted from true north."""

from __future__ import annotations

from pyproj import Geod
from shapely import Point

from geo.problems import BadInput

_GEOD = Geod(ellps="GRS80")
WORDS = (
    "北", "东北偏北", "东北", "东北偏东", "东", "东南偏东", "东南", "东南偏南",
    "南", "西南偏南", "西南", "西南偏西", "西", "西北偏西", "西北", "西北偏北",
)  # fmt: skip
_SECTOR = 22.5


def bearing(start: Point, end: Point) -> float:
    """Geodesic azimuth from ``start`` to ``end`` in degrees, clockwise from true north, 0 <= azimuth < 360.

    Raises:
        BadInput: both points are the same place.
    """
    azimuth, _, distance = _GEOD.inv(start.x, start.y, end.x, end.y)
    if distance == 0:
        raise BadInput("两点重合，没有方位角。", "请核对两个点的坐标。", code="geometry.same-point")
    return float(azimuth % 360.0)


def direction_word(azimuth: float) -> str:
    """The word of the 22.5° sector that an azimuth lies in; 北 is 348°45′ up to, not including, 11°15′.

    Raises:
        BadInput: the azimuth is no finite number.
    """
    if not abs(azimuth) < float("inf"):
        raise BadInput("方位角不是数字。", "请给出 0 到 360 之间的度数。", code="geometry.azimuth")
    return WORDS[int((azimuth % 360.0 + _SECTOR / 2) // _SECTOR) % 16]
