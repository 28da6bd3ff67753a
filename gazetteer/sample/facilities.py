"""Sixty made-up facilities: meal points (助餐点) and cemeteries (公墓) of the sample district."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from gazetteer.sample.district import District
from gazetteer.sample.plane import to_degrees
from gazetteer.sample.roads import Road

MEALS: Final = 36
CEMETERIES: Final = 24
_TIERS: Final = ("中央厨房", "老年食堂", "助餐点", "助餐点")
_GRAVES: Final = (
    "经营性公墓", "城市公益性公墓", "乡镇公益性公墓", "村公益性公墓", "乡村公益性墓地", "集中埋葬点", "骨灰堂", "节地生态点",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Facility:
    """One meal point or cemetery; fields that do not apply are empty."""

    code: str
    kind: str
    """助餐 or 公墓."""
    name: str
    category: str
    """Tier of a meal point, class of a cemetery."""
    division: str
    address: str
    lon: float
    lat: float
    state: str = "开放"
    hours: str = ""
    days: str = ""
    meals: str = ""
    price_60: float | None = None
    """Yuan a meal for people from 60."""
    price_80: float | None = None
    capacity: int | None = None
    delivers: str = ""
    phone: str = ""
    places_total: int | None = None
    """穴位 planned and built."""
    places_used: int | None = None


def facilities(district: District) -> list[Facility]:
    """All 60, meal points first."""
    rng = np.random.default_rng([district.seed, 13])
    return [_meal(district, i, rng) for i in range(MEALS)] + [
        _cemetery(district, i, rng) for i in range(CEMETERIES)
    ]


def _meal(district: District, serial: int, rng: np.random.Generator) -> Facility:
    """At a registered door of a road in one town after the other."""
    town = district.land.towns[serial % len(district.land.towns)]
    plain = [
        i for i, r in enumerate(district.roads) if r.name and r.town is town and r.rank != "巷弄"
    ]  # fmt: skip
    doors = np.flatnonzero(np.isin(district.doors.handle, plain) & (district.doors.sub == 0))
    at = int(doors[int(rng.integers(len(doors)))])
    road = district.handles[int(district.doors.handle[at])]
    tier = _TIERS[0] if serial == 0 else _TIERS[1 + serial % 3]
    lon, lat = district.lonlat[at].tolist()
    name = f"{town.short}{road.name if isinstance(road, Road) else ''}{tier}"
    return Facility(
        f"331003F{serial + 1:04d}", "助餐", name, tier, district.land.villages[int(district.doors.village[at])].code,
        district.standard(at), lon, lat, "停用" if serial == 17 else "开放", "10:30-12:30,16:30-18:00",
        "周一至周日" if serial % 4 else "周一至周五", "中餐、晚餐" if serial % 3 else "早餐、中餐、晚餐",
        float(rng.integers(6, 11)), float(rng.integers(3, 6)), int(rng.integers(2, 13)) * 10,
        "是" if serial % 2 else "否", f"0576-0000{serial + 1:04d}",
    )  # fmt: skip


def _cemetery(district: District, serial: int, rng: np.random.Generator) -> Facility:
    """Away from the houses, near the edge of a village."""
    hills = [t for t in district.land.towns if t.kind != "城"]
    town = hills[serial % len(hills)]
    homes = np.flatnonzero(district.land.town_of == district.land.towns.index(town))
    village = int(homes[int(rng.integers(len(homes)))])
    cell = district.land.village_cells[village]
    spot = cell.representative_point()
    lon, lat = to_degrees((spot.x, spot.y)).tolist()
    row = district.land.villages[village]
    category = _GRAVES[serial % len(_GRAVES)]
    total = int(rng.integers(3, 60)) * (100 if "公墓" in category else 20)
    short = row.short + ("纪念堂" if category == "骨灰堂" else "陵园" if category == "经营性公墓" else "公墓")
    return Facility(
        f"331003F{MEALS + serial + 1:04d}", "公墓", short, category, row.code,
        f"黄岩区{town.name}{row.name.removesuffix('委会') if row.name.endswith('村委会') else row.name}", lon, lat,
        "开放" if serial % 5 else "已满", places_total=total, places_used=total if serial % 5 == 0 else int(total * 0.6),
    )  # fmt: skip
