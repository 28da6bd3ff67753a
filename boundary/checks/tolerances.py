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
        moved_m: a measured position may lie this far from the registered one, beyond the receiver's own accuracy:
            0.1 mm on a map of 1:50 000.
        epoch_m: and by this much more where the position is of the day's epoch and not reduced to 2000.0.
        cycle_years: the next joint inspection is due this many years after the last (行政区域界线管理条例第十二条).
        near_m: construction within this distance of the line needs the consent of both sides.
        photo_m: a photo may have been taken this far from its marker.
        photo_h: and this many hours from the time on the record.
    """

    azimuth_deg: float = 1.0
    distance_m: float = 0.5
    distance_share: float = 0.01
    line_m: float = 5.0
    apart_m: float = 300.0
    far_m: float = 1000.0
    projected_m: float = 1.0
    moved_m: float = 5.0
    epoch_m: float = 0.9
    cycle_years: int = 5
    near_m: float = 200.0
    photo_m: float = 100.0
    photo_h: float = 24.0
