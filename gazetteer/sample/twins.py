"""Roads with two names (一路多名) of the sample district, beside everything else that is drawn.

They have a random stream of their own, and their rows come after all others, so that no door of the district moves.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

import numpy as np

from gazetteer.sample.district import NOTE, District, plain_village
from gazetteer.sample.plane import along, to_degrees
from gazetteer.sample.roads import Road

COUNT: Final = 4
DOORS_EACH: Final = 8
_NAMES: Final = (
    "迎宾新街",
    "老车站路",
    "工农大街",
    "东风新街",
    "胜利新街",
    "文教新街",
    "建设新街",
    "向阳新街",
)
_SHARE: Final = 0.8
"""How much of the road the second name covers."""


@dataclass(frozen=True, eq=False)
class Twin:
    """A second name along a road that has one: its own record, line and doors."""

    of: Road
    road: Road
    numbers: tuple[int, ...]
    shared: tuple[float, float]
    """Where the door stands that both names have, metres."""


@lru_cache(maxsize=2)
def twins(district: District) -> tuple[Twin, ...]:
    """The four roads of the bureau's report, each in another town; the first door of each is registered under both names."""
    rng = np.random.default_rng([district.seed, 21])
    taken = {road.name for road in district.roads}
    names = [name for name in _NAMES if name not in taken]
    made: list[Twin] = []
    for index in rng.permutation(len(district.roads)).tolist():
        road = district.roads[index]
        towns = {twin.of.division for twin in made}
        mine = np.flatnonzero(
            (district.doors.handle == index) & (district.doors.lane == 0) & (district.doors.sub == 0)
        )
        if len(made) == COUNT or road.rank not in ("次干道", "支路") or not road.name or not road.town:
            continue
        if road.division not in towns and len(mine) >= 4 and road.length > 300:
            made.append(_twin(district, road, names[len(made)], len(made) + 1, mine))
    return tuple(made)


def _twin(district: District, road: Road, name: str, serial: int, mine: np.ndarray) -> Twin:
    reach = np.linspace(road.length * (1 - _SHARE), road.length, 12)
    second = Road(f"331003T{serial:05d}", name, name, road.rank, road.width, road.division,
                  along(road.line, reach, 3.0), road.town)  # fmt: skip
    mains = district.doors.main[mine]
    shared = int(np.max(mains))
    east, north = district.doors.xy[mine[int(np.argmax(mains))]].tolist()
    return Twin(road, second, (shared, *(shared + 2 * step for step in range(1, DOORS_EACH))), (east, north))


def twin_doors(district: District) -> Iterator[tuple[object, ...]]:
    """Rows of doors of the second names, in the order of ``tables.ADDRESS_COLUMNS``."""
    for twin in twins(district):
        reach = np.linspace(twin.road.length * 0.1, twin.road.length * 0.95, len(twin.numbers))
        spots = along(twin.road.line, reach, twin.road.width / 2 + 4)
        spots[0] = twin.shared
        cells = district.land.village_at(spots)
        for serial, (number, spot, cell) in enumerate(zip(twin.numbers, spots, cells, strict=True), start=1):
            village, (lon, lat) = int(cell), to_degrees(spot).tolist()
            town = twin.road.town.name if twin.road.town else ""
            yield (
                f"{twin.road.code}{serial:03d}", "浙江省", "台州市", "黄岩区", town,
                plain_village(district.land.villages[village].name), twin.road.name, "", "", f"{number}号", "", "", "", "",
                f"黄岩区{town}{twin.road.name}{number}号", "", "门", lon, lat, "2005-06-01", "是", NOTE,
            )  # fmt: skip
