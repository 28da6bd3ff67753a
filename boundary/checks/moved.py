"""B2: whether a marker stands where the register says, by a position measured in the field."""

from __future__ import annotations

from typing import Final

import shapely

from boundary.checks.tolerances import Tolerances
from geo.geometry import bearing, direction_word, distance_m

REDUCED: Final = "2000.0"
"""The epoch of CGCS2000; a position of it needs no allowance."""


def moved_m(registered: shapely.Point, measured: shapely.Point) -> float:
    """Metres between the registered and the measured position (CGCS2000 degrees)."""
    return distance_m(registered, measured)


def moved_doubt(
    registered: shapely.Point,
    measured: shapely.Point,
    accuracy_m: float | None,
    epoch: str,
    tolerances: Tolerances,
) -> str:
    """In Chinese that the marker seems to have moved; empty within tolerance, accuracy and epoch.

    Args:
        registered, measured: CGCS2000 degrees.
        accuracy_m: what the receiver said of itself; unknown counts as nothing, so the alarm comes early.
        epoch: ``2000.0`` where a correction service reduced the position.
        tolerances: ``moved_m`` and ``epoch_m`` are used.
    """
    off = moved_m(registered, measured)
    raw = epoch != REDUCED
    allowed = tolerances.moved_m + (accuracy_m or 0.0) + (tolerances.epoch_m if raw else 0.0)
    if off <= allowed:
        return ""
    way = direction_word(bearing(registered, measured))
    note = "；实测坐标未注明归算到 2000.0 历元，已放宽" if raw else ""
    return f"实测位置在登记位置{way} {off:.1f} 米，超过 {allowed:.1f} 米（限差加定位精度）{note}"
