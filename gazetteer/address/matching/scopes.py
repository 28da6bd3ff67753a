"""Where another name is meant (别名适用范围): outside the area kept with it, an alias does not count."""

from __future__ import annotations

from functools import lru_cache

import shapely

from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.namekeys import ALIAS, NUMBER
from gazetteer.address.index.reader import Index
from gazetteer.address.matching.context import Context, Stated
from gazetteer.address.matching.keys import fold

Point = tuple[float, float]


class Scopes:
    """The areas of the aliases of one index; an area is read when its alias is first met."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._area = lru_cache(maxsize=4096)(self._read)
        self._said = lru_cache(maxsize=4096)(self._aliases)

    def holds(self, alias: int, point: Point | None) -> bool:
        """Whether an alias counts at a point (CGCS2000 degrees): it has no area, or the point lies in it or unknown."""
        area = self._area(alias)
        return area is None or point is None or bool(shapely.intersects_xy(area, *point))

    def stated(self, context: Context, division: int, door: int | None, handle: int) -> bool:
        """Whether every division that a text states by an alias may be called so where a reading lies."""
        aliases = context.renamed
        return not aliases or all(self._may(s, division, self.place(door, handle)) for s in aliases)

    def _may(self, stated: Stated, division: int, point: Point | None) -> bool:
        above = self._index.lineage(division) if division != NONE else []
        meant = [a for a in self._said(stated) if self._index.alias_target[a] in above]
        return not meant or any(self.holds(a, point) for a in meant)

    def place(self, door: int | None, handle: int) -> Point | None:
        """Where a reading lies: its door, else its road; None where neither is known."""
        if door is not None:
            return self._index.point(door)
        return None if handle == NONE else self._index.handle_point(handle)

    def _aliases(self, stated: Stated) -> tuple[int, ...]:
        """All aliases of divisions that are written like this."""
        found = self._index.find("v", fold(stated.text))
        return tuple(t & NUMBER for t in found if t >= ALIAS)

    def _read(self, alias: int) -> shapely.Geometry | None:
        words = self._index.pool[self._index.alias_scope[alias]]
        if not words:
            return None
        area = shapely.from_wkb(words)
        shapely.prepare(area)
        return area
