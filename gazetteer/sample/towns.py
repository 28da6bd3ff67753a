"""Towns and villages of the sample district: real codes and names, made-up positions."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Final

import numpy as np
import shapely
from scipy.spatial import cKDTree
from shapely.geometry import Polygon

from gazetteer.base import Division, divisions, villages
from gazetteer.sample.plane import NORTH_SIDE, REST, Floats, to_plane

COUNTY: Final = "331003000000"

# Town: longitude, latitude (placed by hand, rounded to 0.01 degree, made up), kind, weight in addresses.
SEEDS: Final = {
    "东城": (121.28, 28.64, "城", 13), "南城": (121.26, 28.61, "城", 10), "西城": (121.24, 28.65, "城", 14),
    "北城": (121.26, 28.68, "城", 10), "新前": (121.20, 28.67, "城", 8), "澄江": (121.19, 28.63, "镇", 6),
    "江口": (121.32, 28.66, "城", 7), "高桥": (121.29, 28.60, "城", 6), "宁溪": (120.97, 28.59, "镇", 4),
    "北洋": (121.09, 28.65, "镇", 5), "头陀": (121.14, 28.67, "镇", 6), "院桥": (121.23, 28.57, "镇", 9),
    "沙埠": (121.18, 28.58, "镇", 5), "屿头": (121.01, 28.67, "山", 2), "上郑": (120.91, 28.63, "山", 2),
    "富山": (120.90, 28.54, "山", 2), "茅畲": (121.13, 28.59, "山", 3), "上垟": (121.03, 28.62, "山", 2),
    "平田": (121.05, 28.57, "山", 2),
}  # fmt: skip
_REACH: Final = {"城": 2300.0, "镇": 3600.0, "山": 5200.0}


@dataclass(frozen=True, slots=True)
class Town:
    """A township or subdistrict (镇街) with a made-up middle point in metres."""

    code: str
    name: str
    short: str
    kind: str
    """城 built-up, 镇 small town in the plain, 山 hills."""
    weight: float
    middle: tuple[float, float]


class Land:
    """The ground of the district: towns, villages and the cells that belong to them."""

    def __init__(self, seed: int) -> None:
        self.outline = Polygon(to_plane(NORTH_SIDE + REST))
        self.towns = [_town(row) for row in divisions() if row.parent == COUNTY]
        self.villages: tuple[Division, ...] = villages(COUNTY)
        at = {town.code: i for i, town in enumerate(self.towns)}
        self.town_of = np.array([at[row.parent] for row in self.villages])
        self.points = self._scatter(np.random.default_rng([seed, 1]))
        self.tree = cKDTree(self.points)

    def village_at(self, xy: Floats) -> np.ndarray:
        """Index of the village whose cell holds each point."""
        return np.asarray(self.tree.query(xy)[1])

    def _scatter(self, rng: np.random.Generator) -> Floats:
        """A point for every village, spread out around the middle of its town, the first one in the middle."""
        middles = np.array([town.middle for town in self.towns])
        placed = np.empty((len(self.villages), 2))
        done: list[Floats] = []
        for index, town in enumerate(self.town_of):
            first = index == 0 or self.town_of[index - 1] != town
            if first:
                done = []
            placed[index] = middles[town] if first else self._spread(rng, middles, int(town), done)
            done.append(placed[index])
        return placed

    def _spread(self, rng: np.random.Generator, middles: Floats, town: int, done: list[Floats]) -> Floats:
        """The candidate inside the town that lies farthest from those already placed."""
        reach = _REACH[self.towns[town].kind]
        tried = middles[town] + rng.normal(0.0, reach * 0.55, (400, 2))
        nearest = np.argmin(np.hypot(*(tried[:, None, :] - middles[None, :, :]).transpose(2, 0, 1)), axis=1)
        inside = shapely.contains_xy(self.outline.buffer(-250), tried[:, 0], tried[:, 1])
        fit = tried[(nearest == town) & inside][:14]
        gaps = np.min(np.hypot(*(fit[:, None, :] - np.array(done)[None, :, :]).transpose(2, 0, 1)), axis=1)
        return np.asarray(fit[np.argmax(gaps)])

    @cached_property
    def village_cells(self) -> list[Polygon]:
        """Made-up area of each village: what lies nearest to its point."""
        cells = shapely.voronoi_polygons(
            shapely.MultiPoint(self.points), extend_to=self.outline.buffer(5000), ordered=True
        )
        return [_single(cell.intersection(self.outline)) for cell in cells.geoms]

    @cached_property
    def town_areas(self) -> list[shapely.Geometry]:
        """Made-up area of each town: the union of its villages."""
        return [
            shapely.union_all([c for c, t in zip(self.village_cells, self.town_of, strict=True) if t == i])
            for i in range(len(self.towns))
        ]


def _single(shape: shapely.Geometry) -> Polygon:
    parts = [part for part in getattr(shape, "geoms", [shape]) if part.geom_type == "Polygon"]
    return max(parts, key=lambda part: part.area)


def _town(row: Division) -> Town:
    lon, lat, kind, weight = SEEDS[row.short]
    x, y = to_plane((lon, lat))
    return Town(row.code, row.name, row.short, kind, weight, (float(x), float(y)))
