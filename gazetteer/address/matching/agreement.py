"""How the divisions that a text states agree with those of the register. A wrong county is a doubt, not a wall."""

from __future__ import annotations

from functools import lru_cache

from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index
from gazetteer.address.matching.context import Stated

AGREES, SILENT, FINER, ODD, OTHER_TOWN, OTHER_COUNTY = "agrees", "silent", "finer", "odd", "town", "county"
OTHER_CITY = "city"
CONFLICTS = frozenset((OTHER_TOWN, OTHER_COUNTY, OTHER_CITY))
_CITY, _COUNTY = 2, 3


class Agreement:
    """Compares stated divisions with a registered one; each pair is compared once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self.of = lru_cache(maxsize=20_000)(self._of)

    def _of(self, stated: tuple[Stated, ...], division: int) -> str:
        """``agrees``, ``silent`` (nothing stated), ``finer`` (stated more exactly than registered), ``odd`` (a short
        name that may be no division at all), ``town``, ``county`` or ``city`` (stated another one; ``city`` for
        another province too).
        """
        if not stated or division == NONE:
            return SILENT
        lineage = self._index.lineage(division)
        firm = len(stated) > 1 and any(not s.full for s in stated)
        found = {self._one(s, lineage, firm and self._is_firm(s, stated)) for s in stated}
        for worst in (OTHER_CITY, OTHER_COUNTY, OTHER_TOWN, ODD):
            if worst in found:
                return worst
        return AGREES if AGREES in found else FINER if FINER in found else SILENT

    def _is_firm(self, one: Stated, stated: tuple[Stated, ...]) -> bool:
        """Whether a short name is certainly a division: 黄岩 and 西城 in 台州黄岩西城, each inside the other."""
        return any(
            option != above and option in self._index.lineage(above)
            for other in stated
            if other is not one
            for lower, upper in ((one, other), (other, one))
            for above in lower.options
            for option in upper.options
        )

    def _one(self, stated: Stated, lineage: list[int], firm: bool) -> str:
        level = self._index.div_level
        inside = [o for o in stated.options if o in lineage]
        if inside:
            return AGREES if any(level[o] >= 3 for o in inside) else SILENT
        if any(lineage[0] in self._index.lineage(o) for o in stated.options):
            return FINER
        highest = min(level[o] for o in stated.options)
        if not (stated.full or firm):
            return ODD if highest > _CITY else OTHER_CITY
        if highest > _COUNTY:
            return OTHER_TOWN
        return OTHER_COUNTY if any(self._same_city(o, lineage) for o in stated.options) else OTHER_CITY

    def _same_city(self, option: int, lineage: list[int]) -> bool:
        """Whether a county lies in the same city, in which a wrong county is an ordinary slip."""
        level = self._index.div_level
        above = next((d for d in self._index.lineage(option) if level[d] <= _CITY), NONE)
        return above in lineage
