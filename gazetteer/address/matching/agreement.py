"""How the divisions that a text states agree with those of the register. A wrong county is a doubt, not a wall."""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index
from gazetteer.address.matching.context import Stated

AGREES, SILENT, FINER, ODD, OTHER_TOWN, OTHER_COUNTY = "agrees", "silent", "finer", "odd", "town", "county"
OTHER_CITY = "city"
ELSEWHERE = frozenset((OTHER_COUNTY, OTHER_CITY))
CONFLICTS = ELSEWHERE | {OTHER_TOWN}
_CITY, _COUNTY = 2, 3


class Meant(NamedTuple):
    """What a stated division may mean, put so that it is compared with a registered one at once.

    In a province every county may have a 城关镇: the same word is then compared with the roads of all of them.
    """

    options: frozenset[int]
    upper: frozenset[int]
    """What is above them."""
    cities: frozenset[int]
    """The cities they lie in, or are."""
    highest: int
    """The level of the highest."""


class Agreement:
    """Compares stated divisions with a registered one; each pair is compared once."""

    def __init__(self, index: Index) -> None:
        self._index = index
        self._meant = lru_cache(maxsize=10_000)(self._looked_up)
        self._read = lru_cache(maxsize=10_000)(self._looked_at)
        self._lines = lru_cache(maxsize=20_000)(self._line)
        self.of = lru_cache(maxsize=20_000)(self._of)

    def _of(self, stated: tuple[Stated, ...], division: int) -> str:
        """``agrees``, ``silent`` (nothing stated), ``finer`` (stated more exactly than registered), ``odd`` (a short
        name that may be no division at all), ``town``, ``county`` or ``city`` (stated another one; ``city`` for
        another province too).
        """
        if not stated or division == NONE:
            return SILENT
        lineage, near = self._lines(division)
        found = {self._one(meant, certain, lineage, near) for meant, certain in self._read(stated)}
        for worst in (OTHER_CITY, OTHER_COUNTY, OTHER_TOWN, ODD):
            if worst in found:
                return worst
        return AGREES if AGREES in found else FINER if FINER in found else SILENT

    def _looked_at(self, stated: tuple[Stated, ...]) -> tuple[tuple[Meant, bool], ...]:
        """What each may mean, and whether it certainly is a division."""
        return tuple(
            (self._meant(s), s.full or (len(stated) > 1 and self._is_firm(s, stated))) for s in stated
        )

    def _is_firm(self, one: Stated, stated: tuple[Stated, ...]) -> bool:
        """Whether a short name is certainly a division: 黄岩 and 西城 in 台州黄岩西城, each inside the other."""
        this = self._meant(one)
        others = (self._meant(other) for other in stated if other is not one)
        return any(this.upper & other.options or other.upper & this.options for other in others)

    def _line(self, division: int) -> tuple[tuple[int, ...], tuple[int, ...]]:
        """A division with all above it, the smallest first; and of these the county and what lies in it."""
        lineage, level = self._index.lineage(division), self._index.div_level
        return tuple(lineage), tuple(d for d in lineage if level[d] >= _COUNTY)

    def _one(self, meant: Meant, certain: bool, lineage: tuple[int, ...], near: tuple[int, ...]) -> str:
        if not meant.options.isdisjoint(near):
            return AGREES
        if not meant.options.isdisjoint(lineage):
            return SILENT
        if lineage[0] in meant.upper:
            return FINER
        if not certain:
            return ODD if meant.highest > _CITY else OTHER_CITY
        if meant.highest > _COUNTY:
            return OTHER_TOWN
        # In the same city a wrong county is an ordinary slip.
        return OTHER_CITY if meant.cities.isdisjoint(lineage) else OTHER_COUNTY

    def _looked_up(self, stated: Stated) -> Meant:
        index, level = self._index, self._index.div_level
        lineages = [index.lineage(o) for o in stated.options]
        return Meant(
            frozenset(stated.options),
            frozenset(d for lineage in lineages for d in lineage[1:]),
            frozenset(next((d for d in lineage if level[d] <= _CITY), NONE) for lineage in lineages),
            min(level[o] for o in stated.options),
        )
