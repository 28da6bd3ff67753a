"""Checks of boundary markers that need no field work (内业检查): B1 reference objects, B3 on the line, B4 in order."""

from boundary.checks.line import outside_order, place_on
from boundary.checks.projected import metres_off, projected_doubt
from boundary.checks.reference import Sight, sight, sight_doubt
from boundary.checks.tolerances import Tolerances

__all__ = [
    "Sight",
    "Tolerances",
    "metres_off",
    "outside_order",
    "place_on",
    "projected_doubt",
    "sight",
    "sight_doubt",
]
