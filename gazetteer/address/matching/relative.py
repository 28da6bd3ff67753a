"""Relative places (相对位置): where two roads meet, so many metres from something, beside something.

The point is reckoned from registered doors, so it is never better than a review.
"""

from __future__ import annotations

import math

import numpy as np

from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index
from gazetteer.address.index.records import Standard
from gazetteer.address.matching.agreement import CONFLICTS
from gazetteer.address.matching.confidence import probability
from gazetteer.address.matching.keys import fold
from gazetteer.address.matching.match import Match
from gazetteer.address.matching.resolve import Resolver
from gazetteer.address.model import Candidate, Level, Relation

METRES_A_DEGREE = 111_320.0
MEETING_M = 400.0
"""Two roads whose nearest doors are farther apart do not meet as far as the register can tell."""
ALONG_M = 3000.0
"""A part of a road is named after a village that is no farther from its doors."""
_BEARINGS = {"北": 0, "东北": 45, "东": 90, "东南": 135, "南": 180, "西南": 225, "西": 270, "西北": 315}
_MOST_DOORS = 3000
Point = tuple[float, float]


class Relative:
    """Places relations against one index."""

    def __init__(self, index: Index, resolver: Resolver) -> None:
        self._index, self._resolver = index, resolver
        self._words = Standard(index)

    def place(self, relation: Relation, context: str) -> Candidate | None:
        """The point a relation means, or None when its anchors are not registered.

        Args:
            relation: as the parser read it.
            context: the divisions of the text, put before each anchor.
        """
        if len(relation.anchors) >= 2:
            of_two = self._meeting if relation.kind == "intersection" else self._along
            found = of_two(relation.anchors[0], relation.anchors[1], context)
        else:
            found = self._anchor(relation.anchors[0], context) if relation.anchors else None
        if found is None:
            return None
        point, name, division, sure = found
        moved = _moved(point, relation.direction, relation.distance_m)
        level: Level = "intersection" if relation.kind == "intersection" and moved == point else "relative"
        address = self._words.division(division) + name + words_of(relation)
        return Candidate(level, address, "", *moved, sure, "按登记的参照物推算的位置", False)

    def known(self, relation: Relation, context: str) -> tuple[list[Match], list[str]]:
        """Of a place between two anchors that cannot be located: the roads that are registered, the names that are not."""
        if len(relation.anchors) < 2:
            return [], []
        roads = {name: self._roads(name, context)[:1] for name in relation.anchors[:2]}
        return [found[0] for found in roads.values() if found], [
            name for name, found in roads.items() if not found
        ]

    def _along(self, road: str, near: str, context: str) -> tuple[Point, str, int, float] | None:
        """The door of a road that lies nearest to a village or place: 325省道潮济村路段."""
        anchor = self._anchor(near, context)
        roads = self._roads(road, context)
        if anchor is None or not roads:
            return None
        handle = roads[0].hit.handle
        lon, lat = self._doors(handle)
        if not len(lon):
            return None
        x, y = anchor[0]
        distance = np.hypot((lon - x) * math.cos(math.radians(y)), lat - y)
        nearest = int(distance.argmin())
        if float(distance[nearest]) * METRES_A_DEGREE > ALONG_M:
            return None
        name = self._index.name_of(handle) + anchor[1]
        return (float(lon[nearest]), float(lat[nearest])), name, self._index.handle_div[handle], 0.7

    def _meeting(self, one: str, other: str, context: str) -> tuple[Point, str, int, float] | None:
        """The middle between the nearest doors of two roads, over all roads of these names."""
        best: tuple[float, Point, int, str] | None = None
        for a in self._roads(one, context):
            for b in self._roads(other, context):
                found = self._nearest(a.hit.handle, b.hit.handle)
                if found and (best is None or found[0] < best[0]):
                    names = f"{self._index.name_of(a.hit.handle)}与{self._index.name_of(b.hit.handle)}交叉口"
                    best = (found[0], found[1], self._index.handle_div[a.hit.handle], names)
        if best is None or best[0] > MEETING_M:
            return None
        return best[1], best[3], best[2], 0.9 * math.exp(-best[0] / 300)

    def _roads(self, name: str, context: str) -> list[Match]:
        found = self._resolver.resolve(fold(context + name))
        return [m for m in found if m.hit.handle != NONE and m.door is None and m.wanted][:6]

    def _nearest(self, one: int, other: int) -> tuple[float, Point] | None:
        """Metres between the nearest doors of two roads, and the point between them."""
        lon, lat = self._doors(one)
        to_lon, to_lat = self._doors(other)
        if not len(lon) or not len(to_lon) or one == other:
            return None
        x = (lon[:, None] - to_lon[None, :]) * math.cos(math.radians(float(lat[0])))
        distance = np.hypot(x, lat[:, None] - to_lat[None, :])
        i, j = np.unravel_index(int(distance.argmin()), distance.shape)
        middle = float(lon[i] + to_lon[j]) / 2, float(lat[i] + to_lat[j]) / 2
        return float(distance[i, j]) * METRES_A_DEGREE, middle

    def _doors(self, handle: int) -> tuple[np.ndarray, np.ndarray]:
        start, end = self._index.handle_start[handle], self._index.handle_end[handle]
        return self._index.points(start, min(end, start + _MOST_DOORS))

    def _anchor(self, name: str, context: str) -> tuple[Point, str, int, float] | None:
        found = self._resolver.resolve(fold(context + name))
        best = found[0] if found and found[0].wanted else None
        if best is None or best.place in CONFLICTS or (best.door is None and best.hit.handle == NONE):
            return None
        sure = 0.8 * probability(best.score)
        if best.door is not None:
            index = self._index
            named = index.pool[index.door_name[best.door]] if best.hit.key == "name" else ""
            return (
                index.point(best.door),
                named or self._words.short(best.door),
                index.door_div[best.door],
                sure,
            )
        point = self._index.handle_point(best.hit.handle)
        if point is None:
            return None
        return point, self._index.name_of(best.hit.handle), self._index.handle_div[best.hit.handle], sure


def words_of(relation: Relation) -> str:
    """Direction and distance as one says them: 东南方向194米, 西侧, 路段."""
    direction = relation.direction
    if relation.distance_m:
        towards = f"正{direction}" if len(direction) == 1 else f"{direction}方向"
        return f"{towards if direction in _BEARINGS else ''}{relation.distance_m:g}米"
    return f"{direction}侧" if direction in _BEARINGS else direction


def _moved(point: Point, direction: str, distance_m: float | None) -> Point:
    """A point so many metres in a direction; without a distance it stays."""
    bearing = next(
        (b for word, b in sorted(_BEARINGS.items(), key=lambda w: -len(w[0])) if word in direction), None
    )
    if bearing is None or not distance_m:
        return point
    angle = math.radians(bearing)
    north = distance_m * math.cos(angle) / METRES_A_DEGREE
    east = distance_m * math.sin(angle) / (METRES_A_DEGREE * math.cos(math.radians(point[1])))
    return point[0] + east, point[1] + north
