"""The geocoder over an index and the changes since it was built: the same questions, answers of this moment."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from gazetteer.address.answering.answers import Composer
from gazetteer.address.answering.engine import Geocoder
from gazetteer.address.answering.reverse import Floats, Reverse
from gazetteer.address.answering.reverse_counties import reverse_of
from gazetteer.address.answering.suggest import Suggester
from gazetteer.address.index.divisions import NONE
from gazetteer.address.live.changes import Changes
from gazetteer.address.live.delta import hidden_doors, hidden_handles, small_index
from gazetteer.address.matching.match import Match, settled
from gazetteer.address.matching.resolve import Resolver
from gazetteer.address.model import Nearby, Suggestion

_WRITTEN = frozenset(("n", "a", "s", "name"))
"""Keys of names that were written as they are registered."""


class LiveGeocoder(Geocoder):
    """Answers from an index with a part of it replaced. Made anew for each change; the index file is shared."""

    def __init__(self, base: Geocoder, changes: Changes) -> None:
        # What was looked up and learnt over the index stays: only what knows of hidden records is made anew.
        self.__dict__.update(base.__dict__, _parser=base.parser)
        self._composer, self._reverse = Composer(base.index), reverse_of(base.index)
        self.changes = changes
        small = small_index(base.index, changes)
        self._small = small
        self._handles = hidden_handles(base.index, changes.touched)
        doors = hidden_doors(base.index, self._handles, changes.touched)
        self._doors = frozenset(doors.tolist())
        self._hidden_codes = changes.touched | {base.index.door_code[d] for d in self._doors}
        self._reverse.hide(doors)
        self._small_resolver, self._small_suggester = Resolver(small), Suggester(small)
        self._small_reverse = Reverse(small)
        self._composer.others[id(small)] = Composer(small)

    def matches(self, clean: str, as_of: date | None = None) -> list[Match]:
        """Readings of the index that still hold, and those of what changed, the best first."""
        kept = [m for m in super().matches(clean, as_of) if not self._is_hidden(m)]
        fresh = [
            m
            for m in self._small_resolver.resolve(clean, as_of)
            if m.hit.handle != NONE or m.door is not None
        ]
        if not fresh:
            return kept or self._resolver.divisions(clean)
        for match in fresh:
            match.index = self._small
        every = [*fresh, *kept]
        if any(settled(m) for m in every):
            every = [m for m in every if m.hit.key in _WRITTEN]
        return sorted(every, key=lambda m: (-m.score, -len(m.hit.asked)))

    def _is_hidden(self, match: Match) -> bool:
        if match.hit.handle in self._handles:
            return True
        return match.door in self._doors or match.beside in self._doors

    def suggest(self, q: str, limit: int = 10) -> list[Suggestion]:
        """Completions, those of changed records first where they fit."""
        fresh = self._small_suggester.suggest(q, limit)
        fresh = [s for s in fresh if s.code in self._hidden_codes or s.level == "door"]
        kept = [s for s in super().suggest(q, limit + len(fresh)) if s.code not in self._hidden_codes]
        return [*fresh[: max(1, limit // 2)], *kept, *fresh[max(1, limit // 2) :]][:limit]

    def reverse(self, lon: float, lat: float) -> Nearby | None:
        """What lies at a point, changed doors included."""
        return self.reverse_many([lon], [lat])[0]

    def reverse_many(
        self, lons: Floats | Sequence[float], lats: Floats | Sequence[float]
    ) -> list[Nearby | None]:
        """The same for many points in their order."""
        pairs = zip(super().reverse_many(lons, lats), self._small_reverse.many(lons, lats), strict=True)
        return [_nearer(one, other) for one, other in pairs]


def _nearer(one: Nearby | None, other: Nearby | None) -> Nearby | None:
    if one is None or other is None:
        return one or other
    return one if one.distance_m <= other.distance_m else other
