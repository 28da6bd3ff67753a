"""The sample district as rows of the address index, without files and without a database.

For benchmarks: 3.7 million doors stream through in constant memory beyond the columns themselves.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from gazetteer.address.model import AliasRow, DivisionRow, DoorRow, HandleRow
from gazetteer.base import divisions, divisions_by_code
from gazetteer.sample.aliases import aliases
from gazetteer.sample.district import COUNTY, District, division_of, middle_of, number_text
from gazetteer.sample.places import places
from gazetteer.sample.plane import to_degrees
from gazetteer.sample.roads import Road
from gazetteer.sample.settlements import Estate


def division_rows(district: District, *, nation: bool = False) -> Iterator[DivisionRow]:
    """The district, what is above it and below it; with ``nation`` all other divisions too, without points."""
    points = to_degrees(district.land.points)
    of_town = {town.code: to_degrees(town.middle) for town in district.land.towns}
    above = {COUNTY[:2] + "0" * 10, COUNTY[:4] + "0" * 8, COUNTY}
    for row in divisions():
        if nation or row.code in above or row.parent == COUNTY:
            lon, lat = of_town.get(row.code, (None, None))
            yield DivisionRow(row.code, row.name, row.level, row.parent, lon, lat)
    for row, (lon, lat) in zip(district.land.villages, points, strict=True):
        yield DivisionRow(row.code, row.name, 5, row.parent, float(lon), float(lat))


def handle_rows(district: District) -> Iterator[HandleRow]:
    """Roads with an official name, natural villages, estates and places."""
    for at, handle in enumerate(district.handles):
        kind: Literal["road", "natvil", "estate"] = (
            "road" if isinstance(handle, Road) else "estate" if isinstance(handle, Estate) else "natvil"
        )
        if handle.name:
            lon, lat = middle_of(handle)
            yield HandleRow(handle.code, kind, handle.name, division_of(district, at), lon, lat, True)
    for place in places(district):
        if place.state == "现行" and place.kind not in ("乡镇街道", "村居", "自然村", "住宅区"):
            yield HandleRow(place.code, "place", place.name, place.division, place.lon, place.lat, True)


def door_rows(district: District) -> Iterator[DoorRow]:
    """Every door, in the order of its code."""
    codes = [row.code for row in district.land.villages]
    gates = {(e.road, str(e.number)): e.name for e in district.estates}
    handles = [(h.code, h.name, h.name if isinstance(h, Estate) else "") for h in district.handles]
    for at, (of, lane, main, sub, bld, unit, room, village, lon, lat) in enumerate(district.parts(), start=1):
        code, name, estate = handles[of]
        number = number_text(lane, main, sub, bld, unit, room)
        estate = estate or gates.get((code, number), "")
        yield DoorRow(
            f"331003A{at:07d}", code, name, number, codes[village], lon, lat, "", estate, True
        )  # fmt: skip


def alias_rows(district: District) -> Iterator[AliasRow]:
    """Aliases of the district; old and short names of the nation's divisions are in ``gazetteer.base``."""
    known = divisions_by_code()
    for alias in aliases(district):
        if alias.kind_of_target != "division" or alias.target in known or alias.target[:6] == COUNTY[:6]:
            yield AliasRow(
                alias.alias, alias.kind_of_target, alias.target, alias.kind, alias.valid_from, alias.valid_to
            )  # fmt: skip
