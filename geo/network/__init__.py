"""Walking over a road network (步行路网): build it once, ask it often. Knows nothing of what is walked to.

network = build(lines, walk=Walk())           # lines in degrees; nodes at shared ends and crossings
at = snap(network, lonlat)                    # points onto edges
reach = reach_of(network, sources, limit_s=900)
times = arrive(network, reach, targets)       # seconds, and whether they went over the network
"""

from geo.network.arrive import Times, arrive, walk_times
from geo.network.bands import bands
from geo.network.build import build
from geo.network.file import load, save
from geo.network.model import Network
from geo.network.pace import Walk
from geo.network.plane import Plane
from geo.network.reach import Reach, reach_of
from geo.network.snap import Snapped, snap

__all__ = [
    "Network", "Plane", "Reach", "Snapped", "Times", "Walk", "arrive", "bands", "build", "load", "reach_of",
    "save", "snap", "walk_times",
]  # fmt: skip
