"""What lies at a point (逆地理编码): the nearest door and what it belongs to, one point or a million."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.doors import SCALE
from gazetteer.address.index.grid import cells, row_step
from gazetteer.address.index.reader import Index
from gazetteer.address.index.records import Standard
from gazetteer.address.model import Nearby

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
METRES_A_DEGREE = 111_320.0
FARTHEST_M = 2000.0
"""Beyond this nothing is called near."""
_WIDEST_DEGREES = 0.022
_GROWTH = 2.8


def rings(side_degrees: float) -> list[int]:
    """How many cells to look at around a point, narrow first, until some two kilometres are seen."""
    widest = math.ceil(_WIDEST_DEGREES / side_degrees)
    found = [1]
    while found[-1] < widest:
        found.append(min(widest, math.ceil(found[-1] * _GROWTH)))
    return found


class Reverse:
    """Finds the nearest doors of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._words = Standard(index)
        array = index.container.array
        self._cell, self._at, self._door = array("grid.cell"), array("grid.at"), array("grid.door")
        self._side = int(array("grid.side")[0])
        self._rings = rings(self._side / SCALE)
        self._lon, self._lat = array("door.lon"), array("door.lat")
        self._hidden: np.ndarray[Any, np.dtype[np.bool_]] | None = None
        self.hide(np.flatnonzero(array("door.to")))

    def hide(self, doors: Ints) -> None:
        """Leave these doors out too: they have ended, or their records have changed since the index was built."""
        if len(doors):
            hidden = np.zeros(len(self._lon), bool) if self._hidden is None else self._hidden.copy()
            hidden[doors] = True
            self._hidden = hidden

    def one(self, lon: float, lat: float) -> Nearby | None:
        """The nearest door to a point and all that holds it, or None within two kilometres of nothing."""
        found = self.many(np.array([lon]), np.array([lat]))
        return found[0]

    def many(self, lons: Floats | Sequence[float], lats: Floats | Sequence[float]) -> list[Nearby | None]:
        """The same for many points; points that are no numbers give None."""
        doors, metres = self.nearest(np.asarray(lons, float), np.asarray(lats, float))
        return [None if d < 0 else self._nearby(int(d), float(m)) for d, m in zip(doors, metres, strict=True)]

    def nearest(self, lons: Floats, lats: Floats) -> tuple[Ints, Floats]:
        """Number of the nearest door (-1 for none) and the distance in metres, for each point."""
        doors = np.full(len(lons), -1, np.int64)
        metres = np.full(len(lons), np.inf)
        todo = np.flatnonzero(
            np.isfinite(lons) & np.isfinite(lats) & (np.abs(lons) <= 180) & (np.abs(lats) <= 89)
        )
        for ring in self._rings:
            for part in np.array_split(todo, max(1, len(todo) * (2 * ring + 1) // 60_000)):
                self._ring(part, lons, lats, ring, doors, metres)
            safe = ring * self._side / SCALE * METRES_A_DEGREE * np.cos(np.radians(lats[todo]))
            todo = todo[metres[todo] > safe]
        far = metres > FARTHEST_M
        doors[far], metres[far] = -1, np.inf
        return doors, metres

    def _ring(self, todo: Ints, lons: Floats, lats: Floats, ring: int, doors: Ints, metres: Floats) -> None:
        """Look at the square of cells around each point; of doors equally near the first is taken."""
        many, candidate = self._candidates(lons[todo], lats[todo], ring)
        point, many = todo[many > 0], many[many > 0]
        if not len(point):
            return
        owner = np.repeat(point, many)
        distance = self._distance(lons[owner], lats[owner], candidate)
        if self._hidden is not None:
            distance[self._hidden[candidate]] = np.inf
        first = np.cumsum(many) - many
        nearest = np.minimum.reduceat(distance, first)
        tied = np.where(distance == np.repeat(nearest, many), candidate, len(self._lon))
        known = np.isfinite(nearest)
        doors[point[known]] = np.minimum.reduceat(tied, first)[known]
        metres[point[known]] = nearest[known]

    def _candidates(self, lons: Floats, lats: Floats, ring: int) -> tuple[Ints, Ints]:
        """How many doors lie in the square around each point, and these doors one after another."""
        home = cells(np.floor(lons * SCALE), np.floor(lats * SCALE), self._side)
        rows = np.arange(-ring, ring + 1, dtype=np.int64) * row_step()
        low = (home[:, None] + rows - ring).ravel()
        start = self._at[np.searchsorted(self._cell, low, "left")].astype(np.int64)
        end = self._at[np.searchsorted(self._cell, low + 2 * ring, "right")].astype(np.int64)
        size = end - start
        offset = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
        doors = self._door[np.repeat(start, size) + offset].astype(np.int64)
        return size.reshape(len(lons), len(rows)).sum(axis=1), doors

    def _distance(self, lon: Floats, lat: Floats, door: Ints) -> Floats:
        x = (self._lon[door] / SCALE - lon) * np.cos(np.radians(lat))
        y = self._lat[door] / SCALE - lat
        return np.hypot(x, y) * METRES_A_DEGREE

    def _nearby(self, door: int, metres: float) -> Nearby:
        index, handle = self._index, self._index.door_handle[door]
        division = index.door_div[door]
        road = index.name_of(handle) if handle != NONE and index.kind_of(handle) == "road" else ""
        province, city, county, town, village = self._words.divided(division)
        return Nearby(
            self._words.door(door), index.door_code[door], "door", *index.point(door), round(metres, 1), road,
            village, town, county, city, province, index.pool[index.div_code[division]] if division != NONE else "",
            bool(index.door_made_up[door]),
        )  # fmt: skip
