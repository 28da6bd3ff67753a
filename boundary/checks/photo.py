"""B8: whether a photo was taken at its marker, on the day of its record."""

from __future__ import annotations

from datetime import datetime

import shapely

from boundary.checks.tolerances import Tolerances
from geo.geometry import distance_m


def photo_doubt(
    marker: shapely.Point | None,
    place: shapely.Point | None,
    taken_at: datetime | None,
    inspected_at: datetime,
    tolerances: Tolerances,
) -> str:
    """In Chinese what speaks against the photo; empty where nothing does or it states neither.

    Args:
        marker: the registered position, CGCS2000 degrees.
        place: where the photo says it was taken.
        taken_at: when it says so, with a time zone.
        inspected_at: the time of the record.
        tolerances: ``photo_m`` and ``photo_h`` are used.
    """
    said = []
    if marker is not None and place is not None:
        off = distance_m(marker, place)
        if off > tolerances.photo_m:
            said.append(f"拍摄地点距界桩 {off:.0f} 米")
    if taken_at is not None:
        hours = abs((taken_at - inspected_at).total_seconds()) / 3600
        if hours > tolerances.photo_h:
            said.append(f"拍摄时间与检查时间相差 {hours / 24:.0f} 天")
    return "，".join(said)
