"""What lies at a point where every county has a file of its own: only the counties around the point are asked."""

from __future__ import annotations

import numpy as np

from gazetteer.address.answering.reverse import FARTHEST_M, METRES_A_DEGREE, Floats, Ints, Reverse
from gazetteer.address.index.counties import Counties
from gazetteer.address.index.doors import SCALE
from gazetteer.address.index.numbering import BITS, LOCAL
from gazetteer.address.index.reader import Index
from gazetteer.address.index.records import Standard

_AROUND = 1.2 * FARTHEST_M / METRES_A_DEGREE
"""Degrees of latitude that a county is asked beyond its doors."""


def reverse_of(index: Index) -> Reverse:
    """Reverse geocoding over an index of either form."""
    return ReverseOfCounties(index) if isinstance(index, Counties) else Reverse(index)


class ReverseOfCounties(Reverse):
    """Finds the nearest doors of many counties."""

    def __init__(self, index: Counties) -> None:
        self._index, self._counties = index, index
        self._words = Standard(index)
        self._boxes = index.container.array("county.box").reshape(-1, 4) / SCALE
        self._each: dict[int, Reverse] = {}

    def _of(self, file: int) -> Reverse | None:
        if file not in self._each and (part := self._counties.part(file)):
            self._each[file] = Reverse(part)
        return self._each.get(file)

    def hide(self, doors: Ints) -> None:
        """Leave these doors out too."""
        for file in np.unique(doors >> BITS).tolist():
            if known := self._of(file):
                known.hide(doors[doors >> BITS == file] & LOCAL)

    def nearest(self, lons: Floats, lats: Floats) -> tuple[Ints, Floats]:
        """Number of the nearest door (-1 for none) and the distance in metres, for each point."""
        doors, metres = np.full(len(lons), -1, np.int64), np.full(len(lons), np.inf)
        wide = _AROUND / np.maximum(np.cos(np.radians(np.clip(lats, -89, 89))), 0.01)
        for file, (west, south, east, north) in enumerate(self._boxes, start=1):
            near = np.flatnonzero(
                (lons >= west - wide)
                & (lons <= east + wide)
                & (lats >= south - _AROUND)
                & (lats <= north + _AROUND)
            )
            known = self._of(file) if len(near) else None
            if known is None:
                continue
            found, away = known.nearest(lons[near], lats[near])
            better = (found >= 0) & (away < metres[near])
            doors[near[better]], metres[near[better]] = found[better] | (file << BITS), away[better]
        return doors, metres
