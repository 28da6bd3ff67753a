"""Checks of boundary markers and lines: pure functions, each giving Chinese words where something is wrong.

B1 reference objects, B2 moved, B3 on the line, B4 in order, B5 next due, B6 construction near the line, B7 witness of a
repair, B8 time and place of a photo.
"""

from boundary.checks.due import due_doubt
from boundary.checks.line import outside_order, place_on
from boundary.checks.moved import moved_doubt, moved_m
from boundary.checks.near import Nearness, nearness
from boundary.checks.photo import photo_doubt
from boundary.checks.projected import metres_off, projected_doubt
from boundary.checks.reference import Sight, sight, sight_doubt
from boundary.checks.tolerances import Tolerances
from boundary.checks.witness import witness_doubt

__all__ = [
    "Nearness",
    "Sight",
    "Tolerances",
    "due_doubt",
    "metres_off",
    "moved_doubt",
    "moved_m",
    "nearness",
    "outside_order",
    "photo_doubt",
    "place_on",
    "projected_doubt",
    "sight",
    "sight_doubt",
    "witness_doubt",
]
