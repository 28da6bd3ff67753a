"""Natural villages (自然村) and estates (小区) of the sample district; positions and most names are made up."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import shapely

from gazetteer.sample.names import Namer
from gazetteer.sample.plane import along
from gazetteer.sample.roads import Road
from gazetteer.sample.towns import Land


@dataclass(slots=True)
class Hamlet:
    """A natural village with house numbers of its own, inside one village."""

    code: str
    name: str
    village: int
    """Index of the village in the land."""
    xy: tuple[float, float]
    turn: float
    """Direction of its rows of houses, radians."""


@dataclass(slots=True)
class Estate:
    """A housing estate behind a gate on a road."""

    code: str
    name: str
    village: int
    xy: tuple[float, float]
    turn: float
    road: str
    """Code of the road of its gate."""
    form: str
    """幢 whole buildings, 号 numbered entrances in a building, 室 flats by unit and room."""
    promoted: str = ""
    """Name the developer advertised, where it differs from the approved one."""
    number: int = 0
    """Gate's number on the road, set when the doors are laid."""


def hamlets(land: Land, count: int, seed: int) -> list[Hamlet]:
    """About ``count`` natural villages, at least one in every village outside the built-up part."""
    rng = np.random.default_rng([seed, 4])
    namer = Namer(np.random.default_rng([seed, 5]))
    rural = [i for i, row in enumerate(land.villages) if "村" in row.name]
    made: list[Hamlet] = []
    for serial in range(max(count, len(rural))):
        village = rural[serial % len(rural)]
        name = namer.hamlet(village)
        xy = land.points[village] + (
            rng.normal(0, 240.0, 2) if serial >= len(rural) else rng.normal(0, 40.0, 2)
        )
        spot = (float(xy[0]), float(xy[1]))
        made.append(Hamlet(f"331003N{serial + 1:05d}", name, village, spot, float(rng.uniform(-0.5, 0.5))))
    inside = shapely.contains_xy(land.outline, *np.array([h.xy for h in made]).T)
    for hamlet, kept in zip(made, inside, strict=True):
        if not kept:
            x, y = land.points[hamlet.village]
            hamlet.xy = (float(x), float(y))
    return made


def estates(land: Land, roads: list[Road], count: int, seed: int) -> list[Estate]:
    """Estates beside the wider roads of built-up and small towns; the first is 梅开苑 of the examples."""
    rng = np.random.default_rng([seed, 6])
    namer = Namer(np.random.default_rng([seed, 7]))
    fronts = [
        r for r in roads if r.name and r.town and r.town.kind != "山" and r.rank != "巷弄" and r.length > 250
    ]
    south = [r for r in fronts if r.town and r.town.short == "南城"]
    made: list[Estate] = []
    for serial in range(count):
        road = south[0] if serial == 0 and south else fronts[int(rng.integers(len(fronts)))]
        side = 1 if rng.random() < 0.5 else -1
        at = rng.uniform(0.15, 0.85) * road.length
        xy = along(road.line, np.array([at]), side * rng.uniform(60.0, 110.0))[0]
        first = namer.take("estates", "梅开苑") if serial == 0 else False
        name = "梅开苑" if first else namer.estate()
        form = "号" if serial == 0 else str(rng.choice(["幢", "号", "室"], p=[0.5, 0.25, 0.25]))
        promoted = namer.estate() if rng.random() < 0.25 else ""
        turn = float(rng.uniform(-0.2, 0.2))
        made.append(
            Estate(
                f"331003E{serial + 1:05d}",
                name,
                0,
                (float(xy[0]), float(xy[1])),
                turn,
                road.code,
                form,
                promoted,
            )
        )
    _into_villages(land, roads, made)
    return made


def _into_villages(land: Land, roads: list[Road], made: list[Estate]) -> None:
    """Each estate belongs to the nearest village of the town of its road."""
    towns = {road.code: land.towns.index(road.town) for road in roads if road.town}
    for estate in made:
        own = np.flatnonzero(land.town_of == towns[estate.road])
        gaps = np.hypot(*(land.points[own] - estate.xy).T)
        estate.village = int(own[np.argmin(gaps)])
