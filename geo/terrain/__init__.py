"""Heights of the ground (地形): read from a grid file, asked for a height, and for what can be seen from where. Pure."""

from geo.terrain.heights import Heights, read_heights
from geo.terrain.sight import seen_from

__all__ = ["Heights", "read_heights", "seen_from"]
