"""How fast somebody walks: plain speed, slope, waiting at crossings, the detour where no road is known."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
# Tobler's hiking function: speed falls with exp(-3.5 |slope + 0.05|), fastest gently downhill.
_STEEPNESS = 3.5
_BEST_SLOPE = -0.05


@dataclass(frozen=True, slots=True)
class Walk:
    """The settings of a walk; all of them are local rules, none is law.

    Attributes:
        speed_mps: on the level, in metres a second. 1.0 is an old person's pace (15 minutes are 900 m).
        crossing_s: waiting at a junction with a busy road, in seconds, per passage.
        detour: what a straight line is multiplied by where there is no network.
        snap_m: a point farther than this from every road is off the network.
        island_nodes: a component with fewer nodes is taken for a gap in the data, not for an island.
        join_m: a road's end this near to another road is joined to it.
    """

    speed_mps: float = 1.0
    crossing_s: float = 0.0
    detour: float = 1.3
    snap_m: float = 200.0
    island_nodes: int = 12
    join_m: float = 3.0

    def seconds(self, length_m: Floats, rise_m: Floats | float = 0.0) -> Floats:
        """Seconds for lengths with a rise (negative: downhill); level ground is walked at ``speed_mps``.

        Slope changes the pace as Tobler (1993) found it, scaled so that the level keeps its pace.
        """
        slope = np.divide(rise_m, length_m, out=np.zeros_like(length_m), where=length_m > 0)
        level = np.exp(-_STEEPNESS * abs(_BEST_SLOPE))
        pace = np.exp(-_STEEPNESS * np.abs(slope - _BEST_SLOPE)) / level
        return np.asarray(length_m / (self.speed_mps * pace), dtype=np.float64)

    def straight_s(self, distance_m: Floats) -> Floats:
        """Seconds for straight lines over ground without a network."""
        return distance_m * self.detour / self.speed_mps
