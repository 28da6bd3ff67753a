"""Readings of one text against the register: every road and number it may mean, each with its evidence.

The road is resolved first, the house number is a hard constraint: a reading has a door only where exactly that
number is registered under exactly that road.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from gazetteer.address.confidence import score
from gazetteer.address.context import Context, Contexts, Stated
from gazetteer.address.index.divisions import NONE
from gazetteer.address.index.reader import Index
from gazetteer.address.match_handles import LONGEST_NAME, HandleFinder, Hit
from gazetteer.address.keys import GENERICS
from gazetteer.address.spots import Reading, Spot

AGREES, SILENT, FINER, ODD, OTHER_TOWN, OTHER_COUNTY = "agrees", "silent", "finer", "odd", "town", "county"


@dataclass(frozen=True, slots=True)
class Match:
    """One reading: this handle, perhaps this door, with the evidence for it."""

    hit: Hit
    door: int | None
    reading: Reading
    spot: Spot
    context: Context
    place: str
    """How the divisions stated agree with the register."""
    score: float
    reversed: bool = False


class Matcher:
    """Matches numbers and the names beside them against one index."""

    def __init__(self, index: Index) -> None:
        self.index = index
        self.contexts = Contexts(index)
        self.handles = HandleFinder(index)
        self.agreement = lru_cache(maxsize=100_000)(self._agreement)

    def matches(self, clean: str, spot: Spot, on: date | None = None) -> list[Match]:
        """All readings of one number of a text, the best first."""
        before = clean[: spot.start].rstrip(",-#( ")[-60:]
        found = list(self._scored(self._exact_hits(before), before, spot, on))
        if not any(_settled(m) for m in found):
            found += self._scored(self._near_hits(before), before, spot, on)
        if not any(m.door is not None for m in found):
            found += self._reversed(clean, spot, before, on)
        return _best_first(found)

    def _exact_hits(self, before: str) -> list[Hit]:
        return self.handles.exact(before)

    def _near_hits(self, before: str) -> list[Hit]:
        return [
            Hit(handle, key, before[start:], start)
            for start in self.contexts.starts(before)
            if len(before) - start <= LONGEST_NAME and not set(before[start:]) & set(",()-#")
            for handle, key in self.handles.near(before[start:])
        ]

    def _scored(self, hits: Iterable[Hit], before: str, spot: Spot, on: date | None) -> Iterator[Match]:
        for hit in hits:
            if self.index.valid("handle", hit.handle, on) and (hit.alias < 0 or on is None or self._named(hit, on)):
                context = self.contexts.read(before[: hit.start])
                yield self._match(hit, spot, context, on, False)

    def _named(self, hit: Hit, on: date) -> bool:
        return self.index.valid("alias", hit.alias, on)

    def _match(self, hit: Hit, spot: Spot, context: Context, on: date | None, turned: bool) -> Match:
        door, reading = self._door(hit.handle, spot, context, on)
        division = self.index.door_div[door] if door is not None else self.index.handle_div[hit.handle]
        place = self.agreement(context.stated, division)
        value = score(hit.key, place, reading.grade if door is not None else -1, len(context.unexplained), len(hit.asked))
        return Match(hit, door, reading, spot, context, place, value - (0.5 if turned else 0.0), turned)

    def _door(
        self, handle: int, spot: Spot, context: Context, on: date | None
    ) -> tuple[int | None, Reading]:
        index = self.index
        for reading in spot.readings:
            doors = [d for d in index.door_at(handle, reading.path) if index.valid("door", d, on)]
            if doors:
                return max(doors, key=lambda d: self.agreement(context.stated, index.door_div[d]) == AGREES), reading
        return None, spot.readings[0]

    def _reversed(self, clean: str, spot: Spot, before: str, on: date | None) -> Iterator[Match]:
        """The name after the number: 128号横街路."""
        after = clean[spot.end : spot.end + 40].lstrip(",- ")
        first = self.contexts.read(before)
        if len(first.unexplained) > 2:
            return
        for end in range(min(len(after), LONGEST_NAME), 1, -1):
            name = after[:end]
            hits = [Hit(h, "n", name, 0) for h in self.index.find("n", name)]
            if not hits and name.endswith(GENERICS):
                hits = [Hit(h, key, name, 0) for h, key in self.handles.near(name)]
            for hit in hits:
                if self.index.valid("handle", hit.handle, on):
                    last = self.contexts.read(after[end:])
                    context = Context(first.stated + last.stated, first.unexplained + last.unexplained[:2])
                    yield self._match(hit, spot, context, on, True)

    def _agreement(self, stated: tuple[Stated, ...], division: int) -> str:
        """How the stated divisions fit the register's division."""
        if not stated or division == NONE:
            return SILENT
        lineage = self.index.lineage(division)
        found = {self._one(s, lineage) for s in stated}
        for worst in (OTHER_COUNTY, OTHER_TOWN, ODD):
            if worst in found:
                return worst
        return AGREES if AGREES in found else FINER if FINER in found else SILENT

    def _one(self, stated: Stated, lineage: list[int]) -> str:
        level = self.index.div_level
        if any(o in lineage for o in stated.options):
            return AGREES if any(level[o] >= 3 for o in stated.options if o in lineage) else SILENT
        if any(lineage[0] in self.index.lineage(o) for o in stated.options):
            return FINER
        if not stated.full:
            return ODD
        return OTHER_COUNTY if min(level[o] for o in stated.options) <= 3 else OTHER_TOWN


def _settled(match: Match) -> bool:
    """Good enough that misspellings need not be considered."""
    return (
        match.door is not None
        and not match.context.unexplained
        and match.place in (AGREES, SILENT, FINER)
        and match.hit.key in "na"
    )


def _best_first(found: list[Match]) -> list[Match]:
    """Best first; one reading for a place, the best."""
    found.sort(key=lambda m: (-m.score, -len(m.hit.asked)))
    seen: set[tuple[int, int | None]] = set()
    kept = []
    for match in found:
        place = (match.hit.handle, match.door)
        if place not in seen:
            seen.add(place)
            kept.append(match)
    return kept
