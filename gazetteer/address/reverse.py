"""What lies at a point (逆地理编码): the nearest door and what it belongs to, one point or a million."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.doors import SCALE
from gazetteer.address.index.grid import CELL, cells
from gazetteer.address.index.reader import Index
from gazetteer.address.model import Nearby
from gazetteer.address.records import Standard

Floats = np.ndarray[Any, np.dtype[np.float64]]
Ints = np.ndarray[Any, np.dtype[np.int64]]
METRES_A_DEGREE = 111_320.0
FARTHEST_M = 2000.0
"""Beyond this nothing is called near."""
_RINGS = (1, 3, 8, 22)


class Reverse:
    """Finds the nearest doors of one index."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._words = Standard(index)
        array = index.container.array
        self._cell, self._at, self._door = array("grid.cell"), array("grid.at"), array("grid.door")
        self._lon, self._lat = array("door.lon"), array("door.lat")
        self._hidden: Ints | None = None
        self.hide(np.flatnonzero(array("door.to")))

    def hide(self, doors: Ints) -> None:
        """Leave these doors out too: they have ended, or their records have changed since the index was built."""
        if len(doors):
            self._hidden = np.union1d(doors, () if self._hidden is None else self._hidden).astype(np.int64)

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
        for ring in _RINGS:
            for part in np.array_split(todo, max(1, len(todo) * (2 * ring + 1) // 60_000)):
                self._ring(part, lons, lats, ring, doors, metres)
            safe = ring * CELL / SCALE * METRES_A_DEGREE * np.cos(np.radians(lats[todo]))
            todo = todo[metres[todo] > safe]
        far = metres > FARTHEST_M
        doors[far], metres[far] = -1, np.inf
        return doors, metres

    def _ring(self, todo: Ints, lons: Floats, lats: Floats, ring: int, doors: Ints, metres: Floats) -> None:
        """Look at the square of cells around each point."""
        point, candidate = self._candidates(todo, lons, lats, ring)
        if not len(point):
            return
        distance = self._distance(lons[point], lats[point], candidate)
        order = np.lexsort((candidate, distance, point))
        best = order[np.unique(point[order], return_index=True)[1]]
        doors[point[best]], metres[point[best]] = candidate[best], distance[best]

    def _candidates(self, todo: Ints, lons: Floats, lats: Floats, ring: int) -> tuple[Ints, Ints]:
        home = cells(np.floor(lons[todo] * SCALE), np.floor(lats[todo] * SCALE))
        rows = np.arange(-ring, ring + 1, dtype=np.int64) << 22
        low = (home[:, None] + rows - ring).ravel()
        start = self._at[np.searchsorted(self._cell, low, "left")].astype(np.int64)
        end = self._at[np.searchsorted(self._cell, low + 2 * ring, "right")].astype(np.int64)
        size = end - start
        owner = np.repeat(np.repeat(todo, len(rows)), size)
        offset = np.arange(size.sum()) - np.repeat(np.cumsum(size) - size, size)
        doors = self._door[np.repeat(start, size) + offset].astype(np.int64)
        if self._hidden is None:
            return owner, doors
        kept = ~np.isin(doors, self._hidden)
        return owner[kept], doors[kept]

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
