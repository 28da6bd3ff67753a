"""How the divisions that a text states agree with those of the register. A wrong county is a doubt, not a wall."""

from __future__ import annotations

from functools import lru_cache

from gazetteer.address.context import Stated
from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index

AGREES, SILENT, FINER, ODD, OTHER_TOWN, OTHER_COUNTY = "agrees", "silent", "finer", "odd", "town", "county"
CONFLICTS = frozenset((OTHER_TOWN, OTHER_COUNTY))


class Agreement:
    """Compares stated divisions with a registered one; each pair is compared once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.of = lru_cache(maxsize=100_000)(self._of)

    def _of(self, stated: tuple[Stated, ...], division: int) -> str:
        """``agrees``, ``silent`` (nothing stated), ``finer`` (stated more exactly than registered), ``odd`` (a short
        name that may be no division at all), ``town`` or ``county`` (stated another one).
        """
        if not stated or division == NONE:
            return SILENT
        lineage = self._index.lineage(division)
        found = {self._one(s, lineage) for s in stated}
        for worst in (OTHER_COUNTY, OTHER_TOWN, ODD):
            if worst in found:
                return worst
        return AGREES if AGREES in found else FINER if FINER in found else SILENT

    def _one(self, stated: Stated, lineage: list[int]) -> str:
        level = self._index.div_level
        inside = [o for o in stated.options if o in lineage]
        if inside:
            return AGREES if any(level[o] >= 3 for o in inside) else SILENT
        if any(lineage[0] in self._index.lineage(o) for o in stated.options):
            return FINER
        if not stated.full:
            return ODD
        return OTHER_COUNTY if min(level[o] for o in stated.options) <= 3 else OTHER_TOWN
