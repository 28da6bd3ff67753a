"""What kind of numbers a pair of coordinate columns holds, told from their size alone."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

# Mainland, islands and sea of China with a margin; longitudes and latitudes of China never overlap.
WEST, EAST, SOUTH, NORTH = 73.0, 136.0, 3.0, 54.0
_NORTHING = (300_000.0, 6_000_000.0)


@dataclass(frozen=True, slots=True)
class Kind:
    """One reading of a coordinate pair: which rows fit it, and whether the axes are exchanged in it."""

    name: str
    rows: Flags
    swapped: bool


def kinds(x: Floats, y: Floats) -> list[Kind]:
    """Every reading with the rows that fit it: degrees, metres with and without zone, web map metres; both orders."""
    found = []
    for swapped, (first, second) in ((False, (x, y)), (True, (y, x))):
        found += [
            Kind("degrees", _within(first, WEST, EAST) & _within(second, SOUTH, NORTH), swapped),
            Kind("zone-metres", _has_zone(first) & _within(second, *_NORTHING), swapped),
            Kind("metres", _within(first, 100_000, 900_000) & _within(second, *_NORTHING), swapped),
            Kind(
                "web-metres", _within(first, 8_000_000, 15_200_000) & _within(second, *_web_north()), swapped
            ),
        ]
    return found


def main_kind(x: Floats, y: Floats, *, share: float = 0.8) -> Kind | None:
    """The reading that fits at least ``share`` of the rows; None if the column is a mixture or nonsense."""
    best = max(kinds(x, y), key=lambda kind: int(kind.rows.sum()))
    return best if len(x) and best.rows.mean() >= share else None


def zone_of(easting: Floats) -> int:
    """The Gauss-Krueger zone number that prefixes most eastings (40 of 40 352 000)."""
    zones = np.floor(easting[np.isfinite(easting)] / 1_000_000).astype(int)
    return int(np.bincount(zones[zones >= 0]).argmax()) if len(zones) else 0


def code_of_zone(zone: int) -> int:
    """EPSG code of a CGCS2000 zone with prefix: 3° zones 25-45, 6° zones 13-23."""
    return 4513 + zone - 25 if zone >= 25 else 4491 + zone - 13


def code_without_zone(zone: int) -> int:
    """EPSG code of the same zone with the prefix left out of the eastings."""
    return 4534 + zone - 25 if zone >= 25 else 4502 + zone - 13


def _has_zone(values: Floats) -> Flags:
    """Eastings like 40 352 000: a zone number and a false easting of 500 km."""
    zone, rest = np.floor(values / 1_000_000), np.mod(values, 1_000_000)
    known = ((zone >= 25) & (zone <= 45)) | ((zone > 13) & (zone <= 23))
    return known & (rest >= 100_000) & (rest <= 900_000)


def _web_north() -> tuple[float, float]:
    return 330_000.0, 7_200_000.0


def _within(values: Floats, low: float, high: float) -> Flags:
    return (values >= low) & (values <= high)
