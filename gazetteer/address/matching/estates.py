"""A road's door followed by an estate's building (横街路128号梅开苑66幢): both are one place, the building is the answer."""

from __future__ import annotations

import math
import re
from dataclasses import replace
from datetime import date

from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index
from gazetteer.address.matching.agreement import CONFLICTS
from gazetteer.address.matching.confidence import WIDEST_MARGIN
from gazetteer.address.matching.match import Match, Matcher
from gazetteer.address.matching.spots import find_spots

_BUILDING = re.compile(r"[^0-9,()-]{2}[0-9零〇一二三四五六七八九十百a-z]+(?:幢|栋|座|号|#|-)")
_ONE_PLACE = 0.01
"""Degrees between the gate and a building, some kilometre, beyond which they are two addresses."""
_BUILDING_AT_LEAST = 4
"""Characters of the shortest tail that can name an estate and a building."""


class Estates:
    """Looks for a registered building behind a registered door."""

    def __init__(self, index: Index, matcher: Matcher) -> None:
        self._index, self._matcher = index, matcher

    def inside(self, found: list[Match], tail: str, on: date | None) -> list[Match]:
        """The readings with the estate's building first, where the register has it; else as they were."""
        if len(tail) < _BUILDING_AT_LEAST or found[0].door is None or not _BUILDING.search(tail):
            return found
        spots = find_spots(tail)
        gate = found[0]
        if not spots or spots[0].start < 2 or self._is_estate(gate):
            return found
        for match in self._matcher.matches(tail, spots[0], on)[:3]:
            if self._belongs(match, gate):
                place = self._matcher.agreement.of(gate.context.stated, self._index.door_div[match.door or 0])
                building = replace(
                    match, context=gate.context, place=place, score=max(match.score, gate.score)
                )
                return [building, *(replace(m, score=m.score - WIDEST_MARGIN) for m in found)]
        return found

    def _is_estate(self, match: Match) -> bool:
        return match.hit.handle != NONE and self._index.kind_of(match.hit.handle) in ("estate", "place")

    def _belongs(self, match: Match, gate: Match) -> bool:
        """Whether a reading of the tail is a building of an estate at the door."""
        if match.door is None or gate.door is None or match.hit.key not in ("n", "a"):
            return False
        if match.context.unexplained or not self._is_estate(match):
            return False
        if self._matcher.agreement.of(gate.context.stated, self._index.door_div[match.door]) in CONFLICTS:
            return False
        (x, y), (x0, y0) = self._index.point(match.door), self._index.point(gate.door)
        return math.hypot(x - x0, y - y0) < _ONE_PLACE
