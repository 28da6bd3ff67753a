"""How far a figure may be off before it is said; none of them is laid down for county lines, so all are parameters."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Tolerances:
    """The alarm thresholds of the checks.

    Attributes:
        azimuth_deg: stated and recomputed azimuth of a reference object may differ by this.
        distance_m, distance_share: and its distance by the larger of metres and a share of it.
        line_m: a single marker may stand this far from its line: 0.1 mm on a map of 1:50 000.
        apart_m: double and triple markers stand on the banks beside the line, within this.
        far_m: beyond this a marker is not on that line at all, and the row is refused.
        projected_m: geographic and projected coordinates of one marker may differ by this.
    """

    azimuth_deg: float = 1.0
    distance_m: float = 0.5
    distance_share: float = 0.01
    line_m: float = 5.0
    apart_m: float = 300.0
    far_m: float = 1000.0
    projected_m: float = 1.0
