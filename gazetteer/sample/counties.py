"""Several counties in one register, made up: the same names of roads in town after town and county after county.

Each county is a sample district of its own seed, put below the real towns of another county. Confidence is fitted and
measured on such registers: in one district alone a name says too much.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Final

from gazetteer.address.model import DivisionRow, DoorRow, HandleRow
from gazetteer.base import divisions
from gazetteer.sample.district import COUNTY, District, draw
from gazetteer.sample.index_rows import division_rows, door_rows, handle_rows

NEIGHBOURS: Final = ("331003", "331002", "331004", "331082", "330213")
"""黄岩, 椒江, 路桥 and 临海 of one city, 奉化 of another."""
_APART_DEG: Final = 0.7


@dataclass(slots=True)
class Rows:
    """Rows of an address index."""

    divisions: list[DivisionRow] = field(default_factory=list)
    handles: list[HandleRow] = field(default_factory=list)
    doors: list[DoorRow] = field(default_factory=list)


def several(doors: int, seed: int, counties: Sequence[str] = NEIGHBOURS) -> Rows:
    """A register of so many doors in each county, below the nation's real divisions; no two counties alike."""
    found = Rows([DivisionRow(d.code, d.name, d.level, d.parent) for d in divisions()])
    for place, county in enumerate(counties):
        _put(found, draw(doors, seed * 100 + place), county, place * _APART_DEG)
    return found


def _put(rows: Rows, district: District, county: str, east: float) -> None:
    """One drawn district below the towns of a county, so far east of where it was drawn."""
    code_of = _moved_codes(district, county)
    villages = [r for r in division_rows(district) if r.level == 5]
    rows.divisions += [
        replace(r, code=code_of[r.code], parent=code_of[r.parent], lon=_plus(r.lon, east)) for r in villages
    ]
    rows.handles += [
        replace(r, code=county + r.code[6:], division=code_of[r.division], lon=_plus(r.lon, east))
        for r in handle_rows(district)
    ]
    rows.doors += [
        replace(
            r, code=county + r.code[6:], handle=r.handle and county + r.handle[6:], division=code_of[r.division],
            lon=r.lon + east,
        )
        for r in door_rows(district)
    ]  # fmt: skip


def _moved_codes(district: District, county: str) -> dict[str, str]:
    """Codes of the drawn district's divisions to those of the county: its towns in turn, villages numbered in them."""
    towns = [d.code for d in divisions() if d.parent == f"{county}000000"]
    codes = {COUNTY: f"{county}000000"}
    for at, town in enumerate(district.land.towns):
        codes[town.code] = towns[at % len(towns)]
    count: dict[str, int] = {}
    for village in district.land.villages:
        above = codes[village.parent]
        count[above] = count.get(above, 200) + 1
        codes[village.code] = f"{above[:9]}{count[above]:03d}"
    return codes


def _plus(degrees: float | None, east: float) -> float | None:
    return None if degrees is None else degrees + east
