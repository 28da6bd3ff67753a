"""House numbers of the sample district, as columns of numbers: 3.7 million doors stay quick and small."""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from gazetteer.sample.plane import Floats, along
from gazetteer.sample.roads import Road
from gazetteer.sample.settlements import Estate, Hamlet
from gazetteer.sample.towns import Land

Ints = NDArray[np.int32]


@dataclass(slots=True)
class Doors:
    """Columns of one length; zero says that an element is absent."""

    handle: Ints
    """Index into roads, hamlets and estates put one after the other."""
    lane: Ints
    """Number of the 弄 on its road: 400 of 400弄10号."""
    main: Ints
    sub: Ints
    bld: Ints
    unit: Ints
    room: Ints
    xy: Floats
    village: Ints

    def __len__(self) -> int:
        return len(self.handle)


def lay(
    land: Land, roads: list[Road], hamlets: list[Hamlet], estates: list[Estate], count: int, seed: int
) -> Doors:
    """About ``count`` doors: 62 % along roads, 22 % in natural villages, 16 % in estates."""
    rng = np.random.default_rng([seed, 8])
    blocks = _along_roads(roads, count * 0.62, rng)
    _give_gates(roads, estates, blocks, rng)
    shares = rng.lognormal(0.0, 0.5, len(hamlets))
    for index, hamlet in enumerate(hamlets):
        wanted = max(round(count * 0.22 * shares[index] / shares.sum()), 3)
        blocks.append(_rows_of_houses(len(roads) + index, hamlet, wanted, rng))
    shares = rng.lognormal(0.0, 0.4, len(estates))
    for index, estate in enumerate(estates):
        wanted = max(round(count * 0.16 * shares[index] / shares.sum()), 6)
        blocks.append(_buildings(len(roads) + len(hamlets) + index, estate, wanted))
    doors = _join(blocks)
    _into_villages(land, roads, hamlets, estates, doors)
    return doors


def _block(handle: int, xy: Floats, **columns: object) -> Doors:
    size = len(xy)
    names = [f.name for f in fields(Doors)][1:7]
    given = {n: np.broadcast_to(np.asarray(columns.get(n, 0), dtype=np.int32), size) for n in names}
    blank = np.zeros(size, dtype=np.int32)
    return Doors(np.full(size, handle, dtype=np.int32), xy=xy, village=blank, **given)


def _join(blocks: list[Doors]) -> Doors:
    return Doors(**{f.name: np.concatenate([getattr(b, f.name) for b in blocks]) for f in fields(Doors)})


def _along_roads(roads: list[Road], count: float, rng: np.random.Generator) -> list[Doors]:
    weights = np.array(
        [road.length * (road.town.weight if road.town else 5.0) if road.name else 0.0 for road in roads]
    )
    wanted = count / 1.19 * weights / weights.sum()
    return [
        _one_road(index, road, max(int(wanted[index]), 4), rng)
        for index, road in enumerate(roads)
        if road.name
    ]


def _one_road(index: int, road: Road, wanted: int, rng: np.random.Generator) -> Doors:
    """Odd numbers on the left, even on the right, rising from the east or south end; some kept back (预留号)."""
    pairs = (wanted + 1) // 2
    at = np.repeat((np.arange(pairs) + 0.5) * road.length / pairs, 2) + rng.normal(0, 0.6, pairs * 2)
    main = np.arange(1, pairs * 2 + 1, dtype=np.int32)
    left = np.where(main % 2 == 1, 1.0, -1.0) * (road.width / 2 + rng.uniform(3, 9, pairs * 2))
    kept = rng.random(pairs * 2) > 0.03
    kept[:2] = True
    at, main, left = at[kept], main[kept], left[kept]
    shops = np.flatnonzero(rng.random(len(main)) < 0.04)
    times = rng.integers(1, 5, len(shops))
    own = np.repeat(shops, times)
    sub = np.arange(len(own)) - np.repeat(np.cumsum(times) - times, times) + 1
    parts = [
        _block(index, along(road.line, at, left), main=main),
        _block(index, along(road.line, at[own] + sub * 1.5, left[own]), main=main[own], sub=sub),
    ]
    if road.rank in ("主干道", "次干道", "支路"):
        parts += _side_lanes(index, road, at, main, left, rng)
    return _join(parts)


