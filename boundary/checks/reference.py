"""B1: azimuth and distance to a reference object (方位物), recomputed from the two positions."""

from __future__ import annotations

from dataclasses import dataclass

import shapely

from boundary.checks.grid import grid_azimuth
from boundary.checks.tolerances import Tolerances
from geo.geometry import distance_m


@dataclass(frozen=True, slots=True)
class Sight:
    """One reference object seen from its marker: grid azimuth in degrees, distance in metres."""

    azimuth: float
    distance: float


def sight(marker: shapely.Point, thing: shapely.Point) -> Sight:
    """What the positions give (CGCS2000 degrees)."""
    return Sight(grid_azimuth(marker, thing), distance_m(marker, thing))


def sight_doubt(
    stated_azimuth: float | None, stated_distance: float | None, seen: Sight, tolerances: Tolerances
) -> str:
    """In Chinese what the form states differently from the positions; empty where they agree or it states nothing."""
    said = []
    if stated_distance is not None:
        off = abs(stated_distance - seen.distance)
        if off > max(tolerances.distance_m, tolerances.distance_share * seen.distance):
            said.append(f"距离登记为 {stated_distance:g} 米，按坐标计算为 {seen.distance:.2f} 米")
    if stated_azimuth is not None:
        turn = abs((stated_azimuth - seen.azimuth + 180) % 360 - 180)
        if turn > tolerances.azimuth_deg:
            opposite = (
                "（正好相反，可能是从方位物看向界桩）" if abs(turn - 180) <= tolerances.azimuth_deg else ""
            )
            said.append(f"坐标方位角登记为 {stated_azimuth:g}°，按坐标计算为 {seen.azimuth:.2f}°{opposite}")
    return "；".join(said)
