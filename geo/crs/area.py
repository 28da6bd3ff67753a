"""Whether points fall where they should - inside a district or each in its own division - under each datum.

Weaker than known positions: only points near an edge tell datums apart, so a small file proves nothing here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import comb
from typing import TypeAlias

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.crs.convert import convert
from geo.crs.shift import DATUMS

Floats = NDArray[np.float64]
Region: TypeAlias = shapely.Geometry | tuple[float, float, float, float] | Sequence[shapely.Geometry | None]


@dataclass(frozen=True, slots=True)
class Fit:
    """How many points lie outside as declared and under the best datum, and the chance of that by accident."""

    datum: str
    outside_declared: int
    outside_best: int
    rows: int
    chance: float


def fit_region(lon: Floats, lat: Floats, region: Region, declared: str) -> Fit:
    """The datum under which most points fall inside.

    Args:
        lon, lat: the file's degrees, as written.
        region: one polygon for all rows, ``(west, south, east, north)``, or one polygon (or None) per row;
            CGCS2000 degrees.
        declared: the datum the file is said to be in.
    """
    shapes = _shapes(region, len(lon))
    judged = ~shapely.is_missing(shapes)
    outside = {
        datum: judged & ~_inside(lon, lat, shapes, datum) for datum in dict.fromkeys((declared, *DATUMS))
    }
    datum = min(outside, key=lambda name: int(outside[name].sum()))
    gained = int((outside[declared] & ~outside[datum]).sum())
    lost = int((outside[datum] & ~outside[declared]).sum())
    chance = _chance(lost, gained + lost)
    return Fit(datum, int(outside[declared].sum()), int(outside[datum].sum()), int(judged.sum()), chance)


def _chance(lost: int, changed: int) -> float:
    """Exact sign test: how likely so few of the changed points would get worse if the datum made no difference."""
    changed, lost = min(changed, 1000), min(lost, 1000)
    return sum(comb(changed, count) for count in range(lost + 1)) / 2**changed if changed else 1.0


def _shapes(region: Region, count: int) -> NDArray[np.object_]:
    if isinstance(region, shapely.Geometry):
        shapely.prepare(region)
        return np.full(count, region, dtype=object)
    numbers = np.asarray(region, dtype=object)
    if len(numbers) == 4 and all(isinstance(part, int | float) for part in numbers):
        return np.full(count, shapely.box(*numbers), dtype=object)
    return numbers


def _inside(lon: Floats, lat: Floats, shapes: NDArray[np.object_], datum: str) -> NDArray[np.bool_]:
    east, north = convert(lon, lat, datum, "cgcs2000")
    return np.asarray(shapely.intersects_xy(shapes, east, north), dtype=bool)