def _side_lanes(
    index: int, road: Road, at: Floats, main: Ints, left: Floats, rng: np.random.Generator
) -> list[Doors]:
    """Numbered lanes (弄) off the road, with numbers of their own counted from the entrance inward."""
    chosen = np.flatnonzero(rng.random(len(main)) < 0.012)
    made = []
    for which in chosen:
        size = int(rng.integers(4, 13))
        number = np.arange(1, size + 1)
        deep = left[which] + np.sign(left[which]) * (12.0 + 9.0 * ((number + 1) // 2))
        wide = at[which] + np.where(number % 2 == 1, -4.0, 4.0)
        made.append(_block(index, along(road.line, wide, deep), lane=main[which], main=number))
    return made


def _give_gates(
    roads: list[Road], estates: list[Estate], blocks: list[Doors], rng: np.random.Generator
) -> None:
    """Each estate's gate is the nearest plain number of its road that no other estate has."""
    by_code = {roads[int(block.handle[0])].code: block for block in blocks}
    taken: set[tuple[str, int]] = set()
    for estate in estates:
        block = by_code[estate.road]
        order = np.argsort(np.hypot(*(block.xy - estate.xy).T))
        plain = [int(block.main[i]) for i in order if block.sub[i] == 0 and block.lane[i] == 0]
        estate.number = next((n for n in plain if (estate.road, n) not in taken), plain[0])
        taken.add((estate.road, estate.number))


def _turned(grid: Floats, turn: float, middle: tuple[float, float]) -> Floats:
    matrix = np.array([[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]])
    return np.asarray((grid - grid.mean(axis=0)) @ matrix + middle)


def _rows_of_houses(handle: int, hamlet: Hamlet, size: int, rng: np.random.Generator) -> Doors:
    """Rows of houses numbered from the south-east, as one sequence of the natural village."""
    wide = max(int(np.sqrt(size * 1.6)), 2)
    number = np.arange(size)
    grid = np.column_stack((-(number % wide) * 15.0, (number // wide) * 21.0)) + rng.normal(0, 2.0, (size, 2))
    return _block(handle, _turned(grid, hamlet.turn, hamlet.xy), main=number + 1)


def _buildings(handle: int, estate: Estate, size: int) -> Doors:
    """Buildings (幢) in rows; entrances or flats share the point of their building."""
    each = {"幢": 1, "号": 4, "室": 20}[estate.form]
    count = max(-(-size // each), 2)
    if estate.name == "梅开苑":
        count = max(count, 68)
    wide = max(int(np.sqrt(count * 1.3)), 2)
    number = np.arange(count)
    spots = _turned(np.column_stack((number % wide * 26.0, -(number // wide) * 24.0)), estate.turn, estate.xy)
    bld = np.repeat(number + 1, each)
    within = np.tile(np.arange(each), count)
    columns: dict[str, object] = {"bld": bld}
    if estate.form == "号":
        columns["main"] = within + 1
    elif estate.form == "室":
        columns["unit"] = within // 10 + 1
        columns["room"] = (within % 10 // 2 + 1) * 100 + within % 2 + 1
    return _block(handle, spots[number.repeat(each)], **columns)


def _into_villages(
    land: Land, roads: list[Road], hamlets: list[Hamlet], estates: list[Estate], doors: Doors
) -> None:
    """A door belongs to the village of its hamlet or estate, else to the nearest village of its road's town."""
    doors.village[:] = land.village_at(doors.xy)
    home = np.array(
        [land.towns.index(r.town) if r.town else -1 for r in roads] + [-2] * (len(hamlets) + len(estates))
    )
    fixed = np.array([-1] * len(roads) + [h.village for h in hamlets] + [e.village for e in estates])
    of_handle = fixed[doors.handle]
    doors.village[of_handle >= 0] = of_handle[of_handle >= 0]
    town = home[doors.handle]
    astray = np.flatnonzero((town >= 0) & (land.town_of[doors.village] != town))
    for index in np.unique(town[astray]):
        own = np.flatnonzero(land.town_of == index)
        some = astray[town[astray] == index]
        gaps = np.hypot(*(doors.xy[some, None, :] - land.points[None, own, :]).transpose(2, 0, 1))
        doors.village[some] = own[np.argmin(gaps, axis=1)]
