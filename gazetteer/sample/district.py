"""The sample district as a whole, made from a seed and a number of doors."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Final

import numpy as np

from gazetteer.sample.doors import Doors, lay
from gazetteer.sample.plane import Floats, to_degrees
from gazetteer.sample.roads import Road, lay_out
from gazetteer.sample.settlements import Estate, Hamlet, estates, hamlets
from gazetteer.sample.towns import COUNTY, Land

NOTE = "示例数据"
"""Stands in the column 来源 of every row that the sample makes up."""

_STEP: Final = 100_000


@dataclass(frozen=True, eq=False)
class District:
    """Everything that is drawn; the files and the index rows are read off it."""

    seed: int
    land: Land
    roads: list[Road]
    hamlets: list[Hamlet]
    estates: list[Estate]
    doors: Doors

    @cached_property
    def lonlat(self) -> Floats:
        """Degrees of every door, CGCS2000."""
        return to_degrees(self.doors.xy)

    @cached_property
    def handles(self) -> list[Road | Hamlet | Estate]:
        """What carries the numbers, in the order that ``doors.handle`` counts."""
        return [*self.roads, *self.hamlets, *self.estates]

    def town_name(self, village: int) -> str:
        """Name of the town of a village."""
        return self.land.towns[int(self.land.town_of[village])].name

    def parts(self) -> Iterator[tuple[int, int, int, int, int, int, int, int, float, float]]:
        """Row by row: handle, lane, main, sub, bld, unit, room, village, longitude, latitude; quick at any size."""
        d = self.doors
        for start in range(0, len(d), _STEP):
            cut = slice(start, start + _STEP)
            columns = (d.handle, d.lane, d.main, d.sub, d.bld, d.unit, d.room, d.village, *self.lonlat.T)
            yield from zip(*(column[cut].tolist() for column in columns), strict=True)

    def number(self, at: int) -> str:
        """Number of a door as the index writes it."""
        d = self.doors
        return number_text(*(int(c[at]) for c in (d.lane, d.main, d.sub, d.bld, d.unit, d.room)))

    def standard(self, at: int) -> str:
        """Standard address of a door from the county down."""
        handle = self.handles[int(self.doors.handle[at])]
        return self.standard_text(handle, int(self.doors.village[at]), self.number(at))

    def standard_text(self, handle: Road | Hamlet | Estate, village: int, number: str) -> str:
        """Standard address without the village (which the display form omits, except before a natural village)."""
        before = plain_village(self.land.villages[village].name) if isinstance(handle, Hamlet) else ""
        if "幢" not in number:
            main, dash, sub = number.partition("-")
            number = f"{main}号{dash}{sub}"
        return f"黄岩区{self.town_name(village)}{before}{handle.name}{number}"

    def code(self, at: int) -> str:
        """Stable code of a door."""
        return f"331003A{at + 1:07d}"


def number_text(lane: int, main: int, sub: int, bld: int, unit: int, room: int) -> str:
    """A number as the index writes it: 118, 128-1, 400弄10, 66幢, 66幢1号, 66幢2单元301室."""
    if bld:
        return f"{bld}幢" + (f"{unit}单元{room}室" if room else f"{main}号" if main else "")
    return f"{lane}弄{main}" if lane else f"{main}-{sub}" if sub else str(main)


def plain_village(name: str) -> str:
    """Name of a village as an address writes it: 药山村委会 → 药山村, 百花社区居委会 → 百花社区."""
    for tail in ("居委会", "委会"):
        if name.endswith(tail) and (name.endswith("社区居委会") or name.endswith("村委会")):
            return name[: -len(tail)] if name.endswith("社区居委会") else name[:-2]
    return name


@lru_cache(maxsize=2)
def draw(doors: int = 20_000, seed: int = 331003) -> District:
    """Draw the district. The same arguments give the same district, on any machine."""
    land = Land(seed)
    roads = lay_out(land, round(73 * (doors / 1000) ** 0.57), seed)
    natural = hamlets(land, round(84 * (doors / 1000) ** 0.48) + 60, seed)
    housing = estates(land, roads, round(7.5 * (doors / 1000) ** 0.73), seed)
    return District(seed, land, roads, natural, housing, lay(land, roads, natural, housing, doors, seed))


def division_of(district: District, at: int) -> str:
    """Code of the division a handle is filed under: village, town or (roads through several) the county."""
    handle = district.handles[at]
    if isinstance(handle, Road):
        return handle.division
    return district.land.villages[handle.village].code


def middle_of(handle: Road | Hamlet | Estate) -> tuple[float, float]:
    """A point for a handle, degrees."""
    xy = handle.line[len(handle.line) // 2] if isinstance(handle, Road) else np.array(handle.xy)
    lon, lat = to_degrees(xy)
    return float(lon), float(lat)


__all__ = ["COUNTY", "NOTE", "District", "division_of", "draw", "middle_of", "plain_village"]
