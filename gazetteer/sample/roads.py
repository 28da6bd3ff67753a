"""Roads and lanes of the sample district: a made-up but plausible layout (all geometry 示例数据)."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import numpy as np

from gazetteer.sample.names import Namer
from gazetteer.sample.plane import RIVER, Floats, along, from_east_or_south, length, to_plane, winding
from gazetteer.sample.towns import COUNTY, Land, Town

UNNAMED_LANES: Final = 36
UNNAMED_ROADS: Final = 10
_TRUNKS: Final = {
    "永宁大道": ("宁溪", "上垟", "北洋", "头陀", "新前", "西城", "东城", "江口"),
    "橘乡大道": ("院桥", "南城", "东城", "北城"),
    "方山大道": ("澄江", "西城", "南城", "高桥"),
    "青瓷大道": ("茅畲", "沙埠", "院桥", "高桥"),
    "屿溪公路": ("屿头", "北洋"),
    "富上公路": ("富山", "宁溪", "上郑"),
}

# Names of the examples in docs/defects.md, and pairs that one district has in several towns.
_FIXED: Final = {
    "西城": ("横街路", "人民路", "人民东路", "人民西路"), "东城": ("人民路", "振兴路"), "院桥": ("人民路", "振兴路"),
    "高桥": ("振兴路",), "江口": ("振兴路",), "北洋": ("振兴路",), "宁溪": ("人民路",),
}  # fmt: skip


@dataclass(slots=True)
class Road:
    """A street, road or lane (街路巷). The line runs the way its numbers run."""

    code: str
    name: str
    """Empty where it was never officially named; ``called`` then says what people write."""
    called: str
    rank: str
    """主干道, 次干道, 支路, 巷弄, 乡道."""
    width: float
    division: str
    """Town that holds it, or the county for a road through several."""
    line: Floats
    town: Town | None = None

    @property
    def length(self) -> float:
        """Metres."""
        return length(self.line)


def lay_out(land: Land, count: int, seed: int) -> list[Road]:
    """About ``count`` roads and lanes, of which 46 are unnamed, in the order trunk, streets, lanes."""
    rng = np.random.default_rng([seed, 2])
    namer = Namer(np.random.default_rng([seed, 3]))
    roads = list(_trunks(land, rng)) + list(_riverside(land, namer))
    weight = sum(town.weight for town in land.towns)
    for town in land.towns:
        share = max(round((count - len(_TRUNKS) - 2) * town.weight / weight), 6)
        roads += _of_town(land, town, share, rng, namer)
    _leave_unnamed(roads, rng)
    for serial, road in enumerate(roads, start=1):
        road.code = f"331003R{serial:05d}"
    return roads


def _trunks(land: Land, rng: np.random.Generator) -> Iterator[Road]:
    middles = {town.short: town.middle for town in land.towns}
    for name, towns in _TRUNKS.items():
        line = winding(np.array([middles[t] for t in towns]), rng, 140.0, 220.0)
        rank, width = ("乡道", 9.0) if name.endswith("公路") else ("主干道", 42.0)
        yield Road("", name, name, rank, width, COUNTY, from_east_or_south(line))


def _riverside(land: Land, namer: Namer) -> Iterator[Road]:
    river = to_plane(RIVER)
    reach = np.linspace(length(river) * 0.58, length(river) * 0.97, 60)
    for name, left in (("滨江北路", 130.0), ("滨江南路", -130.0)):
        for town in land.towns:
            namer.take(town.code, name)
        line = along(river, reach, np.full(60, left))
        yield Road("", name, name, "次干道", 24.0, COUNTY, from_east_or_south(line))


def _of_town(land: Land, town: Town, count: int, rng: np.random.Generator, namer: Namer) -> list[Road]:
    streets = max(round(count * (0.45 if town.kind == "城" else 0.4)), 3)
    lines = list(_grid(town, streets, rng)) if town.kind != "山" else list(_valleys(land, town, streets, rng))
    index = land.towns.index(town)
    roads: list[Road] = []
    for rank, line in lines:
        inside = _keep_inside(land, index, line)
        if inside is not None:
            roads.append(_street(town, rank, inside, namer, _FIXED.get(town.short, ())[len(roads) :][:1]))
    wanted = max(count - len(roads), 2)
    roads += _lanes(land, index, roads[:], wanted, rng, namer)
    return roads


def _street(town: Town, rank: str, line: Floats, namer: Namer, fixed: tuple[str, ...] = ()) -> Road:
    term = {"主干道": "路", "次干道": "路", "支路": "街", "乡道": "路"}[rank]
    width = {"主干道": 32.0, "次干道": 20.0, "支路": 14.0, "乡道": 7.0}[rank]
    name = fixed[0] if fixed and namer.take(town.code, fixed[0]) else namer.road(town.code, term)
    return Road("", name, name, rank, width, town.code, from_east_or_south(line), town)


def _grid(town: Town, count: int, rng: np.random.Generator) -> Iterator[tuple[str, Floats]]:
    """Streets crossing at about right angles around the middle of the town."""
    turn = rng.uniform(-0.25, 0.25)
    half = 1700.0 if town.kind == "城" else 750.0
    each = math.ceil(count / 2)
    base = np.array([[math.cos(turn), math.sin(turn)], [-math.sin(turn), math.cos(turn)]])
    for way in range(2):
        offsets = np.linspace(-half, half, each) + rng.normal(0, half / each / 5, each)
        for number, offset in enumerate(offsets[: count - way * each] if way else offsets):
            reach = half * rng.uniform(0.55, 1.0)
            shift = rng.uniform(-0.2, 0.2) * half
            ends = np.array([[-reach + shift, offset], [reach + shift, offset + rng.normal(0, 40)]])
            flat = ends if way == 0 else ends[:, ::-1]
            rank = "主干道" if number % 5 == 2 else "次干道" if number % 2 else "支路"
            yield rank, winding(flat @ base + town.middle, rng, 12.0)


def _valleys(land: Land, town: Town, count: int, rng: np.random.Generator) -> Iterator[tuple[str, Floats]]:
    """One short main street, then roads up the valleys towards the villages."""
    middle = np.array(town.middle)
    yield "次干道", winding(middle + np.array([[-420.0, -60.0], [420.0, 60.0]]), rng, 15.0)
    homes = land.points[land.town_of == land.towns.index(town)]
    for number in range(count - 1):
        target = homes[1 + number % (len(homes) - 1)]
        start = (
            middle if number < len(homes) else homes[int(rng.integers(len(homes)))] + rng.normal(0, 150, 2)
        )
        if np.hypot(*(target - start)) > 200:
            yield "乡道", winding(np.array([start, target]), rng, 90.0, 90.0)


def _keep_inside(land: Land, town: int, line: Floats) -> Floats | None:
    """The longest stretch of a line that runs through its own town; None when less than 60 m is left."""
    points = along(line, np.arange(0.0, length(line), 12.0))
    own = np.concatenate(([False], land.town_of[land.village_at(points)] == town, [False]))
    edges = np.flatnonzero(np.diff(own.astype(np.int8)))
    if not len(edges):
        return None
    runs = edges.reshape(-1, 2)
    start, end = runs[np.argmax(runs[:, 1] - runs[:, 0])]
    return points[start:end:4] if end - start >= 8 else None


def _lanes(
    land: Land, town: int, streets: list[Road], count: int, rng: np.random.Generator, namer: Namer
) -> list[Road]:
    """Lanes that leave a street at right angles."""
    place = land.towns[town]
    made: list[Road] = []
    for _ in range(count * 4):
        if len(made) == count:
            break
        street = streets[int(rng.integers(len(streets)))]
        at, far = (
            rng.uniform(0.08, 0.92) * street.length,
            rng.uniform(90.0, 260.0) * (1 if rng.random() < 0.5 else -1),
        )
        ends = along(
            street.line, np.array([at, at]), np.array([math.copysign(street.width / 2 + 4, far), far])
        )
        line = _keep_inside(land, town, winding(ends, rng, 3.0, 40.0))
        if line is None:
            continue
        term = "弄" if rng.random() < 0.4 else "巷"
        name = namer.lane(place.code, street.name, term)
        width = float(np.round(rng.uniform(2.2, 3.8) if term == "弄" else rng.uniform(4.0, 8.0), 1))
        made.append(Road("", name, name, "巷弄", width, place.code, line, place))
    return made


def _leave_unnamed(roads: list[Road], rng: np.random.Generator) -> None:
    """Take the official name from 36 lanes and 10 main roads; keep what people call them."""
    lanes = [road for road in roads if road.rank == "巷弄"]
    fixed = {name for names in _FIXED.values() for name in names}
    mains = [
        r for r in roads if r.rank in ("主干道", "次干道") and r.town is not None and r.name not in fixed
    ]
    for group, count, form in ((lanes, UNNAMED_LANES, "无名{}巷"), (mains, UNNAMED_ROADS, "规划{}路")):
        for serial, index in enumerate(sorted(rng.choice(len(group), count, replace=False)), start=1):
            group[index].name, group[index].called = "", form.format(serial)
