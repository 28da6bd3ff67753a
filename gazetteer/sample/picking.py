"""Doors of the sample by what they are good for as an example, in a seeded order."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from gazetteer.sample.aliases import Alias, aliases
from gazetteer.sample.district import District, plain_village
from gazetteer.sample.roads import Road
from gazetteer.sample.settlements import Estate, Hamlet


@dataclass(frozen=True, slots=True)
class Door:
    """One door with the parts of its standard address at hand."""

    at: int
    code: str
    standard: str
    town: str
    village: str
    handle: Road | Hamlet | Estate
    name: str
    lane: int
    main: int
    sub: int
    bld: int
    unit: int
    room: int
    lon: float
    lat: float


class Picker:
    """Gives doors that fit a purpose, each at most once, in an order fixed by the seed."""

    def __init__(self, district: District) -> None:
        self.district = district
        self.rng = np.random.default_rng([district.seed, 15])
        self._order = self.rng.permutation(len(district.doors)).tolist()
        self._used: set[int] = set()
        names = Counter(h.name for h in district.handles if h.name)
        self.once = {name for name, times in names.items() if times == 1}

    def door(self, at: int) -> Door:
        """The door of a row."""
        d = self.district
        columns = d.doors
        village = int(columns.village[at])
        handle = d.handles[int(columns.handle[at])]
        lon, lat = d.lonlat[at].tolist()
        lane, main, sub, bld, unit, room = (
            int(c[at])
            for c in (columns.lane, columns.main, columns.sub, columns.bld, columns.unit, columns.room)
        )
        return Door(
            at, d.code(at), d.standard(at), d.town_name(village), d.land.villages[village].name, handle, handle.name,
            lane, main, sub, bld, unit, room, lon, lat,
        )  # fmt: skip

    def take(self, fits: Callable[[Door], bool], count: int) -> Iterator[Door]:
        """The next ``count`` doors that fit and were not taken before."""
        for at in self._order:
            if count == 0:
                return
            if at not in self._used and fits(door := self.door(at)):
                self._used.add(at)
                count -= 1
                yield door

    def on_road(self, door: Door) -> bool:
        """A plain number on a road whose name is found once in the district."""
        return isinstance(door.handle, Road) and door.name in self.once and not (door.lane or door.sub)

    def in_hamlet(self, door: Door) -> bool:
        """A number of a natural village."""
        return isinstance(door.handle, Hamlet)

    def in_estate(self, door: Door) -> bool:
        """A whole building of an estate."""
        return isinstance(door.handle, Estate) and not (door.main or door.room)

    def flat(self, door: Door) -> bool:
        """A flat by building, unit and room."""
        return door.room > 0

    @cached_property
    def alias_of(self) -> dict[str, list[Alias]]:
        """Aliases by the code of their target."""
        found: dict[str, list[Alias]] = defaultdict(list)
        for alias in aliases(self.district):
            found[alias.target].append(alias)
        return found

    def alias(self, code: str, kind: str) -> str:
        """The first alias of a kind for a code, or nothing."""
        return next((a.alias for a in self.alias_of.get(code, ()) if a.kind == kind), "")


def village_part(door: Door) -> str:
    """Village as an address writes it."""
    return plain_village(door.village)
